/**
 * Spans and recorded errors, by hand: what `@traced` stands for, and what to call where no function is to be traced
 * as a whole.
 *
 * @module
 */
export { activeTraceId, annotate, recordError, type RecordErrorOptions } from "./span/active.js";
export type { SpanKindOption, SpanOptions, TracedOptions } from "./span/options.js";
export { FAILURE, type Failure } from "./span/failure.js";
export { withSpan } from "./span/run.js";
export { type Classification, type Configuration, configure } from "./span/settings.js";
export { traced, type TracedDecorator } from "./span/traced.js";

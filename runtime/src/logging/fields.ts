import { isSpanContextValid, trace } from "@opentelemetry/api";
import { classify } from "../classification/classifier.js";
import type { Category } from "../classification/categories.js";
import { describe } from "../record/describe.js";
import { print } from "../record/print.js";

/**
 * Where a log line belongs, named as OpenTelemetry names it in logs that are no OTLP.
 * @example
 * const fields: TraceFields = traceFields(); // { trace_id: "…", span_id: "…", trace_flags: "01" }
 */
export interface TraceFields {
  readonly trace_id?: string;
  readonly span_id?: string;
  readonly trace_flags?: string;
}

/**
 * What a log line says of an error.
 * @example
 * const { chain, category }: ErrorFields = errorFields(error);
 */
export interface ErrorFields {
  /** Class of the error, as in `error.type`. */
  readonly type: string;
  readonly message: string;
  /** Stack with those of the causes; a thrown value that is no object has none. */
  readonly stack?: string;
  /** The error and its causes, outermost first: `Type: message`. */
  readonly chain: readonly string[];
  readonly category: Category;
  readonly retryable: boolean;
}

/**
 * Trace and span that are active, empty where none is.
 * @example
 * console.log(JSON.stringify({ message: "saved", ...traceFields() }));
 */
export function traceFields(): TraceFields {
  const span = trace.getActiveSpan()?.spanContext();
  if (span === undefined || !isSpanContextValid(span)) return {};
  return {
    trace_id: span.traceId,
    span_id: span.spanId,
    trace_flags: span.traceFlags.toString(16).padStart(2, "0"),
  };
}

/**
 * What a log line should say of an error: class, message, stack, chain of causes, and what it means. Bounded like what
 * is recorded on spans. Never throws.
 * @param error - anything that was thrown.
 * @example
 * console.error(JSON.stringify({ level: logLevel(error), error: errorFields(error), ...traceFields() }));
 */
export function errorFields(error: unknown): ErrorFields {
  const { category, retryable } = classify(error);
  const { stack, chain } = print(error);
  return { ...describe(error), ...(stack === undefined ? {} : { stack }), chain, category, retryable };
}

import { type Attributes, type Context, isValidTraceId, type Span } from "@opentelemetry/api";
import { exceptionAttributes, isOutgoing, markFailed, RECORDING } from "../record/exception.js";
import { ERROR, FATAL, type Severity, signal, WARN } from "../record/log.js";
import { isOrigin } from "../record/origin.js";
import { carrierOf } from "./carrier.js";
import { spanOf } from "./context.js";
import { guard } from "./guard.js";
import { type Registry, shared } from "./process.js";

function contextIn(registry: Registry | undefined): Context | undefined {
  return registry && guard("asking for the active context", () => carrierOf(registry.context).active());
}

/** The active span, while errspan is switched on. */
export function activeSpan(): Span | undefined {
  const context = contextIn(shared.registry);
  return context && spanOf(context);
}

/** What {@link recordError} may be told. */
export interface RecordErrorOptions {
  /** The span to record on; default the active one. */
  readonly span?: Span | undefined;
  /** Further attributes of the exception. */
  readonly attributes?: Attributes | undefined;
  /** True for an error that has been dealt with: the span's status stays as it is. Default false. */
  readonly handled?: boolean | undefined;
}

/**
 * Records an error on the active span: its status, `error.type`, and the exception with its cause chain – unless
 * the same error has been recorded in this trace already. Does nothing where no span is active. Never throws.
 *
 * @param error anything that was thrown
 * @example
 * try { await cache.set(key, value) } catch (error) { recordError(error, { handled: true }) }
 */
export function recordError(error: unknown, options: RecordErrorOptions = {}): void {
  recordGraded(error, options, options.handled === true ? WARN : ERROR);
}

/** Records an error that ends the process, likewise. */
export function recordFatal(error: unknown, options: RecordErrorOptions): void {
  recordGraded(error, options, FATAL);
}

function recordGraded(error: unknown, { span: chosen, attributes: extra }: RecordErrorOptions, severity: Severity): void {
  const context = contextIn(shared.registry);
  const span = chosen ?? (context && spanOf(context));
  if (span === undefined || shared.registry === undefined) return;
  guard(RECORDING, () => {
    if (!span.isRecording()) return;
    const origin = isOrigin(span, error, undefined);
    // The span of an error that was dealt with has not failed.
    const attributes = severity !== WARN ? markFailed(span, error, origin) : origin && exceptionAttributes(error);
    const graded = severity === ERROR && isOutgoing(span) ? WARN : severity;
    if (attributes) signal(span, { ...attributes, ...extra }, context, graded);
  });
}

/**
 * Sets attributes on the active span; does nothing where there is none. Never throws.
 *
 * @example annotate({ "order.id": order.id, "order.items": order.items.length })
 */
export function annotate(attributes: Attributes): void {
  guard("annotating a span", () => activeSpan()?.setAttributes(attributes));
}

/**
 * The id of the trace that is active, for a log line or an error page: 32 hexadecimal digits, or undefined where
 * there is none. Works while errspan is switched off, too.
 */
export function activeTraceId(): string | undefined {
  const context = contextIn(shared.found);
  const id = guard("asking for the active span", () => context && spanOf(context)?.spanContext().traceId);
  return id !== undefined && isValidTraceId(id) ? id : undefined;
}

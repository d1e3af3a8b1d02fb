import type { Attributes, Context, Span } from "@opentelemetry/api";
import { spanOf } from "../span/context.js";
import { guard } from "../span/guard.js";
import { settings } from "../span/settings.js";
import type { Description } from "./describe.js";
import { emitException, ERROR, WARN } from "./log.js";
import { sight } from "./origin.js";
import { print } from "./print.js";
import { isObject, read, shorten } from "./text.js";

/** A span status of "error" (`SpanStatusCode.ERROR`). */
const STATUS_ERROR = 2;
const KIND_CLIENT = 2;
const KIND_PRODUCER = 3;

/** What an error says of its meaning (see the package's `/errors`). */
const CLASSIFICATION = Symbol.for("errspan.classification");

/**
 * Records an error on a span: status and type on each span it passes, the exception once at its origin. Reads what
 * it needs of the error, never writes to it, never throws.
 *
 * @param parent the context that the span was started in; tells where a thrown primitive goes next
 * @param context the context with the span in it, which log records are linked to
 * @param severity {@link WARN} for an error that was dealt with, whose span has not failed; {@link FATAL} for one that
 * ends the process
 */
export function record(
  span: Span,
  error: unknown,
  parent: Context | undefined,
  context: Context | undefined,
  severity: number = ERROR,
  extra?: Attributes,
): void {
  guard("recording an error", () => {
    if (!span.isRecording()) return;
    const { description, origin } = sight(span, error, parent && spanOf(parent));
    const { type, message } = description;
    const failed = severity !== WARN;
    const legacy = failed && settings.legacyErrorAttributes;
    if (failed) {
      span.setStatus({ code: STATUS_ERROR, message });
      span.setAttribute("error.type", type);
    }
    if (!origin && !legacy) return;
    const attributes = exceptionAttributes(error, description);
    if (legacy) {
      span.setAttributes({
        error: true,
        "error.message": message,
        "error.stack": attributes["exception.stacktrace"],
        "error.category": attributes["errspan.error.category"],
      });
    }
    if (origin) signal(span, extra === undefined ? attributes : { ...attributes, ...extra }, context, severity);
  });
}

function exceptionAttributes(error: unknown, description: Description): Attributes {
  const { stack, chain, depth } = print(error, description);
  const found = guard("the classifier", () => settings.classify?.(error)) ?? read(error, CLASSIFICATION);
  const category = read(found, "category");
  const retryable = read(found, "retryable");
  const attributes: Attributes = {
    // Without a class, what kind of value was thrown says most.
    "exception.type": isObject(error) ? description.type : error === null ? "null" : typeof error,
    "exception.message": description.message,
    "errspan.error.depth": depth,
  };
  // Exporters make empty attributes of what is undefined.
  if (stack !== undefined) attributes["exception.stacktrace"] = stack;
  if (chain.length > 1) attributes["errspan.error.chain"] = chain;
  if (typeof category === "string") attributes["errspan.error.category"] = shorten(category, 100);
  if (typeof retryable === "boolean") attributes["errspan.error.retryable"] = retryable;
  return attributes;
}

function signal(span: Span, attributes: Attributes, context: Context | undefined, severity: number): void {
  const wanted = settings.exceptionSignal;
  const { kind } = span as { kind?: number };
  // The callers of what calls out are expected to deal with its failures.
  const outgoing = severity === ERROR && (kind === KIND_CLIENT || kind === KIND_PRODUCER);
  const emitted = wanted !== "event" && emitException(attributes, outgoing ? WARN : severity, context);
  if (wanted !== "logs" || !emitted) span.addEvent("exception", attributes);
}

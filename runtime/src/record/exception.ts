import type { Attributes, Context, Span } from "@opentelemetry/api";
import { spanOf } from "../span/context.js";
import { tell } from "../span/diagnostics.js";
import { shared } from "../span/process.js";
import { type Classification, settings } from "../span/settings.js";
import { chainOf } from "./chain.js";
import type { Description } from "./describe.js";
import { emitException, ERROR, WARN } from "./log.js";
import { sight } from "./origin.js";
import { print } from "./print.js";
import { isObject, read, shorten } from "./text.js";

/** A span status of "error" (`SpanStatusCode.ERROR`). */
const STATUS_ERROR = 2;
const KIND_CLIENT = 2;
const KIND_PRODUCER = 3;

/** Whether an error ends the span's operation, or was dealt with inside it. */
export type Outcome = "failed" | "handled";

/**
 * Records an error on a span: status and type on each span it passes, the exception once at its origin. Reads what
 * it needs of the error, never writes to it, never throws.
 *
 * @param parent the context that the span was started in; tells where a thrown primitive goes next
 * @param context the context with the span in it, which log records are linked to
 */
export function record(
  span: Span,
  error: unknown,
  parent: Context | undefined,
  context: Context | undefined,
  outcome: Outcome = "failed",
  extra?: Attributes,
): void {
  const { busy } = shared;
  shared.busy = true;
  try {
    if (!span.isRecording()) return;
    const { description, origin } = sight(span, error, parent && spanOf(parent));
    if (outcome === "failed") {
      span.setStatus({ code: STATUS_ERROR, message: description.message });
      span.setAttribute("error.type", description.type);
      if (settings.legacyErrorAttributes) setLegacyAttributes(span, error, description);
    }
    if (origin) signal(span, { ...exceptionAttributes(error, description), ...extra }, context, outcome);
  } catch (failure) {
    tell("recording an error", failure);
  } finally {
    shared.busy = busy;
  }
}

function exceptionAttributes(error: unknown, { type, message }: Description): Attributes {
  const stack = print(error);
  const { lines, depth } = chainOf(error);
  const { category, retryable } = classificationOf(error);
  return {
    // Without a class, what kind of value was thrown says most.
    "exception.type": isObject(error) ? type : error === null ? "null" : typeof error,
    "exception.message": message,
    ...(stack !== undefined && { "exception.stacktrace": stack }),
    ...(lines.length > 1 && { "errspan.error.chain": lines }),
    "errspan.error.depth": depth,
    ...(category !== undefined && { "errspan.error.category": category }),
    ...(retryable !== undefined && { "errspan.error.retryable": retryable }),
  };
}

function signal(span: Span, attributes: Attributes, context: Context | undefined, outcome: Outcome): void {
  const wanted = settings.exceptionSignal;
  let emitted = false;
  if (wanted !== "event") {
    const { kind } = span as { kind?: number };
    const outgoing = kind === KIND_CLIENT || kind === KIND_PRODUCER;
    emitted = emitException(attributes, outcome === "handled" || outgoing ? WARN : ERROR, context);
  }
  if (wanted !== "logs" || !emitted) span.addEvent("exception", attributes);
}

/** What the configured classifier says, or what the error says itself under `Symbol.for("errspan.classification")`. */
function classificationOf(error: unknown): Classification {
  let found: unknown;
  try {
    found = settings.classify?.(error);
  } catch (failure) {
    tell("the classifier", failure);
  }
  found ??= read(error, Symbol.for("errspan.classification"));
  const category = read(found, "category");
  const retryable = read(found, "retryable");
  return {
    category: typeof category === "string" ? shorten(category, 100) : undefined,
    retryable: typeof retryable === "boolean" ? retryable : undefined,
  };
}

function setLegacyAttributes(span: Span, error: unknown, { message }: Description): void {
  span.setAttributes({ error: true, "error.message": message });
  const stack = print(error);
  if (stack !== undefined) span.setAttribute("error.stack", stack);
  const { category } = classificationOf(error);
  if (category !== undefined) span.setAttribute("error.category", category);
}

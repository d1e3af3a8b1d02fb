import type { Attributes, Context, Span } from "@opentelemetry/api";
import { spanOf } from "../span/context.js";
import { guard } from "../span/guard.js";
import { settings } from "../span/settings.js";
import { KIND_CLIENT, KIND_PRODUCER, STATUS_ERROR } from "./codes.js";
import { type Description, describe } from "./describe.js";
import { ERROR, signal, WARN } from "./log.js";
import { isOrigin } from "./origin.js";
import { print } from "./print.js";
import { isObject, read, shorten } from "./text.js";

/** What an error says of its meaning (see the package's `/errors`). */
const CLASSIFICATION = Symbol.for("errspan.classification");

/** A span with its surroundings. */
export interface Call {
  /** The context that the span was started in; tells where a thrown primitive goes next. */
  readonly parent: Context;
  /** The context with the span in it, which log records are linked to. */
  readonly context: Context & { readonly span: Span };
}

/**
 * Records an error on a span: status and type on each span it passes, the exception once at its origin. Reads what
 * it needs of the error, never writes to it, never throws.
 */
export function record(call: Call, error: unknown): void {
  guard(RECORDING, write, call, error);
}

/** What is told of where recording fails. */
export const RECORDING = "recording an error";

function write({ context, parent }: Call, error: unknown): void {
  const { span } = context;
  if (!span.isRecording()) return;
  const origin = isOrigin(span, error, spanOf(parent));
  const attributes = markFailed(span, error, origin);
  if (attributes) signal(span, attributes, context, isOutgoing(span) ? WARN : ERROR);
}

/** What a failure leaves on each span that it passes; gives the exception's attributes where it is to be recorded. */
export function markFailed(span: Span, error: unknown, origin: boolean): Attributes | undefined {
  const description = describe(error);
  const { type, message } = description;
  span.setStatus({ code: STATUS_ERROR, message });
  span.setAttribute("error.type", type);
  const { legacyErrorAttributes } = settings;
  if (!origin && !legacyErrorAttributes) return undefined;
  const attributes = exceptionAttributes(error, description);
  if (legacyErrorAttributes) {
    span.setAttributes({
      error: true,
      "error.message": message,
      "error.stack": attributes["exception.stacktrace"],
      "error.category": attributes["errspan.error.category"],
    });
  }
  return origin ? attributes : undefined;
}

/** Whether a span calls out: the callers of what does are expected to deal with its failures. */
export function isOutgoing(span: Span): boolean {
  const { kind } = span as { kind?: number };
  return kind === KIND_CLIENT || kind === KIND_PRODUCER;
}

/** What an exception says. */
export function exceptionAttributes(error: unknown, description: Description = describe(error)): Attributes {
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
  if (stack) attributes["exception.stacktrace"] = stack;
  if (chain.length > 1) attributes["errspan.error.chain"] = chain;
  if (typeof category === "string") attributes["errspan.error.category"] = shorten(category, 100);
  if (typeof retryable === "boolean") attributes["errspan.error.retryable"] = retryable;
  return attributes;
}

import { diag, trace } from "@opentelemetry/api";
import type { Attributes } from "@opentelemetry/api";
import { messageOf } from "../cause/message.js";
import { typeOf } from "../record/describe.js";
import { shorten } from "../record/text.js";

/** Attributes by which an event names the error that it is about; the exception itself is recorded by its span. */
export function errorAttributes(error: unknown): Attributes {
  return { "error.type": typeOf(error) ?? "_OTHER", "error.message": shorten(messageOf(error), 500) };
}

/** Adds an event to the active span. What a tracer does wrong is its own affair, never the caller's. */
export function addEvent(name: string, attributes: Attributes): void {
  try {
    trace.getActiveSpan()?.addEvent(name, attributes);
  } catch (error) {
    diag.error(`errspan: could not add the event ${name}`, error);
  }
}

/** Sets attributes on the active span, as forgivingly. */
export function setAttributes(attributes: Attributes): void {
  try {
    trace.getActiveSpan()?.setAttributes(attributes);
  } catch (error) {
    diag.error("errspan: could not set attributes", error);
  }
}

/** Calls a user's callback that only looks on; what it throws is told to `diag`. */
export function notify<A extends readonly unknown[]>(callback: ((...args: A) => void) | undefined, ...args: A): void {
  if (callback === undefined) return;
  try {
    callback(...args);
  } catch (error) {
    diag.error("errspan: a callback threw", error);
  }
}

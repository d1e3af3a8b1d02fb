import type { Span } from "@opentelemetry/api";
import { shared } from "../span/process.js";
import { MAX_REMEMBERED } from "./limits.js";
import { isObject } from "./text.js";

/**
 * Whether a span is the one to record an error that goes through it: the first to see it. An error object is recorded
 * once in a trace; a primitive, which has no identity, unless a child of this span has let the same value through.
 */
export function isOrigin(span: Span, error: unknown, parent: Span | undefined): boolean {
  const { seen } = shared;
  const known = (key: object): unknown[] => seen.get(key) ?? [];
  // Neither spread nor destructured: programs patch the iterator of arrays.
  const what = isObject(error) ? span.spanContext().traceId : error;
  const next = isObject(error) ? error : parent;
  const first = !known(isObject(error) ? error : span).includes(what);
  if (next && !known(next).includes(what)) seen.set(next, [what].concat(known(next)).slice(0, MAX_REMEMBERED));
  return first;
}

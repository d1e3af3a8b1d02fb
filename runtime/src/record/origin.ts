import type { Span } from "@opentelemetry/api";
import { shared } from "../span/process.js";
import { isObject } from "./text.js";

/** An error object that lives for ever (a constant that is thrown again and again) is remembered for so many traces. */
const MAX_TRACES = 32;
const MAX_PRIMITIVES = 16;

/**
 * Whether a span is the first to see an error, and so the one to record it. An error object is recorded once in a
 * trace. A primitive has no identity: it passes through where a child of this span has let the same value through.
 */
export function isOrigin(span: Span, error: unknown, parent: Span | undefined): boolean {
  if (isObject(error)) {
    const { traceId } = span.spanContext();
    const sighting = shared.sightings.get(error);
    if (sighting === undefined) {
      shared.sightings.set(error, { traces: [traceId] });
      return true;
    }
    if (sighting.traces.includes(traceId)) return false;
    if (sighting.traces.push(traceId) > MAX_TRACES) sighting.traces.shift();
    return true;
  }
  const passed = shared.primitives.get(span)?.includes(error) === true;
  if (parent !== undefined) {
    const values = shared.primitives.get(parent);
    if (values === undefined) shared.primitives.set(parent, [error]);
    else if (!values.includes(error) && values.push(error) > MAX_PRIMITIVES) values.shift();
  }
  return !passed;
}

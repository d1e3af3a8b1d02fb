import type { Span } from "@opentelemetry/api";
import { shared } from "../span/process.js";
import { type Description, describe } from "./describe.js";
import { isObject } from "./text.js";

/** An error object that lives for ever (a constant that is thrown again and again) is remembered for so many traces. */
const MAX_TRACES = 32;
const MAX_PRIMITIVES = 16;

/** What is known of an error: how it is described, and whether this span is the one to record it. */
export interface Sighted {
  readonly description: Description;
  readonly origin: boolean;
}

/**
 * Looks at an error on its way through a span. The first span to see an error records it: an error object once in a
 * trace; a primitive, which has no identity, unless a child of this span has let the same value through.
 */
export function sight(span: Span, error: unknown, parent: Span | undefined): Sighted {
  if (!isObject(error)) return { description: describe(error), origin: !passedBy(span, error, parent) };
  const { traceId } = span.spanContext();
  const sighting = shared.sightings.get(error);
  if (sighting === undefined) {
    const description = describe(error);
    shared.sightings.set(error, { traces: [traceId], description });
    return { description, origin: true };
  }
  const { traces } = sighting;
  if (traces.includes(traceId)) return { description: sighting.description as Description, origin: false };
  if (traces.push(traceId) > MAX_TRACES) traces.shift();
  return { description: describe(error), origin: true };
}

function passedBy(span: Span, error: unknown, parent: Span | undefined): boolean {
  if (parent !== undefined) {
    const values = shared.primitives.get(parent);
    if (values === undefined) shared.primitives.set(parent, [error]);
    else if (!values.includes(error) && values.push(error) > MAX_PRIMITIVES) values.shift();
  }
  return shared.primitives.get(span)?.includes(error) === true;
}

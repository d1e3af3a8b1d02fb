import type { Span } from "@opentelemetry/api";
import { shared } from "../span/process.js";
import { type Description, describe } from "./describe.js";
import { isObject } from "./text.js";

/** Traces of an error object that lives for ever (a constant that is thrown again and again); primitives of a span. */
const MAX_REMEMBERED = 32;

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
  const { sightings, primitives } = shared;
  if (!isObject(error)) {
    if (parent !== undefined) primitives.set(parent, [error, ...(primitives.get(parent) ?? [])].slice(0, MAX_REMEMBERED));
    return { description: describe(error), origin: primitives.get(span)?.includes(error) !== true };
  }
  const { traceId } = span.spanContext();
  const known = sightings.get(error);
  if (known?.traces.includes(traceId)) return { description: known.description as Description, origin: false };
  const description = describe(error);
  sightings.set(error, { description, traces: [traceId, ...(known?.traces ?? [])].slice(0, MAX_REMEMBERED) });
  return { description, origin: true };
}

import type { Attributes, Span } from "@opentelemetry/api";
import { guard } from "./guard.js";

const COMPUTING = "computing attributes";

/** Sets what is known at a call's start on a span that records: attributes, fields, captured arguments. */
export function annotateStart(
  span: Span,
  attributes: Attributes | undefined,
  fields: (() => object) | undefined,
  args: (() => object) | undefined,
): void {
  guard(COMPUTING, set, span, attributes, fields);
  if (args) guard(COMPUTING, set, span, undefined, args);
}

function set(span: Span, attributes: Attributes | undefined, compute: (() => object) | undefined): void {
  if (attributes) span.setAttributes(attributes);
  if (compute) span.setAttributes(compute() as Attributes);
}

import type { Attributes, Span } from "@opentelemetry/api";
import { guard } from "./guard.js";

/** Sets what is known at a call's start on a span that records: attributes, fields, captured arguments. */
export function annotateStart(
  span: Span,
  attributes: Attributes | undefined,
  fields: (() => object) | undefined,
  args: (() => object) | undefined,
): void {
  guard("computing a span's fields", () => {
    if (attributes) span.setAttributes(attributes);
    if (fields) span.setAttributes(fields() as Attributes);
  });
  if (args) guard("capturing arguments", () => span.setAttributes(args() as Attributes));
}

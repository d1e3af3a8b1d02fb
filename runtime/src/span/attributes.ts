import type { Attributes, Span } from "@opentelemetry/api";
import { tell } from "./diagnostics.js";

/** Sets what is known at a call's start on a span that records: attributes, fields, captured arguments. */
export function annotateStart(
  span: Span,
  attributes: Attributes | undefined,
  fields: (() => object) | undefined,
  args: (() => object) | undefined,
): void {
  try {
    if (attributes) span.setAttributes(attributes);
    if (fields) span.setAttributes(fields() as Attributes);
  } catch (error) {
    tell("computing a span's fields", error);
  }
  try {
    if (args) span.setAttributes(args() as Attributes);
  } catch (error) {
    tell("capturing arguments", error);
  }
}

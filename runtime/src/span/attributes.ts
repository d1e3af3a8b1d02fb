import type { Attributes, Span } from "@opentelemetry/api";
import { serialize } from "../record/serialize.js";
import { guard } from "./guard.js";

/** Most fields and arguments taken from one call. */
const MAX_CAPTURED = 64;

/**
 * Sets what is known at a call's start on a span that records: attributes, fields, captured arguments.
 */
export function annotateStart(
  span: Span,
  attributes: Attributes | undefined,
  fields: (() => object) | undefined,
  args: (() => object) | undefined,
): void {
  guard("computing a span's fields", () => {
    if (attributes !== undefined) span.setAttributes(attributes);
    if (fields !== undefined) span.setAttributes(fields() as Attributes);
  });
  if (args === undefined) return;
  guard("capturing arguments", () => {
    for (const [name, value] of Object.entries(args()).slice(0, MAX_CAPTURED)) {
      span.setAttribute(`errspan.arg.${name}`, serialize(name, value));
    }
  });
}

/** Sets the captured result. */
export function captureReturn(span: Span, value: unknown): void {
  if (span.isRecording()) span.setAttribute("errspan.return", serialize("return", value));
}

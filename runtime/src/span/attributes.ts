import type { Attributes, Span } from "@opentelemetry/api";
import { serialize } from "../record/serialize.js";
import { tell } from "./diagnostics.js";
import type { Site } from "./site.js";

/** Most fields and arguments taken from one call. */
const MAX_CAPTURED = 64;

/**
 * Sets what is known at a call's start on a span that records: the site's own attributes where the span is not the
 * site's, the fields, the captured arguments.
 */
export function annotateStart(
  span: Span,
  site: Site | undefined,
  fields: (() => object) | undefined,
  args: (() => object) | undefined,
): void {
  try {
    const attributes = site?.start.attributes;
    if (attributes !== undefined) span.setAttributes(attributes);
    if (fields !== undefined) span.setAttributes(fields() as Attributes);
  } catch (error) {
    tell("computing a span's fields", error);
  }
  try {
    if (args === undefined) return;
    for (const [name, value] of Object.entries(args()).slice(0, MAX_CAPTURED)) {
      span.setAttribute(`errspan.arg.${name}`, serialize(name, value));
    }
  } catch (error) {
    tell("capturing arguments", error);
  }
}

/** Sets the captured result. */
export function captureReturn(span: Span, value: unknown): void {
  if (span.isRecording()) span.setAttribute("errspan.return", serialize("return", value));
}

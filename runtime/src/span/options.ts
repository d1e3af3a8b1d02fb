import type { Attributes } from "@opentelemetry/api";
import { captureResult } from "../record/capture.js";
import { Site, type SiteOptions } from "./site.js";

/**
 * Options of a span that is opened by hand or by a decorator.
 *
 * - `kind`: the span's kind, as `"client"` or `SpanKind.CLIENT`; default internal.
 * - `attributes`: set at its start, so that samplers see them.
 * - `ret`: capture the result as `errspan.return` (bounded, secrets left out).
 * - `root`: begin a new trace.
 * - `links`: spans of other traces that this one belongs to.
 * - `span: false`: no span of its own; attributes, fields and arguments go to the active one.
 */
export interface SpanOptions extends Omit<SiteOptions, "kind" | "ret"> {
  readonly kind?: SpanKindOption | undefined;
  readonly ret?: boolean | undefined;
}

/** A span kind: OpenTelemetry's number (`SpanKind.CLIENT`) or its name in lower case. */
export type SpanKindOption = "internal" | "server" | "client" | "producer" | "consumer" | 0 | 1 | 2 | 3 | 4;

const KIND_NAMES = ["internal", "server", "client", "producer", "consumer"];

/** The record of a function that is traced at run time. */
export function siteOf(name: string, kind: number, code: Attributes, options: SpanOptions = {}): Site {
  const { kind: spanKind, ret } = options;
  return new Site(name, kind, code, {
    ...options,
    // A name that is none counts as "internal".
    kind: typeof spanKind === "string" ? Math.max(KIND_NAMES.indexOf(spanKind), 0) : spanKind,
    ret: ret === true ? captureResult : undefined,
  });
}

/**
 * Options of a traced function.
 *
 * @typeParam Parameters the function's parameters, for `fields`
 */
// Parameters of a decorator's `fields` cannot be inferred from the method below it; `unknown` would make every
// `(order) => order.id` an error.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export interface TracedOptions<Parameters extends readonly unknown[] = any[]> extends SpanOptions {
  /** The span's name; default the function's qualified name. */
  readonly name?: string | undefined;
  /** Computes attributes from the arguments. Not called where the span does not record. */
  readonly fields?: ((...args: Parameters) => Attributes) | undefined;
  /** Parameters to capture as `errspan.arg.<name>`, by name, or all of them. None by default. */
  readonly args?: readonly string[] | "all" | undefined;
  /** Parameters that are not captured, whatever `args` says. */
  readonly skip?: readonly string[] | undefined;
}

/** Every option of a marker, a decorator or a selector. */
export const OPTION_NAMES = [
  "name",
  "kind",
  "attributes",
  "fields",
  "args",
  "skip",
  "ret",
  "root",
  "links",
  "span",
] as const;

export type OptionName = (typeof OPTION_NAMES)[number];

export function isOptionName(name: string): name is OptionName {
  return (OPTION_NAMES as readonly string[]).includes(name);
}

/** In the order of OpenTelemetry's `SpanKind`. */
export const SPAN_KINDS = ["internal", "server", "client", "producer", "consumer"] as const;

export type SpanKindName = (typeof SPAN_KINDS)[number];

export function isSpanKind(value: unknown): value is SpanKindName {
  return (SPAN_KINDS as readonly unknown[]).includes(value);
}

/** What OpenTelemetry takes as the value of an attribute. */
export type AttributeValue = string | number | boolean | readonly string[] | readonly number[] | readonly boolean[];

function isHomogeneous(values: readonly unknown[]): values is readonly string[] | readonly number[] | readonly boolean[] {
  const type = typeof values[0];
  return (
    values.length === 0 ||
    ((type === "string" || type === "boolean" || type === "number") && values.every((value) => typeof value === type))
  );
}

/** Strings, finite numbers, booleans, and arrays of one of these. */
export function isAttributeValue(value: unknown): value is AttributeValue {
  if (Array.isArray(value)) return isHomogeneous(value) && value.every((member) => isAttributeValue(member));
  return typeof value === "string" || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value));
}

/** A name with its place, to be held against the parameters of the function. */
export interface NamedAt {
  readonly name: string;
  readonly offset: number;
}

/** A field with the place of its expression. */
export interface FieldAt {
  readonly key: string;
  readonly expression: string;
  readonly offset: number;
}

/** Options as they were written, before they met the function they are for. */
export interface RawOptions {
  name?: string;
  kind?: SpanKindName;
  attributes?: Record<string, AttributeValue>;
  fields?: readonly FieldAt[] | { readonly arrow: string };
  args?: readonly NamedAt[] | "all";
  skip?: readonly NamedAt[];
  ret?: boolean;
  root?: boolean;
  span?: boolean;
}

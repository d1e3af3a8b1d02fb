/** The parts of an OTLP/JSON trace document that the tests look at. */
export interface TraceDocument {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
  }[];
}

export interface Attribute {
  readonly key: string;
  readonly value: Value;
}

interface Value {
  readonly stringValue?: string;
  readonly intValue?: number;
  readonly arrayValue?: { readonly values: readonly Value[] };
}

export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly status: { readonly code: number; readonly message?: string };
  readonly attributes: readonly Attribute[];
  readonly events: readonly { readonly name: string; readonly attributes: readonly Attribute[] }[];
}

/** OTLP's `STATUS_CODE_ERROR`. */
export const statusError = 2;

export function spansOf(documents: readonly TraceDocument[]): readonly Span[] {
  return documents
    .flatMap(({ resourceSpans }) => resourceSpans)
    .flatMap(({ scopeSpans }) => scopeSpans)
    .flatMap(({ spans }) => spans);
}

/** One attribute as a plain value; `undefined` if the span or event does not have it. */
export function attribute({ attributes }: { readonly attributes: readonly Attribute[] }, key: string): unknown {
  const found = attributes.find((candidate) => candidate.key === key);
  return found && plain(found.value);
}

function plain({ stringValue, intValue, arrayValue }: Value): unknown {
  return stringValue ?? intValue ?? arrayValue?.values.map(plain);
}

/** The trees of spans as indented names, a failed span marked with `!`, in the order in which they began. */
export function outline(spans: readonly Span[], parent?: string, indent = ""): readonly string[] {
  return spans
    .filter((span) => (parent === undefined ? !span.parentSpanId : span.parentSpanId === parent))
    .toSorted((a, b) => Number(BigInt(a.startTimeUnixNano) - BigInt(b.startTimeUnixNano)))
    .flatMap((span) => [
      `${indent}${span.name}${span.status.code === statusError ? " !" : ""}`,
      ...outline(spans, span.spanId, `${indent}  `),
    ]);
}

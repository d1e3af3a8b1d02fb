/** Seconds and nanoseconds, as SDKs keep time. */
export type HighResolutionTime = readonly [seconds: number, nanoseconds: number];

/** What is shown of a finished span: the part of the SDKs' `ReadableSpan` that both lines have. */
export interface FinishedSpan {
  readonly name: string;
  readonly kind: number;
  spanContext(): { readonly traceId: string; readonly spanId: string };
  readonly parentSpanContext?: { readonly spanId: string; readonly isRemote?: boolean } | undefined;
  readonly startTime: HighResolutionTime;
  readonly duration: HighResolutionTime;
  readonly status: { readonly code: number; readonly message?: string | undefined };
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly { readonly name: string; readonly attributes?: Readonly<Record<string, unknown>> | undefined }[];
}

/** A span and, in the order in which they began, the spans under it. */
export interface SpanNode {
  readonly span: FinishedSpan;
  readonly children: readonly SpanNode[];
}

/** A span's status that says error (`SpanStatusCode.ERROR`). */
export function hasFailed(span: FinishedSpan): boolean {
  return span.status.code === 2;
}

/** The span's parent in this process; undefined at a local root. */
export function localParent(span: FinishedSpan): string | undefined {
  const parent = span.parentSpanContext;
  return parent === undefined || parent.isRemote === true ? undefined : parent.spanId;
}

/**
 * Trees of the given spans. Spans whose parent is not among them are roots. Spans that began in the same
 * millisecond stay in the order in which they ended.
 */
export function treesOf(spans: readonly FinishedSpan[]): SpanNode[] {
  const sorted = [...spans].sort((a, b) => a.startTime[0] - b.startTime[0] || a.startTime[1] - b.startTime[1]);
  const nodes = new Map(sorted.map((span) => [span.spanContext().spanId, { span, children: [] as SpanNode[] }]));
  const roots: SpanNode[] = [];
  for (const node of nodes.values()) {
    const parent = nodes.get(localParent(node.span) ?? "");
    (parent === undefined || parent === node ? roots : parent.children).push(node);
  }
  return roots;
}

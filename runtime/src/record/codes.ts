// OpenTelemetry's numbers, in a file without imports: bundlers put such constants where they are used.

/** A span status of "error" (`SpanStatusCode.ERROR`). */
export const STATUS_ERROR = 2;
/** Kinds of span that call out (`SpanKind.CLIENT`, `SpanKind.PRODUCER`). */
export const KIND_CLIENT = 2;
export const KIND_PRODUCER = 3;

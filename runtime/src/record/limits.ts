// What is kept of one error, in a file without imports: bundlers put such constants where they are used.

/** Traces of an error object that lives for ever (a constant that is thrown again and again); primitives of a span. */
export const MAX_REMEMBERED = 32;
/** Members of an `AggregateError` that are printed. */
export const MAX_MEMBERS = 16;

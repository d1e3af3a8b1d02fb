import { read } from "./read.js";

/** Links of a chain that are followed; nobody reads further, and a chain may be made to be endless. */
export const MAX_DEPTH = 1000;

/**
 * What an error says it was caused by, `undefined` when it says nothing. A `SuppressedError` was raised on the way
 * out of a block that had already failed: the failure that began it is its `suppressed`.
 */
export function causeOf(error: unknown): unknown {
  const cause = read(error, "cause");
  if (cause !== undefined) return cause;
  return read(error, "name") === "SuppressedError" ? read(error, "suppressed") : undefined;
}

/** The members of an `AggregateError` (or of whatever has an array `errors` as it does), at most {@link MAX_DEPTH}. */
export function membersOf(error: unknown): readonly unknown[] {
  const errors = read(error, "errors");
  if (!Array.isArray(errors)) return [];
  return Array.from({ length: Math.min(errors.length, MAX_DEPTH) }, (_, index) => read(errors, index));
}

/** The error, its cause, the cause's cause …: bounded, and ended by the first value that was there before. */
export function* causes(error: unknown, depth: number = MAX_DEPTH): Generator<unknown, void, void> {
  const seen = new Set<unknown>();
  do {
    yield error;
    seen.add(error);
    error = causeOf(error);
  } while (error !== undefined && !seen.has(error) && seen.size < depth);
}

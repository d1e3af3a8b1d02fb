/**
 * The protocol by which a value says that it is a failure: a method under this symbol that returns `{ error }` for
 * a failed value and undefined for any other. A traced function that returns such a value marks its span as failed.
 * A class of one's own need do no more, and need not import the symbol: it is `Symbol.for("errspan.failure")`.
 */
export const FAILURE: unique symbol = Symbol.for("errspan.failure") as never;

/** What a failed value says about itself: see {@link FAILURE}. */
export interface Failure {
  readonly error: unknown;
}

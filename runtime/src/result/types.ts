import type { ContextError } from "../cause/context-error.js";
import type { FAILURE, Failure } from "../span/failure.js";
import type { Option } from "./option.js";

/** Value type of a Result of ours, neverthrow's or better-result's. */
export type ValueOf<R> = R extends { readonly value: infer T } ? T : never;

/** Error type of a Result of ours, neverthrow's or better-result's. */
export type ErrorOf<R> = R extends { readonly error: infer E } ? E : never;

/** A Result of ours, with any types. */
export type AnyResult = Result<unknown, unknown>;

/** Handlers of both cases. */
export interface ResultHandlers<T, E, A, B> {
  readonly ok: (value: T) => A;
  readonly err: (error: E) => B;
}

/**
 * What every Result can do. Nothing here catches: a callback that throws throws through, for that is a bug and no
 * failure. Callbacks for the other case are not called.
 */
export interface ResultMethods<T, E> {
  /** Whether it succeeded; narrows. */
  isOk(): this is Ok<T, E>;
  /** Whether it failed; narrows. */
  isErr(): this is Err<T, E>;
  /** The value transformed. */
  map<U>(transform: (value: T) => U): Result<U, E>;
  /** The error transformed. */
  mapErr<F>(transform: (error: E) => F): Result<T, F>;
  /** The next step, which may fail itself. */
  andThen<R extends AnyResult>(next: (value: T) => R): Result<ValueOf<R>, E | ErrorOf<R>>;
  /** Another way, when this one failed. */
  orElse<R extends AnyResult>(recover: (error: E) => R): Result<T | ValueOf<R>, ErrorOf<R>>;
  /** {@link ResultMethods.map} with a transformation that takes time. A rejection rejects. */
  mapAsync<U>(transform: (value: T) => PromiseLike<U>): Promise<Result<U, E>>;
  /** {@link ResultMethods.andThen} with a step that takes time. A rejection rejects. */
  andThenAsync<R extends AnyResult>(next: (value: T) => PromiseLike<R>): Promise<Result<ValueOf<R>, E | ErrorOf<R>>>;
  /** {@link ResultMethods.orElse} with a way that takes time. A rejection rejects. */
  orElseAsync<R extends AnyResult>(recover: (error: E) => PromiseLike<R>): Promise<Result<T | ValueOf<R>, ErrorOf<R>>>;
  /** Looks at the value. */
  inspect(look: (value: T) => void): Result<T, E>;
  /** Looks at the error. */
  inspectErr(look: (error: E) => void): Result<T, E>;
  /** Both cases brought to one. */
  match<A, B>(handlers: ResultHandlers<T, E, A, B>): A | B;
  /** The value, or this one. */
  unwrapOr<U>(fallback: U): T | U;
  /** The value, or one made of the error. */
  unwrapOrElse<U>(fallback: (error: E) => U): T | U;
  /**
   * The value.
   * @throws the error, if it failed; an error that is no `Error` becomes the cause of one.
   */
  unwrap(): T;
  /** The value as an Option. */
  ok(): Option<T>;
  /** The error as an Option. */
  err(): Option<E>;
  /** Says what was being done when it failed (anyhow's `Context`). */
  context(message: string): Result<T, ContextError>;
  /** {@link ResultMethods.context} with a message that is made only if it failed. */
  withContext(message: (error: E) => string): Result<T, ContextError>;
  /** Inside {@link attempt}: the value, or out of the block with the error (Rust's `?`). */
  [Symbol.iterator](): Generator<Err<never, E>, T, unknown>;
  /** The protocol that marks spans. */
  [FAILURE](): Failure | undefined;
}

/**
 * A success.
 * @example
 * const five: Ok<number> = ok(5);
 */
export interface Ok<T, E = never> extends ResultMethods<T, E> {
  readonly value: T;
}

/**
 * A failure.
 * @example
 * const failed: Err<never, RangeError> = err(new RangeError("out of bounds"));
 */
export interface Err<T = never, E = unknown> extends ResultMethods<T, E> {
  readonly error: E;
}

/**
 * A value, or the error in whose place it is (Rust's `Result`).
 * @example
 * function parse(text: string): Result<number, RangeError> {
 *   const number = Number(text);
 *   return Number.isNaN(number) ? err(new RangeError(text)) : ok(number);
 * }
 */
export type Result<T, E> = Ok<T, E> | Err<T, E>;

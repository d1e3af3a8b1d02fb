import { ContextError, inContext } from "../cause/context-error.js";
import { toError } from "../cause/to-error.js";
import { FAILURE, type Failure } from "../span/failure.js";
import { none, some } from "./option.js";
import type { None, Option } from "./option.js";
import type { AnyResult, Err, ErrorOf, Ok, Result, ResultHandlers, ValueOf } from "./types.js";

class OkOf<T, E> implements Ok<T, E> {
  readonly value: T;
  constructor(value: T) {
    this.value = value;
  }
  isOk(): this is Ok<T, E> {
    return true;
  }
  isErr(): this is Err<T, E> {
    return false;
  }
  map<U>(transform: (value: T) => U): Result<U, E> {
    return new OkOf(transform(this.value));
  }
  mapErr<F>(): Result<T, F> {
    return new OkOf(this.value);
  }
  andThen<R extends AnyResult>(next: (value: T) => R): Result<ValueOf<R>, E | ErrorOf<R>> {
    return retyped(next(this.value));
  }
  orElse<R extends AnyResult>(): Result<T | ValueOf<R>, ErrorOf<R>> {
    return retyped(new OkOf(this.value));
  }
  async mapAsync<U>(transform: (value: T) => PromiseLike<U>): Promise<Result<U, E>> {
    return new OkOf(await transform(this.value));
  }
  async andThenAsync<R extends AnyResult>(
    next: (value: T) => PromiseLike<R>,
  ): Promise<Result<ValueOf<R>, E | ErrorOf<R>>> {
    return retyped(await next(this.value));
  }
  orElseAsync<R extends AnyResult>(): Promise<Result<T | ValueOf<R>, ErrorOf<R>>> {
    return Promise.resolve(retyped(new OkOf(this.value)));
  }
  inspect(look: (value: T) => void): Result<T, E> {
    look(this.value);
    return this;
  }
  inspectErr(): Result<T, E> {
    return this;
  }
  match<A, B>(handlers: ResultHandlers<T, E, A, B>): A | B {
    return handlers.ok(this.value);
  }
  unwrapOr(): T {
    return this.value;
  }
  unwrapOrElse(): T {
    return this.value;
  }
  unwrap(): T {
    return this.value;
  }
  ok(): Option<T> {
    return some(this.value);
  }
  err(): None {
    return none;
  }
  context(): Result<T, ContextError> {
    return new OkOf(this.value);
  }
  withContext(): Result<T, ContextError> {
    return new OkOf(this.value);
  }
  *[Symbol.iterator](): Generator<never, T, unknown> {
    return this.value;
  }
  [FAILURE](): undefined {
    return undefined;
  }
}

class ErrOf<T, E> implements Err<T, E> {
  readonly error: E;
  constructor(error: E) {
    this.error = error;
  }
  isOk(): this is Ok<T, E> {
    return false;
  }
  isErr(): this is Err<T, E> {
    return true;
  }
  map<U>(): Result<U, E> {
    return new ErrOf(this.error);
  }
  mapErr<F>(transform: (error: E) => F): Result<T, F> {
    return new ErrOf(transform(this.error));
  }
  andThen<R extends AnyResult>(): Result<ValueOf<R>, E | ErrorOf<R>> {
    return retyped(new ErrOf(this.error));
  }
  orElse<R extends AnyResult>(recover: (error: E) => R): Result<T | ValueOf<R>, ErrorOf<R>> {
    return retyped(recover(this.error));
  }
  mapAsync<U>(): Promise<Result<U, E>> {
    return Promise.resolve(new ErrOf(this.error));
  }
  andThenAsync<R extends AnyResult>(): Promise<Result<ValueOf<R>, E | ErrorOf<R>>> {
    return Promise.resolve(retyped(new ErrOf(this.error)));
  }
  async orElseAsync<R extends AnyResult>(
    recover: (error: E) => PromiseLike<R>,
  ): Promise<Result<T | ValueOf<R>, ErrorOf<R>>> {
    return retyped(await recover(this.error));
  }
  inspect(): Result<T, E> {
    return this;
  }
  inspectErr(look: (error: E) => void): Result<T, E> {
    look(this.error);
    return this;
  }
  match<A, B>(handlers: ResultHandlers<T, E, A, B>): A | B {
    return handlers.err(this.error);
  }
  unwrapOr<U>(fallback: U): U {
    return fallback;
  }
  unwrapOrElse<U>(fallback: (error: E) => U): U {
    return fallback(this.error);
  }
  unwrap(): never {
    throw toError(this.error);
  }
  ok(): None {
    return none;
  }
  err(): Option<E> {
    return some(this.error);
  }
  context(message: string): Result<T, ContextError> {
    return new ErrOf(inContext(message, this.error));
  }
  withContext(message: (error: E) => string): Result<T, ContextError> {
    const { error } = this;
    return new ErrOf(inContext(() => message(error), error));
  }
  *[Symbol.iterator](): Generator<Err<never, E>, T, unknown> {
    const failed = this as unknown as Err<never, E> & T;
    yield failed;
    // attempt() never comes back here. Who iterates a Result otherwise (a test's deep comparison does) sees it end.
    return failed;
  }
  [FAILURE](): Failure {
    return { error: this.error };
  }
}

/** The conditional types take apart what the callback returned; it is the very same Result. */
function retyped<T, E>(result: AnyResult): Result<T, E> {
  return result as Result<T, E>;
}

/**
 * A success.
 * @param value - the value; none for a Result that only says that it worked.
 * @example
 * ok(5).map((n) => n + 1).unwrap(); // 6
 */
export function ok(): Ok<undefined>;
export function ok<T>(value: T): Ok<T>;
export function ok<T>(value?: T): Ok<T | undefined> {
  return new OkOf(value);
}

/**
 * A failure.
 * @param error - the error, of any type.
 * @example
 * err(new RangeError("out of bounds")).unwrapOr(0); // 0
 */
export function err<E>(error: E): Err<never, E> {
  return new ErrOf(error);
}

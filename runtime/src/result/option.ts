import { err, ok } from "./result.js";
import type { Result } from "./types.js";

/** What every Option can do. Callbacks for the other case are not called. */
export interface OptionMethods<T> {
  /** Whether there is a value; narrows. */
  isSome(): this is Some<T>;
  /** Whether there is none; narrows. */
  isNone(): this is None<T>;
  /** The value transformed. */
  map<U>(transform: (value: T) => U): Option<U>;
  /** The next step, which may have no value itself. */
  andThen<U>(next: (value: T) => Option<U>): Option<U>;
  /** The value, if it passes. */
  filter(test: (value: T) => boolean): Option<T>;
  /** This Option, or another one. */
  orElse<U>(other: () => Option<U>): Option<T | U>;
  /** Both cases brought to one. */
  match<A, B>(handlers: { readonly some: (value: T) => A; readonly none: () => B }): A | B;
  /** The value, or this one. */
  unwrapOr<U>(fallback: U): T | U;
  /** The value, or `undefined`. */
  toUndefined(): T | undefined;
  /** A Result: the value, or this error (Rust's `ok_or`). */
  okOr<E>(error: E): Result<T, E>;
  /** {@link OptionMethods.okOr} with an error that is made only if needed. */
  okOrElse<E>(error: () => E): Result<T, E>;
}

/**
 * There is a value.
 * @example
 * const first: Some<string> = some("a");
 */
export interface Some<T> extends OptionMethods<T> {
  readonly value: T;
}

/**
 * There is none.
 * @example
 * const nothing: None = none;
 */
export interface None<T = never> extends OptionMethods<T> {
  readonly none: true;
}

/**
 * A value, or none (Rust's `Option`): also where `undefined` is a value.
 * @example
 * const first = fromNullable(lines[0]).okOr(new ConfigError.EmptyFile());
 */
export type Option<T> = Some<T> | None<T>;

class SomeOf<T> implements Some<T> {
  readonly value: T;
  constructor(value: T) {
    this.value = value;
  }
  isSome(): this is Some<T> {
    return true;
  }
  isNone(): this is None<T> {
    return false;
  }
  map<U>(transform: (value: T) => U): Option<U> {
    return some(transform(this.value));
  }
  andThen<U>(next: (value: T) => Option<U>): Option<U> {
    return next(this.value);
  }
  filter(test: (value: T) => boolean): Option<T> {
    return test(this.value) ? this : none;
  }
  orElse(): Option<T> {
    return this;
  }
  match<A, B>(handlers: { readonly some: (value: T) => A; readonly none: () => B }): A | B {
    return handlers.some(this.value);
  }
  unwrapOr(): T {
    return this.value;
  }
  toUndefined(): T {
    return this.value;
  }
  okOr<E>(): Result<T, E> {
    return ok(this.value);
  }
  okOrElse<E>(): Result<T, E> {
    return ok(this.value);
  }
}

class NoneOf implements None {
  readonly none = true;
  isSome(): this is Some<never> {
    return false;
  }
  isNone(): this is None {
    return true;
  }
  map(): Option<never> {
    return this;
  }
  andThen(): Option<never> {
    return this;
  }
  filter(): Option<never> {
    return this;
  }
  orElse<U>(other: () => Option<U>): Option<U> {
    return other();
  }
  match<A, B>(handlers: { readonly some: (value: never) => A; readonly none: () => B }): A | B {
    return handlers.none();
  }
  unwrapOr<U>(fallback: U): U {
    return fallback;
  }
  toUndefined(): undefined {
    return undefined;
  }
  okOr<E>(error: E): Result<never, E> {
    return err(error);
  }
  okOrElse<E>(error: () => E): Result<never, E> {
    return err(error());
  }
}

/**
 * There is a value.
 * @param value - any value, `undefined` and `null` too.
 * @example
 * some(5).map((n) => n + 1).unwrapOr(0); // 6
 */
export function some<T>(value: T): Some<T> {
  return new SomeOf(value);
}

/**
 * There is no value.
 * @example
 * none.unwrapOr(0); // 0
 */
export const none: None = /* @__PURE__ */ new NoneOf();

/**
 * An Option of a value that may be `undefined` or `null`.
 * @param value - the value.
 * @example
 * fromNullable(process.env["PORT"]).okOr(new Error("PORT is not set"));
 */
export function fromNullable<T>(value: T): Option<NonNullable<T>> {
  return value === undefined || value === null ? none : some<NonNullable<T>>(value);
}

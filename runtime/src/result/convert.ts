import { toError } from "../cause/to-error.js";
import { err, ok } from "./result.js";
import type { AnyResult, ErrorOf, Result, ValueOf } from "./types.js";

/** A Result of another library: neverthrow's and better-result's have these. */
export type ForeignResult =
  | { readonly value: unknown; isErr(): boolean }
  | { readonly error: unknown; isErr(): boolean };

/**
 * A function that returns a Result in place of throwing.
 * @param operation - may throw.
 * @param mapError - turns what was thrown into the error; default: `toError`.
 * @example
 * const parseJson = fromThrowable(JSON.parse, (error) => new ConfigError.Syntax(error));
 */
export function fromThrowable<A extends readonly unknown[], T>(operation: (...args: A) => T): (...args: A) => Result<T, Error>;
export function fromThrowable<A extends readonly unknown[], T, E>(
  operation: (...args: A) => T,
  mapError: (thrown: unknown) => E,
): (...args: A) => Result<T, E>;
export function fromThrowable<A extends readonly unknown[], T>(
  operation: (...args: A) => T,
  mapError: (thrown: unknown) => unknown = toError,
): (...args: A) => Result<T, unknown> {
  return (...args) => {
    let value: T;
    try {
      value = operation(...args);
    } catch (thrown) {
      return err(mapError(thrown));
    }
    return ok(value);
  };
}

/**
 * A promise of a Result, which does not reject.
 * @param promise - a promise, or a function that gives one (and may throw).
 * @param mapError - turns the rejection into the error; default: `toError`.
 * @example
 * const response = await fromPromise(fetch(url, { signal }));
 */
export function fromPromise<T>(promise: PromiseLike<T> | (() => PromiseLike<T>)): Promise<Result<T, Error>>;
export function fromPromise<T, E>(
  promise: PromiseLike<T> | (() => PromiseLike<T>),
  mapError: (thrown: unknown) => E,
): Promise<Result<T, E>>;
export async function fromPromise<T>(
  promise: PromiseLike<T> | (() => PromiseLike<T>),
  mapError: (thrown: unknown) => unknown = toError,
): Promise<Result<T, unknown>> {
  let value: T;
  try {
    value = await (typeof promise === "function" ? promise() : promise);
  } catch (thrown) {
    return err(mapError(thrown));
  }
  return ok(value);
}

/**
 * A Result of ours from one of neverthrow or better-result. The way back is `match` with the library's own
 * constructors: `result.match({ ok: neverthrow.ok, err: neverthrow.err })`.
 * @param foreign - the other library's Result.
 * @example
 * const result = fromResult(neverthrow.ok(5));
 */
export function fromResult<R extends ForeignResult>(foreign: R): Result<ValueOf<R>, ErrorOf<R>> {
  return ("error" in foreign && foreign.isErr() ? err(foreign.error) : ok(Reflect.get(foreign, "value"))) as Result<
    ValueOf<R>,
    ErrorOf<R>
  >;
}

type Values<R extends readonly AnyResult[]> = { -readonly [I in keyof R]: ValueOf<R[I]> };

/**
 * All values, or the first error, in the order given.
 * @param results - Results; a tuple keeps its types.
 * @example
 * all([ok(1), ok("a")]).unwrap(); // [1, "a"]
 */
export function all<const R extends readonly AnyResult[]>(results: R): Result<Values<R>, ErrorOf<R[number]>> {
  const values: unknown[] = [];
  for (const result of results) {
    if (result.isErr()) return result as Result<never, ErrorOf<R[number]>>;
    values.push(result.unwrap());
  }
  return ok(values) as Result<Values<R>, never>;
}

/**
 * {@link all} of promised Results, which run at the same time. Waits for all of them; a rejection rejects.
 * @param results - promises of Results.
 * @example
 * const both = await allAsync([loadUser(id), loadCart(id)]);
 */
export async function allAsync<const P extends readonly PromiseLike<AnyResult>[]>(
  results: P,
): Promise<Result<{ -readonly [I in keyof P]: ValueOf<Awaited<P[I]>> }, ErrorOf<Awaited<P[number]>>>> {
  return all(await Promise.all(results));
}

/**
 * The values and the errors apart, each in the order given.
 * @param results - Results.
 * @example
 * const { values, errors } = partition(lines.map(parseLine));
 */
export function partition<T, E>(results: Iterable<Result<T, E>>): { readonly values: T[]; readonly errors: E[] } {
  const values: T[] = [];
  const errors: E[] = [];
  for (const result of results) {
    result.match({ ok: (value) => void values.push(value), err: (error) => void errors.push(error) });
  }
  return { values, errors };
}

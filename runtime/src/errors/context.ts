import { inContext } from "../cause/context-error.js";
import type { ContextError } from "../cause/context-error.js";
import { read } from "../cause/read.js";

/**
 * A Result of any library that maps its error by `mapErr` (ours, neverthrow) or `mapError` (better-result).
 * @example
 * const result: MapsError = err(new Error("no"));
 */
export type MapsError =
  | { readonly mapErr: (...args: never[]) => unknown }
  | { readonly mapError: (...args: never[]) => unknown };

/**
 * The Result with its error type replaced by {@link ContextError}. Of Results that are not ours TypeScript can only
 * work out that the error is of another type now; {@link addContext} keeps the types of those.
 * @typeParam R - type of the Result.
 * @example
 * type Loaded = WithContext<Result<Config, IoError>>; // Result<Config, ContextError>
 */
export type WithContext<R> = R extends { context: (message: string) => infer Mapped }
  ? Mapped
  : R extends { mapErr: (map: (error: infer _E) => ContextError) => infer Mapped }
    ? Mapped
    : R extends { mapError: (map: (error: infer _E) => ContextError) => infer Mapped }
      ? Mapped
      : never;

/**
 * Says what was being done when something failed (anyhow's `Context`).
 * - A Result: the same Result, its error wrapped. - A promise: a promise that rejects with the wrapped error.
 * - Anything else is taken for the error: it is wrapped and returned, to be thrown.
 * @param subject - a Result, a promise, or what was caught.
 * @param message - what was being done.
 * @example
 * const config = await context(readFile(path, "utf8"), `Failed to read ${path}`);
 * try { parse(config); } catch (error) { throw context(error, "Failed to parse the configuration"); }
 */
export function context<R extends MapsError>(subject: R, message: string): WithContext<R>;
export function context<T>(subject: PromiseLike<T>, message: string): Promise<T>;
export function context(subject: unknown, message: string): ContextError;
export function context(subject: unknown, message: string): unknown {
  return attach(subject, message);
}

/**
 * {@link context} with a message that is made only if there is a failure to describe (anyhow's `with_context`).
 * A message function that throws does not hide the failure: the context then says so.
 * @param subject - a Result, a promise, or what was caught.
 * @param message - called at most once, with the failure.
 * @example
 * const user = await withContext(fetchUser(id), () => `Failed to fetch user ${id}`);
 */
export function withContext<R extends MapsError>(subject: R, message: (error: unknown) => string): WithContext<R>;
export function withContext<T>(subject: PromiseLike<T>, message: (error: unknown) => string): Promise<T>;
export function withContext(subject: unknown, message: (error: unknown) => string): ContextError;
export function withContext(subject: unknown, message: (error: unknown) => string): unknown {
  return attach(subject, message);
}

/**
 * The mapping function of a context, for the `mapErr` of any Result library, or for `catch`.
 * @param message - what was being done, or a function from the failure to it.
 * @example
 * const config = parse(text).mapErr(addContext("Failed to parse the configuration")); // neverthrow
 */
export function addContext(message: string | ((error: unknown) => string)): (error: unknown) => ContextError {
  return (error) => inContext(message, error);
}

function attach(subject: unknown, message: string | ((error: unknown) => string)): unknown {
  const wrap = addContext(message);
  for (const name of ["mapErr", "mapError"]) {
    const map = read(subject, name);
    if (typeof map === "function") return Reflect.apply(map, subject, [wrap]);
  }
  if (typeof read(subject, "then") === "function") {
    return Promise.resolve(subject).catch((error: unknown) => {
      throw wrap(error);
    });
  }
  return wrap(subject);
}

import { isObject, read } from "../cause/read.js";
import { headline } from "./message.js";

/**
 * Throws (anyhow's `bail!`), where an expression is wanted: `value ?? bail("no value")`.
 * @param error - the error to throw, or the message of one.
 * @param options - `cause` of the error made from a message.
 * @throws always.
 * @example
 * const port = Number(process.env["PORT"] ?? bail("PORT is not set"));
 */
export function bail(error: string | Error, options?: ErrorOptions): never {
  throw made(error, options, bail);
}

/**
 * Throws unless the condition holds (anyhow's `ensure!`); afterwards the compiler knows that it does.
 * @param condition - anything; falsy throws.
 * @param error - the error, its message, or a function that makes either and is called only if needed.
 * @throws the error when the condition is falsy.
 * @example
 * ensure(size > 0 && size <= 1000, () => `Batch size must be between 1 and 1000, got ${size}`);
 */
export function ensure(condition: unknown, error: string | Error | (() => string | Error)): asserts condition {
  if (condition) return;
  throw made(typeof error === "function" ? error() : error, undefined, ensure);
}

function made(error: string | Error, options: ErrorOptions | undefined, caller: typeof bail | typeof ensure): Error {
  if (typeof error !== "string") return error;
  const raised = new Error(error, options);
  // V8 only: let the stack begin where bail or ensure was called.
  if (typeof Error.captureStackTrace === "function") Error.captureStackTrace(raised, caller);
  return raised;
}

/**
 * Any thrown value as an `Error`. Errors come back as they are, those of another realm too; a string becomes the
 * message; an object that looks like an error lends its name, message and stack; the value is the `cause`.
 * Never throws.
 * @param thrown - anything that was thrown.
 * @example
 * try { run(); } catch (thrown) { report(toError(thrown)); }
 */
export function toError(thrown: unknown): Error {
  if (isError(thrown)) return thrown;
  if (typeof read(thrown, "message") !== "string") return new Error(headline(thrown), { cause: thrown });
  const error = new Error(String(read(thrown, "message")), { cause: thrown });
  for (const property of ["name", "stack"]) {
    const value = read(thrown, property);
    if (typeof value === "string") Object.defineProperty(error, property, { value, configurable: true, writable: true });
  }
  return error;
}

function isError(value: unknown): value is Error {
  if (!isObject(value)) return false;
  try {
    if (value instanceof Error) return true;
    // Of another realm (vm, iframe): Error.isError where the engine has it.
    const brand: unknown = Reflect.get(Error, "isError");
    if (typeof brand === "function") return Reflect.apply(brand, Error, [value]) === true;
    return Object.prototype.toString.call(value) === "[object Error]";
  } catch {
    return false;
  }
}

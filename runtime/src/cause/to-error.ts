import { headline } from "./message.js";
import { isObject, read } from "./read.js";

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

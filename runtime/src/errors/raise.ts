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

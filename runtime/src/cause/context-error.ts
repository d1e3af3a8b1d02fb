/**
 * An error with a sentence about what was being done when it happened; the error itself is the `cause`.
 * Classification and {@link find} look through it.
 * @example
 * new ContextError("Failed to load configuration", error);
 */
export class ContextError extends Error {
  override readonly name: string = "ContextError";
  /** What was being done when it happened. */
  declare readonly cause: unknown;

  /**
   * @param message - what was being done.
   * @param cause - what happened; kept as it is, whatever it is.
   */
  constructor(message: string, cause: unknown) {
    super(message, { cause });
  }
}

/** Words a context; a wording that throws must not take the place of the failure that it was to describe. */
export function inContext(message: string | ((error: unknown) => string), error: unknown): ContextError {
  if (typeof message === "string") return new ContextError(message, error);
  let worded: string;
  try {
    worded = message(error);
  } catch {
    worded = "(the description of this failure failed itself)";
  }
  return new ContextError(worded, error);
}

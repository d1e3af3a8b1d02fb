/**
 * A class of errors, or a predicate that narrows to one: what {@link find} looks for.
 * @typeParam E - type of what is found.
 * @example
 * const wanted: ErrorTest<TypeError> = TypeError;
 */
export type ErrorTest<E> =
  | (abstract new (...args: never[]) => E)
  | ((error: unknown) => error is E)
  | { [Symbol.hasInstance](error: unknown): error is E };

/** Whether the error passes the test. A test that throws is not passed. */
export function passes<E>(error: unknown, test: ErrorTest<E>): error is E {
  try {
    return isPredicate(test) ? test(error) : error instanceof test;
  } catch {
    // The test failed, and with it the chance that the error passes; the error itself is not lost.
    return false;
  }
}

// A class has a `prototype` that cannot be replaced; an arrow has none, a plain function one that can.
function isPredicate<E>(test: ErrorTest<E>): test is (error: unknown) => error is E {
  return typeof test === "function" && Object.getOwnPropertyDescriptor(test, "prototype")?.writable !== false;
}

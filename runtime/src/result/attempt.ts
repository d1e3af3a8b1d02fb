import { FAILURE } from "../span/failure.js";
import { err, ok } from "./result.js";
import type { AnyResult, ErrorOf, Result, ValueOf } from "./types.js";

/** A failed Result as it is yielded: ours, neverthrow's, better-result's. */
export interface Yielded {
  readonly error: unknown;
}

/** What a block gives: its own Result, or its plain value as a success; with the errors of everything it asked. */
export type Attempted<R, Y> = [R] extends [AnyResult] ? Result<ValueOf<R>, ErrorOf<R> | ErrorOf<Y>> : Result<R, ErrorOf<Y>>;

/**
 * A block in which `yield*` before a Result gives its value, or leaves the block with its error (Rust's `?`).
 * Results of neverthrow and better-result may be asked too. `finally` blocks run when the block is left; what is thrown
 * is thrown.
 * @param block - a generator function that returns a value or a Result.
 * @returns the block's Result: its error type is the union of all that were asked.
 * @example
 * const total = attempt(function* () {
 *   const price = yield* parsePrice(text);
 *   const rate = yield* findRate(currency);
 *   return price * rate;
 * });
 */
export function attempt<Y extends Yielded, R>(block: () => Generator<Y, R, unknown>): Attempted<R, Y> {
  const steps = block();
  let step = steps.next();
  if (step.done === true) return finished(step.value);
  let { error } = step.value;
  // Leaving runs `finally` blocks; one that fails there takes the place of the first, as a throw would.
  while (!(step = steps.return(undefined as never)).done) ({ error } = step.value);
  return err(error) as Attempted<R, Y>;
}

/**
 * {@link attempt} for a block that waits: `yield* await fetchUser(id)`.
 * @param block - an async generator function that returns a value or a Result.
 * @returns a promise of the block's Result; it rejects only with what the block throws.
 * @example
 * const saved = await attemptAsync(async function* () {
 *   const order = yield* await loadOrder(id);
 *   return yield* await save(order);
 * });
 */
export async function attemptAsync<Y extends Yielded, R>(
  block: () => AsyncGenerator<Y, R, unknown>,
): Promise<Attempted<R, Y>> {
  const steps = block();
  let step = await steps.next();
  if (step.done === true) return finished(step.value);
  let { error } = step.value;
  while (!(step = await steps.return(undefined as never)).done) ({ error } = step.value);
  return err(error) as Attempted<R, Y>;
}

function finished<R, Y>(value: R): Attempted<R, Y> {
  const isResult = typeof value === "object" && value !== null && FAILURE in value;
  return (isResult ? value : ok(value)) as Attempted<R, Y>;
}

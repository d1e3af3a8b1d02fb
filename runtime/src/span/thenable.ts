import { isObject } from "../record/text.js";
import { isPlainPromise, visible } from "./promise.js";
import type { State } from "./state.js";

const { apply } = Reflect;

type Then = (this: unknown, resolve: (value: unknown) => void, reject: (error: unknown) => void) => unknown;

/**
 * Query builders start their work when `then` is called, which the engine does in a later microtask, in whatever
 * context the caller of the traced function has. In its place this hands the engine a thenable whose `then` calls
 * the original once, in the context of the traced function. Anything else comes back as it is.
 *
 * @param state the call of the traced function
 * @param watched whether it is told how the thenable settles
 */
export function wrapThenable<T>(value: T, state: State, watched: boolean): T {
  if (!isObject(value) || isPlainPromise(value)) return value;
  const then: unknown = visible(value, "then")?.value;
  if (typeof then !== "function") return value;
  return {
    // What is awaited is this object's `then`, exactly as it would have been the original's.
    then(resolve: (value: unknown) => void, reject: (error: unknown) => void) {
      const done = (result: unknown): void => {
        state.fulfilled(result);
        resolve(result);
      };
      const failed = (error: unknown): void => {
        state.rejected(error);
        reject(error);
      };
      try {
        return state.carrier.with(state.context, () => apply(then as Then, value, watched ? [done, failed] : [resolve, reject]));
      } catch (error) {
        if (watched) state.rejected(error);
        throw error;
      }
    },
  } as T;
}

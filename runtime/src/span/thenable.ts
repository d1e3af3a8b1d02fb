import { apply } from "./intrinsics.js";
import { visible } from "./promise.js";
import type { State } from "./state.js";

type Then = (this: unknown, resolve: (value: unknown) => void, reject: (error: unknown) => void) => unknown;

/**
 * Query builders start their work when `then` is called, which the engine does in a later microtask, in whatever
 * context the caller of the traced function has. In its place this hands the engine a thenable whose `then` calls
 * the original once, in the context of the traced function. Undefined for anything else.
 *
 * @param state the call of the traced function
 * @param watched whether it is told how the thenable settles
 */
export function standIn(value: object, state: State, watched: boolean): object | undefined {
  const then: unknown = visible(value, "then")?.value;
  if (typeof then !== "function") return undefined;
  return {
    // What is awaited is this object's `then`, exactly as it would have been the original's.
    then(resolve: (value: unknown) => void, reject: (error: unknown) => void) {
      // As elements of a list they have no name, as the engine's have none, which a thenable may look at.
      const settle: Parameters<Then> = watched
        ? [
          (result) => {
            state.fulfilled(result);
            resolve(result);
          },
          (error) => {
            state.fail(error);
            reject(error);
          },
        ]
        : [resolve, reject];
      try {
        state.carrier.with(state.context, () => apply(then as Then, value, settle));
      } catch (error) {
        settle[1](error);
      }
    },
  };
}

import { isObject } from "../record/text.js";
import { isPlainPromise, visible } from "./promise.js";

const { apply } = Reflect;

type Then = (this: unknown, resolve: (value: unknown) => void, reject: (error: unknown) => void) => unknown;

/** What happens around and after the one call of a thenable's `then`. */
export interface ThenObserver {
  /** Runs the original `then` in the traced function's context. */
  call<T>(then: () => T): T;
  fulfilled?(value: unknown): void;
  rejected?(error: unknown): void;
}

/**
 * Query builders start their work when `then` is called, which the engine does in a later microtask, in whatever
 * context the caller of the traced function has. In its place this hands the engine a thenable whose `then` calls
 * the original once, in the context of the traced function. Anything else comes back as it is.
 */
export function wrapThenable<T>(value: T, observer: ThenObserver): T {
  if (!isObject(value) || isPlainPromise(value)) return value;
  const then: unknown = visible(value, "then")?.value;
  if (typeof then !== "function") return value;
  const { fulfilled, rejected } = observer;
  return {
    // What is awaited is this object's `then`, exactly as it would have been the original's.
    then(resolve: (value: unknown) => void, reject: (error: unknown) => void) {
      const done = fulfilled && ((result: unknown) => (fulfilled.call(observer, result), resolve(result)));
      const failed = rejected && ((error: unknown) => (rejected.call(observer, error), reject(error)));
      try {
        return observer.call(() => apply(then as Then, value, [done ?? resolve, failed ?? reject]));
      } catch (error) {
        rejected?.call(observer, error);
        throw error;
      }
    },
  } as T;
}

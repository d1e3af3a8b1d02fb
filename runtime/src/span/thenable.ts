import { isOpaque, isPlainPromise } from "./promise.js";

const { getOwnPropertyDescriptor, getPrototypeOf } = Object;
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
 * The `then` of a thenable that is not a plain promise, found without running a getter or a Proxy's trap; undefined
 * where there is none or that cannot be.
 */
function visibleThen(value: object): Then | undefined {
  let holder: object | null = value;
  for (let depth = 0; holder !== null && depth < 32; depth++) {
    if (isOpaque(holder)) return undefined;
    const property = getOwnPropertyDescriptor(holder, "then");
    if (property !== undefined) return typeof property.value === "function" ? (property.value as Then) : undefined;
    holder = getPrototypeOf(holder) as object | null;
  }
  return undefined;
}

/**
 * Query builders start their work when `then` is called, which the engine does in a later microtask, in whatever
 * context the caller of the traced function has. In its place this hands the engine a thenable whose `then` calls
 * the original once, in the context of the traced function. Anything else comes back as it is.
 */
export function wrapThenable<T>(value: T, observer: ThenObserver): T {
  if ((typeof value !== "object" || value === null) && typeof value !== "function") return value;
  const subject = value as object;
  if (isPlainPromise(subject)) return value;
  const then = visibleThen(subject);
  if (then === undefined) return value;
  const { fulfilled, rejected } = observer;
  return {
    // What is awaited is this object's `then`, exactly as it would have been the original's.
    then(resolve: (value: unknown) => void, reject: (error: unknown) => void) {
      const done = fulfilled && ((result: unknown) => (fulfilled.call(observer, result), resolve(result)));
      const failed = rejected && ((error: unknown) => (rejected.call(observer, error), reject(error)));
      try {
        return observer.call(() => apply(then, subject, [done ?? resolve, failed ?? reject]));
      } catch (error) {
        rejected?.call(observer, error);
        throw error;
      }
    },
  } as T;
}

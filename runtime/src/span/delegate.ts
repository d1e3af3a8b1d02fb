import { isObject } from "../record/text.js";
import { apply } from "./intrinsics.js";
import { resume, type State, suspend } from "./state.js";

type Method = (this: unknown, ...args: unknown[]) => unknown;
type Source = Record<PropertyKey, unknown>;

/**
 * The operand of a `yield*`: what it iterates takes each of its steps in the generator's context, and the consumer
 * has its own between them. Result objects pass through unread; what is looked up, when and how often, is what
 * `yield*` itself looks up.
 */
export function delegateTo(state: State, iterable: unknown): unknown {
  // What a primitive iterates by belongs to the realm of the generator, which need not be ours.
  if (!isObject(iterable)) return iterable;
  const source = iterable as Source;
  const opener = (key: symbol): Method | undefined | null => {
    const method = source[key] as Method | undefined | null;
    if (typeof method !== "function") return method;
    return () => {
      const iterator = apply(method, iterable, []);
      return isObject(iterator) ? steps(state, iterator as Source) : iterator;
    };
  };
  return {
    get [Symbol.asyncIterator]() {
      return opener(Symbol.asyncIterator);
    },
    get [Symbol.iterator]() {
      return opener(Symbol.iterator);
    },
  };
}

function steps(state: State, iterator: Source): object {
  const step = (method: unknown): unknown =>
    typeof method !== "function"
      ? method
      : (...args: unknown[]) => {
          resume(state);
          try {
            return apply(method as Method, iterator, args);
          } finally {
            suspend(state);
          }
        };
  const next = step(iterator["next"]);
  return {
    next,
    get throw() {
      return step(iterator["throw"]);
    },
    get return() {
      return step(iterator["return"]);
    },
  };
}

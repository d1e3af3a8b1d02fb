import { isObject } from "../record/text.js";
import { CARRIED, SUSPENDED, type State } from "./state.js";

const { apply } = Reflect;

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
          // An async function that has its context anyway need not give it up at each step.
          if (state.phase === CARRIED) return apply(method as Method, iterator, args);
          if (state.phase === SUSPENDED) state.resume();
          try {
            return apply(method as Method, iterator, args);
          } finally {
            state.suspend(undefined);
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

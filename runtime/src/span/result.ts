import { isObject } from "../record/text.js";
import { FAILURE, type Failure } from "./failure.js";
import { apply, getPrototypeOf, hasOwn } from "./intrinsics.js";
import { isOpaque, isPlainPromise, visible } from "./promise.js";

type Reader = (value: object) => Failure | undefined;

/** What a prototype's values are: the answer is looked for once per prototype. */
const readers = new WeakMap<object, Reader>();

/** The value of a property that is plain data, on the object or inherited. */
function data(holder: unknown, key: PropertyKey): unknown {
  return isObject(holder) ? visible(holder, key)?.value : undefined;
}

const readProtocol: Reader = (value) => {
  const method = data(value, FAILURE);
  return typeof method === "function" ? (apply(method, value, []) as Failure | undefined) : undefined;
};

/** The error inside an Effect `Cause` (of versions 3 and 4): its first failure, else its first defect. */
function squash(cause: unknown, tag: string, key: string, depth = 0): Failure | undefined {
  if (data(cause, "_tag") === tag) return { error: data(cause, key) };
  if (!isObject(cause) || depth > 16) return undefined;
  const reasons = data(cause, "reasons");
  const parts = Array.isArray(reasons) ? (reasons as unknown[]).slice(0, 16) : [data(cause, "left"), data(cause, "right")];
  for (const part of parts) {
    const found = squash(part, tag, key, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** How the values of a class say that they failed, under the names that their libraries give it. */
function readerFor(prototype: object): Reader {
  const has = (key: PropertyKey): boolean => visible(prototype, key) !== undefined;
  if (has(FAILURE)) return readProtocol;
  const tag = data(prototype, "_tag");
  // neverthrow, better-result: an Err has an own `error`, an Ok has none. Effect: an Either, a Result of version 4.
  const own =
    has("isErr") && has("isOk")
      ? "error"
      : tag === "Left" && has(Symbol.for("effect/Either"))
        ? "left"
        : tag === "Failure" && has("~effect/Result") && "failure";
  if (own) return (value) => (hasOwn(value, own) ? { error: data(value, own) } : undefined);
  const cause = has("~effect/Exit")
    ? "~effect/Effect/args"
    : has(Symbol.for("effect/Equal")) && has("cause") && "effect_instruction_i0";
  return (value) =>
    cause && data(value, "_tag") === "Failure"
      ? (squash(data(value, cause), "Fail", "error") ?? squash(data(value, cause), "Die", "defect"))
      : undefined;
}

/** The failure that a value is, if it says so; found without running a getter or a Proxy's trap. */
export function failureOf(value: object): Failure | undefined {
  if (isOpaque(value)) return undefined;
  if (hasOwn(value, FAILURE)) return readProtocol(value);
  const prototype = getPrototypeOf(value) as object | null;
  if (!prototype || prototype === Object.prototype) return undefined;
  let reader = readers.get(prototype);
  if (!reader) readers.set(prototype, (reader = readerFor(prototype)));
  return reader(value);
}

/** The promise that a value is, or that is inside neverthrow's ResultAsync, which is a thenable and so cannot be observed by its `then`. */
export function promiseIn(value: object): object | undefined {
  if (isPlainPromise(value)) return value;
  if (isOpaque(value) || !hasOwn(value, "_promise")) return undefined;
  const promise = data(value, "_promise");
  return isObject(promise) && isPlainPromise(promise) && typeof data(value, "andThen") === "function" ? promise : undefined;
}

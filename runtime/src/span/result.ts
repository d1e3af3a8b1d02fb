import { isOpaque, isPlainPromise } from "./promise.js";

/**
 * The protocol by which a value says that it is a failure: a method under this symbol that returns `{ error }` for
 * a failed value and undefined for any other. A class of one's own need do no more to have its failures recorded.
 */
export const FAILURE: unique symbol = Symbol.for("errspan.failure") as never;

/** A failed value's error. */
export interface Failure {
  readonly error: unknown;
}

type Reader = (value: object) => Failure | undefined;

const { getOwnPropertyDescriptor, getPrototypeOf, hasOwn } = Object;

/** What a prototype's values are: the answer is looked for once per prototype. */
const readers = new WeakMap<object, Reader | null>();

/** The property's value, where it is plain data on the object or one of its prototypes. */
function data(holder: object, key: PropertyKey): unknown {
  for (let object: object | null = holder, depth = 0; object !== null && depth < 8; depth++) {
    if (isOpaque(object)) return undefined;
    const property = getOwnPropertyDescriptor(object, key);
    if (property !== undefined) return property.value;
    object = getPrototypeOf(object) as object | null;
  }
  return undefined;
}

const readProtocol: Reader = (value) => {
  const method = data(value, FAILURE);
  return typeof method === "function" ? (Reflect.apply(method, value, []) as Failure | undefined) : undefined;
};

/** An own property of a failed value, under the name its library gives it. */
const readOwn =
  (key: string): Reader =>
  (value) =>
    hasOwn(value, key) ? { error: data(value, key) } : undefined;

/** The error inside an Effect `Cause` (of versions 3 and 4): its first failure, else its first defect. */
function squash(cause: unknown, depth = 0): Failure | undefined {
  if (typeof cause !== "object" || cause === null || depth > 16) return undefined;
  const reasons = data(cause, "reasons");
  const parts = Array.isArray(reasons) ? (reasons as unknown[]) : [data(cause, "left"), data(cause, "right")];
  let defect: Failure | undefined;
  const tag = data(cause, "_tag");
  if (tag === "Fail") return { error: data(cause, "error") };
  if (tag === "Die") return { error: data(cause, "defect") };
  for (const part of parts.slice(0, 16)) {
    const found = squash(part, depth + 1);
    if (found !== undefined && data(part as object, "_tag") !== "Die") return found;
    defect ??= found;
  }
  return defect;
}

const readExit =
  (key: string): Reader =>
  (value) =>
    data(value, "_tag") === "Failure" ? squash(data(value, key)) : undefined;

function readerFor(prototype: object): Reader | null {
  if (typeof data(prototype, FAILURE) === "function") return readProtocol;
  // neverthrow, better-result: an Err has an own `error`, an Ok has none.
  if (typeof data(prototype, "isErr") === "function" && typeof data(prototype, "isOk") === "function") {
    return readOwn("error");
  }
  if (data(prototype, Symbol.for("effect/Either")) !== undefined && data(prototype, "_tag") === "Left") {
    return readOwn("left");
  }
  if (data(prototype, "~effect/Result") !== undefined && data(prototype, "_tag") === "Failure") return readOwn("failure");
  if (data(prototype, "~effect/Exit") !== undefined) return readExit("~effect/Effect/args");
  if (hasOwn(prototype, Symbol.for("effect/Equal")) && hasOwn(prototype, "cause")) return readExit("effect_instruction_i0");
  return null;
}

/** The failure that a value is, if it says so; found without running a getter or a Proxy's trap. */
export function failureOf(value: object): Failure | undefined {
  if (isOpaque(value)) return undefined;
  const prototype = getPrototypeOf(value) as object | null;
  if (prototype === null || prototype === Object.prototype) {
    return hasOwn(value, FAILURE) ? readProtocol(value) : undefined;
  }
  if (prototype === Array.prototype || isOpaque(prototype)) return undefined;
  let reader = readers.get(prototype);
  if (reader === undefined) readers.set(prototype, (reader = readerFor(prototype)));
  return reader === null ? undefined : reader(value);
}

/** The promise inside neverthrow's ResultAsync, which is a thenable and so cannot be observed by its `then`. */
export function innerPromise(value: object): object | undefined {
  if (isOpaque(value) || !hasOwn(value, "_promise")) return undefined;
  const promise = data(value, "_promise");
  return typeof promise === "object" && promise !== null && isPlainPromise(promise) && typeof data(value, "andThen") === "function"
    ? promise
    : undefined;
}

import { apply, getOwnPropertyDescriptor, getPrototypeOf, hasOwn, isExtensible, setPrototypeOf } from "./intrinsics.js";
import { define, fromProcess, type Process, shared, type Waiting } from "./process.js";

const textOf = Function.prototype.toString;

/** The prototype of the promises that async functions return, whatever a program has put in Promise's place. */
const promisePrototype = getPrototypeOf((async () => {})()) as Promise<unknown>;

/** What `await` compares the `constructor` of a promise with. */
const intrinsicConstructor: unknown = getOwnPropertyDescriptor(promisePrototype, "constructor")?.value;

interface BrandChecks {
  isPromise(value: unknown): boolean;
  isProxy(value: unknown): boolean;
}

/** Checks that no user code can notice, where the platform has them (Node, Deno, Bun, workerd). */
const brands = fromProcess((process: Process<{ readonly types: BrandChecks }>) => process.getBuiltinModule("node:util").types);

/** Whether looking at a value would run the traps of a Proxy; where the platform cannot tell, it is taken for none. */
export function isOpaque(value: object): boolean {
  return brands?.isProxy(value) ?? false;
}

/**
 * A property that an object has or inherits, found without running a getter or a Proxy's trap; undefined where there
 * is none, or where it cannot be found so.
 */
export function visible(object: object, key: PropertyKey): PropertyDescriptor | undefined {
  for (let holder: object | null = object, depth = 0; holder !== null && depth < 32; depth++) {
    if (isOpaque(holder)) return undefined;
    const property = getOwnPropertyDescriptor(holder, key);
    if (property) return property;
    holder = getPrototypeOf(holder) as object | null;
  }
  return undefined;
}

/**
 * Whether `await value` attaches its reaction to the value itself, without reading or calling anything of the
 * user's: a native promise whose prototype and `constructor` are the intrinsic ones.
 */
export function isPlainPromise(value: object): boolean {
  if (brands && !brands.isPromise(value)) return false;
  const prototype: unknown = getPrototypeOf(value);
  return (
    (prototype === promisePrototype || prototype === shared.lentPrototype) &&
    !hasOwn(value, "constructor") &&
    !hasOwn(value, "then")
  );
}

/**
 * Whether `await value` attaches its reaction without asking for `then`, also where that is patched, or the value's own:
 * a native promise, of whatever realm, whose `constructor` is an intrinsic one.
 */
export function isAwaitedDirectly(value: object): boolean {
  if (!brands?.isPromise(value)) return false;
  const constructor: unknown = visible(value, "constructor")?.value;
  return typeof constructor === "function" && apply(textOf, constructor, []) === "function Promise() { [native code] }";
}

/** Observes a plain promise that is handled anyway (an async function adopts it). */
export function watch(promise: object, waiting: Waiting): void {
  consume(promise);
  if (getOwnPropertyDescriptor(promisePrototype, "constructor")?.value === intrinsicConstructor || !isExtensible(promise)) {
    void settle(promise, [waiting]);
  } else {
    lend(promise);
    observe(promise, [waiting]);
  }
}

/**
 * Observes a plain promise without handling it: an observer of its own would make a rejection that nobody handles
 * look handled. Whoever consumes a promise (`await`, `then`, `Promise.all`, …) first reads its `constructor`, so
 * the promise is lent a prototype that answers this read: only then, right before the consumer's reaction, ours is
 * attached and the prototype given back. False where the promise cannot be lent one.
 */
export function watchOnceConsumed(promise: object, waiting: Waiting): boolean {
  const others = shared.waiting.get(promise);
  if (others) {
    others.push(waiting);
  } else {
    if (!isExtensible(promise)) return false;
    lend(promise);
    shared.waiting.set(promise, [waiting]);
  }
  return true;
}

function lend(promise: object): void {
  setPrototypeOf(promise, (shared.lentPrototype ??= lendablePrototype()));
}

/** Whether it is our own `await` that reads a `constructor`, of which a getter of the program's must not hear. */
let observing = false;

function lendablePrototype(): object {
  const prototype = { __proto__: promisePrototype };
  define(prototype, "constructor", {
    get(this: object) {
      if (observing) return intrinsicConstructor;
      consume(this);
      return promisePrototype.constructor;
    },
    // What is assigned goes where it does with any promise.
    set(this: object, value: unknown) {
      setPrototypeOf(this, promisePrototype);
      this.constructor = value as never;
    },
  });
  return prototype;
}

function consume(promise: object): void {
  const waiting = shared.waiting.get(promise);
  if (waiting) {
    shared.waiting.delete(promise);
    observe(promise, waiting);
  }
}

/** Attaches our reaction to a promise and gives it its prototype back. */
function observe(promise: object, waiting: Waiting[]): void {
  observing = true;
  void settle(promise, waiting);
  observing = false;
  if (getPrototypeOf(promise) === shared.lentPrototype) setPrototypeOf(promise, promisePrototype);
}

/** Awaits instead of calling `then`, which a program may have patched. Never rejects: `Waiting` never throws. */
async function settle(promise: object, waiting: Waiting[]): Promise<void> {
  let value: unknown;
  let how: keyof Waiting = "fulfilled";
  try {
    value = await promise;
  } catch (error) {
    value = error;
    how = "fail";
  }
  for (const each of waiting) each[how](value);
}

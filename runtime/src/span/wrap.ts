import { captureArguments } from "../record/capture.js";
import { delegateTo } from "./delegate.js";
import { functionKind } from "./function-kind.js";
import { siteOf, type TracedOptions } from "./options.js";
import { parameterNames } from "./parameters.js";
import { run, runAsync, start } from "./run.js";
import { ASYNC, ASYNC_GENERATOR, GENERATOR, type Site } from "./site.js";
import type { State } from "./state.js";

/** Any function. */
export type AnyFunction = (...args: never[]) => unknown;
type Call = (this: unknown, ...args: unknown[]) => unknown;

const { defineProperties, defineProperty, getOwnPropertyDescriptor, getOwnPropertyDescriptors, hasOwn } = Object;
const { apply, construct } = Reflect;

/** Wrappers, so that a class decorator leaves alone what a method decorator has wrapped. */
const wrappers = new WeakSet<object>();

/** Whether a function has been wrapped already. */
export function isWrapped(fn: object): boolean {
  return wrappers.has(fn);
}

/** Whether a function is a class, which cannot be called and so cannot be wrapped. */
export function isClass(fn: object): boolean {
  return getOwnPropertyDescriptor(fn, "prototype")?.writable === false && /^class\b/.test(Function.prototype.toString.call(fn));
}

/** Tells a method's qualified name at its first call, when `this` is known. */
export type Qualify = (self: unknown, wrapper: object) => string | undefined;

/**
 * A function that calls `fn` in a span, and is otherwise like it as far as a wrapper can be: kind, name, length,
 * own properties, `prototype`, whether it can be constructed.
 */
export function wrap<F extends AnyFunction>(fn: F, options: TracedOptions, qualify?: Qualify): F {
  const call = fn as unknown as Call;
  const kind = functionKind(fn);
  let known: Site | undefined;
  const siteFor = (self: unknown, wrapper: object): Site => {
    if (known !== undefined) return known;
    const qualified = qualify?.(self, wrapper);
    const name = qualified ?? (fn.name || "anonymous");
    const site = siteOf(options.name ?? name, kind, { "code.function.name": name }, options);
    if (qualify === undefined || qualified !== undefined) known = site;
    return site;
  };
  const { fields } = options;
  const captured = capturedParameters(fn, options);
  const open = (self: unknown, args: unknown[]): State | undefined =>
    start(
      known ?? siteFor(self, wrapper),
      fields && (() => apply(fields, self, args)),
      captured &&
        (() => {
          const values = captured.map(([name, index, rest]) => [name, rest ? args.slice(index) : args[index]] as const);
          return captureArguments(Object.fromEntries(values));
        }),
    );
  const wrapper = wrapperOf(kind, call, open);
  const own = getOwnPropertyDescriptors(fn) as PropertyDescriptorMap;
  // Only a sloppy function has these; they are its own affair.
  delete own["arguments"];
  delete own["caller"];
  delete own["prototype"];
  defineProperties(wrapper, own);
  if (hasOwn(fn, "prototype")) {
    const { prototype } = fn as { prototype?: unknown };
    defineProperty(wrapper, "prototype", { __proto__: null, value: prototype } as PropertyDescriptor);
  }
  copyMetadata(fn, wrapper);
  wrappers.add(wrapper);
  return wrapper as unknown as F;
}

function wrapperOf(kind: number, fn: Call, open: (self: unknown, args: unknown[]) => State | undefined): Call {
  if (kind === ASYNC) {
    return {
      async wrapper(this: unknown, ...args: unknown[]) {
        const state = open(this, args);
        return state === undefined ? apply(fn, this, args) : await runAsync(state, () => apply(fn, this, args));
      },
    }.wrapper;
  }
  if (kind === GENERATOR) {
    return function* (this: unknown, ...args: unknown[]) {
      const state = open(this, args);
      if (state === undefined) return yield* apply(fn, this, args) as Generator<unknown, unknown>;
      try {
        const value = yield* delegateTo(state, apply(fn, this, args)) as Generator<unknown, unknown>;
        state.note(value);
        return value;
      } catch (error) {
        state.fail(error);
        throw error;
      } finally {
        state.finish();
      }
    };
  }
  if (kind === ASYNC_GENERATOR) {
    return async function* (this: unknown, ...args: unknown[]) {
      const state = open(this, args);
      if (state === undefined) return yield* apply(fn, this, args) as AsyncGenerator<unknown, unknown>;
      try {
        const value = yield* delegateTo(state, apply(fn, this, args)) as AsyncGenerator<unknown, unknown>;
        state.note(value);
        return value;
      } catch (error) {
        state.fail(error);
        throw error;
      } finally {
        state.finish();
      }
    };
  }
  const plain = (self: unknown, args: unknown[], body: () => unknown): unknown => {
    const state = open(self, args);
    return state === undefined ? body() : run(state, body);
  };
  if (!hasOwn(fn, "prototype")) {
    return {
      wrapper(this: unknown, ...args: unknown[]) {
        return plain(this, args, () => apply(fn, this, args));
      },
    }.wrapper;
  }
  return function wrapper(this: unknown, ...args: unknown[]) {
    const target: unknown = new.target;
    return target === undefined
      ? plain(this, args, () => apply(fn, this, args))
      : plain(undefined, args, () => construct(fn, args, target === wrapper ? fn : (target as Call)) as unknown);
  };
}

type Captured = [name: string, index: number, rest: boolean];

function capturedParameters(fn: object, { args, skip }: TracedOptions): Captured[] | undefined {
  if (args === undefined) return undefined;
  const wanted = (name: string): boolean => (args === "all" || args.includes(name)) && skip?.includes(name) !== true;
  const parameters = parameterNames(fn).map((name, index): Captured => [name.replace("...", ""), index, name.startsWith("...")]);
  return parameters.filter(([name]) => wanted(name));
}

interface Metadata {
  getOwnMetadataKeys?(target: object): unknown[];
  getOwnMetadata?(key: unknown, target: object): unknown;
  defineMetadata?(key: unknown, value: unknown, target: object): void;
}

/** Frameworks that use `reflect-metadata` (Nest) keep routes and guards by function: a wrapper must have them too. */
function copyMetadata(from: object, to: object): void {
  const reflect = Reflect as Metadata;
  for (const key of reflect.getOwnMetadataKeys?.(from) ?? []) {
    reflect.defineMetadata?.(key, reflect.getOwnMetadata?.(key, from), to);
  }
}

/**
 * What rewritten code calls. Not meant to be called by hand: use the package's main entry for that. Every function
 * takes `undefined` for a state and then does nothing, which is what happens while no OpenTelemetry SDK is
 * registered.
 *
 * @module
 */
import type { Attributes } from "@opentelemetry/api";
import { delegateTo } from "./span/delegate.js";
import { shared as theirs } from "./span/process.js";
import { Site, type SiteOptions } from "./span/site.js";
import { ATTACHED, begin, type State, SUSPENDED } from "./span/state.js";

export type { Site, SiteOptions, State };

/**
 * A constant of this module's own: into optimised code the engine folds it with the registry's absence, where an
 * imported binding is read, and its shape checked, at every call (of 3 ns that a call cost while off, that was half).
 */
const shared = theirs;

/**
 * The constant record of one traced function; made once, at its first call.
 *
 * @param spanName the name of its spans
 * @param functionName its qualified name, for `code.function.name`
 * @param file its file relative to the project's root, for `code.file.path`
 * @param line line of the function, from 1
 * @param column column of the function, from 1
 * @param kindBits 0 sync function or constructor, 1 async, 2 generator, 3 async generator
 * @param options what the marker or selector says beyond the name
 */
export function site(
  spanName: string,
  functionName: string,
  file: string,
  line: number,
  column: number,
  kindBits: number,
  options?: SiteOptions,
): Site {
  const attributes: Attributes = {
    "code.function.name": functionName,
    "code.file.path": file,
    "code.line.number": line,
    "code.column.number": column,
  };
  return new Site(spanName, kindBits, attributes, options);
}

/**
 * Starts a span under the active one and enters its context.
 *
 * @param fields gives attributes; called only if the span records
 * @param args gives the captured arguments by name; called only if the span records
 * @returns undefined where no SDK is registered, errspan is switched off, or no span could be started
 */
export function enter(site: Site, fields?: () => object, args?: () => object): State | undefined {
  const { registry } = shared;
  return registry === undefined || registry.trace === undefined ? undefined : begin(registry, site, fields, args);
}

/** Ends a call: restores the caller's context, and ends the span unless it waits for a returned promise. */
export function exit(state: State | undefined): void {
  if (state !== undefined) state.finish();
}

/** Records the error that ends a call. */
export function fail(state: State | undefined, error: unknown): void {
  if (state !== undefined) state.fail(error);
}

/**
 * Records an error of the parameter list, with which a call ends before its body, and with it {@link enter}, is
 * reached: in a span of its own, which has no parameters to tell of yet.
 */
export function failParameters(site: Site, error: unknown): void {
  const state = enter(site);
  fail(state, error);
  exit(state);
}

/** The operand of `return` in a function that is not async. */
export function returned<T>(state: State | undefined, value: T): T {
  if (state !== undefined) state.returned(value);
  return value;
}

/** The operand of `return` in an async function. */
export function resolved<T>(state: State | undefined, value: T): T {
  return state === undefined ? value : state.resolved(value);
}

/** The operand of `await` and `yield`: gives the caller its context back if we still are on its stack. */
export function suspend<T>(state: State | undefined, value: T): T {
  return state === undefined || state.phase !== ATTACHED ? value : state.suspend(value);
}

/** After `await` and `yield`, and where a `catch` or `finally` begins: takes our context again if we gave it up. */
export function resume<T>(state: State | undefined, value: T): T;
export function resume(state: State | undefined): void;
export function resume(state: State | undefined, value?: unknown): unknown {
  if (state !== undefined && state.phase === SUSPENDED) state.resume();
  return value;
}

/** The operand of `yield*`. */
export function delegate<T>(state: State | undefined, iterable: T): T {
  return state === undefined ? iterable : (delegateTo(state, iterable) as T);
}

/** Suspends when it is disposed: for the waits of `await using`. */
export function suspendAtDispose(state: State | undefined): Disposable {
  return {
    [Symbol.dispose]() {
      suspend(state, undefined);
    },
  };
}

/**
 * What rewritten code calls. Not meant to be called by hand: use the package's main entry for that. Every function
 * takes `undefined` for a state and then does nothing, which is what happens while no OpenTelemetry SDK is
 * registered.
 *
 * @module
 */
import type { Attributes } from "@opentelemetry/api";
import { delegateTo } from "./span/delegate.js";
import { SUSPENDED } from "./span/phase.js";
import { shared as theirs } from "./span/process.js";
import { Site, type SiteOptions } from "./span/site.js";
import { begin, resume, type State, suspend } from "./span/state.js";

export type { Site, SiteOptions, State };

/**
 * A constant of this module's own: into optimised code the engine folds it with the registry's absence, where an
 * imported binding is read, and its shape checked, at every call (of 3 ns that a call cost while off, that was half).
 */
const shared = theirs;

/** What is constant of a traced function, in the order in which it is written. */
export type SiteDescription = readonly [
  /** The name of its spans. */
  spanName: string,
  /** Its qualified name, for `code.function.name`. */
  functionName: string,
  /** Its file relative to the project's root, for `code.file.path`. */
  file: string,
  /** From 1. */
  line: number,
  /** From 1. */
  column: number,
  /** 0 sync function or constructor, 1 async, 2 generator, 3 async generator; with 4 added, each `return` ends the call. */
  kindBits: number,
];

/**
 * The constant record of one traced function; made once, at its first call.
 *
 * @param description in one array: each argument of a call takes a register of every frame of the function
 * @param options what the marker or selector says beyond the name
 */
export function site(description: SiteDescription, options?: SiteOptions): Site {
  const attributes: Attributes = {
    "code.function.name": description[1],
    "code.file.path": description[2],
    "code.line.number": description[3],
    "code.column.number": description[4],
  };
  return new Site(description[0], description[5], attributes, options);
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
  return registry?.trace && begin(registry, site, fields, args);
}

/** Ends a call: restores the caller's context, and ends the span unless it waits for a returned promise. */
export function exit(state: State | undefined): void {
  state?.finish();
}

/** Records the error that ends a call, and ends it. */
export function fail(state: State | undefined, error: unknown): void {
  state?.fail(error);
}

/**
 * Records an error of the parameter list, with which a call ends before its body, and with it {@link enter}, is
 * reached: in a span of its own, which has no parameters to tell of yet.
 */
export function failParameters(site: Site, error: unknown): void {
  fail(enter(site), error);
}

// What is given a value and gives it back takes that first: while it is computed, less of the frame is held.

/** The operand of a `return` that ends the call and can be no promise and no Result. */
export function done<T>(value: T, state: State | undefined): T {
  state?.finish();
  return value;
}

/** The operand of another `return` in a function that is not async. Ends the call where no `finally` does. */
export function returned<T>(value: T, state: State | undefined): T {
  state?.returned(value);
  return value;
}

/** The same in an async function. */
export function resolved<T>(value: T, state: State | undefined): T {
  return state ? state.resolved(value) : value;
}

export { resume, suspend };

/** What `await` and `yield` give: takes our context again. */
export function resumed<T>(value: T, state: State | undefined): T {
  if (state?.phase === SUSPENDED) state.resume();
  return value;
}

/** The operand of `yield*`. */
export function delegate<T>(state: State | undefined, iterable: T): T {
  return state ? (delegateTo(state, iterable) as T) : iterable;
}

/** Suspends when it is disposed: for the waits of `await using`. */
export function suspendAtDispose(state: State | undefined): Disposable {
  return {
    [Symbol.dispose]() {
      suspend(state);
    },
  };
}

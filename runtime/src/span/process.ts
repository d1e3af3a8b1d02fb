import type { Context, DiagLogger, Span, TracerProvider } from "@opentelemetry/api";
import { defineProperty, getOwnPropertyDescriptor } from "./intrinsics.js";

/** Undoes one `attach`. */
export interface AttachToken {
  dispose(): void;
}

/**
 * A context manager as it stands in OpenTelemetry's registry. `attach` is in the managers of both SDK lines
 * (`context-async-hooks` 2.12 and 3.x), though only API 1.10 puts it into the types.
 */
export interface Manager {
  active(): Context;
  with<T>(context: Context, fn: () => T): T;
  attach?(context: Context): AttachToken;
}

/** OpenTelemetry's global registry: what every copy of the API, whatever its version, reads and writes. */
export interface Registry {
  readonly version?: string;
  readonly trace?: TracerProvider;
  readonly context?: Manager;
  readonly logs?: unknown;
  readonly diag?: DiagLogger;
}

/** Anything that waits for a promise to settle; told once. */
export interface Waiting {
  fulfilled(value: unknown): void;
  fail(error: unknown): void;
}

/** What must be known of a span whose end nobody may come to see. */
export interface Leftover {
  readonly span: Span;
  readonly attributes: Record<string, string | boolean>;
  endTime: number;
}

/**
 * State that all copies of this package in one process share (the ES module and the CommonJS build are two), so
 * that they see one switch, one current context without a context manager, and record an error once between them.
 */
export interface ProcessState {
  /** What a call tests: the registry, or undefined while it is absent or errspan is switched off. */
  registry: Registry | undefined;
  /** The registry as found, whether or not errspan is switched on. */
  found?: Registry | undefined;
  disabled: boolean;
  /**
   * We are at work, in the SDK or in what the program has put in its way. Traced functions that are called from there
   * (the program's own sampler, exporter or context manager, a getter of an error) get no spans: they would call us
   * again, and so on for ever.
   */
  busy: boolean;
  /** The current context where no context manager can attach, and the manager's own when it was set. */
  current?: Context | undefined;
  base?: Context | undefined;
  /** Promises that plain functions returned, with the spans that wait for their first consumer. */
  readonly waiting: WeakMap<object, Waiting[]>;
  /** The prototype lent to such promises (see promise.ts); made by the first copy that needs it. */
  lentPrototype?: object;
  /** Traces that an error object has been recorded in; thrown primitives by the span whose child let them through. */
  readonly seen: WeakMap<object, unknown[]>;
  /**
   * Ends the spans of generators that nobody resumes and of promises that nobody consumes, when they are collected; made
   * by the first copy that can be told. The package's `/process` puts another here that can end them before.
   */
  leftovers?: Pick<FinalizationRegistry<Leftover>, "register" | "unregister"> | undefined;
  /** What has been told through `diag` already. */
  readonly told: Set<string>;
  /** Global choices (see settings.ts). */
  settings?: object;
}

/** Where OpenTelemetry's API, major version 1, keeps its registry. */
const REGISTRY_KEY: symbol = Symbol.for("opentelemetry.js.api.1");
const STATE_KEY = Symbol.for("errspan.runtime.1");

/** The global object, by any name or symbol. */
export const realm = globalThis as unknown as Record<PropertyKey, unknown>;

/**
 * Defines a property that can be deleted; false where that cannot be done. A null prototype keeps accessors that a
 * program puts on Object.prototype out of the descriptor.
 */
export function define(object: object, key: PropertyKey, descriptor: PropertyDescriptor): boolean {
  return defineProperty(object, key, { __proto__: null, configurable: true, ...descriptor } as PropertyDescriptor);
}

/** Whether a choice is made by the environment: `1` or `true`. */
export function flag(name: string): boolean {
  return /^(1|true)$/.test(environment(name));
}

/**
 * One environment variable, trimmed; empty where there is no environment (browsers, workers) or it may not be read
 * (Deno without permission).
 */
export function environment(name: string): string {
  return fromProcess(({ env }) => env[name]?.trim()) ?? "";
}

/** What is asked for where the platform has it of Node's `process`. */
export interface Process<Builtin> {
  readonly env: Readonly<Record<string, string | undefined>>;
  getBuiltinModule(id: string): Builtin;
}

/** Something of Node's `process`; undefined where there is none, or not such a one. */
export function fromProcess<T, Builtin = unknown>(get: (process: Process<Builtin>) => T): T | undefined {
  try {
    return get(realm["process"] as Process<Builtin>);
  } catch {
    return undefined;
  }
}

function open(): ProcessState {
  const state: ProcessState = {
    registry: undefined,
    busy: false,
    disabled: flag("ERRSPAN_DISABLED"),
    waiting: new WeakMap(),
    seen: new WeakMap(),
    told: new Set(),
  };
  // Where the global object is frozen, this copy keeps its state to itself.
  define(realm, STATE_KEY, { value: state });
  watchRegistry(state);
  return state;
}

/** Lets calls through or not; called when the registry appears and when errspan is switched on or off. */
export function applySwitch(state: ProcessState): void {
  state.registry = state.disabled ? undefined : state.found;
}

/**
 * Learns of the registry without asking for it on every call (asking costs ten times a call): where it is not
 * there yet, a setter in its place captures it and removes itself. Where that cannot be done, `registry` becomes
 * a getter that asks.
 */
export function watchRegistry(state: ProcessState): void {
  const slot = getOwnPropertyDescriptor(realm, REGISTRY_KEY);
  const found = (value: unknown): void => {
    state.found = value as Registry | undefined;
    applySwitch(state);
  };
  found(slot?.value);
  if (state.found) return;
  const captured =
    // A slot taken by an accessor of somebody else's stays theirs.
    !slot &&
    define(realm, REGISTRY_KEY, {
      get: () => undefined,
      set(value: unknown) {
        define(realm, REGISTRY_KEY, { value, enumerable: true, writable: true });
        found(value);
      },
    });
  if (!captured) define(state, "registry", { get: () => (state.disabled ? undefined : registryNow()), set: () => undefined });
}

/** The registry, asked for. */
export function registryNow(): Registry | undefined {
  return realm[REGISTRY_KEY] as Registry | undefined;
}

/** The state that all copies of this package share. */
export const shared: ProcessState = (realm[STATE_KEY] as ProcessState | undefined) ?? open();

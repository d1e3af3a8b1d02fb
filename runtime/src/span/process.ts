import type { Context, DiagLogger, TracerProvider } from "@opentelemetry/api";

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
  rejected(error: unknown): void;
}

/** What has been seen of a thrown object: the traces it has been recorded in, newest first, and its description. */
export interface Sighting {
  readonly traces: string[];
  readonly description: object;
}

/**
 * State that all copies of this package in one process share (the ES module and the CommonJS build are two), so
 * that they see one switch, one current context without a context manager, and record an error once between them.
 */
export interface ProcessState {
  /** What a call tests: the registry, or undefined while it is absent or errspan is switched off. */
  registry: Registry | undefined;
  /** The registry as found, whether or not errspan is switched on. */
  found: Registry | undefined;
  disabled: boolean;
  /**
   * We are at work, in the SDK or in what the program has put in its way. Traced functions that are called from there
   * (the program's own sampler, exporter or context manager, a getter of an error) get no spans: they would call us
   * again, and so on for ever.
   */
  busy: boolean;
  /** The current context where no context manager can attach, and the manager's own when it was set. */
  current: Context | undefined;
  base: Context | undefined;
  /** Promises that plain functions returned, with the spans that wait for their first consumer. */
  readonly waiting: WeakMap<object, Waiting[]>;
  /** The prototype lent to such promises (see promise.ts); made by the first copy that needs it. */
  lentPrototype: object | undefined;
  readonly sightings: WeakMap<object, Sighting>;
  /** Thrown primitives by the span whose child let them through. */
  readonly primitives: WeakMap<object, unknown[]>;
  /** What has been told through `diag` already. */
  readonly told: Set<string>;
  /** Global choices (see settings.ts). */
  settings: object | undefined;
}

/** Where OpenTelemetry's API, major version 1, keeps its registry. */
const REGISTRY_KEY: symbol = Symbol.for("opentelemetry.js.api.1");
const STATE_KEY = Symbol.for("errspan.runtime.1");

const { defineProperty, getOwnPropertyDescriptor } = Object;
const realm = globalThis as unknown as Record<symbol, unknown>;

function create(): ProcessState {
  return {
    registry: undefined,
    found: undefined,
    busy: false,
    disabled: flag("ERRSPAN_DISABLED"),
    current: undefined,
    base: undefined,
    waiting: new WeakMap(),
    lentPrototype: undefined,
    sightings: new WeakMap(),
    primitives: new WeakMap(),
    told: new Set(),
    settings: undefined,
  };
}

/**
 * Defines a property that can be deleted, and changed as far as an ordinary one can. A null prototype keeps accessors
 * that a program puts on Object.prototype out of the descriptor.
 */
export function defineData(object: object, key: PropertyKey, value: unknown, ordinary: boolean): void {
  defineProperty(object, key, {
    __proto__: null,
    configurable: true,
    enumerable: ordinary,
    writable: ordinary,
    value,
  } as PropertyDescriptor);
}

/** Whether a choice is made by the environment: `1` or `true`. */
export function flag(name: string): boolean {
  return /^(1|true)$/.test(environment(name) ?? "");
}

/**
 * One environment variable, trimmed, or undefined where there is no environment (browsers, workers) or it may not
 * be read (Deno without permission).
 */
export function environment(name: string): string | undefined {
  try {
    const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
    return process?.env?.[name]?.trim() || undefined;
  } catch {
    return undefined;
  }
}

function open(): ProcessState {
  const existing = realm[STATE_KEY] as ProcessState | undefined;
  if (existing !== undefined) return existing;
  const state = create();
  try {
    defineData(realm, STATE_KEY, state, false);
  } catch {
    // A frozen global object: this copy keeps its state to itself.
  }
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
  if (slot !== undefined && "value" in slot && slot.value !== undefined) {
    state.found = slot.value as Registry;
    applySwitch(state);
    return;
  }
  // A slot taken by an accessor of somebody else's stays theirs.
  if (slot === undefined && captureAssignment(state)) return;
  defineProperty(state, "registry", {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get: () => (state.disabled ? undefined : (realm[REGISTRY_KEY] as Registry | undefined)),
    set: () => undefined,
  } as PropertyDescriptor);
}

function captureAssignment(state: ProcessState): boolean {
  return Reflect.defineProperty(realm, REGISTRY_KEY, {
    __proto__: null,
    configurable: true,
    enumerable: false,
    get: () => undefined,
    set(value: unknown) {
      defineData(realm, REGISTRY_KEY, value, true);
      state.found = value as Registry;
      applySwitch(state);
    },
  } as PropertyDescriptor);
}

/** The registry as it is now; where a test harness has replaced it, calls follow from here on. */
export function currentRegistry(state: ProcessState, known: Registry): Registry | undefined {
  const now = realm[REGISTRY_KEY] as Registry | undefined;
  if (now === known) return known;
  state.found = undefined;
  applySwitch(state);
  watchRegistry(state);
  return now;
}

/** The state that all copies of this package share. */
export const shared: ProcessState = open();

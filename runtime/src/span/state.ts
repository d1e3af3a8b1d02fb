import type { Context, Span } from "@opentelemetry/api";
import { record } from "../record/exception.js";
import { isObject } from "../record/text.js";
import { annotateStart } from "./attributes.js";
import { type Carrier, carrierOf, followsAwait, Variable } from "./carrier.js";
import { SpanContextNode, spanOf } from "./context.js";
import { CONTEXT, ENDING, guard, VALUE } from "./guard.js";
import { ATTACHED, CARRIED, DONE, ENDED, SUSPENDED } from "./phase.js";
import { type AttachToken, type Leftover, type Registry, registryNow, shared as theirs, type Waiting, watchRegistry } from "./process.js";
import { isAwaitedDirectly, isPlainPromise, watch, watchOnceConsumed } from "./promise.js";
import { failureOf, promiseIn } from "./result.js";
import { ASYNC, GENERATOR, type Site } from "./site.js";
import { standIn } from "./thenable.js";
import { tracerOf } from "./tracer.js";

/** A constant of this module's own, which optimised code need not look up (see emit.ts). */
const shared = theirs;

/** Ends a span whose State is gone. */
export function endLeftover({ span, attributes, endTime }: Leftover): void {
  guard(ENDING, () => {
    span.setAttributes(attributes);
    span.end(endTime);
  });
}

shared.leftovers ??= globalThis.FinalizationRegistry && new FinalizationRegistry(endLeftover);

function end({ span }: SpanContextNode<Span>): void {
  span.end();
}

function attach({ carrier, context }: State): AttachToken {
  return carrier.attach(context);
}

/** What is to be awaited in place of a value; undefined where that is the value itself. */
function awaited(value: object, state: State): object | undefined {
  return isPlainPromise(value) || isAwaitedDirectly(value) ? undefined : standIn(value, state, false);
}

/** What settles as an async function's promise does that returns a value: itself, or a stand-in for a thenable. */
function settling(value: object, state: State): object | undefined {
  return isPlainPromise(value) ? value : standIn(value, state, true);
}

function note(state: State, value: unknown): void {
  const failure = isObject(value) && failureOf(value);
  if (failure) record(state, failure.error);
  const { context: { span }, site } = state;
  if (site.ret && span.isRecording()) span.setAttribute("errspan.return", site.ret(value));
}

/** The innermost call on the stack whose context is attached; each knows the one below it. */
let top: State | undefined;

/**
 * One call of a traced function. Held by the function's frame alone, so that a frame's end can be noticed.
 */
export class State implements Waiting {
  // Declared only: fields that are defined before they are set take time and room.
  declare phase: number;
  declare readonly site: Site;
  declare readonly parent: Context;
  declare readonly context: SpanContextNode<Span>;
  declare readonly carrier: Carrier;
  #token: AttachToken | undefined;
  #below: State | undefined;
  /** The returned promise whose settlement ends the span. */
  #deferred: object | undefined;
  #leftover: Leftover | undefined;

  constructor(site: Site, span: Span, parent: Context, carrier: Carrier) {
    this.phase = SUSPENDED;
    this.site = site;
    this.parent = parent;
    this.context = new SpanContextNode(parent, span);
    this.carrier = carrier;
  }

  attach(): void {
    this.#token = guard(CONTEXT, attach, this);
    this.#below = top;
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the stack of calls is ours, not the language's
    top = this;
    this.phase = ATTACHED;
  }

  /**
   * Restores what was active before, if ours still is: who has entered another context since knows better. Unless a
   * call above us never got as far as this, because the stack was full: then it is its context that is active.
   */
  detach(): void {
    if (this.phase !== ATTACHED) return;
    guard(CONTEXT, State.#restore, this);
    this.#drop();
  }

  static #restore(state: State): void {
    if (top !== state || state.carrier.active() === state.context) state.#token?.dispose();
  }

  /** Leaves the stack of calls. */
  #drop(): void {
    top = this.#below;
    this.#below = this.#token = undefined;
  }

  suspend<T>(value: T): T {
    this.detach();
    this.phase = SUSPENDED;
    const { kind } = this.site;
    if (kind >= GENERATOR) {
      if (this.#leftover) this.#leftover.endTime = Date.now();
      else this.#leave(this, { "errspan.generator.abandoned": true });
    }
    return ((isObject(value) && kind % 2 && guard(VALUE, awaited, value, this)) || value) as T;
  }

  resume(): void {
    const { carrier } = this;
    // An SDK that has been shut down meanwhile is not woken up again.
    if (shared.found?.context !== carrier && !(carrier instanceof Variable)) return;
    this.attach();
    if (this.site.kind === ASYNC && followsAwait(carrier)) {
      this.phase = CARRIED;
      this.#drop();
    }
  }

  /** Looks at what a plain function returns. */
  returned(value: unknown): void {
    this.#given(value, promiseIn);
  }

  /** Looks at what an async function returns, and gives what it is to return instead. */
  resolved<T>(value: T): T {
    return this.#given(value, settling);
  }

  #given<T>(value: T, find: (value: object, state: State) => object | undefined): T {
    const promise = isObject(value) ? guard(VALUE, find, value, this) : undefined;
    this.#deferred = promise;
    if (!promise) this.note(value);
    if (this.site.leaving) this.finish();
    return (promise ?? value) as T;
  }

  /** Records the error that ends the call, or that its promise is rejected with, and ends the span. */
  fail(error: unknown): void {
    record(this, error);
    this.end();
  }

  /** Ends the call, and the span unless it waits for a promise. */
  finish(): void {
    if (this.phase >= DONE) return;
    this.detach();
    this.phase = DONE;
    const deferred = this.#deferred;
    if (!deferred || !guard(VALUE, State.#waitFor, this, deferred)) this.end();
  }

  /** Looks at a result: it may say itself that it is a failure (see result.ts), or be captured. */
  note(value: unknown): void {
    guard(VALUE, note, this, value);
  }

  fulfilled(value: unknown): void {
    this.note(value);
    this.end();
  }

  end(): void {
    this.detach();
    if (this.phase === ENDED) return;
    this.phase = ENDED;
    if (this.#leftover) shared.leftovers?.unregister(this.#leftover);
    guard(ENDING, end, this.context);
  }

  static #waitFor(state: State, deferred: object): boolean {
    if (state.site.kind === ASYNC) {
      if (isPlainPromise(deferred)) watch(deferred, state);
      return true;
    }
    if (!watchOnceConsumed(deferred, state)) return false;
    state.#leave(deferred, { "errspan.promise.settlement": "unobserved" });
    return true;
  }

  #leave(target: object, attributes: Leftover["attributes"]): void {
    this.#leftover = { span: this.context.span, attributes, endTime: Date.now() };
    shared.leftovers?.register(target, this.#leftover, this.#leftover);
  }
}

/** The operand of `await` and `yield`: gives the caller its context back if we still are on its stack. */
export function suspend(state: State | undefined): undefined;
export function suspend<T>(state: State | undefined, value: T): T;
export function suspend<T>(state: State | undefined, value?: T): T | undefined {
  return state?.phase === ATTACHED ? state.suspend(value) : value;
}

/** Where a `catch` or `finally` begins, and wherever else a suspension may be over: takes our context again if we gave it up. */
export function resume(state: State | undefined): void {
  if (state?.phase === SUSPENDED) state.resume();
}

/** Starts a span and enters its context. Never throws: the traced function runs without a span instead. */
export function begin(known: Registry, site: Site, fields?: () => object, args?: () => object): State | undefined {
  if (shared.busy) return undefined;
  const state = guard("starting a span", open, known, site, fields, args);
  state?.attach();
  return state;
}

function open(known: Registry, site: Site, fields: (() => object) | undefined, args: (() => object) | undefined): State | undefined {
  const registry = registryNow();
  // Where a test harness has replaced it, calls follow from here on.
  if (registry !== known) watchRegistry(shared);
  if (!registry?.trace) return undefined;
  const carrier = carrierOf(registry.context);
  const parent = carrier.active();
  if (!site.span) {
    const active = spanOf(parent);
    if (active?.isRecording()) annotateStart(active, site.start.attributes, fields, args);
    return undefined;
  }
  const span = tracerOf(registry.trace).startSpan(site.name, site.start, parent);
  if (span.isRecording()) annotateStart(span, site.code, fields, args);
  return new State(site, span, parent, carrier);
}

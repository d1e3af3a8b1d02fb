import type { Context, Span } from "@opentelemetry/api";
import { record } from "../record/exception.js";
import { isObject } from "../record/text.js";
import { annotateStart } from "./attributes.js";
import { type Carrier, carrierOf, followsAwait, Variable } from "./carrier.js";
import { SpanContextNode, spanOf } from "./context.js";
import { tell } from "./diagnostics.js";
import { CONTEXT, ENDING, guard, VALUE } from "./guard.js";
import { type AttachToken, currentRegistry, type Registry, shared as theirs, type Waiting } from "./process.js";
import { isAwaitedDirectly, isPlainPromise, watch, watchOnceConsumed } from "./promise.js";
import { failureOf, innerPromise } from "./result.js";
import { ASYNC, GENERATOR, type Site } from "./site.js";
import { wrapThenable } from "./thenable.js";
import { tracerOf } from "./tracer.js";

/** A constant of this module's own, which optimised code need not look up (see emit.ts). */
const shared = theirs;

/** On the caller's stack, our context attached. */
export const ATTACHED = 0;
/** The caller has its context back. */
export const SUSPENDED = 1;
/** Resumed from the microtask queue, where the manager carries our context by itself. */
export const CARRIED = 2;
/** The call is over; its span may wait for a promise. */
const DONE = 3;
const ENDED = 4;

/** What must be known of a span after its State is gone. */
interface Leftover {
  span: Span;
  attributes: Record<string, string | boolean>;
  endTime: number;
}

/** Ends the spans of generators that nobody resumes and of promises that nobody consumes, when they are collected. */
const leftovers =
  typeof FinalizationRegistry === "function"
    ? new FinalizationRegistry<Leftover>(({ span, attributes, endTime }) =>
        guard(ENDING, () => {
          span.setAttributes(attributes);
          span.end(endTime);
        }),
      )
    : undefined;

/** The innermost call on the stack whose context is attached; each knows the one below it. */
let top: State | undefined;

/**
 * One call of a traced function. Held by the function's frame alone, so that a frame's end can be noticed.
 *
 * What each call does – `begin`, `attach`, `detach`, `end` – is guarded in place, not by `guard`: the closures cost a
 * twentieth of a traced call.
 */
export class State implements Waiting {
  phase: number;
  readonly site: Site;
  readonly parent: Context;
  readonly context: SpanContextNode;
  readonly carrier: Carrier;
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

  get span(): Span {
    return this.context.span;
  }

  attach(): void {
    const { busy } = shared;
    shared.busy = true;
    try {
      this.#token = this.carrier.attach(this.context);
    } catch (error) {
      tell(CONTEXT, error);
    } finally {
      shared.busy = busy;
    }
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
    const { busy } = shared;
    shared.busy = true;
    try {
      if (top !== this || this.carrier.active() === this.context) this.#token?.dispose();
      top = this.#below;
    } catch (error) {
      tell(CONTEXT, error);
    } finally {
      shared.busy = busy;
    }
    this.#below = this.#token = undefined;
  }

  suspend<T>(value: T): T {
    this.detach();
    this.phase = SUSPENDED;
    const { kind } = this.site;
    if (kind >= GENERATOR) {
      if (this.#leftover === undefined) this.#leave(this, { "errspan.generator.abandoned": true });
      else this.#leftover.endTime = Date.now();
    }
    if (!isObject(value) || kind % 2 === 0) return value;
    const operand = guard(VALUE, () =>
      isAwaitedDirectly(value) ? value : wrapThenable<object>(value, this, false),
    );
    return (operand ?? value) as T;
  }

  resume(): void {
    const { carrier } = this;
    // An SDK that has been shut down meanwhile is not woken up again.
    if (shared.found?.context !== carrier && !(carrier instanceof Variable)) return;
    this.attach();
    if (this.site.kind === ASYNC && followsAwait(carrier)) {
      this.phase = CARRIED;
      top = this.#below;
      this.#below = this.#token = undefined;
    }
  }

  /** Looks at what a plain function returns. */
  returned(value: unknown): void {
    this.#deferred = isObject(value) ? guard(VALUE, () => (isPlainPromise(value) ? value : innerPromise(value))) : undefined;
    this.#given(value);
  }

  /** Looks at what an async function returns, and gives what it is to return instead. */
  resolved<T>(value: T): T {
    const wrapped = isObject(value) ? (guard(VALUE, () => wrapThenable(value, this, true)) ?? value) : value;
    this.#deferred = isObject(value) && (wrapped !== value || isPlainPromise(value)) ? (wrapped as object) : undefined;
    this.#given(value);
    return wrapped;
  }

  #given(value: unknown): void {
    if (this.#deferred === undefined && (isObject(value) || this.site.ret)) this.note(value);
    if (this.site.leaving) this.finish();
  }

  /** Records the error that ends the call, and ends it. */
  fail(error: unknown): void {
    this.#deferred = undefined;
    record(this.span, error, this.parent, this.context);
    this.finish();
  }

  finish(): void {
    if (this.phase === ATTACHED) this.detach();
    else if (this.phase >= DONE) return;
    this.phase = DONE;
    const deferred = this.#deferred;
    if (deferred !== undefined && guard(VALUE, () => this.#waitFor(deferred))) return;
    this.end();
  }

  /** Looks at a result: it may say itself that it is a failure (see result.ts), or be captured. */
  note(value: unknown): void {
    guard(VALUE, () => {
      const failure = isObject(value) ? failureOf(value) : undefined;
      if (failure !== undefined) record(this.span, failure.error, this.parent, this.context);
      const { ret } = this.site;
      if (ret && this.span.isRecording()) this.span.setAttribute("errspan.return", ret(value));
    });
  }

  fulfilled(value: unknown): void {
    this.note(value);
    this.end();
  }

  rejected(error: unknown): void {
    record(this.span, error, this.parent, this.context);
    this.end();
  }

  end(): void {
    if (this.phase === ENDED) return;
    this.phase = ENDED;
    if (this.#leftover !== undefined) leftovers?.unregister(this.#leftover);
    const { busy } = shared;
    shared.busy = true;
    try {
      this.context.span.end();
    } catch (error) {
      tell(ENDING, error);
    } finally {
      shared.busy = busy;
    }
  }

  #waitFor(deferred: object): boolean {
    if (this.site.kind === ASYNC) {
      if (isPlainPromise(deferred)) watch(deferred, this);
      return true;
    }
    if (!watchOnceConsumed(deferred, this)) return false;
    this.#leave(deferred, { "errspan.promise.settlement": "unobserved" });
    return true;
  }

  #leave(target: object, attributes: Leftover["attributes"]): void {
    this.#leftover = { span: this.span, attributes, endTime: Date.now() };
    leftovers?.register(target, this.#leftover, this.#leftover);
  }
}

/** Starts a span and enters its context. Never throws: the traced function runs without a span instead. */
export function begin(known: Registry, site: Site, fields?: () => object, args?: () => object): State | undefined {
  if (shared.busy) return undefined;
  let state: State | undefined;
  shared.busy = true;
  try {
    state = open(known, site, fields, args);
  } catch (error) {
    tell("starting a span", error);
  } finally {
    shared.busy = false;
  }
  if (state !== undefined) state.attach();
  return state;
}

function open(known: Registry, site: Site, fields: (() => object) | undefined, args: (() => object) | undefined): State | undefined {
  const registry = currentRegistry(shared, known);
  if (registry?.trace === undefined) return undefined;
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

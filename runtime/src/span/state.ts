import type { Context, Span } from "@opentelemetry/api";
import { record } from "../record/exception.js";
import { annotateStart, captureReturn } from "./attributes.js";
import { activeContext, type AttachingManager, attachingManager, followsAwait, runInContext, theirContext } from "./carrier.js";
import { SpanContextNode, spanOf } from "./context.js";
import { tell } from "./diagnostics.js";
import { type AttachToken, currentRegistry, type Manager, type Registry, shared, type Waiting } from "./process.js";
import { isAwaitedDirectly, isPlainPromise, watch, watchOnceConsumed } from "./promise.js";
import { failureOf, innerPromise } from "./result.js";
import { ASYNC, ASYNC_GENERATOR, GENERATOR, type Site } from "./site.js";
import { type ThenObserver, wrapThenable } from "./thenable.js";
import { tracerOf } from "./tracer.js";

/** On the caller's stack, our context attached. */
export const ATTACHED = 0;
/** The caller has its context back. */
export const SUSPENDED = 1;
/** Resumed from the microtask queue, where the manager carries our context by itself. */
const CARRIED = 2;
const DONE = 3;

/** What must be known of a span after its State is gone. */
interface Leftover {
  span: Span;
  attributes: Record<string, string | boolean>;
  endTime: number;
  ended: boolean;
}

/** Ends the spans of generators that nobody resumes and of promises that nobody consumes, when they are collected. */
const leftovers =
  typeof FinalizationRegistry === "function"
    ? new FinalizationRegistry<Leftover>((leftover) => {
        if (leftover.ended) return;
        leftover.ended = true;
        try {
          leftover.span.setAttributes(leftover.attributes);
          leftover.span.end(leftover.endTime);
        } catch (error) {
          tell("ending an abandoned span", error);
        }
      })
    : undefined;

/** The innermost call on the stack whose context is attached; each knows the one below it. */
let top: State | undefined;

/** One call of a traced function. Held by the function's frame alone, so that a frame's end can be noticed. */
export class State implements Waiting, ThenObserver {
  phase = ATTACHED;
  readonly site: Site;
  readonly span: Span;
  readonly parent: Context;
  readonly context: Context;
  /** The context manager, and whether it can attach. */
  readonly manager: Manager | undefined;
  readonly attaches: boolean;
  private token: AttachToken | undefined;
  private below: State | undefined;
  private outer: Context | undefined;
  private outerBase: Context | undefined;
  private deferred: object | undefined;
  private leftover: Leftover | undefined;
  private ended = false;

  constructor(site: Site, span: Span, parent: Context, manager: Manager | undefined, attaches: boolean) {
    this.site = site;
    this.span = span;
    this.parent = parent;
    this.context = new SpanContextNode(parent, span);
    this.manager = manager;
    this.attaches = attaches;
  }

  attach(): void {
    if (this.attaches) {
      const { busy } = shared;
      shared.busy = true;
      try {
        this.token = (this.manager as AttachingManager).attach(this.context);
      } finally {
        shared.busy = busy;
      }
    } else {
      this.outer = shared.current;
      this.outerBase = shared.base;
      shared.base = theirContext(this.manager);
      shared.current = this.context;
    }
    this.below = top;
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
      const unfinished = top !== this;
      if (this.attaches) {
        if (unfinished || (this.manager as Manager).active() === this.context) this.token?.dispose();
      } else if (unfinished || shared.current === this.context) {
        shared.current = this.outer;
        shared.base = this.outerBase;
      }
      top = this.below;
    } catch (error) {
      tell("restoring the context", error);
    } finally {
      shared.busy = busy;
    }
    this.below = this.token = this.outer = this.outerBase = undefined;
  }

  suspend<T>(value: T): T {
    this.detach();
    this.phase = SUSPENDED;
    const { kind } = this.site;
    try {
      if (kind >= GENERATOR) this.noteSuspension();
      if (kind !== ASYNC && kind !== ASYNC_GENERATOR) return value;
      if (typeof value === "object" && value !== null && isAwaitedDirectly(value)) return value;
      return wrapThenable(value, { call: (fn) => this.call(fn) });
    } catch (error) {
      tell("suspending a span", error);
      return value;
    }
  }

  resume(): void {
    try {
      // An SDK that has been shut down meanwhile is not woken up again.
      if (this.attaches && shared.found?.context !== this.manager) return;
      this.attach();
      if (this.attaches && this.site.kind === ASYNC && followsAwait(this.manager as AttachingManager)) {
        this.phase = CARRIED;
        top = this.below;
        this.below = this.token = undefined;
      }
    } catch (error) {
      tell("resuming a span", error);
    }
  }

  /** Runs a function in our context, wherever we are. */
  call<T>(fn: () => T): T {
    return runInContext(this.manager, this.context, fn);
  }

  returned(value: unknown): void {
    this.deferred = undefined;
    try {
      if (typeof value === "object" && value !== null) {
        if (isPlainPromise(value)) {
          this.deferred = value;
          return;
        }
        this.deferred = innerPromise(value);
        if (this.deferred === undefined) this.inspect(value);
      } else if (this.site.ret) this.inspect(value);
    } catch (error) {
      tell("looking at a returned value", error);
    }
  }

  resolved<T>(value: T): T {
    this.deferred = undefined;
    try {
      if (typeof value === "object" && value !== null && isPlainPromise(value)) {
        this.deferred = value;
        return value;
      }
      const wrapped = wrapThenable(value, this);
      if (wrapped !== value) this.deferred = wrapped as object;
      else this.inspect(value);
      return wrapped;
    } catch (error) {
      tell("looking at a returned value", error);
      return value;
    }
  }

  fail(error: unknown): void {
    this.deferred = undefined;
    record(this.span, error, this.parent, this.context);
  }

  finish(): void {
    if (this.phase === ATTACHED) this.detach();
    this.phase = DONE;
    const { deferred } = this;
    if (deferred === undefined || !this.waitFor(deferred)) this.end();
  }

  /** Looks at a result that is returned as it is. */
  note(value: unknown): void {
    try {
      this.inspect(value);
    } catch (error) {
      tell("looking at a returned value", error);
    }
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
    if (this.ended) return;
    this.ended = true;
    if (this.leftover !== undefined) this.leftover.ended = true;
    const { busy } = shared;
    shared.busy = true;
    try {
      this.span.end();
    } catch (error) {
      tell("ending a span", error);
    } finally {
      shared.busy = busy;
    }
  }

  private waitFor(deferred: object): boolean {
    const { busy } = shared;
    shared.busy = true;
    try {
      if (this.site.kind === ASYNC) {
        if (isPlainPromise(deferred)) watch(deferred, this);
        return true;
      }
      if (!watchOnceConsumed(deferred, this)) return false;
      this.leave(deferred, { "errspan.promise.settlement": "unobserved" });
      return true;
    } catch (error) {
      tell("watching a returned promise", error);
      return false;
    } finally {
      shared.busy = busy;
    }
  }

  /** A returned value counts as a failure where it says so itself (see result.ts). */
  private inspect(value: unknown): void {
    const { busy } = shared;
    shared.busy = true;
    try {
      if (typeof value === "object" && value !== null) {
        const failure = failureOf(value);
        if (failure !== undefined) record(this.span, failure.error, this.parent, this.context);
      }
      if (this.site.ret) captureReturn(this.span, value);
    } finally {
      shared.busy = busy;
    }
  }

  private noteSuspension(): void {
    const { leftover } = this;
    if (leftover === undefined) this.leave(this, { "errspan.generator.abandoned": true });
    else leftover.endTime = Date.now();
  }

  private leave(target: object, attributes: Leftover["attributes"]): void {
    this.leftover = { span: this.span, attributes, endTime: Date.now(), ended: false };
    leftovers?.register(target, this.leftover);
  }
}

/** Starts a span and enters its context. Never throws: the traced function runs without a span instead. */
export function begin(
  known: Registry,
  site: Site,
  fields?: () => object,
  args?: () => object,
): State | undefined {
  if (shared.busy) return undefined;
  shared.busy = true;
  let span: Span | undefined;
  try {
    const registry = currentRegistry(shared, known);
    const provider = registry?.trace;
    if (registry === undefined || provider === undefined) return undefined;
    const manager = registry.context;
    const attaches = attachingManager(registry) !== undefined;
    const parent = attaches ? (manager as Manager).active() : activeContext(manager);
    if (!site.span) {
      const active = spanOf(parent);
      if (active?.isRecording()) annotateStart(active, site.start.attributes, fields, args);
      return undefined;
    }
    span = tracerOf(provider).startSpan(site.name, site.start, parent);
    if (span.isRecording()) annotateStart(span, site.code, fields, args);
    const state = new State(site, span, parent, manager, attaches);
    state.attach();
    return state;
  } catch (error) {
    tell("starting a span", error);
    try {
      span?.end();
    } catch {
      // Told above.
    }
    return undefined;
  } finally {
    shared.busy = false;
  }
}

import { type Context, context, createContextKey, ROOT_CONTEXT, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { afterAll, describe, expect, it } from "vitest";
import * as emit from "../../src/emit.js";
import { activeTraceId, traced, withSpan } from "../../src/index.js";
import { settle, startTracing, stopTracing } from "../tracing.js";
import { async, siteOf, sync } from "./rewritten.js";

afterAll(stopTracing);

/** What browsers have: the active context is that of the innermost `with` on the stack. */
class StackManager {
  current: Context = ROOT_CONTEXT;
  active(): Context {
    return this.current;
  }
  with<T>(wanted: Context, fn: (...args: unknown[]) => T, self?: unknown, ...args: unknown[]): T {
    const before = this.current;
    this.current = wanted;
    try {
      return Reflect.apply(fn, self, args);
    } finally {
      this.current = before;
    }
  }
  bind<T>(_: Context, target: T): T {
    return target;
  }
  enable(): this {
    return this;
  }
  disable(): this {
    this.current = ROOT_CONTEXT;
    return this;
  }
}

/** Could attach, but does not follow asynchronous code. */
class AttachingStackManager extends StackManager {
  attach(wanted: Context): { dispose(): void } {
    const before = this.current;
    this.current = wanted;
    return { dispose: () => (this.current = before) };
  }
}

/** Follows asynchronous code by its callback form alone, as Zone.js does. */
class CallbackManager extends AsyncLocalStorageContextManager {
  override attach = undefined as never;
}

describe.each<[string, () => object | null]>([
  ["no context manager", () => null],
  ["a stack manager", () => new StackManager()],
  ["a stack manager that can attach", () => new AttachingStackManager()],
  ["a manager that follows, by callbacks only", () => new CallbackManager()],
  ["a manager that follows and can attach", () => new AsyncLocalStorageContextManager()],
])("with %s", (_, manager) => {
  it("spans of traced functions have the right parents, across awaits of concurrent calls", async () => {
    const tracing = startTracing(manager());
    async function worker(name: string): Promise<void> {
      const s = emit.enter(siteOf(name, 1));
      try {
        sync(`${name}.1`, () => undefined);
        emit.resumed(await emit.suspend(s, settle()), s);
        sync(`${name}.2`, () => undefined);
        try {
          emit.resumed(await emit.suspend(s, Promise.reject(new Error("x"))), s);
        } catch {
          emit.resume(s);
          sync(`${name}.3`, () => undefined);
        }
        emit.resumed(await emit.suspend(s, async(`${name}.4`, settle(), () => sync(`${name}.5`, () => undefined))), s);
      } catch (e) {
        emit.fail(s, e);
        throw e;
      } finally {
        emit.exit(s);
      }
    }
    async function all(): Promise<void> {
      const s = emit.enter(siteOf("all", 1));
      try {
        emit.resumed(await emit.suspend(s, Promise.all([worker("a"), worker("b")])), s);
        sync("end", () => undefined);
      } finally {
        emit.exit(s);
      }
    }
    const pending = all();
    expect(activeTraceId()).toBeUndefined();
    await settle();
    expect(activeTraceId()).toBeUndefined();
    await pending;
    expect(activeTraceId()).toBeUndefined();
    expect(tracing.tree()).toBe("all(a(a.1 a.2 a.3 a.4(a.5)) b(b.1 b.2 b.3 b.4(b.5)) end)");
  });

  it("generators keep their context from their consumers", () => {
    const tracing = startTracing(manager());
    function* steps(): Generator<number> {
      const s = emit.enter(siteOf("steps", 2));
      try {
        sync("one", () => undefined);
        emit.resumed(yield emit.suspend(s, 1), s);
        sync("two", () => undefined);
      } finally {
        emit.exit(s);
      }
    }
    sync("consumer", () => {
      for (const value of steps()) sync(`got ${value}`, () => undefined);
    });
    expect(tracing.tree()).toBe("consumer(steps(one two) got 1)");
  });

  it("withSpan and traced are parents of the code in them, rewritten or not", async () => {
    const tracing = startTracing(manager());
    const inner = traced(async function inner() {
      sync("rewritten", () => undefined);
    });
    await withSpan("outer", async () => {
      sync("first", () => undefined);
      await inner();
    });
    sync("elsewhere", () => undefined);
    expect(tracing.tree()).toBe("outer(first inner(rewritten)) elsewhere");
  });

  it("a context that the program enters itself counts", () => {
    const tracing = startTracing(manager());
    const key = createContextKey("tenant");
    sync("outer", () => {
      const detached = trace.getTracer("t").startSpan("by hand", { root: true });
      context.with(trace.setSpan(ROOT_CONTEXT.setValue(key, 1), detached), () => {
        sync("inside", () => undefined);
      });
      detached.end();
      sync("after", () => undefined);
    });
    const expected = context.active() === ROOT_CONTEXT && manager() === null ? "outer(inside after) by hand" : "outer(after) by hand(inside)";
    expect(tracing.tree()).toBe(expected);
  });
});

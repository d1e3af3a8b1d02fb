import { AsyncLocalStorage } from "node:async_hooks";
import { EventEmitter } from "node:events";
import { context, createContextKey, ROOT_CONTEXT, trace } from "@opentelemetry/api";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import * as emit from "../../src/emit.js";
import { settle, startTracing, stopTracing, type Tracing } from "../tracing.js";
import { async, siteOf, sync } from "./rewritten.js";

let tracing: Tracing;
beforeEach(() => {
  tracing = startTracing();
});
afterAll(stopTracing);

const active = (): string | undefined => {
  const span = trace.getActiveSpan() as { name?: string } | undefined;
  return span?.name;
};

interface Attaching {
  attach(context: unknown): { dispose(): void };
}

function registeredManager(): Attaching {
  const realm = globalThis as unknown as Record<symbol, { context: Attaching } | undefined>;
  const manager = realm[Symbol.for("opentelemetry.js.api.1")]?.context;
  if (manager === undefined) throw new Error("no context manager is registered");
  return manager;
}

describe("the context of a traced function", () => {
  it("is its own span, and the caller's is untouched afterwards", () => {
    const key = createContextKey("tenant");
    context.with(ROOT_CONTEXT.setValue(key, "acme"), () => {
      const before = context.active();
      const seen = sync("outer", () => {
        const during = [active(), context.active().getValue(key)];
        sync("inner", () => undefined);
        return [...during, active()];
      });
      expect(seen).toEqual(["outer", "acme", "outer"]);
      expect(context.active()).toBe(before);
    });
    expect(tracing.tree()).toBe("outer(inner)");
  });

  it("is restored after an error", () => {
    sync("outer", () => {
      expect(() =>
        sync("inner", () => {
          throw new Error("no");
        }),
      ).toThrow("no");
      expect(active()).toBe("outer");
    });
    expect(active()).toBeUndefined();
  });

  it("does not leak into the caller of an async function that has started, nor out of it when it goes on", async () => {
    await async("caller", undefined, async () => {
      const pending = async("callee", settle(), () => active());
      expect(active()).toBe("caller");
      const sibling = sync("sibling", () => active());
      expect(sibling).toBe("sibling");
      expect(await pending).toBe("callee");
      expect(active()).toBe("caller");
    });
    expect(active()).toBeUndefined();
    expect(tracing.tree()).toBe("caller(callee sibling)");
  });

  it("is there before and after each await, in catch and finally after a rejection", async () => {
    const seen: (string | undefined)[] = [];
    async function work(): Promise<void> {
      const s = emit.enter(siteOf("work", 1));
      try {
        seen.push(active());
        emit.resumed(await emit.suspend(s, undefined), s);
        seen.push(active());
        emit.resumed(await emit.suspend(s, settle()), s);
        seen.push(active());
        try {
          emit.resumed(await emit.suspend(s, Promise.reject(new Error("late"))), s);
        } catch {
          emit.resume(s);
          seen.push(active());
          sync("compensate", () => undefined);
        } finally {
          emit.resume(s);
          seen.push(active());
          emit.resumed(await emit.suspend(s, undefined), s);
          seen.push(active());
        }
      } catch (e) {
        emit.fail(s, e);
        throw e;
      } finally {
        emit.exit(s);
      }
    }
    await work();
    expect(seen).toEqual(Array(6).fill("work"));
    expect(tracing.tree()).toBe("work(compensate)");
  });

  it("is there when the first suspension ends in a rejection", async () => {
    async function work(): Promise<string | undefined> {
      const s = emit.enter(siteOf("work", 1));
      try {
        try {
          emit.resumed(await emit.suspend(s, Promise.reject(new Error("late"))), s);
          return undefined;
        } catch {
          emit.resume(s);
          return emit.resolved(active(), s);
        }
      } catch (e) {
        emit.fail(s, e);
        throw e;
      } finally {
        emit.exit(s);
      }
    }
    expect(await work()).toBe("work");
  });

  it("is right for each of many calls at once", async () => {
    const one = (index: number): Promise<string | undefined> =>
      async(`job ${index}`, settle(), () => {
        sync(`step ${index}`, () => undefined);
        return active();
      });
    await async("all", undefined, async () => {
      const names = await Promise.all(Array.from({ length: 20 }, (_, index) => one(index)));
      expect(names).toEqual(Array.from({ length: 20 }, (_, index) => `job ${index}`));
    });
    for (let index = 0; index < 20; index++) {
      const parent = tracing.span(`job ${index}`).spanContext().spanId;
      expect(tracing.span(`step ${index}`).parentSpanContext?.spanId).toBe(parent);
    }
  });

  it("follows timers, microtasks and emitters' listeners that the function starts", async () => {
    const emitter = new EventEmitter();
    const seen: (string | undefined)[] = [];
    const note = (): void => void seen.push(active());
    sync("starter", () => {
      setTimeout(note, 0);
      queueMicrotask(note);
      process.nextTick(note);
      emitter.on("done", note);
      emitter.emit("done");
    });
    await settle();
    expect(seen).toEqual(Array(4).fill("starter"));
  });

  it("needs nothing at later awaits, and stays out of the code that runs between them", async () => {
    let attached = 0;
    const manager = registeredManager();
    const attach = manager.attach.bind(manager);
    manager.attach = (wanted) => (attached++, attach(wanted));
    await async("warm up", undefined, () => undefined);
    await settle();
    attached = 0;
    async function work(): Promise<void> {
      const s = emit.enter(siteOf("work", 1));
      try {
        for (let round = 0; round < 10; round++) {
          emit.resumed(await emit.suspend(s, settle()), s);
          expect(active()).toBe("work");
        }
      } finally {
        emit.exit(s);
      }
    }
    const pending = work();
    for (let round = 0; round < 5; round++) {
      await settle();
      expect(active()).toBeUndefined();
    }
    await pending;
    expect(active()).toBeUndefined();
    expect(attached).toBe(2);
  });

  it("leaves a context alone that the function itself entered and did not leave", () => {
    const other = ROOT_CONTEXT.setValue(createContextKey("entered"), true);
    const manager = registeredManager();
    let token: { dispose(): void } | undefined;
    sync("enters", () => {
      token = manager.attach(other);
    });
    expect(context.active()).toBe(other);
    token?.dispose();
  });
});

describe("the program's own AsyncLocalStorage", () => {
  it("flows as before with run", async () => {
    const storage = new AsyncLocalStorage<string>();
    const seen: (string | undefined)[] = [];
    await storage.run("request", async () => {
      await async("work", settle(), () => {
        seen.push(storage.getStore());
        storage.run("nested", () => sync("inner", () => seen.push(storage.getStore())));
      }, () => seen.push(storage.getStore()));
      seen.push(storage.getStore());
    });
    expect(seen).toEqual(["request", "request", "nested", "request"]);
    expect(storage.getStore()).toBeUndefined();
  });

  it("flows as before with enterWith, before and after the first await", async () => {
    const traced = new AsyncLocalStorage<string>();
    const plain = new AsyncLocalStorage<string>();
    const log = async (storage: AsyncLocalStorage<string>, run: (body: Body) => Promise<void>): Promise<unknown[]> => {
      const seen: unknown[] = [];
      storage.enterWith("start");
      const pending = run({
        before: () => storage.enterWith("from before"),
        after: () => {
          seen.push(storage.getStore());
          storage.enterWith("from after");
          seen.push(storage.getStore());
        },
      });
      seen.push(storage.getStore());
      await pending;
      seen.push(storage.getStore());
      return seen;
    };
    interface Body {
      before(): void;
      after(): void;
    }
    const bare = await log(plain, async ({ before, after }) => {
      before();
      await settle();
      after();
    });
    const rewritten = await log(traced, ({ before, after }) => async("work", settle(), after, before));
    expect(rewritten).toEqual(bare);
  });
});

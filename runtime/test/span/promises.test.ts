import { inspect, types } from "node:util";
import { SpanStatusCode, trace } from "@opentelemetry/api";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import * as emit from "../../src/emit.js";
import { drain, settle, startTracing, stopTracing, type Tracing } from "../tracing.js";
import { async, siteOf, sync } from "./rewritten.js";

let tracing: Tracing;
beforeEach(() => {
  tracing = startTracing();
});
afterAll(stopTracing);

const ended = (): string[] => tracing.spans().map((span) => span.name);
const failing = (): Promise<never> => new Promise((_, reject) => setTimeout(reject, 1, new Error("late")));

describe("a promise that a plain function returns", () => {
  it("is the same promise, and the span ends when it settles", async () => {
    const promise = settle();
    const returned = sync("plain", () => promise);
    expect(returned).toBe(promise);
    expect(ended()).toEqual([]);
    await returned;
    expect(ended()).toEqual(["plain"]);
  });

  it("records a rejection", async () => {
    await expect(sync("plain", failing)).rejects.toThrow("late");
    expect(tracing.span("plain").status).toEqual({ code: SpanStatusCode.ERROR, message: "late" });
  });

  it.each<[string, (promise: Promise<unknown>) => unknown]>([
    ["await", async (promise) => await promise],
    ["then", (promise) => promise.then(() => undefined)],
    ["catch", (promise) => promise.catch(() => undefined)],
    ["finally", (promise) => promise.finally(() => undefined)],
    ["Promise.all", (promise) => Promise.all([promise])],
    ["Promise.race", (promise) => Promise.race([promise])],
    ["Promise.resolve", async (promise) => await Promise.resolve(promise)],
    ["being returned by an async function", (promise) => (async () => promise)()],
    ["resolving another promise", (promise) => new Promise((resolve) => resolve(promise))],
    ["for await", (promise) => drain([promise])],
  ])("is observed when consumed by %s", async (_, consume) => {
    await consume(sync("plain", () => settle()));
    await settle();
    expect(ended()).toEqual(["plain"]);
    expect(tracing.span("plain").attributes).not.toHaveProperty("errspan.promise.settlement");
  });

  it("looks like any other promise while nobody has consumed it, and is one again afterwards", async () => {
    const promise = sync("plain", () => settle());
    expect(types.isPromise(promise)).toBe(true);
    expect(promise).toBeInstanceOf(Promise);
    expect(Object.prototype.toString.call(promise)).toBe("[object Promise]");
    expect(Reflect.ownKeys(promise)).toEqual([]);
    expect(inspect(promise)).toBe(inspect(settle()));
    expect(promise.constructor).toBe(Promise);
    expect(Object.getPrototypeOf(promise)).toBe(Promise.prototype);
    await promise;
  });

  it("ends every span that waits for it, each level's own", async () => {
    const promise = sync("outer", () => sync("inner", failing));
    const again = sync("other", () => promise);
    await expect(again).rejects.toThrow("late");
    expect(ended().sort()).toEqual(["inner", "other", "outer"]);
    expect(tracing.spans().flatMap((span) => span.events).length).toBe(2);
  });

  it.each<[string, () => Promise<unknown>]>([
    ["frozen", () => Object.freeze(settle())],
    ["a subclass's", () => new (class Sub<T> extends Promise<T> {})((resolve) => resolve(1))],
    ["with a then of its own", () => Object.assign(settle(), { then: (resolve: () => void) => resolve() })],
  ])("is left alone where it is %s: the span ends with the call", (_, make) => {
    const promise = make();
    const prototype: unknown = Object.getPrototypeOf(promise);
    expect(sync("plain", () => promise)).toBe(promise);
    expect(Object.getPrototypeOf(promise)).toBe(prototype);
    expect(ended()).toEqual(["plain"]);
  });

  it("is never given a then that a program has patched", async () => {
    const { then } = Promise.prototype;
    const called: unknown[] = [];
    Promise.prototype.then = function (this: Promise<unknown>, ...args: never[]) {
      called.push(this);
      return Reflect.apply(then, this, args) as Promise<never>;
    };
    const plain = settle();
    const inner = settle();
    try {
      await sync("plain", () => plain);
      await async("async", undefined, () => inner);
    } finally {
      Promise.prototype.then = then;
    }
    expect(called).not.toContain(plain);
    // The engine itself adopts a promise that an async function returns by calling its then.
    expect(called.filter((promise) => promise === inner)).toHaveLength(1);
    expect(ended()).toEqual(["plain", "async"]);
  });

  it("ends the span where a later finally throws instead", async () => {
    const run = (): Promise<void> => {
      const s = emit.enter(siteOf("plain", 0));
      try {
        try {
          return emit.returned(settle(), s);
        } finally {
          throw new Error("instead");
        }
      } catch (e) {
        emit.fail(s, e);
        throw e;
      } finally {
        emit.exit(s);
      }
    };
    expect(run).toThrow("instead");
    expect(tracing.span("plain").status.message).toBe("instead");
  });
});

describe("unhandled rejections", () => {
  const reported: unknown[] = [];
  const listener = (reason: unknown): void => void reported.push(reason);
  const others = process.listeners("unhandledRejection");
  beforeEach(() => {
    reported.length = 0;
    process.removeAllListeners("unhandledRejection").on("unhandledRejection", listener);
  });
  afterEach(() => {
    process.removeAllListeners("unhandledRejection");
    for (const other of others) process.on("unhandledRejection", other);
  });

  it("are reported for a promise that nobody handles, once, and not for one that somebody does", async () => {
    const lost = new Error("lost");
    const caught = new Error("caught");
    void sync("lost", () => Promise.reject(lost));
    void async("lost in async", undefined, () => Promise.reject(lost));
    const promise = sync("caught", () => Promise.reject(caught));
    promise.catch(() => undefined);
    const inner = async("caught in async", undefined, () => Promise.reject(caught));
    inner.catch(() => undefined);
    await settle();
    await settle();
    expect(reported).toEqual([lost, lost]);
  });

  it("are reported for a promise that is thrown: looking at what is thrown does not handle it", async () => {
    const lost = new Error("lost");
    const promise = sync("plain", () => Promise.reject(lost));
    expect(() =>
      sync("throws it", () => {
         
        throw promise;
      }),
    ).toThrow();
    expect(tracing.span("throws it").attributes["error.type"]).toBe("Promise");
    await settle();
    expect(reported).toEqual([lost]);
  });

  it("are not reported for what is handled late but in time", async () => {
    const promise = sync("plain", () => settle().then(() => Promise.reject(new Error("x"))));
    setTimeout(() => void promise.catch(() => undefined), 1);
    await settle();
    await settle();
    expect(reported).toEqual([]);
    expect(tracing.span("plain").status.message).toBe("x");
  });
});

describe("a promise that an async function returns", () => {
  it("keeps the span open until it settles, and its rejection is recorded", async () => {
    await expect(async("outer", undefined, failing)).rejects.toThrow("late");
    expect(tracing.span("outer").status.message).toBe("late");
    const { duration } = tracing.span("outer");
    expect(duration[1]).toBeGreaterThan(0);
  });

  it("takes no more microtask turns than without tracing", async () => {
    const turns = async (start: () => Promise<unknown>): Promise<number> => {
      let done = false;
      let count = 0;
      void start().then(() => (done = true));
      while (!done) {
        await undefined;
        count++;
      }
      return count;
    };
    const bare = await turns(async () => {
      await undefined;
      return Promise.resolve(1);
    });
    expect(await turns(() => async("traced", undefined, () => Promise.resolve(1)))).toBe(bare);
    const bareThenable = await turns(async () => {
      await { then: (resolve: (value: number) => void) => resolve(1) };
      return { then: (resolve: (value: number) => void) => resolve(1) };
    });
    const then = (resolve: (value: number) => void): void => resolve(1);
    expect(await turns(() => async("traced", { then }, () => ({ then })))).toBe(bareThenable);
  });
});

describe("a thenable that is no native promise", () => {
  class Query {
    runs: (string | undefined)[] = [];
    then(resolve: (value: string) => void): void {
      this.runs.push((trace.getActiveSpan() as { name?: string } | undefined)?.name);
      setTimeout(resolve, 1, "rows");
    }
  }

  it("is returned by a plain function untouched: its query does not run", async () => {
    const query = new Query();
    expect(sync("plain", () => query)).toBe(query);
    await settle();
    expect(query.runs).toEqual([]);
    expect(ended()).toEqual(["plain"]);
  });

  it("runs once, under the async function's span, when that awaits or returns it", async () => {
    const awaited = new Query();
    const returned = new Query();
    const result: unknown = await async("work", awaited, () => returned);
    expect(result).toBe("rows");
    expect(awaited.runs).toEqual(["work"]);
    expect(returned.runs).toEqual(["work"]);
    expect(ended()).toEqual(["work"]);
  });

  it("records its rejection and its throw", async () => {
    const rejects = { then: (_: unknown, reject: (error: unknown) => void) => reject(new Error("rejected")) };
    const throws = { then: () => { throw new Error("thrown"); } };
    await expect(async("rejects", undefined, () => rejects)).rejects.toThrow("rejected");
    await expect(async("throws", undefined, () => throws)).rejects.toThrow("thrown");
    await expect(async("awaits", throws, () => undefined)).rejects.toThrow("thrown");
    for (const name of ["rejects", "throws", "awaits"]) expect(tracing.span(name).status.code).toBe(SpanStatusCode.ERROR);
  });

  it("has its then read exactly once, and only by the engine, where it is a getter or behind a Proxy", async () => {
    let reads = 0;
    const accessor = { get then() { reads++; return undefined; } };
    await async("getter", accessor, () => accessor);
    expect(reads).toBe(2);
    const traps: string[] = [];
    const proxy = new Proxy({}, { get: (_, key) => void traps.push(String(key)), getPrototypeOf: () => (traps.push("prototype"), null), getOwnPropertyDescriptor: () => void traps.push("own"), has: () => (traps.push("has"), false) });
    await async("proxy", proxy, () => proxy);
    sync("proxy in sync", () => proxy);
    expect(traps).toEqual(["then", "then"]);
  });
});

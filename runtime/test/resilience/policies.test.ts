import { getEventListeners } from "node:events";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from "vitest";
import { classify } from "../../src/errors.js";
import { withSpan } from "../../src/index.js";
import {
  bulkhead, BulkheadFullError, circuitBreaker, compose, fallback, FallbackError, resilient, retry, timeout, TimeoutError,
} from "../../src/resilience.js";
import type { Policy } from "../../src/resilience.js";
import { traceTests } from "../toolkit/tracing.js";

const tracing = traceTests();
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});
const caught = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);
const hang = (): Promise<never> => new Promise(() => undefined);
const later = (ms: number, value = "late"): Promise<string> => new Promise((resolve) => setTimeout(resolve, ms, value));

describe("timeout", () => {
  it("rejects on time with an error of its own, also the signal's reason, whether the operation heeds it or not", async () => {
    let seen: AbortSignal | undefined;
    const outcome = caught(timeout(50).execute(({ signal }) => ((seen = signal), hang())));
    await vi.advanceTimersByTimeAsync(50);
    const error = await outcome;
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ name: "TimeoutError", message: "Operation timed out after 50 ms", timeoutMs: 50 });
    expect(seen?.reason).toBe(error);
    expect(classify(error)).toMatchObject({ category: "timeout", retryable: true });
  });

  it("gives the value in time, clears its timer, and leaves the signal alone afterwards", async () => {
    let seen: AbortSignal | undefined;
    expect(await timeout(50).execute(async ({ signal }) => ((seen = signal), 5))).toBe(5);
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(100);
    expect(seen?.aborted).toBe(false);
  });

  it("passes failures through, thrown before a promise too", async () => {
    await expect(timeout(50).execute(() => Promise.reject(new RangeError("r")))).rejects.toThrow(RangeError);
    await expect(timeout(50).execute(() => { throw new RangeError("r"); })).rejects.toThrow(RangeError);
  });

  it("rejects with the caller's reason when the caller aborts, and leaves no listener behind", async () => {
    const controller = new AbortController();
    const outcome = caught(timeout(50).execute(hang, controller));
    controller.abort("gone");
    expect(await outcome).toBe("gone");
    const quiet = new AbortController();
    await timeout(50).execute(async () => 1, quiet);
    await caught(timeout(50).execute(() => Promise.reject(new Error("x")), quiet));
    expect(getEventListeners(quiet.signal, "abort")).toEqual([]);
  });

  it("swallows what an operation rejects with after its time: nothing is unhandled", async () => {
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    const outcome = caught(timeout(10).execute(() => later(20).then(() => Promise.reject(new Error("too late")))));
    await vi.advanceTimersByTimeAsync(30);
    expect(await outcome).toBeInstanceOf(TimeoutError);
    vi.useRealTimers();
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
    vi.useFakeTimers();
  });

  it("takes times that timers cannot, and refuses none", async () => {
    expect(await timeout(Infinity).execute(async () => 1)).toBe(1);
    expect(() => timeout(0)).toThrow(RangeError);
    expect(() => timeout(NaN)).toThrow(RangeError);
  });

  it("is an event on the span", async () => {
    vi.useRealTimers(); // the fake ones call back outside of the context in which they were set
    await caught(withSpan("slow", () => timeout(5, { name: "db" }).execute(hang)));
    expect(tracing.span("slow").events[0]).toMatchObject({ name: "timeout.exceeded", attributes: { "errspan.policy": "db", "timeout.ms": 5 } });
    vi.useFakeTimers();
  });
});

describe("bulkhead", () => {
  it("runs so many, lets so many wait in order, and turns the rest away", async () => {
    const pool = bulkhead({ limit: 1, queue: 2 });
    const order: string[] = [];
    const run = (name: string) => pool.execute(async () => { order.push(name); await later(10); });
    const calls = [run("a"), run("b"), run("c")];
    expect([pool.running, pool.waiting]).toEqual([1, 2]);
    const error = await caught(run("d"));
    expect(error).toBeInstanceOf(BulkheadFullError);
    expect(classify(error).httpStatus).toBe(429);
    await vi.advanceTimersByTimeAsync(100);
    await Promise.all(calls);
    expect(order).toEqual(["a", "b", "c"]);
    expect([pool.running, pool.waiting]).toEqual([0, 0]);
  });

  it("frees a place in the queue at once when its call is aborted", async () => {
    const pool = bulkhead({ limit: 1, queue: 1 });
    const running = pool.execute(() => later(10));
    const controller = new AbortController();
    const waiting = caught(pool.execute(hang, controller));
    controller.abort("gone");
    expect(await waiting).toBe("gone");
    const next = pool.execute(async () => "next");
    await vi.advanceTimersByTimeAsync(10);
    expect(await Promise.all([running, next])).toEqual(["late", "next"]);
  });

  it("never runs more than its limit, whatever fails or is aborted, and ends empty", async () => {
    const call = fc.record({ ms: fc.integer({ min: 0, max: 20 }), fails: fc.boolean(), abortAfter: fc.option(fc.integer({ min: 0, max: 20 })) });
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 30 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 5 }), async (calls, limit, queue) => {
        const pool = bulkhead({ limit, queue });
        let running = 0;
        const done = calls.map(({ ms, fails, abortAfter }) => {
          const controller = new AbortController();
          if (abortAfter !== null) setTimeout(() => controller.abort("gone"), abortAfter);
          return caught(pool.execute(async () => {
            running++;
            expect(running).toBeLessThanOrEqual(limit);
            await later(ms);
            running--;
            if (fails) throw new Error("failed");
          }, controller));
        });
        await vi.runAllTimersAsync();
        await Promise.all(done);
        expect([pool.running, pool.waiting, running]).toEqual([0, 0, 0]);
      }),
    );
  });
});

describe("fallback", () => {
  const down = new Error("database down");
  const broken = (): Promise<never> => Promise.reject(down);

  it("gives the operation's own value when there is one", async () => {
    const policy = fallback([() => "guest"]);
    expectTypeOf(policy).toEqualTypeOf<Policy<string>>();
    expectTypeOf(policy.execute(async () => 5)).toEqualTypeOf<Promise<number | string>>();
    expect(await policy.execute(async () => 5)).toBe(5);
  });

  it("goes from level to level with what failed before, and marks the span as degraded", async () => {
    const secondary = vi.fn(() => Promise.reject(new Error("replica down")));
    const value = await withSpan("load", () => fallback([secondary, (error) => `cached after ${String(error)}`]).execute(broken));
    await vi.runAllTimersAsync(); // the in-memory exporter's own
    expect(value).toBe("cached after Error: replica down");
    expect(secondary).toHaveBeenCalledWith(down, expect.anything());
    const span = tracing.span("load");
    expect(span.events.map((e) => [e.name, e.attributes?.["fallback.level"]])).toEqual([["fallback.used", 1], ["fallback.used", 2]]);
    expect(span.attributes).toMatchObject({ "errspan.degraded": true, "errspan.degraded.level": 2 });
  });

  it("has all failures when every level fails, the operation's as the cause", async () => {
    const error = await caught(fallback([() => { throw new Error("cache empty"); }]).execute(broken));
    expect(error).toBeInstanceOf(FallbackError);
    expect(error).toMatchObject({ message: "Operation and 1 fallbacks failed", cause: down, errors: [down, { message: "cache empty" }] });
  });

  it("covers only what it is told to, and nothing when the call was aborted", async () => {
    const level = vi.fn(() => "guest");
    expect(await caught(fallback([level], { fallbackIf: () => false }).execute(broken))).toBe(down);
    expect(await caught(fallback([level], { fallbackIf: () => { throw new Error("callback"); } }).execute(broken))).toBe(down);
    const controller = new AbortController();
    const outcome = caught(fallback([level]).execute(async () => { controller.abort("gone"); throw down; }, controller));
    expect(await outcome).toBe("gone");
    expect(level).not.toHaveBeenCalled();
  });
});

describe("composition", () => {
  it("nests in the order given and hands signal and attempt through", async () => {
    const seen: number[] = [];
    const policy = compose(fallback([() => "guest"]), retry({ maxAttempts: 3, backoff: 1 }), circuitBreaker({ name: "b" }), timeout(50));
    expectTypeOf(policy).toEqualTypeOf<Policy<string>>();
    const outcome = policy.execute(async ({ attempt, signal }) => {
      seen.push(attempt);
      expect(signal.aborted).toBe(false);
      throw new Error("down");
    });
    await vi.runAllTimersAsync();
    expect(await outcome).toBe("guest");
    expect(seen).toEqual([1, 2, 3]);
  });

  it("does it all in one call", async () => {
    const policy = resilient({
      name: "inventory", fallback: [() => 0], totalTimeout: 5000, retry: { maxAttempts: 2, backoff: 1 },
      circuitBreaker: { opensAfter: { consecutive: 2 } }, bulkhead: { limit: 5 }, timeout: 100,
    });
    expectTypeOf(policy).toEqualTypeOf<Policy<number>>();
    const operation = vi.fn(() => Promise.reject(new Error("down")));
    const first = policy.execute(operation);
    await vi.runAllTimersAsync();
    expect(await first).toBe(0);
    expect(operation).toHaveBeenCalledTimes(2);
    expect(await policy.execute(operation)).toBe(0);
    expect(operation).toHaveBeenCalledTimes(2);
    expect(() => resilient({ name: "nothing" })).toThrow(RangeError);
  });

  it("wraps functions", async () => {
    const getUser = retry().wrap(async ({ attempt }, id: string, deep: boolean) => `${id} ${deep} ${attempt}`);
    expectTypeOf(getUser).toEqualTypeOf<(id: string, deep: boolean) => Promise<string>>();
    expect(await getUser("42", true)).toBe("42 true 1");
  });

  it("ends at an abort at any moment, with its reason, and leaves no timer and no listener", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 120 }), async (abortAt, takes) => {
        const policy = resilient({
          name: "b", totalTimeout: 10_000, retry: { maxAttempts: 9, backoff: { initial: 20, jitter: "none" } },
          circuitBreaker: { opensAfter: { consecutive: 99 } }, bulkhead: { limit: 1, queue: 1 }, timeout: 100,
        });
        const controller = new AbortController();
        const reason = new Error("user left");
        const outcome = caught(policy.execute(async () => { await later(takes); throw new Error("down"); }, controller));
        await vi.advanceTimersByTimeAsync(abortAt);
        controller.abort(reason);
        expect(await outcome).toBe(reason);
        expect(getEventListeners(controller.signal, "abort")).toEqual([]);
        await vi.runAllTimersAsync(); // the operation itself, which does not heed its signal
      }),
      { numRuns: 60 },
    );
  });

  it("carries thousands of calls at a time", async () => {
    const policy = resilient({ name: "b", retry: { maxAttempts: 3, backoff: 5 }, circuitBreaker: { opensAfter: { consecutive: 1e6 } }, timeout: 1000 });
    let calls = 0;
    const all = Array.from({ length: 3000 }, (_, i) => policy.execute(async ({ attempt }) => { calls++; if (attempt <= i % 3) throw new Error("again"); return i; }));
    await vi.runAllTimersAsync();
    expect(await Promise.all(all)).toEqual(Array.from({ length: 3000 }, (_, i) => i));
    expect(calls).toBe(6000);
  });
});

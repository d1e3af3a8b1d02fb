import { getEventListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { SpanStatusCode } from "@opentelemetry/api";
import fc from "fast-check";
import { describe, expect, expectTypeOf, it, vi } from "vitest";
import { joinAll, mapConcurrent, mapUnordered, settleAll, TasksError, tryJoin } from "../../src/concurrency.js";
import { withSpan } from "../../src/index.js";
import { traceTests } from "../toolkit/tracing.js";

const tracing = traceTests();
const caught = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);
/** A task that only its signal can end. */
const untilAborted = ({ signal }: { signal: AbortSignal }): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
const down = new Error("down");
const failing = async (): Promise<never> => { throw down; };

describe("tryJoin", () => {
  it("gives the values in the shape of the tasks", async () => {
    const named = await tryJoin({ user: async () => "ann", age: () => 7 });
    expectTypeOf(named).toEqualTypeOf<{ user: string; age: number }>();
    expect(named).toEqual({ user: "ann", age: 7 });
    const tuple = await tryJoin([async () => 1, async () => "b"]);
    expectTypeOf(tuple).toEqualTypeOf<[number, string]>();
    expect(tuple).toEqual([1, "b"]);
  });

  it("fails with the first failure as it is, and aborts the others", async () => {
    let reason: unknown;
    const error = await caught(tryJoin([failing, (c: { signal: AbortSignal }) => untilAborted(c).catch((r: unknown) => { reason = r; })]));
    expect(error).toBe(down);
    expect(reason).toMatchObject({ name: "AbortError", cause: down });
  });

  it("does not wait for those that do not heed their signal, nor start those whose turn has not come", async () => {
    const third = vi.fn();
    const deaf = (): Promise<never> => new Promise(() => undefined);
    expect(await caught(tryJoin([failing, deaf, third], { concurrency: 2 }))).toBe(down);
    await sleep(1);
    expect(third).not.toHaveBeenCalled();
  });

  it("ends at once at the caller's abort, with its reason, before and while it runs, and lets go of the signal", async () => {
    const controller = new AbortController();
    const task = vi.fn(untilAborted);
    const outcome = caught(tryJoin([task], { signal: controller.signal }));
    await sleep(0);
    controller.abort("gone");
    expect(await outcome).toBe("gone");
    expect(task.mock.calls[0]?.[0].signal.reason).toBe("gone");
    expect(await caught(tryJoin([task], { signal: controller.signal }))).toBe("gone");
    expect(task).toHaveBeenCalledTimes(1);
    const quiet = new AbortController();
    await tryJoin([async () => 1], { signal: quiet.signal });
    expect(getEventListeners(quiet.signal, "abort")).toEqual([]);
  });

  it("gives each task a child span with its name, failed where it failed", async () => {
    await caught(withSpan("checkout", () => tryJoin({ charge: failing, reserve: untilAborted })));
    const parent = tracing.span("checkout").spanContext().spanId;
    expect(tracing.span("charge").parentSpanContext?.spanId).toBe(parent);
    expect(tracing.span("charge").status.code).toBe(SpanStatusCode.ERROR);
    expect(tracing.span("reserve").parentSpanContext?.spanId).toBe(parent);
  });

  it("names tasks of an array after their functions, or numbers them", async () => {
    await tryJoin([async function loadUser() {}, async () => 1], { name: "step" });
    expect(tracing.spans().map((span) => span.name)).toEqual(["loadUser", "step[1]"]);
  });
});

describe("joinAll", () => {
  it("runs all to the end and tells of every failure", async () => {
    const last = vi.fn(async () => "ran");
    const error = await caught(withSpan("batch", () => joinAll({ a: failing, b: async () => 1, c: async () => { throw "text"; }, last })));
    expect(error).toBeInstanceOf(TasksError);
    expect(error).toMatchObject({ message: "2 of 4 tasks failed", failed: 2, total: 4, names: ["a", "c"], errors: [down, "text"] });
    expect(last).toHaveBeenCalled();
    expect(tracing.span("batch").attributes).toMatchObject({ "errspan.tasks.total": 4, "errspan.tasks.failed": 2 });
  });

  it("gives all values when none failed", async () => {
    expect(await joinAll({ a: async () => 1, b: async () => "b" })).toEqual({ a: 1, b: "b" });
    expect(await joinAll([])).toEqual([]);
  });
});

describe("settleAll", () => {
  it("keeps what succeeded and what failed apart", async () => {
    const settled = await settleAll({ one: async () => 1, two: failing, three: async () => 3 });
    expectTypeOf(settled.values).toEqualTypeOf<readonly number[]>();
    expect(settled).toEqual({
      values: [1, 3],
      failures: [{ name: "two", error: down }],
      outcomes: [{ name: "one", ok: true, value: 1 }, { name: "two", ok: false, error: down }, { name: "three", ok: true, value: 3 }],
    });
  });

  it("fails when too few succeeded", async () => {
    expect(await caught(settleAll([failing, failing], { minSuccesses: 1 }))).toMatchObject({ message: "2 of 2 tasks failed" });
  });
});

describe("limited concurrency", () => {
  it("never runs more than its limit; ordered keeps the order, unordered loses nothing", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 25 }), fc.integer({ min: 1, max: 5 }), async (delays, concurrency) => {
        let running = 0;
        const work = async (ticks: number, { index }: { index: number }): Promise<number> => {
          expect(++running).toBeLessThanOrEqual(concurrency);
          for (let i = 0; i < ticks; i++) await new Promise(setImmediate);
          running--;
          return index;
        };
        const expected = delays.map((_, i) => i);
        expect(await mapConcurrent(delays, work, { concurrency })).toEqual(expected);
        const unordered: number[] = [];
        for await (const index of mapUnordered(delays, work, { concurrency })) unordered.push(index);
        expect(unordered.toSorted((a, b) => a - b)).toEqual(expected);
        await joinAll(delays.map((ticks, index) => () => work(ticks, { index })), { concurrency });
      }),
      { numRuns: 25 },
    );
  });

  it("gives unordered results as they come", async () => {
    const gates = [0, 1, 2].map(() => Promise.withResolvers<void>());
    const results = mapUnordered([0, 1, 2], async (i) => (await gates[i]?.promise, i), { concurrency: 3 });
    gates[2]?.resolve();
    expect((await results.next()).value).toBe(2);
    gates[0]?.resolve();
    expect((await results.next()).value).toBe(0);
    await results.return();
  });

  it.each(["mapConcurrent", "mapUnordered"] as const)("%s ends at the first failure: aborts, starts no more, closes the source", async (kind) => {
    const closed = vi.fn();
    async function* source() {
      try {
        for (let i = 0; i < 100; i++) yield i;
      } finally {
        closed();
      }
    }
    const seen: number[] = [];
    const signals: AbortSignal[] = [];
    const work = async (i: number, { signal }: { signal: AbortSignal }): Promise<number> => {
      seen.push(i);
      signals.push(signal);
      if (i === 1) throw down;
      return i === 0 ? untilAborted({ signal }) : i;
    };
    const run = async () => {
      if (kind === "mapConcurrent") return mapConcurrent(source(), work, { concurrency: 2 });
      for await (const _ of mapUnordered(source(), work, { concurrency: 2 }));
      return undefined;
    };
    expect(await caught(run())).toBe(down);
    await sleep(1);
    expect(signals.every((signal) => signal.aborted)).toBe(true);
    expect(seen.length).toBeLessThan(6);
    expect(closed).toHaveBeenCalledOnce();
  });

  it("stops reading ahead when nobody reads its results, and closes the source when the loop is left", async () => {
    let read = 0;
    const closed = vi.fn();
    function* source() {
      try {
        for (;;) yield read++;
      } finally {
        closed();
      }
    }
    for await (const _ of mapUnordered(source(), async (i) => i, { concurrency: 3 })) {
      await sleep(2);
      break;
    }
    expect(read).toBeLessThan(12);
    await sleep(0);
    expect(closed).toHaveBeenCalledOnce();
  });

  it("ends at the caller's abort, also when the source hangs", async () => {
    async function* hanging() {
      yield 1;
      await new Promise(() => undefined);
    }
    const controller = new AbortController();
    const outcome = caught((async () => {
      for await (const _ of mapUnordered(hanging(), async (i) => i, { signal: controller.signal }));
    })());
    await sleep(1);
    controller.abort("gone");
    expect(await outcome).toBe("gone");
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });

  it("gives each item a child span of the span that asked", async () => {
    await withSpan("import", () => mapConcurrent(["a", "b"], async (x) => x, { name: "row", concurrency: 1 }));
    const parent = tracing.span("import").spanContext().spanId;
    expect(tracing.span("row[0]").parentSpanContext?.spanId).toBe(parent);
    expect(tracing.span("row[1]").parentSpanContext?.spanId).toBe(parent);
  });
});

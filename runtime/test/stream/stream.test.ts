import { getEventListeners } from "node:events";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, expectTypeOf, it, vi } from "vitest";
import { withSpan } from "../../src/index.js";
import { retry } from "../../src/resilience.js";
import { chunks, forEach, forEachBatch, mapEach, partitionEach } from "../../src/stream.js";
import { traceTests } from "../toolkit/tracing.js";

const tracing = traceTests();
const caught = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);
const down = new Error("down");
const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};
const odd = async (n: number): Promise<number> => {
  if (n % 2 === 0) throw new Error(`${n} is even`);
  return n * 10;
};
/** Counts what is read, and tells when it is closed. */
const source = (length: number) => {
  const state = { read: 0, closed: 0 };
  async function* items() {
    try {
      for (let i = 0; i < length; i++) {
        state.read++;
        yield i;
      }
    } finally {
      state.closed++;
    }
  }
  return { state, items: items() };
};

describe("forEach", () => {
  it("works on every item in order and says how many", async () => {
    const seen: number[] = [];
    expect(await forEach([1, 2, 3], async (n) => void seen.push(n))).toEqual({ succeeded: 3, failed: 0, failures: [] });
    expect(seen).toEqual([1, 2, 3]);
  });

  it("ends at the first failure, closes the source, and begins no further item", async () => {
    const { state, items } = source(100);
    const handler = vi.fn(async (n: number) => { if (n === 2) throw down; });
    expect(await caught(forEach(items, handler))).toBe(down);
    await sleep(1);
    expect(state.closed).toBe(1);
    expect(handler).toHaveBeenCalledTimes(3);
    expect(state.read).toBeLessThanOrEqual(5);
  });

  it("tells of failures and goes on, when asked", async () => {
    const told: unknown[] = [];
    const report = await withSpan("import", () => forEach([1, 2, 3, 4], odd, { onFailure: ({ item, index }) => void told.push([item, index]) }));
    expect(told).toEqual([[2, 1], [4, 3]]);
    expect(report).toMatchObject({ succeeded: 2, failed: 2, failures: [{ item: 2, index: 1 }, { item: 4, index: 3 }] });
    const span = tracing.span("import");
    expect(span.events.map((e) => [e.name, e.attributes?.["stream.item.index"]])).toEqual([["stream.item_failed", 1], ["stream.item_failed", 3]]);
    expect(span.attributes).toMatchObject({ "errspan.stream.succeeded": 2, "errspan.stream.failed": 2 });
  });

  it("ends when the one who is told of a failure fails itself: a dead letter that is lost must not pass unseen", async () => {
    expect(await caught(forEach([2], odd, { onFailure: () => Promise.reject(down) }))).toBe(down);
  });

  it("throws what the source throws, whatever failures are to it", async () => {
    async function* broken() { yield 1; throw down; }
    expect(await caught(forEach(broken(), odd, { onFailure: "skip" }))).toBe(down);
  });

  it("reads Node streams and web streams, and closes them", async () => {
    const node = Readable.from([1, 2, 3]);
    await caught(forEach(node, () => { throw down; }));
    await sleep(1);
    expect(node.destroyed).toBe(true);
    const cancel = vi.fn();
    const web = () => new ReadableStream<number>({ start: (c) => { c.enqueue(1); c.enqueue(2); }, cancel });
    await caught(forEach(web(), () => { throw down; }));
    await sleep(1);
    expect(cancel).toHaveBeenCalledOnce();
    // As in browsers whose streams are no async iterables.
    const plain = Object.defineProperty(web(), Symbol.asyncIterator, { value: undefined });
    await caught(forEach(plain, () => { throw down; }));
    await sleep(1);
    expect(cancel).toHaveBeenCalledTimes(2);
  });

  it("runs each item through a policy: retries per item", async () => {
    const tries = new Map<number, number>();
    const flaky = async (n: number): Promise<void> => {
      tries.set(n, (tries.get(n) ?? 0) + 1);
      if ((tries.get(n) ?? 0) < 3) throw down;
    };
    expect(await forEach([1, 2], flaky, { policy: retry({ maxAttempts: 3, backoff: 0 }) })).toMatchObject({ succeeded: 2 });
    expect([...tries]).toEqual([[1, 3], [2, 3]]);
  });

  it("ends at once at the caller's abort, also while the source or a handler hangs, and lets go of the signal", async () => {
    const hanging = async function* () { yield 1; await new Promise(() => undefined); };
    for (const [from, handler] of [[hanging(), async () => 1], [[1], () => new Promise(() => undefined)]] as const) {
      const controller = new AbortController();
      const outcome = caught(forEach<number>(from, handler, { signal: controller.signal }));
      await sleep(1);
      controller.abort("gone");
      expect(await outcome).toBe("gone");
      expect(getEventListeners(controller.signal, "abort")).toEqual([]);
    }
    expect(await caught(forEach([1], odd, { signal: AbortSignal.abort("gone") }))).toBe("gone");
  });

  it("gives each item a child span when it is named", async () => {
    await withSpan("import", () => forEach([1, 3], odd, { span: "row" }));
    const rows = tracing.spans().filter((span) => span.name === "row");
    expect(rows.map((span) => span.parentSpanContext?.spanId)).toEqual(Array(2).fill(tracing.span("import").spanContext().spanId));
  });
});

describe("mapEach", () => {
  it("keeps the order, or gives results as they come", async () => {
    const gates = [0, 1].map(() => Promise.withResolvers<void>());
    const wait = async (n: number) => (await gates[n]?.promise, n);
    const unordered = mapEach([0, 1], wait, { concurrency: 2, ordered: false });
    gates[1]?.resolve();
    expect((await unordered.next()).value).toBe(1);
    gates[0]?.resolve();
    expect((await unordered.next()).value).toBe(0);
    const ordered = mapEach([1, 2, 3], async (n) => (await sleep(3 - n), n), { concurrency: 3 });
    expectTypeOf(ordered).toEqualTypeOf<AsyncGenerator<number, void, void>>();
    expect(await collect(ordered)).toEqual([1, 2, 3]);
  });

  it("keeps back-pressure: nobody reads, nothing is read", async () => {
    const { state, items } = source(1000);
    const results = mapEach(items, async (n) => n, { concurrency: 2 });
    await sleep(1);
    expect(state.read).toBe(0);
    await results.next();
    await sleep(2);
    expect(state.read).toBeLessThanOrEqual(6);
    await results.return();
    await sleep(1);
    expect(state.closed).toBe(1);
  });

  it("never runs more than its limit and loses nothing, whatever fails", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 40 }), fc.integer({ min: 1, max: 6 }), fc.boolean(), async (fails, concurrency, ordered) => {
        let running = 0;
        const { state, items } = source(fails.length);
        const results = mapEach(items, async (n) => {
          expect(++running).toBeLessThanOrEqual(concurrency);
          await new Promise(setImmediate);
          running--;
          if (fails[n]) throw down;
          return n;
        }, { concurrency, ordered, onFailure: "skip" });
        const values = await collect(results);
        const expected = fails.flatMap((failed, n) => (failed ? [] : [n]));
        expect(ordered ? values : values.toSorted((a, b) => a - b)).toEqual(expected);
        expect(state.closed).toBe(1);
      }),
      { numRuns: 30 },
    );
  });
});

describe("partitionEach", () => {
  it("keeps successes and reports failures", async () => {
    const onFailure = vi.fn(() => { throw new Error("callback"); });
    const { values, failures, failed } = await partitionEach([1, 2, 3], odd, { onFailure });
    expectTypeOf(values).toEqualTypeOf<readonly number[]>();
    expect(values).toEqual([10, 30]);
    expect(failures).toMatchObject([{ item: 2, error: { message: "2 is even" } }]);
    expect(onFailure).toHaveBeenCalledOnce();
    const many = await partitionEach(Array(500).fill(2), odd);
    expect([many.failed, many.failures.length, failed]).toEqual([500, 100, 1]);
  });
});

describe("batches", () => {
  it("have so many items, the last one what is left", async () => {
    expect(await collect(chunks([1, 2, 3, 4, 5], 2))).toEqual([[1, 2], [3, 4], [5]]);
    expect(await collect(chunks([], 2))).toEqual([]);
    expect(await caught(chunks([1], 0).next())).toBeInstanceOf(RangeError);
  });

  it("fail one by one", async () => {
    const handler = vi.fn(async (batch: readonly number[]) => { if (batch.includes(3)) throw down; });
    const { items, state } = source(6);
    expect(await forEachBatch(items, 2, handler, { onFailure: "skip" })).toEqual({
      succeeded: 2, failed: 1, failures: [{ item: [2, 3], index: 1, error: down }],
    });
    expect(state.closed).toBe(1);
    expect(await caught(forEachBatch([1, 2, 3], 2, handler))).toBe(down);
  });
});

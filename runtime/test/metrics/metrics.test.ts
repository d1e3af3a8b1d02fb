import { metrics as api } from "@opentelemetry/api";
import { AggregationTemporality, InMemoryMetricExporter, MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from "vitest";
import { withSpan } from "../../src/index.js";
import { errorMetrics, errorRateAlert } from "../../src/metrics.js";
import { SlidingWindow } from "../../src/window/sliding.js";
import { traceTests } from "../toolkit/tracing.js";

const tracing = traceTests();

/** A real SDK; gives what a backend would get: by instrument, the points with their attributes. */
const collecting = () => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter });
  const provider = new MeterProvider({ readers: [reader] });
  return {
    provider,
    meter: provider.getMeter("test"),
    async points(name: string): Promise<ReadonlyArray<{ value: unknown; attributes: object }>> {
      await reader.forceFlush();
      const found = exporter.getMetrics().at(-1)?.scopeMetrics.flatMap((scope) => scope.metrics).find((m) => m.descriptor.name === name);
      return (found?.dataPoints ?? []).map(({ value, attributes }) => ({ value, attributes }));
    },
  };
};

describe("error metrics", () => {
  it("count calls, failures by type, and durations in seconds", async () => {
    const { meter, points, provider } = collecting();
    const recorded = errorMetrics({ meter });
    recorded.recordSuccess("load", 1500);
    recorded.recordError("load", Object.assign(new TypeError("t")), 500);
    recorded.recordError("save", Object.assign(new Error("e"), { code: "ETIMEDOUT" }));
    expect(await points("requests.count")).toEqual([
      { value: 2, attributes: { operation: "load" } },
      { value: 1, attributes: { operation: "save" } },
    ]);
    expect(await points("errors.count")).toEqual([
      { value: 1, attributes: { operation: "load", "error.type": "TypeError", "errspan.error.category": "bug" } },
      { value: 1, attributes: { operation: "save", "error.type": "Error", "errspan.error.category": "timeout" } },
    ]);
    expect((await points("requests.duration")).map(({ value }) => value)).toMatchObject([{ sum: 1.5 }, { sum: 0.5 }]);
    await provider.shutdown();
  });

  it("measure both sides of a call, sync and async, and let value and error through", async () => {
    const { meter, points, provider } = collecting();
    const recorded = errorMetrics({ meter, prefix: "orders." });
    expectTypeOf(recorded.measure("a", () => 7)).toEqualTypeOf<number>();
    expect(recorded.measure("a", () => 7)).toBe(7);
    expect(await recorded.measure("a", async () => 8)).toBe(8);
    const down = new Error("down");
    expect(() => recorded.measure("a", () => { throw down; })).toThrow(down);
    await expect(recorded.measure("a", () => Promise.reject(down))).rejects.toBe(down);
    expect(await points("orders.requests.count")).toEqual([{ value: 5, attributes: { operation: "a" } }]);
    expect((await points("orders.errors.count"))[0]?.value).toBe(2);
    await provider.shutdown();
  });

  it("tell only so many operations and types apart", async () => {
    const { meter, points, provider } = collecting();
    const recorded = errorMetrics({ meter, maxOperations: 2, maxErrorTypes: 1 });
    for (let i = 0; i < 1000; i++) recorded.recordError(`operation ${i}`, i % 2 ? new RangeError() : new TypeError());
    expect((await points("requests.count")).map(({ attributes }) => attributes)).toEqual([
      { operation: "operation 0" }, { operation: "operation 1" }, { operation: "_OTHER" },
    ]);
    expect(new Set((await points("errors.count")).map(({ attributes }) => Reflect.get(attributes, "error.type")))).toEqual(new Set(["TypeError", "_OTHER"]));
    await provider.shutdown();
  });

  it("go to a provider that is registered after they were made", async () => {
    const recorded = errorMetrics();
    const { provider, points } = collecting();
    api.setGlobalMeterProvider(provider);
    recorded.recordSuccess("late");
    expect(await points("requests.count")).toEqual([{ value: 1, attributes: { operation: "late" } }]);
    api.disable();
    await provider.shutdown();
  });
});

describe("an alert", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });
  const record = (alert: { record(failed: boolean): void }, failures: number, successes: number): void => {
    for (let i = 0; i < failures; i++) alert.record(true);
    for (let i = 0; i < successes; i++) alert.record(false);
  };

  it("is raised once above its threshold and cleared once below the other, with nothing in between", () => {
    const told: string[] = [];
    const alert = errorRateAlert({
      name: "orders", window: 1000, raiseAt: 0.5, clearAt: 0.2, minCalls: 10,
      onRaise: ({ name, rate }) => told.push(`raise ${name} ${rate.toFixed(2)}`), onClear: () => told.push("clear"),
    });
    record(alert, 9, 0);
    expect(told).toEqual([]);
    record(alert, 5, 0);
    expect(told).toEqual(["raise orders 1.00"]);
    record(alert, 0, 30);
    expect(alert.rate()).toMatchObject({ failures: 14, total: 44 });
    expect(told).toHaveLength(1);
    record(alert, 0, 40);
    expect(told).toEqual(["raise orders 1.00", "clear"]);
    expect(alert.raised).toBe(false);
  });

  it("forgets what is older than its window, and is cleared when it looks into an empty one", () => {
    const alert = errorRateAlert({ name: "a", window: 1000, raiseAt: 0.5, minCalls: 1 });
    record(alert, 5, 0);
    expect(alert.raised).toBe(true);
    vi.advanceTimersByTime(1100);
    expect(alert.rate()).toEqual({ rate: 0, failures: 0, total: 0 });
    alert.check();
    expect(alert.raised).toBe(false);
  });

  it("survives a callback that throws or rejects", async () => {
    const broken = errorRateAlert({ name: "a", raiseAt: 0, minCalls: 1, onRaise: () => { throw new Error("pager"); } });
    broken.record(true);
    const rejecting = errorRateAlert({ name: "a", raiseAt: 0, minCalls: 1, onRaise: () => Promise.reject(new Error("pager")) });
    rejecting.record(true);
    await Promise.resolve();
    expect([broken.raised, rejecting.raised]).toEqual([true, true]);
  });

  it("is fed by error metrics, and leaves an event on the span of the call that raised it", async () => {
    const alert = errorRateAlert({ name: "orders", raiseAt: 0.1, minCalls: 1 });
    const recorded = errorMetrics({ alerts: [{ record: () => { throw new Error("alert"); }, check: () => undefined, raised: false, rate: alert.rate }, alert] });
    withSpan("call", () => recorded.recordError("load", new Error("e")));
    await vi.runAllTimersAsync();
    expect(tracing.span("call").events[0]).toMatchObject({ name: "error_rate.raised", attributes: { "error_rate.name": "orders", "error_rate.value": 1 } });
  });

  it("refuses thresholds that make no sense", () => {
    expect(() => errorRateAlert({ name: "a", raiseAt: 1 })).toThrow(RangeError);
    expect(() => errorRateAlert({ name: "a", raiseAt: 0.1, clearAt: 0.2 })).toThrow(RangeError);
    expect(() => errorRateAlert({ name: "a", raiseAt: 0.1, window: 0 })).toThrow(RangeError);
  });

  it("follows its model for any run of calls and waits", () => {
    const step = fc.oneof(fc.boolean(), fc.integer({ min: 1, max: 700 }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), fc.integer({ min: 1, max: 10 }), (steps, minCalls) => {
        const alert = errorRateAlert({ name: "a", window: 1000, raiseAt: 0.5, clearAt: 0.25, minCalls });
        const calls: { slice: number; failed: boolean }[] = [];
        let raised = false;
        for (const now of steps) {
          if (typeof now === "number") vi.advanceTimersByTime(now);
          const slice = Math.floor(performance.now() / 100);
          if (typeof now === "boolean") calls.push({ slice, failed: now });
          const inside = calls.filter((call) => call.slice > slice - 10);
          const rate = inside.filter((call) => call.failed).length / (inside.length || 1);
          if (!raised && inside.length >= minCalls && rate > 0.5) raised = true;
          else if (raised && (inside.length === 0 || (inside.length >= minCalls && rate <= 0.25))) raised = false;
          if (typeof now === "boolean") alert.record(now);
          else alert.check();
          expect(alert.rate()).toMatchObject({ total: inside.length, rate });
          expect(alert.raised).toBe(raised);
        }
      }),
    );
  });

  it("goes by the monotonic clock when the time of day jumps", () => {
    const window = new SlidingWindow(1000);
    window.add(true);
    vi.setSystemTime(Date.now() + 86_400_000);
    expect(window.counts()).toEqual({ total: 1, failures: 1 });
  });
});

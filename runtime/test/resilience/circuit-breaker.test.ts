import { metrics } from "@opentelemetry/api";
import { AggregationTemporality, InMemoryMetricExporter, MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { classify } from "../../src/errors.js";
import { withSpan } from "../../src/index.js";
import { circuitBreaker, CircuitOpenError } from "../../src/resilience.js";
import type { CircuitBreaker, CircuitState } from "../../src/resilience.js";
import { traceTests } from "../toolkit/tracing.js";

const tracing = traceTests();
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const down = new Error("down");
const fail = (breaker: CircuitBreaker): Promise<unknown> => breaker.execute(() => Promise.reject(down)).catch((e: unknown) => e);
const pass = (breaker: CircuitBreaker): Promise<unknown> => breaker.execute(async () => "fine").catch((e: unknown) => e);
const open = async (breaker: CircuitBreaker, times = 5): Promise<void> => {
  for (let i = 0; i < times; i++) await fail(breaker);
  expect(breaker.state).toBe("open");
};

describe("a circuit breaker", () => {
  it("opens after failures in a row, turns calls away, and says for how long and why", async () => {
    const breaker = circuitBreaker({ name: "inventory", opensAfter: { consecutive: 3 }, halfOpenAfter: 1000 });
    await fail(breaker);
    await fail(breaker);
    await pass(breaker);
    await open(breaker, 3);
    vi.advanceTimersByTime(400);
    const operation = vi.fn();
    const error = await breaker.execute(operation).catch((e: unknown) => e);
    expect(operation).not.toHaveBeenCalled();
    expect(error).toBeInstanceOf(CircuitOpenError);
    expect(error).toMatchObject({ name: "CircuitOpenError", message: 'Circuit breaker "inventory" is open', retryAfterMs: 600, cause: down });
    expect(classify(error)).toMatchObject({ category: "unavailable", retryable: false, retryAfterMs: 600 });
  });

  it("lets one call try, and closes when it succeeds", async () => {
    const breaker = circuitBreaker({ name: "b", halfOpenAfter: 1000 });
    await open(breaker);
    vi.advanceTimersByTime(1000);
    expect(await pass(breaker)).toBe("fine");
    expect(breaker.state).toBe("closed");
  });

  it("opens again for the full time when the call that tries fails", async () => {
    const breaker = circuitBreaker({ name: "b", halfOpenAfter: 1000 });
    await open(breaker);
    vi.advanceTimersByTime(1000);
    await fail(breaker);
    expect(breaker.state).toBe("open");
    vi.advanceTimersByTime(999);
    expect(await pass(breaker)).toBeInstanceOf(CircuitOpenError);
    vi.advanceTimersByTime(1);
    expect(await pass(breaker)).toBe("fine");
  });

  it("closes only after as many successes as it is told", async () => {
    const breaker = circuitBreaker({ name: "b", halfOpenAfter: 1000, successThreshold: 2 });
    await open(breaker);
    vi.advanceTimersByTime(1000);
    await pass(breaker);
    expect(breaker.state).toBe("half-open");
    await pass(breaker);
    expect(breaker.state).toBe("closed");
  });

  it("turns further calls away while those that try are running, and does not let them wait", async () => {
    const breaker = circuitBreaker({ name: "b", halfOpenAfter: 1000 });
    await open(breaker);
    vi.advanceTimersByTime(1000);
    let release = (_: string): void => undefined;
    const probe = breaker.execute(() => new Promise<string>((resolve) => (release = resolve)));
    expect(await pass(breaker)).toMatchObject({ name: "CircuitOpenError", retryAfterMs: 0 });
    release("back");
    expect(await probe).toBe("back");
    expect(breaker.state).toBe("closed");
  });

  it("counts the share of failures among the last calls", async () => {
    const breaker = circuitBreaker({ name: "b", opensAfter: { count: { threshold: 0.5, size: 4 } } });
    for (const run of [fail, pass, pass, fail]) await run(breaker);
    expect(breaker.state).toBe("closed");
    await fail(breaker);
    expect(breaker.state).toBe("closed");
    await fail(breaker);
    expect(breaker.state).toBe("open");
  });

  it("counts the rate over a window of time, and forgets a quiet hour's failures", async () => {
    const breaker = circuitBreaker({ name: "b", opensAfter: { rate: { threshold: 0.5, duration: 10_000, minimumCalls: 4 } } });
    await fail(breaker);
    await fail(breaker);
    await fail(breaker);
    vi.advanceTimersByTime(3_600_000);
    for (const run of [pass, pass, fail]) await run(breaker);
    expect(breaker.state).toBe("closed");
    await fail(breaker);
    await fail(breaker);
    expect(breaker.state).toBe("open");
  });

  it("does not count what the caller is to blame for, unless it is told to", async () => {
    const missing = Object.assign(new Error("no such order"), { status: 404 });
    const lenient = circuitBreaker({ name: "b", opensAfter: { consecutive: 1 } });
    const strict = circuitBreaker({ name: "b", opensAfter: { consecutive: 1 }, failIf: () => true });
    const broken = circuitBreaker({ name: "b", opensAfter: { consecutive: 1 }, failIf: () => { throw new Error("callback"); } });
    for (const breaker of [lenient, strict, broken]) {
      await expect(breaker.execute(() => Promise.reject(missing))).rejects.toBe(missing);
    }
    expect([lenient.state, strict.state, broken.state]).toEqual(["closed", "open", "open"]);
  });

  it("does not count a call that its caller gave up; one that was to try the service proves nothing", async () => {
    const breaker = circuitBreaker({ name: "b", opensAfter: { consecutive: 1 }, halfOpenAfter: 1000 });
    const abandoned = async (): Promise<unknown> => {
      const controller = new AbortController();
      const call = breaker.execute(({ signal }) => new Promise((_, reject) => { signal.onabort = () => reject(signal.reason); }), controller);
      controller.abort(new Error("user left"));
      return call.catch((e: unknown) => e);
    };
    expect(await abandoned()).toMatchObject({ message: "user left" });
    expect(breaker.state).toBe("closed");
    await open(breaker, 1);
    vi.advanceTimersByTime(1000);
    await abandoned();
    expect(breaker.state).toBe("open");
  });

  it("goes by the monotonic clock when the time of day jumps, either way", async () => {
    for (const jump of [-86_400_000, 86_400_000]) {
      const breaker = circuitBreaker({ name: "b", halfOpenAfter: 1000 });
      await open(breaker);
      vi.setSystemTime(Date.now() + jump);
      vi.advanceTimersByTime(999);
      expect(await pass(breaker)).toBeInstanceOf(CircuitOpenError);
      vi.advanceTimersByTime(1);
      expect(await pass(breaker)).toBe("fine");
    }
  });

  it("can be held open by hand", async () => {
    const breaker = circuitBreaker({ name: "b" });
    {
      using _held = breaker.isolate();
      expect(breaker.state).toBe("isolated");
      expect(await pass(breaker)).toBeInstanceOf(CircuitOpenError);
    }
    expect(await pass(breaker)).toBe("fine");
  });

  it("refuses numbers that make no sense", () => {
    expect(() => circuitBreaker({ name: "b", opensAfter: { rate: { threshold: 2, duration: 1, minimumCalls: 1 } } })).toThrow(RangeError);
    expect(() => circuitBreaker({ name: "b", successThreshold: 0 })).toThrow(RangeError);
    expect(() => circuitBreaker({ name: "b", halfOpenAfter: 0 })).toThrow(RangeError);
  });

  it("survives thousands of calls at a time that all fail", async () => {
    const breaker = circuitBreaker({ name: "b" });
    const outcomes = await Promise.all(Array.from({ length: 5000 }, () => fail(breaker)));
    expect(outcomes.every((outcome) => outcome === down)).toBe(true);
    expect(breaker.state).toBe("open");
  });
});

describe("its traces", () => {
  it("tell every change and every call turned away", async () => {
    const onStateChange = vi.fn(() => { throw new Error("callback"); });
    const breaker = circuitBreaker({ name: "inventory", opensAfter: { consecutive: 1 }, halfOpenAfter: 1000, onStateChange });
    await withSpan("first", () => fail(breaker));
    await withSpan("second", () => pass(breaker));
    vi.advanceTimersByTime(1000);
    await withSpan("third", () => pass(breaker));
    await vi.runAllTimersAsync(); // the in-memory exporter's own
    expect(tracing.span("first").events[0]).toMatchObject({
      name: "circuit_breaker.state_changed",
      attributes: { "circuit_breaker.name": "inventory", "circuit_breaker.state": "open", "circuit_breaker.previous_state": "closed", "error.message": "down" },
    });
    expect(tracing.events("second")).toEqual(["circuit_breaker.rejected"]);
    expect(tracing.events("third")).toEqual(["circuit_breaker.state_changed", "circuit_breaker.state_changed"]);
    expect(onStateChange.mock.calls).toEqual([["open", "closed"], ["half-open", "open"], ["closed", "half-open"]]);
  });

  it("include a gauge of its state", async () => {
    vi.useRealTimers();
    const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    const reader = new PeriodicExportingMetricReader({ exporter });
    const provider = new MeterProvider({ readers: [reader] });
    metrics.setGlobalMeterProvider(provider);
    await open(circuitBreaker({ name: "inventory" }));
    await reader.forceFlush();
    const [metric] = exporter.getMetrics()[0]?.scopeMetrics[0]?.metrics ?? [];
    expect(metric?.descriptor.name).toBe("errspan.circuit_breaker.state");
    expect(metric?.dataPoints).toMatchObject([{ value: 1, attributes: { "circuit_breaker.name": "inventory" } }]);
    await provider.shutdown();
    metrics.disable();
    vi.useFakeTimers();
  });
});

describe("any sequence of calls", () => {
  type Step = "ok" | "fail" | "blame" | number;
  const step = fc.oneof(fc.constantFrom<Step>("ok", "fail", "blame"), fc.integer({ min: 1, max: 1500 }));

  /** Five lines of what a breaker is. */
  class Model {
    state: CircuitState = "closed";
    failures = 0;
    successes = 0;
    openFor = 0;
    constructor(readonly threshold: number, readonly successThreshold: number, readonly halfOpenAfter: number) {}
    call(step: "ok" | "fail" | "blame"): "rejected" | "called" {
      if (this.state === "open") {
        if (this.openFor < this.halfOpenAfter) return "rejected";
        this.state = "half-open";
        this.successes = 0;
      }
      if (step === "fail") {
        this.failures++;
        if (this.state === "half-open" || this.failures >= this.threshold) {
          this.state = "open";
          this.openFor = 0;
        }
      } else if (this.state === "half-open") {
        if (++this.successes >= this.successThreshold) {
          this.state = "closed";
          this.failures = 0;
        }
      } else if (step === "ok") this.failures = 0;
      return "called";
    }
  }

  it("follows the model of a consecutive breaker", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }), async (steps, threshold, successThreshold) => {
        const model = new Model(threshold, successThreshold, 1000);
        const breaker = circuitBreaker({ name: "b", opensAfter: { consecutive: threshold }, halfOpenAfter: 1000, successThreshold });
        for (const now of steps) {
          if (typeof now === "number") {
            vi.advanceTimersByTime(now);
            model.openFor += now;
            continue;
          }
          const operation = vi.fn(async () => {
            if (now === "fail") throw down;
            if (now === "blame") throw Object.assign(new Error("bad request"), { status: 400 });
          });
          await breaker.execute(operation).catch(() => undefined);
          expect(operation.mock.calls.length === 1 ? "called" : "rejected").toBe(model.call(now));
          expect(breaker.state).toBe(model.state);
        }
      }),
    );
  });
});

import { SpanStatusCode, trace } from "@opentelemetry/api";
import { afterAll, beforeEach, expect, it } from "vitest";
import * as emit from "../../src/emit.js";
import { startTracing, stopTracing, type Tracing } from "../tracing.js";
import { siteOf, sync } from "./rewritten.js";

let tracing: Tracing;
beforeEach(() => {
  tracing = startTracing();
});
afterAll(stopTracing);

/** What the rewriter makes of `function charge(id = value()) {}`. */
function charge(value: () => unknown): void {
  try {
    value();
  } catch (e) {
    emit.failParameters(siteOf("charge", 0), e);
    throw e;
  }
}

const missing = (): never => {
  throw new TypeError("no id");
};

it("an error of a default value ends a span of its own, below the caller's", () => {
  expect(() => sync("pay", () => charge(missing))).toThrow("no id");
  const [first, last] = tracing.exporter.getFinishedSpans();
  expect([first?.name, last?.name]).toEqual(["charge", "pay"]);
  expect(first?.status).toEqual({ code: SpanStatusCode.ERROR, message: "no id" });
  expect(first?.parentSpanContext?.spanId).toBe(last?.spanContext().spanId);
});

it("it is recorded once, where it was seen first", () => {
  expect(() => sync("pay", () => charge(() => sync("required", missing)))).toThrow("no id");
  const spans = tracing.exporter.getFinishedSpans();
  expect(spans.map(({ name, events }) => [name, events.length])).toEqual([
    ["required", 1],
    ["charge", 0],
    ["pay", 0],
  ]);
});

it("the caller's span stays the active one", () => {
  sync("pay", () => {
    const before = trace.getActiveSpan();
    expect(() => charge(missing)).toThrow();
    expect(trace.getActiveSpan()).toBe(before);
  });
});

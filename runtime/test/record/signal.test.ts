import { logs } from "@opentelemetry/api-logs";
import { diag, SpanKind } from "@opentelemetry/api";
import { InMemoryLogRecordExporter, LoggerProvider, type ReadableLogRecord, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { configure, recordError, withSpan } from "../../src/index.js";
import { startTracing, stopTracing, type Tracing } from "../tracing.js";

let tracing: Tracing;
beforeEach(() => {
  tracing = startTracing();
});
afterEach(() => {
  configure({ exceptionSignal: "event" });
  logs.disable();
  diag.disable();
});
afterAll(stopTracing);

function startLogging(): () => ReadableLogRecord[] {
  const exporter = new InMemoryLogRecordExporter();
  logs.setGlobalLoggerProvider(new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] }));
  return () => exporter.getFinishedLogRecords();
}

function fail(kind: SpanKind = SpanKind.INTERNAL): void {
  try {
    withSpan("outer", () =>
      withSpan("inner", { kind }, () => {
        throw new TypeError("wrong", { cause: new Error("why") });
      }),
    );
  } catch {
    // Recorded.
  }
}

describe("an exception", () => {
  it("is a log record alone, in its span's context, once", () => {
    const records = startLogging();
    configure({ exceptionSignal: "logs" });
    fail();
    expect(records()).toHaveLength(1);
    const [record] = records();
    expect(record).toMatchObject({
      eventName: "exception",
      severityNumber: 17,
      severityText: "ERROR",
      attributes: { "exception.type": "TypeError", "exception.message": "wrong", "errspan.error.chain": ["TypeError: wrong", "Error: why"] },
      spanContext: { spanId: tracing.span("inner").spanContext().spanId, traceId: tracing.span("inner").spanContext().traceId },
      instrumentationScope: { name: "@errspan/runtime" },
    });
    expect(tracing.spans().flatMap((span) => span.events)).toEqual([]);
    expect(tracing.span("inner").attributes["error.type"]).toBe("TypeError");
  });

  it("is both with logs/dup", () => {
    const records = startLogging();
    configure({ exceptionSignal: "logs/dup" });
    fail();
    expect(records()).toHaveLength(1);
    expect(tracing.span("inner").events).toHaveLength(1);
  });

  it("is a warning where the caller of a client span may handle it, and where it has been handled", () => {
    const records = startLogging();
    configure({ exceptionSignal: "logs" });
    fail(SpanKind.CLIENT);
    fail(SpanKind.SERVER);
    withSpan("work", () => recordError(new Error("fine"), { handled: true }));
    expect(records().map((record) => record.severityNumber)).toEqual([13, 17, 13]);
  });

  it("is a span event after all, with one warning, where no logger provider is registered", () => {
    const warn = vi.fn();
    diag.setLogger({ warn, error: warn, info: () => {}, debug: () => {}, verbose: () => {} }, { suppressOverrideMessage: true });
    configure({ exceptionSignal: "logs" });
    fail();
    fail();
    expect(tracing.spans().flatMap((span) => span.events)).toHaveLength(2);
    expect(warn.mock.calls.filter(([text]) => String(text).includes("no logger provider"))).toHaveLength(1);
  });

  it.each([
    ["", "event"],
    ["logs", "logs"],
    ["logs/dup", "logs/dup"],
    ["logs, logs/dup", "logs/dup"],
    ["database", "event"],
  ])("goes where OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN=%s says", async (value, expected) => {
    vi.stubEnv("OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN", value);
    Reflect.deleteProperty(globalThis, Symbol.for("errspan.runtime.1"));
    vi.resetModules();
    const { settings } = await import("../../src/span/settings.js");
    vi.unstubAllEnvs();
    expect(settings.exceptionSignal).toBe(expected);
  });
});

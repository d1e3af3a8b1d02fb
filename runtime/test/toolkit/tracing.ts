import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { afterAll, beforeEach } from "vitest";

/** Registers a real SDK for a test file; what it exports is read back by name. */
export function traceTests(): {
  spans(): readonly ReadableSpan[];
  span(name: string): ReadableSpan;
  events(name: string): readonly string[];
} {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  beforeEach(() => exporter.reset());
  afterAll(async () => {
    await provider.shutdown();
    trace.disable();
    context.disable();
  });
  const span = (name: string): ReadableSpan => {
    const found = exporter.getFinishedSpans().find((candidate) => candidate.name === name);
    if (!found) throw new Error(`no span ${name} among: ${exporter.getFinishedSpans().map((s) => s.name).join(", ")}`);
    return found;
  };
  return {
    spans: () => exporter.getFinishedSpans(),
    span,
    events: (name) => span(name).events.map((event) => event.name),
  };
}

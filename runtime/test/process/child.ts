// What the programs under test have in common: an SDK whose exporter writes a line per span, late, as a real one does.
import { setTimeout as sleep } from "node:timers/promises";
import { writeSync } from "node:fs";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { context, trace } from "@opentelemetry/api";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";
import type { ReadableSpan, SpanExporter } from "@opentelemetry/sdk-trace-base";

export const say = (value: unknown): void => void writeSync(1, `${JSON.stringify(value)}\n`);

class LateExporter implements SpanExporter {
  export(spans: readonly ReadableSpan[], done: (result: { code: number }) => void): void {
    void sleep(20).then(() => {
      for (const span of spans) {
        say({
          span: span.name,
          status: span.status.code,
          trace: span.spanContext().traceId,
          attributes: span.attributes,
          events: span.events.map((event) => event.name),
        });
      }
      done({ code: 0 });
    });
  }
  async shutdown(): Promise<void> {}
}

const provider = new BasicTracerProvider({
  spanProcessors: [new BatchSpanProcessor(new LateExporter(), { scheduledDelayMillis: 60_000 })],
});
trace.setGlobalTracerProvider(provider);
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

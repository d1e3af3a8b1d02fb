import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { context, SpanStatusCode, trace } from "@opentelemetry/api";
import { AlwaysOffSampler, BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";

/** The manager of the whole process; the SDK itself reads it through the API of the main realm. */
const manager = new AsyncLocalStorageContextManager().enable();
context.setGlobalContextManager(manager);

const exporter = new InMemorySpanExporter();
/** Spans in the order they were started, each with the number of times that it ended. */
let started = new Map();
const counter = {
  onStart: (span) => started.set(span, 0),
  onEnd: (span) => {
    if (started.has(span)) started.set(span, started.get(span) + 1);
  },
  forceFlush: async () => {},
  shutdown: async () => {},
};
const recording = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter), counter] });
const dropping = new BasicTracerProvider({ sampler: new AlwaysOffSampler(), spanProcessors: [new SimpleSpanProcessor(exporter), counter] });

export const slot = Symbol.for("opentelemetry.js.api.1");
const version = globalThis[slot].version;

/** What a realm finds in OpenTelemetry's global slot: nothing, a recording SDK, or one that drops every span. */
export function registry(tracing) {
  if (tracing === "off") return undefined;
  return { version, context: manager, trace: tracing === "on" ? recording : dropping };
}

/** Name of the span that is active here, or null. */
export function activeName() {
  const span = trace.getSpan(manager.active());
  return span === undefined ? null : (span.name ?? "<dropped>");
}

export function resetSpans() {
  exporter.reset();
  started = new Map();
}

/**
 * The spans since the last reset as text: `outer[first second!] other…`. Children stand in brackets in the order
 * of their start, `!` marks the status Error, `…` a span that has not ended.
 */
export function spanTree() {
  if (started.size > 500) return `${started.size} spans`;
  const ids = new Set([...started.keys()].map((span) => span.spanContext().spanId));
  const parentOf = (span) => (ids.has(span.parentSpanContext?.spanId) ? span.parentSpanContext.spanId : "");
  const children = Map.groupBy(started.keys(), parentOf);
  const show = (span) => {
    const nested = (children.get(span.spanContext().spanId) ?? []).map(show).join(" ");
    const mark = span.status.code === SpanStatusCode.ERROR ? "!" : "";
    return `${span.name}${mark}${started.get(span) > 0 ? "" : "…"}${nested && `[${nested}]`}`;
  };
  return (children.get("") ?? []).map(show).join(" ");
}

/** What is wrong with the spans in themselves: ended twice, or exported a different number of times than ended. */
export function spanFaults() {
  const twice = [...started].filter(([, ended]) => ended > 1).map(([span]) => `${span.name} ended more than once`);
  const ended = [...started.values()].filter((times) => times > 0).length;
  // What earlier programs have left to the garbage collector may end now.
  const exported = exporter.getFinishedSpans().filter((span) => started.has(span)).length;
  return ended === exported ? twice : [...twice, `${ended} spans ended, ${exported} exported`];
}

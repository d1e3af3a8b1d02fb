import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  type SpanProcessor,
} from "@opentelemetry/sdk-trace-base";

/** An SDK that keeps what it exports. */
export interface Tracing {
  readonly provider: BasicTracerProvider;
  readonly exporter: InMemorySpanExporter;
  /** Finished spans in the order in which they ended. */
  spans(): ReadableSpan[];
  /** The one finished span of this name. */
  span(name: string): ReadableSpan;
  /** The finished spans as a tree of names, siblings in the order in which they began. */
  tree(): string;
}

/** Registers an SDK as a program does at its start, in place of the one before. */
export function startTracing(contextManager: object | null = new AsyncLocalStorageContextManager()): Tracing {
  stopTracing();
  const exporter = new InMemorySpanExporter();
  const began = new Map<string, number>();
  const order: SpanProcessor = {
    onStart: (span) => void began.set(span.spanContext().spanId, began.size),
    onEnd: () => undefined,
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
  const provider = new BasicTracerProvider({ spanProcessors: [order, new SimpleSpanProcessor(exporter)] });
  trace.setGlobalTracerProvider(provider);
  if (contextManager !== null) {
    const manager = contextManager as AsyncLocalStorageContextManager;
    manager.enable();
    context.setGlobalContextManager(manager);
  }
  const spans = (): ReadableSpan[] => exporter.getFinishedSpans();
  return {
    provider,
    exporter,
    spans,
    span(name) {
      const found = spans().filter((span) => span.name === name);
      if (found.length !== 1) throw new Error(`${found.length} spans are called ${name}, of: ${spans().map((span) => span.name).join(", ")}`);
      return found[0] as ReadableSpan;
    },
    tree: () => treeOf(spans(), began),
  };
}

/** Takes the SDK out again. */
export function stopTracing(): void {
  trace.disable();
  context.disable();
}

function treeOf(spans: ReadableSpan[], began: Map<string, number>): string {
  const ids = new Set(spans.map((span) => span.spanContext().spanId));
  const order = (span: ReadableSpan): number => began.get(span.spanContext().spanId) ?? 0;
  const print = (span: ReadableSpan): string => {
    const below = under(span.spanContext().spanId).map(print);
    return below.length === 0 ? span.name : `${span.name}(${below.join(" ")})`;
  };
  const under = (id: string | undefined): ReadableSpan[] =>
    spans
      .filter(({ parentSpanContext: parent }) => (parent && ids.has(parent.spanId) ? parent.spanId : undefined) === id)
      .sort((a, b) => order(a) - order(b));
  return under(undefined).map(print).join(" ");
}

/** Takes everything that an iterable gives, as `for await` does. */
export async function drain<T>(source: AsyncIterable<T> | Iterable<T | PromiseLike<T>>): Promise<T[]> {
  const values: T[] = [];
  for await (const value of source) values.push(value);
  return values;
}

/** Lets everything that is ready in the microtask queue and the event loop run. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}

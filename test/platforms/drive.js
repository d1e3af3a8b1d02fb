import { context, trace } from "@opentelemetry/api";
import { configure } from "@errspan/runtime";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { main } from "./program.js";

/** Registers an SDK; gives the finished spans as a tree of names, and takes the SDK out again. */
function start(manager) {
  const exporter = new InMemorySpanExporter();
  const order = [];
  const done = () => Promise.resolve();
  const noteStart = { onStart: (span) => void order.push(span.spanContext().spanId), onEnd() {}, forceFlush: done, shutdown: done };
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [noteStart, new SimpleSpanProcessor(exporter)] }));
  if (manager) context.setGlobalContextManager(manager.enable());
  return {
    spans: () => exporter.getFinishedSpans(),
    tree() {
      const spans = exporter.getFinishedSpans();
      const ids = new Set(spans.map((span) => span.spanContext().spanId));
      const rank = (span) => order.indexOf(span.spanContext().spanId);
      const below = (id) =>
        spans
          .filter(({ parentSpanContext: parent }) => (parent && ids.has(parent.spanId) ? parent.spanId : undefined) === id)
          .sort((a, b) => rank(a) - rank(b))
          .map((span) => {
            const children = below(span.spanContext().spanId);
            return children === "" ? span.name : `${span.name}(${children})`;
          })
          .join(" ");
      return below(undefined);
    },
    stop() {
      trace.disable();
      context.disable();
    },
  };
}

/** Runs one function in an SDK of its own. */
async function traceOf(createManager, fn) {
  const tracing = start(createManager?.());
  try {
    await fn();
  } catch {
    // Looked at in its spans.
  }
  const leaked = trace.getActiveSpan() !== undefined;
  tracing.stop();
  return { tree: tracing.tree(), leaked, spans: tracing.spans() };
}

/** Everything that the tests compare, as plain data. */
export async function drive(createManager) {
  const results = {};
  for (const name of ["awaits", "together", "timers", "events", "consume"]) {
    const { tree, leaked } = await traceOf(createManager, () => main[name]());
    results[name] = leaked ? `${tree}, and its context is still active` : tree;
  }

  const names = [];
  const call = (name) => names.push(`${name}: ${main.leaf(name)}`);
  call("before");
  const first = start(createManager?.());
  call("registered");
  first.stop();
  call("disabled");
  const second = start(createManager?.());
  call("registered again");
  configure({ disabled: true });
  call("switched off");
  configure({ disabled: false });
  call("switched on");
  second.stop();
  results.switching = { values: names, spans: [first.spans().length, second.spans().length] };

  for (const name of ["handle", "aggregate"]) {
    const { spans } = await traceOf(createManager, () => main[name]());
    results[name] = spans.map((span) => ({
      name: span.name,
      status: span.status,
      type: span.attributes["error.type"],
      scope: span.instrumentationScope.name,
      chains: span.events.map((event) => event.attributes["errspan.error.chain"] ?? event.attributes["exception.message"]),
    }));
  }
  return results;
}

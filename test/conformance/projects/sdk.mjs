// Preloaded into a project's tests: registers a real SDK, and adds what it saw to a file.
import fs from "node:fs";
import { context, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";

const STEP = 1000;
const seen = { started: 0, ended: 0, errors: 0, children: 0 };
const { writeSync } = fs;
let report;

/** Adds a line with what was seen since the last one. */
function tell() {
  if (report === undefined) return;
  const { started, ended, errors, children } = seen;
  writeSync(report, `{"started":${started},"ended":${ended},"errors":${errors},"children":${children}}\n`);
  Object.assign(seen, { started: 0, ended: 0, errors: 0, children: 0 });
}

const processor = {
  onStart(span) {
    seen.started += 1;
    if (span.parentSpanContext) seen.children += 1;
    // Now and then, for some runners kill their workers without letting them exit.
    if (seen.started === STEP) tell();
  },
  onEnd(span) {
    seen.ended += 1;
    if (span.status.code === SpanStatusCode.ERROR) seen.errors += 1;
  },
  forceFlush: async () => {},
  shutdown: async () => {},
};
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [processor] }));
if (process.env.ERRSPAN_SEEN) {
  // Opened now: what tests do to Object.prototype may keep `fs` from reading its own options later.
  report = fs.openSync(process.env.ERRSPAN_SEEN, "a");
  process.on("exit", tell);
}

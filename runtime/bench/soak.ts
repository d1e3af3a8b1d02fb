// Ten thousand traced calls at a time, wave after wave: no span may be lost or end twice, no parent may be another
// call's, and memory must stay flat. node --expose-gc runtime/bench/soak.ts [seconds, default 600] [concurrent calls]
import { setTimeout as delay } from "node:timers/promises";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { context, trace } from "@opentelemetry/api";
import { BasicTracerProvider, type ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { rewritten } from "./rewritten.ts";

const [, , seconds = "600", concurrent = "10000"] = process.argv;
const count = Number(concurrent);

/** `handle`, `collect`, `stream`, `pages`, two each of `later` and `save`, `parse`. */
const SPANS_PER_CALL = 9;

const open = new Map<string, string>();
const problems = new Map<string, number>();
let ended = 0;
let failed = 0;

function problem(what: string): void {
  problems.set(what, (problems.get(what) ?? 0) + 1);
}

const done = (): Promise<void> => Promise.resolve();
const ledger = {
  onStart(span: { spanContext(): { spanId: string; traceId: string } }) {
    const { spanId, traceId } = span.spanContext();
    open.set(spanId, traceId);
  },
  onEnd(span: ReadableSpan) {
    const { spanId, traceId } = span.spanContext();
    if (!open.delete(spanId)) problem("a span has ended twice");
    const parent = span.parentSpanContext;
    if ((parent === undefined) !== (span.name === "handle")) problem(`${span.name} has ${parent === undefined ? "no" : "a"} parent`);
    if (parent !== undefined && parent.traceId !== traceId) problem("a span has a parent in another trace");
    if (span.status.code === 2) failed++;
    ended++;
  },
  forceFlush: done,
  shutdown: done,
};
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [ledger] }));
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

const { handle } = await rewritten<typeof import("./soak-subjects.ts")>("soak-subjects.ts");
const collectGarbage = globalThis.gc ?? ((): void => undefined);

const heaps: number[] = [];
const until = performance.now() + Number(seconds) * 1000;
let calls = 0;
let rejected = 0;
do {
  const wave = Array.from({ length: count }, (_, id) => handle(id, () => delay((id * 7) % 20)));
  for (const { status } of await Promise.allSettled(wave)) if (status === "rejected") rejected++;
  calls += count;
  // What waits for a promise is told a few microtasks after us.
  await delay(20);
  if (open.size > 0) problem(`${open.size} spans are open after a wave`);
  if (trace.getActiveSpan() !== undefined) problem("a context is left over");
  collectGarbage();
  heaps.push(process.memoryUsage().heapUsed);
} while (performance.now() < until);

if (ended !== calls * SPANS_PER_CALL) problem(`${ended} spans of ${calls} calls, not ${calls * SPANS_PER_CALL}`);
// `parse` fails, and with it `handle`.
if (rejected !== calls / 10 || failed !== 2 * rejected) problem(`${rejected} calls and ${failed} spans failed, of ${calls} calls`);

// The first waves fill caches and compile; a leak of one span a call would be megabytes a wave.
const settled = heaps.slice(Math.min(3, heaps.length - 1));
const grown = ((settled.at(-1) ?? 0) - (settled[0] ?? 0)) / Math.max(1, settled.length - 1) / count;
if (settled.length > 1 && grown > 100) problem(`the heap grows by ${grown.toFixed(0)} bytes a call`);

console.log(
  JSON.stringify({
    waves: heaps.length,
    calls,
    spans: ended,
    heapMegabytes: [heaps[0], settled[0], settled.at(-1)].map((bytes = 0) => Math.round(bytes / 1e5) / 10),
    bytesPerCall: Math.round(grown),
    problems: Object.fromEntries(problems),
  }),
);
process.exitCode = problems.size > 0 ? 1 : 0;

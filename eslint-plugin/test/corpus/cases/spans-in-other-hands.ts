// defect: ended under a condition in the finally
import { trace } from "@opentelemetry/api";
declare function work(): number;
export function run(flag: boolean): number {
  const span = trace.getTracer("t").startSpan("run");
  try { return work(); } finally { if (flag) span.end(); }
}

// sound: ended in the finally whatever the condition
import { trace } from "@opentelemetry/api";
declare function work(): number;
export function run(flag: boolean): number {
  const span = trace.getTracer("t").startSpan("run");
  try { return work(); } catch (err) { span.recordException(err as Error); throw err; } finally { if (flag) span.setAttribute("flag", true); span.end(); }
}

// defect: given to a function of the file that only sets an attribute
import { trace, type Span } from "@opentelemetry/api";
const finish = (span: Span): void => { span.setAttribute("done", true); };
export function run(): void {
  const span = trace.getTracer("t").startSpan("run");
  finish(span);
}

// sound: given to a function of the file that ends it
import { trace, type Span } from "@opentelemetry/api";
const finish = (span: Span): void => { span.setAttribute("done", true); span.end(); };
export function run(): void {
  const span = trace.getTracer("t").startSpan("run");
  finish(span);
}

// defect: an end that is only mentioned
import { trace } from "@opentelemetry/api";
export function run(): void {
  const first = trace.getTracer("t").startSpan("first");
  const second = trace.getTracer("t").startSpan("second");
  first.end();
  first.end;
  second.end;
}

// sound: two spans, each ended
import { trace } from "@opentelemetry/api";
export function run(): void {
  const first = trace.getTracer("t").startSpan("first");
  const second = trace.getTracer("t").startSpan("second");
  first.end();
  second.end();
}

// defect: one case of a switch leaves it open
import { trace } from "@opentelemetry/api";
export function run(kind: string): string {
  const span = trace.getTracer("t").startSpan("run");
  switch (kind) {
    case "a": span.end(); return "A";
    case "b": return "B";
    default: span.end(); return "";
  }
}

// sound: every case of a switch ends it
import { trace } from "@opentelemetry/api";
export function run(kind: string): string {
  const span = trace.getTracer("t").startSpan("run");
  switch (kind) {
    case "a": span.end(); return "A";
    case "b": span.end(); return "B";
    default: span.end(); return "";
  }
}

// defect: a labelled continue that leaves the turn
import { trace } from "@opentelemetry/api";
export function run(names: string[]): void {
  outer: for (const name of names) {
    const span = trace.getTracer("t").startSpan(name);
    for (const c of name) { if (c === "!") continue outer; }
    span.end();
  }
}

// sound: a continue of an inner loop
import { trace } from "@opentelemetry/api";
export function run(names: string[]): void {
  for (const name of names) {
    const span = trace.getTracer("t").startSpan(name);
    for (const c of name) { if (c === "!") continue; }
    span.end();
  }
}

// defect: replaced by the next span before its end
import { trace, type Span } from "@opentelemetry/api";
export function run(): void {
  let span: Span = trace.getTracer("t").startSpan("one");
  span.setAttribute("n", 1);
  span = trace.getTracer("t").startSpan("two");
  span.end();
}

// sound: ended, and then replaced by the next
import { trace, type Span } from "@opentelemetry/api";
export function run(): void {
  let span: Span = trace.getTracer("t").startSpan("one");
  span.end();
  span = trace.getTracer("t").startSpan("two");
  span.end();
}

// defect: assigned after its declaration, and never ended
import { trace, type Span } from "@opentelemetry/api";
declare function work(): void;
export function run(): void {
  let span: Span;
  span = trace.getTracer("t").startSpan("run");
  work();
  span.setAttribute("n", 1);
}

// sound: assigned in the try, ended in the finally
import { trace, type Span } from "@opentelemetry/api";
declare function work(): void;
export function run(): void {
  let span: Span | undefined;
  try {
    span = trace.getTracer("t").startSpan("run");
    work();
  } catch (err) { span?.recordException(err as Error); throw err; } finally { span?.end(); }
}

// defect: a private field that nobody ends
import { trace, type Span } from "@opentelemetry/api";
export class Job {
  #span: Span | undefined;
  start(): void { this.#span = trace.getTracer("t").startSpan("job"); }
  stop(): void { this.#span?.setAttribute("stopped", true); this.#span = undefined; }
}

// sound: a private field that another method ends
import { trace, type Span } from "@opentelemetry/api";
export class Job {
  #span: Span | undefined;
  start(): void { this.#span = trace.getTracer("t").startSpan("job"); }
  stop(): void { this.#span?.end(); this.#span = undefined; }
}

// defect: a list of spans that are only told something
import { trace } from "@opentelemetry/api";
export function run(items: string[]): number {
  const spans = items.map((item) => trace.getTracer("t").startSpan(item));
  for (const span of spans) span.setAttribute("n", items.length);
  return spans.length;
}

// sound: a list of spans that are all ended
import { trace } from "@opentelemetry/api";
export function run(items: string[]): number {
  const spans = items.map((item) => trace.getTracer("t").startSpan(item));
  for (const span of spans) span.end();
  return spans.length;
}

// defect: a callback that leaves early
import { trace } from "@opentelemetry/api";
const tracer = trace.getTracer("t");
export function run(): number {
  return tracer.startActiveSpan("run", {}, function (span) {
    if (Math.random() > 0.5) return 1;
    span.end();
    return 0;
  });
}

// sound: a callback with one end
import { trace } from "@opentelemetry/api";
const tracer = trace.getTracer("t");
export function run(): number {
  return tracer.startActiveSpan("run", {}, function (span) {
    const n = Math.random() > 0.5 ? 1 : 0;
    span.end();
    return n;
  });
}

// defect: an arrow function that never ends what it is given
import { trace } from "@opentelemetry/api";
const tracer = trace.getTracer("t");
declare function work(): Promise<number>;
export const run = (): Promise<number> => tracer.startActiveSpan("run", (span) => work());

// sound: an arrow function whose chain ends what it is given
import { trace } from "@opentelemetry/api";
const tracer = trace.getTracer("t");
declare function work(): Promise<number>;
export const run = (): Promise<number> => tracer.startActiveSpan("run", (span) => work().catch((err: unknown) => { span.recordException(err as Error); throw err; }).finally(() => { span.end(); }));

// defect: a generator that ends it behind a yield
import { trace } from "@opentelemetry/api";
declare function work(): number;
export function* run(): Generator<number> {
  const span = trace.getTracer("t").startSpan("run");
  yield work();
  span.end();
}

// sound: a generator that ends it in a finally
import { trace } from "@opentelemetry/api";
declare function work(): number;
export function* run(): Generator<number> {
  const span = trace.getTracer("t").startSpan("run");
  try { yield work(); } catch (err) { span.recordException(err as Error); throw err; } finally { span.end(); }
}

// defect: ended by a function that nobody calls
import { trace } from "@opentelemetry/api";
declare function work(cb: (n: number) => void): void;
export function run(): void {
  const span = trace.getTracer("t").startSpan("run");
  const done = (): void => { span.end(); };
  work((n) => { span.setAttribute("n", n); });
}

// sound: ended by a function that is called
import { trace } from "@opentelemetry/api";
declare function work(cb: (n: number) => void): void;
export function run(): void {
  const span = trace.getTracer("t").startSpan("run");
  const done = (): void => { span.end(); };
  work((n) => { span.setAttribute("n", n); done(); });
}

// defect: one of two spans, never ended
import { trace } from "@opentelemetry/api";
const tracer = trace.getTracer("t");
export function run(ok: boolean): void {
  const span = ok ? tracer.startSpan("a") : tracer.startSpan("b");
  span.setAttribute("ok", ok);
}

// sound: one of two spans, ended
import { trace } from "@opentelemetry/api";
const tracer = trace.getTracer("t");
export function run(ok: boolean): void {
  const span = ok ? tracer.startSpan("a") : tracer.startSpan("b");
  span.setAttribute("ok", ok);
  span.end();
}

// defect: a kept failure of which the finally says nothing
import { trace } from "@opentelemetry/api";
declare function work(): number;
export function run(): number {
  const span = trace.getTracer("t").startSpan("run");
  let failure: unknown;
  try { return work(); } catch (err) { failure = err; throw err; } finally {
    if (failure) span.setAttribute("n", 1);
    span.end();
  }
}

// sound: a kept failure that the finally records
import { trace } from "@opentelemetry/api";
declare function work(): number;
export function run(): number {
  const span = trace.getTracer("t").startSpan("run");
  let failure: unknown;
  try { return work(); } catch (err) { failure = err; throw err; } finally {
    if (failure) span.recordException(failure as Error);
    span.end();
  }
}

// defect: given in the catch to a function that only sets an attribute
import { trace, type Span } from "@opentelemetry/api";
declare function work(): number;
function note(span: Span, err: unknown): void { span.setAttribute("seen", true); }
export function run(): number {
  const span = trace.getTracer("t").startSpan("run");
  try { return work(); } catch (err) { note(span, err); throw err; } finally { span.end(); }
}

// sound: given in the catch to a function that records
import { trace, type Span } from "@opentelemetry/api";
declare function work(): number;
function note(span: Span, err: unknown): void { span.recordException(err as Error); }
export function run(): number {
  const span = trace.getTracer("t").startSpan("run");
  try { return work(); } catch (err) { note(span, err); throw err; } finally { span.end(); }
}

// defect: a kept promise whose rejection ends it in silence
import { trace } from "@opentelemetry/api";
declare function work(): Promise<number>;
export function run(): Promise<number> {
  const span = trace.getTracer("t").startSpan("run");
  const result = work().then((n) => n + 1);
  return result.finally(() => { span.end(); });
}

// sound: a kept promise whose rejection was recorded
import { trace } from "@opentelemetry/api";
declare function work(): Promise<number>;
export function run(): Promise<number> {
  const span = trace.getTracer("t").startSpan("run");
  const result = work().then((n) => n + 1, (err: unknown) => { span.recordException(err as Error); throw err; });
  return result.finally(() => { span.end(); });
}

// defect: the error told to the outer span alone
import { trace } from "@opentelemetry/api";
declare function work(): Promise<number>;
export async function run(): Promise<number> {
  const outer = trace.getTracer("t").startSpan("outer");
  const inner = trace.getTracer("t").startSpan("inner");
  try { return await work(); } catch (err) {
    outer.recordException(err as Error);
    throw err;
  } finally { inner.end(); outer.end(); }
}

// sound: the error told to both spans
import { trace } from "@opentelemetry/api";
declare function work(): Promise<number>;
export async function run(): Promise<number> {
  const outer = trace.getTracer("t").startSpan("outer");
  const inner = trace.getTracer("t").startSpan("inner");
  try { return await work(); } catch (err) {
    outer.recordException(err as Error);
    inner.recordException(err as Error);
    throw err;
  } finally { inner.end(); outer.end(); }
}

// defect: a method taken out of the span and never called
import { trace } from "@opentelemetry/api";
declare function work(): Promise<number>;
export async function run(): Promise<number> {
  return trace.getTracer("t").startActiveSpan("run", async (span) => {
    try { return await work(); } catch (err) { const { recordException } = span; throw err; } finally { span.end(); }
  });
}

// sound: the active span told of the error
import { trace } from "@opentelemetry/api";
declare function work(): Promise<number>;
export async function run(): Promise<number> {
  return trace.getTracer("t").startActiveSpan("run", async (span) => {
    try { return await work(); } catch (err) { trace.getActiveSpan()?.recordException(err as Error); throw err; } finally { span.end(); }
  });
}

// defect: a status that is OK whatever happens
import { trace, SpanStatusCode } from "@opentelemetry/api";
declare function work(): number;
export function run(): number {
  const span = trace.getTracer("t").startSpan("run");
  let code = SpanStatusCode.OK;
  try { return work(); } finally { span.setStatus({ code }); span.end(); }
}

// sound: a status that becomes OK only behind the work
import { trace, SpanStatusCode } from "@opentelemetry/api";
declare function work(): number;
export function run(): number {
  const span = trace.getTracer("t").startSpan("run");
  let code = SpanStatusCode.ERROR;
  try { const n = work(); code = SpanStatusCode.OK; return n; } finally { span.setStatus({ code }); span.end(); }
}

// defect: a callback that ends it after an error it only counts
import { trace } from "@opentelemetry/api";
declare function work(cb: (err: Error | null, n?: number) => void): void;
export function run(): void {
  const span = trace.getTracer("t").startSpan("run");
  work((err, n) => { if (err) { span.setAttribute("n", 1); } span.end(); });
}

// sound: a callback that records its error
import { trace } from "@opentelemetry/api";
declare function work(cb: (err: Error | null, n?: number) => void): void;
export function run(): void {
  const span = trace.getTracer("t").startSpan("run");
  work((err, n) => { if (err) { span.recordException(err); } span.end(); });
}

// defect: a recording that nobody calls
import { trace } from "@opentelemetry/api";
declare function work(): number;
export function run(): number {
  const span = trace.getTracer("t").startSpan("run");
  try { return work(); } catch (err) { () => span.recordException(err as Error); throw err; } finally { span.end(); }
}

// sound: a recording by a function of the file
import { trace } from "@opentelemetry/api";
declare function work(): number;
export function run(): number {
  const span = trace.getTracer("t").startSpan("run");
  const failed = (err: unknown): never => { span.recordException(err as Error); throw err; };
  try { return work(); } catch (err) { return failed(err); } finally { span.end(); }
}

// defect: recorded on something of the same name
import { trace } from "@opentelemetry/api";
declare function work(): number;
export function run(): number | undefined {
  const span = trace.getTracer("t").startSpan("run");
  try { return work(); } catch (err) { const span = { recordException(e: unknown): void {} }; span.recordException(err); throw err; } finally { span.end(); }
}

// sound: recorded on an alias
import { trace } from "@opentelemetry/api";
declare function work(): number;
export function run(): number | undefined {
  const span = trace.getTracer("t").startSpan("run");
  try { return work(); } catch (err) { const current = span; current.recordException(err as Error); throw err; } finally { span.end(); }
}

// defect: ended in every turn of a loop
import { trace } from "@opentelemetry/api";
export function run(names: string[]): void {
  const span = trace.getTracer("t").startSpan("run");
  for (const name of names) {
    span.addEvent(name);
    span.end();
  }
}

// sound: ended behind the loop
import { trace } from "@opentelemetry/api";
export function run(names: string[]): void {
  const span = trace.getTracer("t").startSpan("run");
  for (const name of names) {
    span.addEvent(name);
  }
  span.end();
}

// defect: ended while the kept promise is at work
import { trace } from "@opentelemetry/api";
declare function work(): Promise<number>;
export async function run(): Promise<number> {
  const span = trace.getTracer("t").startSpan("run");
  const pending = work();
  span.end();
  return await pending;
}

// sound: ended when the promise has settled
import { trace } from "@opentelemetry/api";
declare function work(): Promise<number>;
export async function run(): Promise<number> {
  const span = trace.getTracer("t").startSpan("run");
  try { return await work(); } catch (err) { span.recordException(err as Error); throw err; } finally { span.end(); }
}

// defect: ended while a list of promises is at work
import { trace } from "@opentelemetry/api";
declare function save(id: number): Promise<void>;
export async function run(ids: number[]): Promise<void> {
  const span = trace.getTracer("t").startSpan("run");
  const all = ids.map((id) => save(id));
  span.end();
  await Promise.all(all);
}

// sound: ended before a list of promises is started
import { trace } from "@opentelemetry/api";
declare function save(id: number): Promise<void>;
export async function run(ids: number[]): Promise<void> {
  const span = trace.getTracer("t").startSpan("run");
  span.end();
  await Promise.all(ids.map((id) => save(id)));
}

// defect: the active span, or another, ended
import { trace, type Span } from "@opentelemetry/api";
export function handle(parent: Span): void {
  const span = trace.getActiveSpan() ?? parent;
  span.setAttribute("a", 1);
  span.end();
}

// sound: the active span set, and an own one ended
import { trace } from "@opentelemetry/api";
export function handle(): void {
  const parent = trace.getActiveSpan();
  parent?.setAttribute("a", 1);
  const span = trace.getTracer("t").startSpan("b");
  span.end();
}

// defect: a map of spans that are only taken out
import { trace, type Span } from "@opentelemetry/api";
const open = new Map<string, Span>();
export function start(id: string): void { open.set(id, trace.getTracer("t").startSpan(id)); }
export function stop(id: string): void { open.delete(id); }

// sound: a map of spans that are ended
import { trace, type Span } from "@opentelemetry/api";
const open = new Map<string, Span>();
export function start(id: string): void { open.set(id, trace.getTracer("t").startSpan(id)); }
export function stop(id: string): void { open.get(id)?.end(); open.delete(id); }

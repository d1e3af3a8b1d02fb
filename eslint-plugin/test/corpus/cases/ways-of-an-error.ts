// defect: ended behind the way out of the error
import { trace } from "@opentelemetry/api";
import { exec } from "node:child_process";
export function run(cmd: string, done: (e: Error | null, s?: string) => void): void {
  const span = trace.getTracer("t").startSpan("run");
  exec(cmd, (err, out) => { if (err) { done(err); return; } span.end(); done(null, out); });
}

// sound: ended on both ways of a callback
import { trace } from "@opentelemetry/api";
import { exec } from "node:child_process";
export function run(cmd: string, done: (e: Error | null, s?: string) => void): void {
  const span = trace.getTracer("t").startSpan("run");
  exec(cmd, (err, out) => { if (err) { span.recordException(err); span.end(); done(err); return; } span.end(); done(null, out); });
}

// defect: ended at the end of a stream, which may break
import { trace } from "@opentelemetry/api";
import type { Readable } from "node:stream";
export function run(s: Readable): void {
  const span = trace.getTracer("t").startSpan("run");
  s.on("end", () => { span.end(); });
}

// sound: ended when a stream closes, however
import { trace } from "@opentelemetry/api";
import type { Readable } from "node:stream";
export function run(s: Readable): void {
  const span = trace.getTracer("t").startSpan("run");
  s.on("error", (err) => { span.recordException(err); });
  s.on("close", () => { span.end(); });
}

// defect: a timer that speaks of it behind its end
import { trace } from "@opentelemetry/api";
export function run(): void {
  const span = trace.getTracer("t").startSpan("run");
  setTimeout(() => { span.setAttribute("late", true); }, 100);
  span.end();
}

// sound: a timer that ends it
import { trace } from "@opentelemetry/api";
export function run(): void {
  const span = trace.getTracer("t").startSpan("run");
  setTimeout(() => { span.setAttribute("late", true); span.end(); }, 100);
}

// defect: a status that is unset
import { trace, SpanStatusCode } from "@opentelemetry/api";
declare function work(): number;
export function run(): number {
  const span = trace.getTracer("t").startSpan("run");
  try { return work(); } catch (err) { span.setStatus({ code: SpanStatusCode.UNSET }); throw err; } finally { span.end(); }
}

// sound: a status kept for failures
import { trace, SpanStatusCode } from "@opentelemetry/api";
declare function work(): number;
const failed = { code: SpanStatusCode.ERROR };
export function run(): number {
  const span = trace.getTracer("t").startSpan("run");
  try { return work(); } catch (err) { span.setStatus(failed); throw err; } finally { span.end(); }
}

// defect: work in its context, and no end
import { trace, context } from "@opentelemetry/api";
declare function work(): number;
export function run(): number {
  const span = trace.getTracer("t").startSpan("run");
  const ctx = trace.setSpan(context.active(), span);
  return context.with(ctx, () => work());
}

// sound: work in its context, and an end in the finally
import { trace, context } from "@opentelemetry/api";
declare function work(): number;
export function run(): number {
  const span = trace.getTracer("t").startSpan("run");
  const ctx = trace.setSpan(context.active(), span);
  try { return context.with(ctx, () => work()); } catch (e) { span.recordException(e as Error); throw e; } finally { span.end(); }
}

// defect: options of which the cause is not taken
declare function f(): void;
class A extends Error { constructor(message: string, { code }: { code: number; cause?: unknown }) { super(`${message} ${code}`); } }
export function g(): void { try { f(); } catch (err) { throw new A("x", { code: 1, cause: err }); } }

// sound: options of which the rest is passed on
declare function f(): void;
class A extends Error { constructor(message: string, { code, ...rest }: { code: number; cause?: unknown }) { super(`${message} ${code}`, rest); } }
export function g(): void { try { f(); } catch (err) { throw new A("x", { code: 1, cause: err }); } }

// defect: a constructor that only asks what it was given
declare function f(): void;
class A extends Error { override name = "A"; constructor(cause: unknown) { super("x"); if (cause instanceof TypeError) this.name = "B"; } }
export function g(): void { try { f(); } catch (err) { throw new A(err); } }

// sound: a constructor that defines the cause
declare function f(): void;
class A extends Error { override name = "A"; constructor(cause: unknown) { super("x"); Object.defineProperty(this, "cause", { value: cause }); } }
export function g(): void { try { f(); } catch (err) { throw new A(err); } }

// defect: options made without the error
declare function f(): void;
const options = (_e: unknown): ErrorOptions => ({});
export function g(): void { try { f(); } catch (err) { throw new Error("x", options(err)); } }

// sound: options made of the error
declare function f(): void;
const options = (cause: unknown): ErrorOptions => ({ cause });
export function g(): void { try { f(); } catch (err) { throw new Error("x", options(err)); } }

// defect: a stack in a header
import type { Response } from "express";
declare function f(): string;
export function h(res: Response): void { try { res.send(f()); } catch (err) { res.status(500).set("x-error", (err as Error).stack ?? "").end(); } }

// sound: a reference in a header
import type { Response } from "express";
declare function f(): string; declare function report(e: unknown): string;
export function h(res: Response): void { try { res.send(f()); } catch (err) { res.status(500).set("x-error", report(err)).end(); } }

// defect: a stack added to the body
import type { Response } from "express";
declare function f(): string;
export function h(res: Response): void { try { res.send(f()); } catch (err) { const body = { error: "internal" } as Record<string, unknown>; body["trace"] = (err as Error).stack; res.status(500).json(body); } }

// sound: a stack added to the body for developers
import type { Response } from "express";
declare function f(): string; declare function report(e: unknown): void;
export function h(res: Response): void { try { res.send(f()); } catch (err) { const body = { error: "internal" } as Record<string, unknown>; if (process.env.NODE_ENV !== "production") body["trace"] = (err as Error).stack; report(err); res.status(500).json(body); } }

// defect: an error copied into the answer
import type { Response } from "express";
declare function f(): string;
export function h(res: Response): void { try { res.send(f()); } catch (err) { res.status(500).send(Object.assign({}, err)); } }

// sound: an error copied for a report
import type { Response } from "express";
declare function f(): string; declare function report(e: unknown): void;
export function h(res: Response): void { try { res.send(f()); } catch (err) { report(Object.assign({}, err)); res.status(500).send(Object.assign({}, { error: "internal" })); } }

// defect: a Result in front of which stands void
import { type Result } from "neverthrow";
declare function a(): Promise<Result<number, Error>>;
export function f(): void { void a(); }

// sound: a promised Result that is looked at
import { type Result } from "neverthrow";
declare function a(): Promise<Result<number, Error>>; declare function check(r: Result<number, Error>): void; declare function report(e: unknown): void;
export function f(): void { void a().then(check, report); }

// defect: a promised Result that the next step does not take
import { type Result } from "neverthrow";
declare function a(): Promise<Result<number, Error>>; declare function report(e: unknown): void;
export function f(): void { a().then(() => { console.log("saved"); }, report); }

// sound: a promised Result that the next step asks
import { type Result } from "neverthrow";
declare function a(): Promise<Result<number, Error>>; declare function report(e: unknown): void;
export function f(): void { a().then((r) => { if (r.isErr()) report(r.error); }, report); }

// defect: an error hidden behind an empty text
import { readFile } from "node:fs";
export function f(p: string, cb: (e: Error | null, s?: string) => void): void { readFile(p, "utf8", (err, text) => { cb(null, err ? "" : text); }); }

// sound: an error passed on with an empty text
import { readFile } from "node:fs";
export function f(p: string, cb: (e: Error | null, s?: string) => void): void { readFile(p, "utf8", (err, text) => { cb(err, err ? "" : text); }); }

// defect: a table of handlers, this one empty
import type { Readable } from "node:stream";
const handlers = { error: () => {}, close: () => {} };
export function f(s: Readable): void { s.on("error", handlers.error); }

// sound: a table of handlers, this one reports
import type { Readable } from "node:stream";
declare function report(e: unknown): void;
const handlers = { error: (e: Error) => { report(e); }, close: () => {} };
export function f(s: Readable): void { s.on("error", handlers.error); }

// defect: entries made of the fulfilled
export async function f(p: Promise<number>[]): Promise<Record<string, number>> { const all = await Promise.allSettled(p); return Object.fromEntries(all.flatMap((r, i) => (r.status === "fulfilled" ? [[String(i), r.value]] : []))); }

// sound: entries made of all
export async function f(p: Promise<number>[]): Promise<Record<string, unknown>> { const all = await Promise.allSettled(p); return Object.fromEntries(all.map((r, i) => [String(i), r.status === "fulfilled" ? r.value : { failed: r.reason }])); }

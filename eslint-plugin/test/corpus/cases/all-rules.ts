// defect: a flag that says the same as before
declare const prisma: { $transaction<T>(f: () => Promise<T>): Promise<T> };
export async function transfer(a: string, b: string) {
  let ok = true;
  try { await prisma.$transaction(async () => { console.info(a, b); }); } catch { ok = true; }
  return ok;
}

// defect: printed only while debugging
declare function fetchRates(): Promise<number[]>;
export async function rates(): Promise<number[]> { let result: number[] = []; try { result = await fetchRates(); } catch (error) { if (process.env.DEBUG) console.error(error); } return result; }

// defect: a debug line without the error
declare const logger: { debug(m: string): void };
declare function sync(): Promise<void>;
export async function run() { try { await sync(); } catch (e) { logger.debug("sync did not work"); } }

// defect: attempts that end in nothing
declare function sync(): Promise<void>;
export async function run() { for (let i = 0; i < 3; i++) { try { await sync(); return; } catch (e) { await new Promise((r) => setTimeout(r, 2 ** i * 100)); } } }

// sound: attempts that end in the last error
declare function sync(): Promise<void>;
export async function run() { let last: unknown; for (let i = 0; i < 3; i++) { try { await sync(); return; } catch (e) { last = e; await new Promise((r) => setTimeout(r, 2 ** i * 100)); } } throw last; }

// defect: an undefined text
declare function read(): string;
export function f() { let text; try { text = read(); } catch (e) { text = undefined; } return text?.length ?? 0; }

// sound: an outcome of two kinds
declare function read(): string;
export function f() { try { return { ok: true as const, text: read() }; } catch (error) { return { ok: false as const, error }; } }

// defect: a generator that just ends
export function* lines(read: () => string) { while (true) { try { yield read(); } catch { return; } } }

// defect: wrapped and left
declare function write(x: string): Promise<void>;
export const save = async (x: string) => { try { await write(x); } catch (err) { const wrapped = new Error("write failed", { cause: err }); } };

// defect: a switch that throws what was expected
declare function write(x: string): Promise<void>;
export const save = async (x: string) => { try { await write(x); } catch (err) { switch ((err as { code?: string }).code) { case "EPERM": throw err; default: break; } } };

// sound: a switch that throws what was not expected
declare function write(x: string): Promise<void>;
export const save = async (x: string) => { try { await write(x); } catch (err) { switch ((err as { code?: string }).code) { case "EEXIST": break; default: throw err; } } };

// defect: a list that nobody reads
declare function write(x: string): Promise<void>;
export const save = async (x: string) => { const errors: unknown[] = []; try { await write(x); } catch (err) { errors.push(err); } };

// defect: an empty list in a hook
import { useEffect, useState } from "react";
declare function load(): Promise<string[]>;
export function useItems() { const [items, setItems] = useState<string[]>([]); useEffect(() => { (async () => { try { setItems(await load()); } catch (e) { setItems([]); } })(); }, []); return items; }

// sound: an error in the state of a hook
import { useEffect, useState } from "react";
declare function load(): Promise<string[]>;
export function useItems() { const [items, setItems] = useState<string[]>([]); const [error, setError] = useState<unknown>(); useEffect(() => { (async () => { try { setItems(await load()); } catch (e) { setError(e); } })(); }, []); return { items, error }; }

// defect: done all the same
declare const job: { moveToCompleted(): void; data: string };
declare function handle(d: string): Promise<void>;
export async function worker() { try { await handle(job.data); } catch (e) { /* noop */ } job.moveToCompleted(); }

// defect: an empty text and a finally
declare function open(): { read(): string; close(): void };
export function f() { const h = open(); try { return h.read(); } catch (e) { return ""; } finally { h.close(); } }

// sound: a finally alone
declare function open(): { read(): string; close(): void };
export function f() { const h = open(); try { return h.read(); } finally { h.close(); } }

// defect: returns unless aborted
declare function hit(): Promise<void>;
export async function f(signal: AbortSignal) { try { await hit(); } catch (e) { if (!signal.aborted) return; throw e; } }

// sound: returns if aborted
declare function hit(): Promise<void>;
export async function f(signal: AbortSignal) { try { await hit(); } catch (e) { if (signal.aborted) return; throw e; } }

// defect: the error as a statement
declare function hit(): Promise<void>;
export async function f() { try { await hit(); } catch (e) { e; } }

// defect: parts of the error for nobody
declare function hit(): Promise<void>;
export async function f() { try { await hit(); } catch (e) { const message = e instanceof Error ? e.message : "unknown"; const code = message.slice(0, 3); } }

// defect: kept for nobody
declare function hit(): Promise<void>;
let lastError: unknown;
export async function f() { try { await hit(); } catch (e) { lastError = e; } }

// sound: kept for the health check
declare function hit(): Promise<void>;
let lastError: unknown;
export async function f() { try { await hit(); } catch (e) { lastError = e; } }
export function health() { return lastError === undefined; }

// defect: a cache that is down looks empty
declare const redis: { get(k: string): Promise<string | null> };
export async function cached(k: string) { const v = await redis.get(k).catch(() => null); return v ?? "none"; }

// defect: undefined for each
declare function notify(u: string): Promise<void>;
export function f(us: string[]) { return Promise.all(us.map((u) => notify(u).catch(() => undefined))); }

// sound: each failure is logged
declare function notify(u: string): Promise<void>;
declare const log: { warn(o: unknown, m: string): void };
export function f(us: string[]) { return Promise.all(us.map((u) => notify(u).catch((err) => { log.warn({ err, u }, "not notified"); }))); }

// defect: a handler that does nothing, by name
declare function notify(u: string): Promise<void>;
const swallow = () => {};
export function f(u: string) { return notify(u).catch(swallow); }

// defect: zero for a sum
declare function notify(u: string): Promise<number>;
export function f(u: string) { return notify(u).then((n) => n + 1).catch((_) => 0); }

// defect: printed, then used
declare function notify(u: string): Promise<number>;
export async function f(u: string) { const n = await notify(u).catch((e) => { console.log(e); }); return n! * 2; }

// defect: a stream that just ends
import { catchError, EMPTY, of, type Observable } from "rxjs";
declare const prices$: Observable<number>;
export const shown$ = prices$.pipe(catchError(() => EMPTY));

// defect: minus one
declare function notify(u: string): Promise<number>;
export const f = (u: string) => notify(u).catch(function () { return -1; });

// defect: an interceptor that gives an empty list
declare const axios: { interceptors: { response: { use(a: unknown, b: (e: unknown) => unknown): void } } };
axios.interceptors.response.use((r: unknown) => r, () => ({ data: [] }));
export {};

// defect: a method of the class
class Repo { async save() { await fetch("/x"); } touch() { this.save(); } }
export { Repo };

// defect: behind a condition
declare function close(): Promise<void>;
declare function onExit(f: () => Promise<void>): void;
export function f(flag: boolean) { flag && close(); }

// defect: map for its effects
declare function push(x: number): Promise<void>;
export function f(xs: number[]) { xs.map((x) => push(x)); }

// defect: then without a handler in a loop
declare function push(x: number): Promise<void>;
export function f(xs: number[]) { for (const x of xs) push(x).then(() => console.log("ok", x)); }

// defect: an async timer
declare function push(x: number): Promise<void>;
export async function f(xs: number[]) { setTimeout(async () => { await push(xs.length); }, 10); }

// defect: not awaited in a try
declare function push(x: number): Promise<void>;
export function f(x: number) { try { push(x); } catch (e) { console.error(e); throw e; } }

// defect: a race with a finally
declare function push(x: number): Promise<void>;
export function f(x: number) { Promise.race([push(x), push(x + 1)]).finally(() => console.log("done")); }

// defect: a promise nobody reads
declare function push(x: number): Promise<void>;
export async function f(x: number) { const p = push(x); return x; }

// sound: handed to the platform
declare function push(x: number): Promise<void>;
export function f(x: number, waitUntil: (p: Promise<unknown>) => void) { waitUntil(push(x)); }

// defect: a text
export function f(x: number) { if (x > 3) throw `too big: ${x}`; }

// defect: an object
export function f(x: number) { if (x > 3) throw { status: 400, message: "bad" }; }

// defect: rejects with a text
export const f = (x: number) => new Promise<void>((_, reject) => { if (x) reject("nope"); });

// defect: a timer that rejects with nothing
export const f = (x: number) => new Promise<void>((_, reject) => { setTimeout(reject, x); });

// defect: aborts with a text
export function f(c: AbortController) { c.abort("user left"); }

// defect: emits a text
import { EventEmitter } from "node:events";
export class Q extends EventEmitter { fail() { this.emit("error", "broken"); } }

// defect: made and dropped
export function f(x: number) { if (x < 0) { new RangeError("negative"); } return Math.sqrt(x); }

// defect: a class of its own
class Problem { constructor(readonly title: string) {} }
export function f(x: number) { if (x < 0) throw new Problem("negative"); }

// sound: a class of errors
class Problem extends Error { override name = "Problem"; }
export function f(x: number) { if (x < 0) throw new Problem("negative"); }

// defect: the issues of a schema
import { z } from "zod";
const S = z.object({ a: z.string() });
export function f(x: unknown) { const r = S.safeParse(x); if (!r.success) throw r.error.issues; return r.data; }

// defect: the text alone
declare function load(): Promise<string>;
export async function f() { try { return await load(); } catch (e) { throw new Error("load failed: " + (e as Error).message); } }

// defect: rejects with another error
declare function load(): Promise<string>;
export const f = () => load().catch((e) => Promise.reject(new Error("load failed")));

// defect: the stack alone
declare function load(): Promise<string>;
export async function f() { try { return await load(); } catch (e) { const err = new TypeError("bad"); err.stack = (e as Error).stack ?? ""; throw err; } }

// sound: the cause by assignment
declare function load(): Promise<string>;
export async function f() { try { return await load(); } catch (e) { const err = new TypeError("bad"); err.cause = e; throw err; } }

// defect: another error out of a callback
import { readFile } from "node:fs";
export const f = (p: string) => new Promise<string>((res, rej) => { readFile(p, "utf8", (err, s) => { if (err) return rej(new Error("cannot read " + p)); res(s); }); });

// sound: a cause out of a callback
import { readFile } from "node:fs";
export const f = (p: string) => new Promise<string>((res, rej) => { readFile(p, "utf8", (err, s) => { if (err) return rej(new Error("cannot read " + p, { cause: err })); res(s); }); });

// defect: an own class and the text
class ApiError extends Error { constructor(readonly code: number, message: string, options?: ErrorOptions) { super(message, options); } }
declare function load(): Promise<string>;
export async function f() { try { return await load(); } catch (e) { throw new ApiError(502, `upstream: ${String(e)}`); } }

// defect: only the good way
import { readdir } from "node:fs";
export function f(p: string, cb: (n: number) => void) { readdir(p, (err, files) => { if (!err) cb(files.length); }); }

// sound: both are passed on
import { readdir } from "node:fs";
export function f(p: string, cb: (e: Error | null, n: number) => void) { readdir(p, (err, files) => cb(err, files?.length ?? 0)); }

// defect: an empty socket listener
import { createServer } from "node:net";
const server = createServer((socket) => { socket.on("error", () => {}); socket.pipe(socket); });
export { server };

// defect: an empty onerror
declare const ws: WebSocket;
ws.onerror = () => undefined;
export {};

// defect: a line without the reason
process.on("unhandledRejection", (e) => { console.log("oops"); });
export {};

// sound: fatal and exit
declare const logger: { fatal(o: unknown): void };
process.on("uncaughtException", (err) => { logger.fatal(err); process.exit(1); });
export {};

// defect: counts the fulfilled
declare function send(x: string): Promise<void>;
export async function f(xs: string[]) { const rs = await Promise.allSettled(xs.map(send)); return rs.filter((r) => r.status === "fulfilled").length; }

// defect: zero for what failed
declare function send(x: string): Promise<number>;
export async function f(xs: string[]) { const [a, b] = await Promise.allSettled([send("a"), send("b")]); return (a.status === "fulfilled" ? a.value : 0) + (b.status === "fulfilled" ? b.value : 0); }

// sound: throws what was rejected
declare function send(x: string): Promise<void>;
export async function f(xs: string[]) { const rs = await Promise.allSettled(xs.map(send)); const bad = rs.filter((r) => r.status === "rejected"); if (bad.length) throw new AggregateError(bad.map((r) => r.reason), "not all sent"); }

// defect: a Result dropped
import { ok, err, type Result } from "neverthrow";
function save(x: string): Result<string, Error> { return x ? ok(x) : err(new Error("empty")); }
export function f() { save("x"); }

// defect: an own Result dropped
type Result<T> = { ok: true; value: T } | { ok: false; error: Error };
declare function save(x: string): Promise<Result<string>>;
export async function f() { await save("x"); return "saved"; }

// defect: not in a finally
import { trace } from "@opentelemetry/api";
export async function f(work: () => Promise<void>) { const span = trace.getTracer("a").startSpan("f"); await work(); span.end(); }

// defect: not on an early return
import { trace } from "@opentelemetry/api";
export function f(x: number) { const span = trace.getTracer("a").startSpan("f"); if (x > 1) return; span.end(); }

// defect: a cause but no status
import { trace } from "@opentelemetry/api";
export async function f(work: () => Promise<void>) { const span = trace.getTracer("a").startSpan("f"); try { await work(); } catch (e) { throw new Error("x", { cause: e }); } finally { span.end(); } }

// defect: ends the active span
import { trace } from "@opentelemetry/api";
export function f() { trace.getActiveSpan()?.end(); }

// defect: ends before the work
import { trace } from "@opentelemetry/api";
export function f(work: () => Promise<void>) { return trace.getTracer("a").startActiveSpan("f", (span) => { const p = work(); span.end(); return p; }); }

// defect: the stack to a client
import express from "express";
const app = express();
app.use((err: Error, _req: express.Request, res: express.Response, _next: express.NextFunction) => { res.status(500).json({ stack: err.stack }); });
export { app };

// defect: the error to a client
export async function GET() { try { return Response.json(await fetch("https://x")); } catch (e) { return Response.json({ error: e }, { status: 500 }); } }

// defect: a misspelt option
/** @traced({ nam: "x" }) */
export function f() { return 1; }

// defect: created in any case
import { Injectable } from "@nestjs/common";
declare const repo: { save(o: object): Promise<void> };
@Injectable()
export class OrdersService {
  async create(order: object) {
    try { await repo.save(order); return { status: "created" }; } catch (e) { return { status: "created" }; }
  }
}

// defect: skipped in silence
declare function upload(f: string): Promise<string>;
export async function uploadAll(files: string[]) {
  const urls: string[] = [];
  for (const file of files) { try { urls.push(await upload(file)); } catch (e) { continue; } }
  return urls;
}

// defect: polled in silence
declare function poll(): Promise<void>;
export async function loop(stop: AbortSignal) { while (!stop.aborted) { try { await poll(); } catch { } } }

// defect: returned out of a finally
declare const stripe: { charge(c: number): Promise<{ id: string }> };
export async function pay(c: number) { let id: string | null = null; try { id = (await stripe.charge(c)).id; } finally { return id; } }

// defect: a feed that is empty when it cannot be fetched
declare function parseFeed(x: string): string[];
declare function get(u: string): Promise<string>;
export async function feed(u: string) { try { return parseFeed(await get(u)); } catch { return []; } }

// defect: a zero for the callback
declare function work(): void;
export function f(cb: (e: Error | null, v?: number) => void) { try { work(); cb(null, 1); } catch (e) { cb(null, 0); } }

// defect: a resolved zero
declare function work(): Promise<number>;
export async function f() { try { return await work(); } catch (e) { return Promise.resolve(0); } }

// defect: the time it took
declare function work(): Promise<number>;
export async function f() { const started = Date.now(); try { await work(); } catch (e) { console.log(`took ${Date.now() - started} ms`); } }

// sound: recorded on the span before a default
declare function work(): Promise<number>;
declare const span: { recordException(e: unknown): void };
export async function f() { try { return await work(); } catch (e) { span.recordException(e); return 0; } }

// sound: a cause by the name of the binding
declare function work(): Promise<number>;
export async function f() { try { return await work(); } catch (cause) { throw new Error("work failed", { cause }); } }

// sound: tried again where it is busy
declare function isBusy(e: unknown): boolean;
declare function work(): Promise<number>;
export async function f(): Promise<number> { for (;;) { try { return await work(); } catch (e) { if (!isBusy(e)) throw e; await new Promise((r) => setTimeout(r, 50)); } } }

// sound: a question to the browser
export function supportsWebGl() { try { return Boolean(document.createElement("canvas").getContext("webgl")); } catch { return false; } }

// sound: text that is no JSON stays as it is
export function prettyJson(text: string) { try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; } }

// sound: whether there is a directory
import { existsSync, statSync } from "node:fs";
export function isDirectory(p: string) { try { return existsSync(p) && statSync(p).isDirectory(); } catch { return false; } }

// sound: an abort is no failure
declare function work(signal: AbortSignal): Promise<void>;
export async function f(c: AbortController) { try { await work(c.signal); } catch (e) { if (e instanceof DOMException && e.name === "AbortError") return; throw e; } }

// defect: two functions that do nothing
declare const audit: { write(e: object): Promise<void> };
export class Users { async remove(id: string) { await audit.write({ id }).then(() => {}, () => {}); } }

// defect: a port for a configuration that cannot be loaded
declare function loadConfig(): Promise<{ port: number }>;
export const config = loadConfig().catch(() => ({ port: 3000 }));

// defect: a country for whoever cannot be found
declare function geo(ip: string): Promise<{ country: string }>;
export async function f(ip: string) { const { country } = await geo(ip).catch(() => ({ country: "US" })); return country; }

// sound: counted with the error
declare function geo(ip: string): Promise<{ country: string }>;
declare const metrics: { count(name: string, e: unknown): void };
export async function f(ip: string) { return geo(ip).catch((e: unknown) => { metrics.count("geo.failed", e); return undefined; }); }

// sound: released after the work
declare function release(): Promise<void>;
export async function f(work: () => Promise<void>) { try { await work(); } finally { await release().catch(() => {}); } }

// sound: a second source
declare function primary(): Promise<string>;
declare function secondary(): Promise<string>;
export const f = () => primary().catch(() => secondary());

// defect: a bus that gives promises
declare const bus: { emit(name: string, data: object): Promise<void> };
export function created(o: object) { bus.emit("created", o); return o; }

// defect: a module that is loaded on the way
export function f() { import("./x.js").then((m) => m.start()); }

// defect: dropped inside of what is awaited
declare function step(n: number): Promise<void>;
export async function f() { await Promise.all([1, 2].map(async (n) => { step(n); })); }

// defect: a finally in a handler object
declare function a(): Promise<void>;
export const handler = { onClick() { a().finally(() => console.log("x")); } };

// sound: awaited in a finally
declare function a(): Promise<void>;
export const f = async () => { const p = a(); try { await new Promise((r) => setTimeout(r, 1)); } finally { await p; } };

// sound: a catch at the end of the chain
declare function a(): Promise<void>;
declare function report(e: unknown): void;
export function f() { a().then(() => console.log("ok")).catch(report); }

// sound: once
import { once, EventEmitter } from "node:events";
export async function f(e: EventEmitter) { const [x] = await once(e, "ready"); return x; }

// defect: rejects with an object
export class Guard { check(t: string | null) { if (!t) return Promise.reject({ code: 401 }); return Promise.resolve(t); } }

// defect: throws a constant text
const codes = { missing: "E_MISSING" } as const;
export function f(x?: string) { if (!x) throw codes.missing; return x; }

// defect: throws an enum member
enum Fault { A, B }
export function f(x: number) { if (x) throw Fault.A; }

// defect: throws an object without a class
export function f(x: unknown) { const e = Object.create(null); e.message = "x"; throw e; }

// sound: not found, as the framework has it
import { notFound } from "next/navigation";
export async function Page({ id }: { id?: string }) { if (!id) notFound(); return id; }

// sound: a TypeError
export function f(x: unknown) { if (typeof x !== "string") throw new TypeError(`not a string: ${String(x)}`); return x; }

// sound: the reason of a signal
export function f(signal: AbortSignal) { return new Promise((_, reject) => { signal.addEventListener("abort", () => reject(signal.reason)); }); }

// defect: a repository error without its cause
declare const db: { query(s: string): Promise<unknown> };
class RepoError extends Error { constructor(m: string, o?: ErrorOptions) { super(m, o); this.name = "RepoError"; } }
export async function find(id: string) { try { return await db.query(id); } catch (e) { throw new RepoError(`find ${id} failed`); } }

// defect: narrowed, and the text alone
declare const db: { query(s: string): Promise<unknown> };
export async function find(id: string) { try { return await db.query(id); } catch (e) { if (e instanceof Error) { throw new Error(`find: ${e.message}`); } throw new Error("find"); } }

// defect: a Result whose error forgets what was thrown
import { err, ok, ResultAsync } from "neverthrow";
declare const db: { query(s: string): Promise<unknown> };
export const find = (id: string) => ResultAsync.fromPromise(db.query(id), (e) => new Error("query failed"));

// sound: an error where none was before
declare const db: { query(s: string): Promise<unknown> };
class NotFound extends Error {}
export async function find(id: string) { const row = await db.query(id); if (!row) throw new NotFound(id); return row; }

// defect: an underscore, where the result is resolved
declare const client: { get(k: string, cb: (err: Error | null, v: string | null) => void): void };
export const get = (k: string) => new Promise<string | null>((resolve) => client.get(k, (_err, v) => resolve(v)));

// defect: printed, and on with the result
import { lookup } from "node:dns";
export function f(h: string, cb: (a: string) => void) { lookup(h, (err, a) => { if (err) console.log(err.code); cb(a); }); }

// defect: a worker whose errors nobody hears
import { Worker } from "node:worker_threads";
export function start(f: string) { const w = new Worker(f); w.on("error", (_e) => {}); return w; }

// defect: a stream whose errors nobody hears
import { createReadStream } from "node:fs";
export function f(p: string) { return createReadStream(p).on("error", function () { return; }); }

// sound: passed on at the end of a stream
import { createReadStream } from "node:fs";
export function f(p: string, done: (e?: Error) => void) { createReadStream(p).on("error", done).on("end", () => done()); }

// defect: all notified, or not
declare function notify(u: string): Promise<void>;
export async function f(us: string[]) { Promise.allSettled(us.map(notify)).then(() => console.log("all notified")); }

// defect: only those that came
declare function load(u: string): Promise<number>;
export async function f(us: string[]) { const out: number[] = []; for (const r of await Promise.allSettled(us.map(load))) { if (r.status === "fulfilled") out.push(r.value); } return out; }

// defect: an Effect that nobody runs
import { Effect } from "effect";
declare const save: (x: string) => Effect.Effect<void, Error>;
export function f() { save("x"); return 1; }

// defect: thrown between start and end
import { trace } from "@opentelemetry/api";
const tracer = trace.getTracer("x");
export const f = (n: number) => tracer.startActiveSpan("f", (span) => { if (n < 0) throw new RangeError("n"); const r = Math.sqrt(n); span.end(); return r; });

// defect: continued between start and end
import { trace } from "@opentelemetry/api";
const tracer = trace.getTracer("x");
export function f(xs: string[]) { for (const x of xs) { const span = tracer.startSpan(x); if (x === "skip") continue; span.end(); } }

// sound: recorded, marked and ended
import { trace, SpanStatusCode } from "@opentelemetry/api";
const tracer = trace.getTracer("x");
export const f = (work: () => Promise<number>) => tracer.startActiveSpan("f", async (span) => { try { return await work(); } catch (e) { span.recordException(e as Error); span.setStatus({ code: SpanStatusCode.ERROR }); throw e; } finally { span.end(); } });

// defect: ended before the promise
import { trace } from "@opentelemetry/api";
const tracer = trace.getTracer("x");
export const f = (work: () => Promise<number>) => tracer.startActiveSpan("f", (span) => { try { return work(); } finally { span.end(); } });

// defect: the stack from an error handler
import Fastify from "fastify";
const app = Fastify();
app.setErrorHandler((error, _req, reply) => { reply.status(500).send({ message: error.message, stack: error.stack }); });
export { app };

// defect: the error in a body
export const handler = async () => { try { return { statusCode: 200, body: "ok" }; } catch (err) { return { statusCode: 500, body: JSON.stringify(err) }; } };

// sound: a code for the client
declare const res: { status(n: number): { json(o: object): void } };
declare const log: { error(e: unknown): void };
export function f(work: () => void) { try { work(); } catch (e) { log.error(e); res.status(500).json({ code: "internal" }); } }

// defect: an empty catch and a finally
declare function save(x: string): Promise<void>;
export const actions = { async submit({ commit }: { commit: (m: string) => void }, x: string) { commit("saving"); try { await save(x); } catch (e) { } finally { commit("idle"); } } };

// defect: the rest is left out
declare function migrate(v: number): Promise<void>;
export async function up(vs: number[]) { outer: for (const v of vs) { try { await migrate(v); } catch (e) { break outer; } } }

// sound: a cause by assignment
declare function read(): Promise<string>;
export async function f() { let text: string; try { text = await read(); } catch (e) { throw Object.assign(new Error("read"), { cause: e }); } return text; }

// sound: the store shows it
declare const store: { error: unknown; load(): Promise<void> };
export async function f() { store.error = null; try { await store.load(); } catch (e) { store.error = e; } }

// sound: the user is told
declare const toast: { error(m: string): void };
declare function save(): Promise<void>;
export async function f() { try { await save(); } catch (e) { toast.error(e instanceof Error ? e.message : "Could not save"); } }

// sound: a handler from elsewhere
declare function work(): Promise<void>;
export async function f(reply: (e: unknown) => void) { await work().catch(reply); }

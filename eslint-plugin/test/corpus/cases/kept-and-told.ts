// defect: a set nobody reads
declare function push(row: string): Promise<void>;
export async function sync(rows: string[]) { const failed = new Set<string>(); for (const row of rows) { try { await push(row); } catch (err) { failed.add(row); } } }

// defect: method that does nothing
declare function call(): Promise<string[]>;
export class Lister { private report(_err: unknown): void {} async list() { try { await call(); } catch (err) { this.report(err); } } }

// defect: handler by a class constant
declare function load(): Promise<string[]>;
class Handlers { static readonly none = () => [] as string[]; }
export const list = () => load().catch(Handlers.none);

// defect: handler by a method that does nothing
declare function save(): Promise<void>;
export class Form { private quiet(_e: unknown): void {} submit() { save().catch((e) => this.quiet(e)); } }

// defect: bound handler
declare function save(): Promise<void>;
export class Form { private quiet(): void {} submit() { save().catch(this.quiet.bind(this)); } }

// defect: assigned to unread property
declare function save(o: string): Promise<void>;
export class A { #last: Promise<void> | undefined; run() { this.#last = save("a"); } }

// defect: rejects with an object by name
export function wait() { return new Promise((resolve, reject) => { const failure = { reason: "late" }; setTimeout(reject, 10, failure); }); }

// defect: error built with fields but not thrown
export function check(n: number) { if (n < 0) { const err = new Error("negative"); err.name = "Negative"; } return n; }

// defect: assigned then thrown
declare function load(): Promise<string>;
export async function run() { let failure: Error; try { return await load(); } catch (e) { failure = new Error("load"); throw failure; } }

// defect: err only logged
import { readFile } from "node:fs"; declare const log: { debug(x: unknown): void };
export const run = (done: (s: string) => void) => { readFile("a", "utf8", (err, t) => { if (err) { log.debug("no file"); } done(t); }); };

// defect: then without look
import { type Result } from "neverthrow"; declare function save(o: string): Promise<Result<number, Error>>;
export function run() { return save("a").then(() => "done"); }

// sound: next with error in every branch
declare function load(id: string): Promise<{ id: string } | null>; interface Q { params: { id: string }; order?: unknown }
export const order = async (req: Q, _res: unknown, next: (e?: unknown) => void) => { try { req.order = await load(req.params.id); next(); } catch (e) { next(e); } };

// sound: iterator next in a catch
export function* skim(source: Iterator<string>, parse: (s: string) => number, log: { warn(o: object): void }) { for (let r = source.next(); !r.done; ) { try { yield parse(r.value); } catch (err) { log.warn({ err }); } r = source.next(); } }

// sound: next tick queue
declare const queue: { next(): void }; declare function run1(): Promise<void>; declare function report(e: unknown): void;
export async function step() { try { await run1(); } catch (e) { report(e); queue.next(); } }

// sound: onDone in finally
declare function upload(f: string): Promise<void>;
export async function send(f: string, onDone: () => void) { try { await upload(f); } finally { onDone(); } }

// sound: onError beside onSuccess
declare function upload(f: string): Promise<void>;
export async function send(f: string, o: { onSuccess(): void; onError(e: unknown): void }) { try { await upload(f); o.onSuccess(); } catch (e) { o.onError(e); } }

// sound: settle with an outcome
declare function upload(f: string): Promise<void>;
export const send = (f: string) => new Promise<{ ok: boolean; error?: unknown }>((resolve) => { upload(f).then(() => resolve({ ok: true }), (error: unknown) => resolve({ ok: false, error })); });

// sound: resolve false for a probe
import { createConnection } from "node:net";
export const isOpen = (port: number) => new Promise<boolean>((resolve) => { const s = createConnection(port); s.once("connect", () => { s.destroy(); resolve(true); }); s.once("error", () => resolve(false)); });

// sound: done with the error as a value
declare function find(n: string): Promise<{ id: string }>;
export const strategy = async (n: string, done: (e: unknown, u?: unknown) => void) => { try { done(null, await find(n)); } catch (e) { done(e as Error, false); } };

// sound: optional preload
declare function prefetch(u: string): Promise<void>;
export function warm(u: string) { prefetch(u).catch(() => { /* only saves time later */ }); }

// sound: unlink in a cleanup hook
import { unlink } from "node:fs"; declare function afterEach(f: (done: () => void) => void): void;
afterEach((done) => { unlink("x.sock", () => done()); });

// sound: rm in close
import { rm } from "node:fs";
export class Sandbox { constructor(private readonly dir: string) {} dispose(cb: () => void) { rm(this.dir, { recursive: true }, () => cb()); } }

// sound: lock release
import { unlink } from "node:fs";
export function release(lock: string, cb: () => void) { unlink(lock, () => cb()); }

// sound: server close
import type { Server } from "node:http";
export const stop = (s: Server) => new Promise<void>((resolve) => { s.close(() => resolve()); });

// sound: generator that stops at abort
declare function page(n: number, s: AbortSignal): Promise<string[]>;
export async function* pages(signal: AbortSignal) { for (let n = 0; ; n++) { try { const rows = await page(n, signal); if (rows.length === 0) return; yield* rows; } catch (e) { if ((e as Error).name === "AbortError") return; throw e; } } }

// sound: generator with a logged end
declare const log: { error(o: object, t: string): void }; declare const src: AsyncIterable<string>;
export async function* tail() { try { yield* src; } catch (err) { log.error({ err }, "tail ended"); return; } }

// sound: generator with a finally
declare const lines: AsyncIterable<string> & { close(): void };
export async function* read() { try { for await (const l of lines) yield l; } finally { lines.close(); } }

// sound: lines that are no JSON in a stream
declare const lines: AsyncIterable<string>;
export async function* events() { for await (const l of lines) { let event: unknown; try { event = JSON.parse(l); } catch { continue; } yield event; } }

// sound: same answer in two branches after reporting
declare class NotFound extends Error {} declare const users: { get(i: string): Promise<{ n: string }> }; declare function report(e: unknown): void;
export async function find(id: string) { try { return await users.get(id); } catch (e) { if (e instanceof NotFound) return null; report(e); return null; } }

// sound: two statuses
declare class NotFound extends Error {} declare const users: { get(i: string): Promise<{ n: string }> };
export async function find(id: string) { try { return await users.get(id); } catch (e) { if (e instanceof NotFound) return { status: 404 }; throw e; } }

// sound: debug beside report
declare const DEBUG: boolean; declare const log: { debug(o: unknown): void; error(o: unknown): void }; declare function load(): Promise<string>;
export async function get() { try { return await load(); } catch (e) { if (DEBUG) log.debug(e); log.error(e); return ""; } }

// sound: verbose decides how much is told
declare const log: { error(o: unknown): void }; declare function load(): Promise<string>;
export async function get(verbose: boolean) { try { return await load(); } catch (e) { if (verbose) log.error(e); else log.error((e as Error).message); return ""; } }

// sound: dev prints, prod reports
declare function report(e: unknown): void; declare function load(): Promise<string>;
export async function get() { try { return await load(); } catch (e) { if (process.env["NODE_ENV"] === "development") { console.error(e); } else { report(e); } return null; } }

// sound: private hook overridden
declare function load(): Promise<string>;
export abstract class Base { protected onFailure(_e: unknown): void {} async get() { try { return await load(); } catch (e) { this.onFailure(e); return undefined; } } }

// sound: private method that records
declare function load(): Promise<string>;
export class Box { errors: unknown[] = []; private keep(e: unknown): void { this.errors.push(e); } async get() { return load().catch((e) => { this.keep(e); return ""; }); } }

// sound: static handler that reports
declare function load(): Promise<string>; declare function report(e: unknown): void;
class On { static readonly failure = (e: unknown) => { report(e); return ""; }; }
export const get = () => load().catch(On.failure);

// sound: bound reporter
declare function load(): Promise<void>; declare function report(e: unknown): void;
export class Box { private fail(e: unknown): void { report(e); } go() { load().catch(this.fail.bind(this)); } }

// sound: table of handlers
declare function load(): Promise<void>; declare const log: { error(e: unknown): void };
const handlers = { log: (e: unknown) => { log.error(e); } };
export const go = () => { load().catch(handlers.log); };

// sound: field read by flush
declare function save(o: string): Promise<void>;
export class A { #last: Promise<void> = Promise.resolve(); run() { this.#last = this.#last.then(() => save("a")); } flush() { return this.#last; } }

// sound: field awaited in the subclass
declare function save(o: string): Promise<void>;
export class A { protected last: Promise<void> | undefined; run() { this.last = save("a"); } }

// sound: private field with a handler
declare function save(o: string): Promise<void>; declare function report(e: unknown): void;
export class A { #job: Promise<void> | undefined; run() { this.#job = save("a").catch(report); } }

// sound: timer rejects with an error
export const wait = (ms: number) => new Promise((_resolve, reject) => { setTimeout(reject, ms, new Error("late")); });

// sound: error made first, thrown later
export function check(n: number) { const tooMany = new RangeError("too many"); if (n > 10) throw tooMany; return n; }

// sound: error for its stack
export function where() { const here = new Error("here"); return here.stack; }

// sound: error given to captureStackTrace
export function where() { const holder = new Error("x"); Error.captureStackTrace(holder, where); return holder.stack ?? ""; }

// sound: error kept by a closure
export function limit(n: number) { const over = new Error("over"); return (m: number) => { if (m > n) throw over; }; }

// sound: exported error
export const CLOSED = new Error("closed");

// sound: assigned then thrown with a cause
declare function load(): Promise<string>;
export async function run() { let failure: Error; try { return await load(); } catch (e) { failure = new Error("load", { cause: e }); throw failure; } }

// sound: the last of several
declare function load(): Promise<string>;
export async function run() { let failure = new Error("none"); try { return await load(); } catch (e) { failure = e as Error; throw failure; } }

// sound: log and leave
import { readFile } from "node:fs"; declare const log: { error(o: unknown, t: string): void };
export const run = (done: (s: string) => void) => { readFile("a", "utf8", (err, t) => { if (err) { log.error(err, "a"); return; } done(t); }); };

// sound: log and a default
import { readFile } from "node:fs"; declare const log: { error(o: unknown, t: string): void };
export const run = (done: (s: string) => void) => { readFile("a", "utf8", (err, t) => { if (err) { log.error(err, "a"); } done(t ?? ""); }); };

// sound: one parameter that is no error
declare function each(list: string[], f: (e: string) => void): void; declare function use(): void;
export const run = (list: string[]) => { each(list, (e) => use()); };

// sound: mkdir passes it on
import { mkdir } from "node:fs";
export const run = (cb: (e: Error | null) => void) => { mkdir("a", (err) => cb(err)); };

// sound: a list of failures that is looked at
declare function push(r: string): Promise<void>;
export async function sync(rows: string[]) { const failed = new Set<string>(); for (const r of rows) { try { await push(r); } catch { failed.add(r); } } if (failed.size > 0) throw new Error(`${failed.size} rows failed`); }

// sound: state.error of another library
import { useQuery } from "@tanstack/react-query"; declare function load(): Promise<string>;
export function P() { const q = useQuery({ queryKey: ["a"], queryFn: load }); if (q.error) throw q.error; return <p>{q.data}</p>; }

// sound: settled reason
declare function load(i: string): Promise<string>;
export async function all(ids: string[]) { const rs = await Promise.allSettled(ids.map(load)); return rs.map((r) => { if (r.status === "rejected") throw r.reason; return r.value; }); }

// sound: declared error with options only
declare class ApiError extends Error { constructor(o: { status: number; title: string; cause?: unknown }); } declare function load(): Promise<string>;
export const get = () => load().catch((cause: unknown) => { throw new ApiError({ status: 502, title: "upstream", cause }); });

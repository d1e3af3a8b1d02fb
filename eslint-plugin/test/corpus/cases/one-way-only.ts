// defect: a promise that only one branch waits for
declare function store(rows: string[]): Promise<void>;
export async function put(rows: string[], wait: boolean) { const stored = store(rows); if (wait) await stored; }

// defect: a promise that only the other branch waits for
declare function store(rows: string[]): Promise<void>;
export async function put(rows: string[], later: boolean) { const stored = store(rows); if (later) { rows.length = 0; } else { await stored; } }

// sound: a promise that both branches have
declare function store(rows: string[]): Promise<void>;
declare const open: Set<Promise<void>>;
export async function put(rows: string[], wait: boolean) { const stored = store(rows); if (wait) await stored; else open.add(stored); }

// sound: a promise that is asked for in the condition
declare function find(id: string): Promise<string> | undefined;
export async function get(id: string) { const found = find(id); if (found) return await found; return "none"; }

// sound: a promise returned early, and awaited otherwise
declare function store(rows: string[]): Promise<void>;
export async function put(rows: string[], now: boolean) { const stored = store(rows); if (now) return stored; rows.length = 0; await stored; }

// sound: a promise in a branch, handled when it was made
declare function store(rows: string[]): Promise<void>;
declare const log: { error(e: unknown, text: string): void };
export async function put(rows: string[], wait: boolean) { const stored = store(rows).catch((e) => { log.error(e, "store"); }); if (wait) await stored; }

// defect: an error that counts only for the talkative
import { readFile } from "node:fs";
export function show(path: string, verbose: boolean, out: (text: string) => void) { readFile(path, "utf8", (err, text) => { if (err && verbose) console.error(err); out(text); }); }

// sound: an error left by its code, and told otherwise
import { readFile } from "node:fs";
export function show(path: string, out: (error: Error | null, text?: string) => void) { readFile(path, "utf8", (err, text) => { if (err && err.code !== "ENOENT") return out(err); out(null, text); }); }

// sound: an error under a condition, and without one behind it
import { readFile } from "node:fs";
export function show(path: string, verbose: boolean, out: (error: Error | null, text?: string) => void) { readFile(path, "utf8", (err, text) => { if (err && verbose) console.error(err); if (err) return out(err); out(null, text); }); }

// defect: a request whose failure nobody hears of, sent right behind
import { request } from "node:http";
export function send(url: string, body: string) { const req = request(url, { method: "POST" }, (res) => { res.resume(); }); req.on("error", () => {}); req.end(body); }

// defect: a request without a body
import { request } from "node:https";
export function send(url: string) { const call = request(url, (res) => { res.resume(); }); call.on("error", (_problem) => { return; }); call.end(); }

// sound: a socket that is put away
import type { Socket } from "node:net";
export function drop(socket: Socket) { socket.on("error", () => {}); socket.end(); }

// defect: a span that hears of one kind of error only
import { trace } from "@opentelemetry/api";
class Busy extends Error {}
declare function work(): Promise<void>;
export async function f() { const span = trace.getTracer("a").startSpan("f"); try { await work(); } catch (e) { if (e instanceof Busy) span.recordException(e); throw e; } finally { span.end(); } }

// sound: a span that hears of all but the expected
import { trace } from "@opentelemetry/api";
class Missing extends Error {}
declare function work(): Promise<void>;
export async function f() { const span = trace.getTracer("a").startSpan("f"); try { await work(); } catch (e) { if (!(e instanceof Missing)) span.recordException(e as Error); throw e; } finally { span.end(); } }

// sound: a span that hears of errors, and differently of what is none
import { SpanStatusCode, trace } from "@opentelemetry/api";
declare function work(): Promise<void>;
export async function f() { const span = trace.getTracer("a").startSpan("f"); try { await work(); } catch (e) { if (e instanceof Error) span.recordException(e); span.setStatus({ code: SpanStatusCode.ERROR }); throw e; } finally { span.end(); } }

// sound: a span that hears of all, and of one kind more
import { SpanStatusCode, trace } from "@opentelemetry/api";
class Busy extends Error { queue = 0; }
declare function work(): Promise<void>;
export async function f() { const span = trace.getTracer("a").startSpan("f"); try { await work(); } catch (e) { if (e instanceof Busy) span.setAttribute("queue", e.queue); span.setStatus({ code: SpanStatusCode.ERROR }); throw e; } finally { span.end(); } }

// defect: an error's text kept for a line, then sent
import type { ServerResponse } from "node:http";
declare function load(): Promise<string>;
export async function handle(res: ServerResponse) { try { res.end(await load()); } catch (err) { const text = err instanceof Error ? err.message : String(err); res.writeHead(500); res.end(JSON.stringify({ text })); } }

// defect: an error's stack kept for a line, then sent
declare const app: { get(path: string, handler: (req: unknown, res: { status(code: number): { json(body: unknown): void } }) => Promise<void>): void };
declare function load(): Promise<string>;
app.get("/a", async (_req, res) => { try { res.status(200).json(await load()); } catch (err) { const details = { at: (err as Error).stack }; res.status(500).json({ details }); } });

// sound: an error's text that its class allows, kept for a line
class Refusal extends Error { expose = true; }
declare const app: { get(path: string, handler: (req: unknown, res: { status(code: number): { json(body: unknown): void } }) => Promise<void>): void };
declare const log: { error(e: unknown): void };
declare function load(): Promise<string>;
app.get("/a", async (_req, res) => { try { res.status(200).json(await load()); } catch (err) { log.error(err); const isTold = err instanceof Refusal; const text = isTold ? (err as Refusal).message : "internal"; res.status(500).json({ text }); } });

// sound: what the client gets has its own name and text
declare const app: { get(path: string, handler: (req: unknown, res: { status(code: number): { json(body: unknown): void } }) => Promise<void>): void };
declare const log: { error(e: unknown): void };
declare function load(): Promise<string>;
declare function newId(): string;
app.get("/a", async (_req, res) => { try { res.status(200).json(await load()); } catch (error) { const reference = newId(); log.error({ error, reference }); const body = { error: "internal", reference }; res.status(500).json(body); } });

// sound: a caught error kept in a box and thrown behind the clean-up
declare function begin(): void; declare function undo(): void; declare function end(): void;
export function all(work: () => void) { let failed: { reason: unknown } | undefined; begin(); try { work(); } catch (e) { failed = { reason: e }; } if (failed) { undo(); throw failed.reason; } end(); }

// defect: a box of words thrown behind the clean-up
declare function begin(): void; declare function undo(): void; declare function end(): void;
export function all(work: () => void) { let failed: { text: string } | undefined; begin(); try { work(); } catch (e) { failed = { text: String(e) }; } if (failed) { undo(); throw failed.text; } end(); }

// sound: promises that are handled early, and waited for by whoever gets them
declare function run(id: string): Promise<void>;
export function start(ids: string[]) { const all = ids.map((id) => run(id)); for (const each of all) each.catch(() => undefined); return all; }

// sound: promises that are handled early by forEach, and waited for
declare function run(id: string): Promise<void>;
export async function start(ids: string[]) { const all = ids.map((id) => run(id)); all.forEach((each) => { each.catch(() => {}); }); for (const each of all) await each; }

// defect: promises that are waited for one by one, in silence
declare function run(id: string): Promise<void>;
export async function start(ids: string[]) { const all = ids.map((id) => run(id)); for (const each of all) await each.catch(() => undefined); return all.length; }

// sound: a promise made by hand, given away in one branch
export function open(waiting: Map<string, Promise<string>>, id: string, shared: boolean) { let done: (value: string) => void = () => undefined; const opened = new Promise<string>((resolve) => { done = resolve; }); if (shared) waiting.set(id, opened); return done; }

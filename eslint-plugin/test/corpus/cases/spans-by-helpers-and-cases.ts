// given: import { trace, context, SpanStatusCode, type Span } from "@opentelemetry/api"; const tracer = trace.getTracer("app");
// defect: switch case hand off
declare const keep: (s: unknown) => void;
export function run(kind: string) { const span = tracer.startSpan("a"); switch (kind) { case "x": span.end(); break; case "y": span.addEvent("y"); break; default: span.end(); } }

// defect: setTimeout end missing in clear
export class T { private span = tracer.startSpan("a"); stop() { this.span.setAttribute("x", 1); } }

// defect: then only with handler
declare function work(): Promise<string>;
export function run() { const span = tracer.startSpan("a"); return work().then((r) => { span.end(); return r; }, (e) => { span.recordException(e); throw e; }); }

// defect: nested function end called on success only
declare function work(): Promise<void>;
export async function run() { const span = tracer.startSpan("a"); const finish = () => { span.end(); }; await work(); finish(); }

// defect: websocket
export function run(ws: WebSocket) { const span = tracer.startSpan("a"); ws.onmessage = () => { span.end(); }; ws.onerror = () => { span.setStatus({ code: SpanStatusCode.ERROR }); }; }

// defect: records on other span
declare function work(): Promise<void>;
export async function run() { const parent = trace.getActiveSpan(); const span = tracer.startSpan("a"); try { await work(); } catch (e) { parent?.recordException(e as Error); throw e; } finally { span.end(); } }

// sound: every case ends the span
export function run(kind: string) { const span = tracer.startSpan("a"); switch (kind) { case "x": span.addEvent("x"); break; case "y": case "z": span.addEvent("y"); break; default: span.addEvent("none"); } span.end(); }

// sound: each case by itself
export function run(kind: string) { const span = tracer.startSpan("a"); switch (kind) { case "x": span.end(); return 1; case "y": span.end(); break; default: span.end(); } return 2; }

// sound: a loop inside of a case
export function run(kind: string, list: number[]) { const span = tracer.startSpan("a"); switch (kind) { case "x": for (const n of list) { if (n > 1) break; } span.end(); break; default: span.end(); } }

// sound: a field that stop ends
export class T { private span = tracer.startSpan("a"); mark() { this.span.setAttribute("x", 1); } stop() { this.span.end(); } }

// sound: a field that is given away
export class T { readonly #span = tracer.startSpan("a"); get span(): Span { return this.#span; } }

// sound: a field that subclasses end
export class T { protected span = tracer.startSpan("a"); mark() { this.span.setAttribute("x", 1); } }

// sound: both handlers end
declare function work(): Promise<string>;
export function run() { const span = tracer.startSpan("a"); return work().then((r) => { span.end(); return r; }, (e) => { span.recordException(e); span.end(); throw e; }); }

// sound: a helper ends in both
declare function work(): Promise<string>;
export function run() { const span = tracer.startSpan("a"); const close = (e?: Error) => { if (e) span.recordException(e); span.end(); }; return work().then((r) => { close(); return r; }, (e: Error) => { close(e); throw e; }); }

// sound: a helper in a finally
declare function work(): Promise<void>;
export async function run() { const span = tracer.startSpan("a"); const finish = () => { span.end(); }; try { await work(); } catch (e) { span.recordException(e as Error); throw e; } finally { finish(); } }

// sound: a helper given to a listener
import type { EventEmitter } from "node:events";
export function run(s: EventEmitter) { const span = tracer.startSpan("a"); const finish = () => { span.end(); }; s.once("close", finish); }

// sound: a helper called in each branch
declare function ready(): boolean;
export function run(a: number) { const span = tracer.startSpan("a"); function finish(text: string) { span.setAttribute("how", text); span.end(); } if (a > 1) { finish("more"); return 1; } finish("less"); return 0; }

// sound: SJ16d helper used by callbacks
declare function work(cb: (e: Error | null) => void): void;
export function run(cb: (e: Error | null) => void) { const span = tracer.startSpan("a"); const finish = (e: Error | null) => { if (e) span.recordException(e); span.end(); cb(e); }; work((e) => finish(e)); }

// sound: both handlers
export function run(ws: WebSocket) { const span = tracer.startSpan("a"); ws.onmessage = () => { span.end(); }; ws.onerror = () => { span.setStatus({ code: SpanStatusCode.ERROR }); span.end(); }; }

// sound: on close
export function run(ws: WebSocket) { const span = tracer.startSpan("a"); ws.onclose = () => { span.end(); }; ws.onerror = () => { span.setStatus({ code: SpanStatusCode.ERROR }); }; }

// sound: closes itself
export function run(ws: WebSocket) { const span = tracer.startSpan("a"); ws.onopen = () => { span.end(); }; ws.onerror = () => { span.setStatus({ code: SpanStatusCode.ERROR }); done(); }; function done() { span.end(); } }

// sound: this one is the active one
declare function work(): Promise<void>;
export const run = () => tracer.startActiveSpan("a", async (span) => { try { await work(); } catch (e) { trace.getActiveSpan()?.recordException(e as Error); throw e; } finally { span.end(); } });

// sound: both are told
declare function work(): Promise<void>;
export async function run() { const parent = trace.getActiveSpan(); const span = tracer.startSpan("a"); try { await work(); } catch (e) { parent?.recordException(e as Error); span.setStatus({ code: SpanStatusCode.ERROR }); throw e; } finally { span.end(); } }

// defect: a helper that early returns forget
export function run(a: number) { const span = tracer.startSpan("a"); const finish = () => { span.end(); }; if (a < 0) return 0; finish(); return 1; }

// defect: a helper not called when it throws
declare function work(): Promise<void>;
export async function run() { const span = tracer.startSpan("a"); function finish() { span.setStatus({ code: SpanStatusCode.OK }); span.end(); } await work(); finish(); }

// defect: indexedDB
export function run(r: IDBOpenDBRequest, use: (d: IDBDatabase) => void) { const span = tracer.startSpan("open"); r.onsuccess = () => { span.end(); use(r.result); }; r.onerror = () => { span.recordException(r.error ?? "unknown"); }; }

// defect: one case forgets
export function run(kind: string) { const span = tracer.startSpan("a"); switch (kind) { case "x": span.end(); break; case "y": span.addEvent("y"); break; default: span.end(); } }

// sound: span ended by timeout and message and error
export function run(ws: WebSocket) { const span = tracer.startSpan("a"); let over = false; const end = () => { if (!over) { over = true; span.end(); } }; ws.onmessage = () => { end(); }; ws.onerror = () => { span.setStatus({ code: SpanStatusCode.ERROR }); end(); }; }

// sound: a sum by reduce
export function total(items: { q: number; sku: string }[], prices: Map<string, number>) { const span = tracer.startSpan("total"); const sum = items.reduce((cents, item) => cents + item.q * (prices.get(item.sku) ?? 0), 0); span.setAttribute("sum", sum); span.end(); return sum; }

// sound: filter and map
export function names(items: { on: boolean; name: string }[]) { const span = tracer.startSpan("names"); const out = items.filter((i) => i.on).map((i) => i.name.trim().toLowerCase()); span.setAttribute("n", out.length); span.end(); return out; }

// sound: texts
export function slug(text: string) { const span = tracer.startSpan("slug"); const out = text.trim().toLowerCase().split(" ").join("-"); span.end(); return out; }

// sound: sorted
export function top(items: number[]) { const span = tracer.startSpan("top"); const out = [...items].sort((a, b) => b - a).slice(0, 3); span.setAttribute("first", out[0] ?? 0); span.end(); return out; }

// sound: numbers
export function mean(items: string[]) { const span = tracer.startSpan("mean"); let sum = 0; items.forEach((i) => { sum += Number.parseFloat(i); }); const out = Number((sum / items.length).toFixed(2)); span.end(); return out; }

// sound: an id of its own
import { randomUUID } from "node:crypto";
export function begin() { const span = tracer.startSpan("begin"); const id = randomUUID(); span.setAttribute("id", id); span.end(); return id; }

// defect: a reduce whose callback may throw
declare function priceOf(sku: string): number;
export function total(items: { q: number; sku: string }[]) { const span = tracer.startSpan("total"); const sum = items.reduce((cents, item) => cents + item.q * priceOf(item.sku), 0); span.setAttribute("sum", sum); span.end(); return sum; }

// defect: a map by a function from elsewhere
declare function parse(line: string): { id: string };
export function read(lines: string[]) { const span = tracer.startSpan("read"); const out = lines.map(parse); span.end(); return out; }

// defect: a find of a repository
declare const orders: { find(id: string): { id: string } };
export function get(id: string) { const span = tracer.startSpan("get"); const out = orders.find(id); span.end(); return out; }

// defect: a map that throws
export function check(items: { q: number }[]) { const span = tracer.startSpan("check"); const out = items.map((i) => { if (i.q < 0) throw new RangeError("q"); return i.q; }); span.end(); return out; }

// defect: a map of promises that is waited for
declare function load(id: string): Promise<string>;
export async function all(ids: string[]) { const span = tracer.startSpan("all"); const out = await Promise.all(ids.map((id) => load(id))); span.end(); return out; }

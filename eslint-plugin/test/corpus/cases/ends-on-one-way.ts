// defect: a file removed, and whatever came of it told as done
import { unlink } from "node:fs";
export class Uploads { private readonly paths = new Set<string>(); remove(path: string, done: (err: Error | null) => void): void { unlink(path, (_err) => { this.paths.delete(path); done(null); }); } }

// defect: a directory removed without a look
import { rm } from "node:fs";
export const drop = (dir: string, cb: (err?: Error | null) => void) => { rm(dir, { recursive: true }, (error) => cb()); };

// defect: a removal that always resolves
import * as fs from "node:fs";
export function deleteInvoice(path: string) { return new Promise<void>((resolve) => { fs.unlink(path, (err) => { resolve(); }); }); }

// sound: a removal whose error is passed on
import { unlink } from "node:fs";
export function remove(path: string, done: (err: Error | null) => void): void { unlink(path, (err) => { done(err); }); }

// sound: what is left over is removed before the result is told
import { copyFile, unlink } from "node:fs";
export function move(from: string, to: string, done: (err: Error | null) => void): void { copyFile(from, to, (err) => { if (err) return done(err); unlink(from, (_err) => { done(null); }); }); }

// sound: a temporary file
import { unlink } from "node:fs";
export function dropTemp(path: string, done: (err: Error | null) => void): void { unlink(path, (_err) => { done(null); }); }

// sound: a missing file is as good as a removed one
import { unlink } from "node:fs";
export function remove(path: string, done: (err: Error | null) => void): void { unlink(path, (err) => { done(err && err.code !== "ENOENT" ? err : null); }); }

// defect: a span that the error handler of a request leaves open
import { trace } from "@opentelemetry/api";
import { get } from "node:https";
const tracer = trace.getTracer("probe");
export function probe(url: string): Promise<number> { const span = tracer.startSpan("probe"); return new Promise((resolve, reject) => { const req = get(url, (res) => { res.resume(); span.end(); resolve(res.statusCode ?? 0); }); req.on("error", (err) => { span.recordException(err); reject(err); }); }); }

// defect: a span that the error listener of an emitter leaves open
import { trace } from "@opentelemetry/api";
import type { EventEmitter } from "node:events";
const tracer = trace.getTracer("jobs");
export function watch(job: EventEmitter) { const span = tracer.startSpan("job"); job.once("completed", () => { span.end(); }); job.once("error", (err: Error) => { span.setStatus({ code: 2, message: err.message }); }); }

// defect: a span left open by the error branch of a callback in a promise
import { trace } from "@opentelemetry/api";
import { readFile } from "node:fs";
const tracer = trace.getTracer("files");
export function load(path: string) { const span = tracer.startSpan("load"); return new Promise<string>((resolve, reject) => { readFile(path, "utf8", (err, text) => { if (err) { span.recordException(err); reject(err); return; } span.end(); resolve(text); }); }); }

// defect: a span left open by the catch of a chain
import { trace } from "@opentelemetry/api";
declare function work(): Promise<void>;
const tracer = trace.getTracer("work");
export function run() { const span = tracer.startSpan("work"); return work().then(() => { span.end(); }).catch((err: Error) => { span.recordException(err); throw err; }); }

// defect: an active span left open by the error listener
import { trace } from "@opentelemetry/api";
import type { Readable } from "node:stream";
const tracer = trace.getTracer("read");
export function size(stream: Readable) { return tracer.startActiveSpan("size", (span) => new Promise<number>((resolve, reject) => { let size = 0; stream.on("data", (chunk: Buffer) => { size += chunk.length; }); stream.on("end", () => { span.end(); resolve(size); }); stream.on("error", (err) => { span.recordException(err); reject(err); }); })); }

// sound: both ways end the span
import { trace } from "@opentelemetry/api";
import { get } from "node:https";
const tracer = trace.getTracer("probe");
export function probe(url: string): Promise<number> { const span = tracer.startSpan("probe"); return new Promise((resolve, reject) => { const req = get(url, (res) => { res.resume(); span.end(); resolve(res.statusCode ?? 0); }); req.on("error", (err) => { span.recordException(err); span.end(); reject(err); }); }); }

// sound: a request is closed in the end
import { trace } from "@opentelemetry/api";
import { get } from "node:https";
const tracer = trace.getTracer("probe");
export function probe(url: string): Promise<number> { const span = tracer.startSpan("probe"); return new Promise((resolve, reject) => { const req = get(url, (res) => { res.resume(); resolve(res.statusCode ?? 0); }); req.on("close", () => span.end()); req.on("error", (err) => { span.recordException(err); reject(err); }); }); }

// sound: a helper ends the span on both ways
import { trace } from "@opentelemetry/api";
import { get } from "node:https";
const tracer = trace.getTracer("probe");
export function probe(url: string): Promise<number> { const span = tracer.startSpan("probe"); const finish = () => span.end(); return new Promise((resolve, reject) => { const req = get(url, (res) => { res.resume(); finish(); resolve(res.statusCode ?? 0); }); req.on("error", (err) => { span.recordException(err); finish(); reject(err); }); }); }

// sound: what is around the promise ends the span
import { trace } from "@opentelemetry/api";
import { get } from "node:https";
const tracer = trace.getTracer("probe");
export async function probe(url: string): Promise<number> { const span = tracer.startSpan("probe"); return new Promise<number>((resolve, reject) => { const req = get(url, (res) => { res.resume(); resolve(res.statusCode ?? 0); }); req.on("error", (err) => { span.recordException(err); reject(err); }); }).finally(() => span.end()); }

// sound: a catch ends the span of a chain
import { trace } from "@opentelemetry/api";
declare function work(): Promise<void>;
const tracer = trace.getTracer("work");
export function run() { const span = tracer.startSpan("work"); return work().then(() => { span.end(); }).catch((err: Error) => { span.recordException(err); span.end(); throw err; }); }

// sound: the options of a declared error take its cause
declare class RpcError extends Error { constructor(options: { code: string; message?: string; cause?: unknown }); }
declare function load(id: string): Promise<string>;
export async function note(id: string) { try { return await load(id); } catch (cause) { throw new RpcError({ code: "INTERNAL", message: "note", cause }); } }

// sound: a declared error that takes it second
declare class StoreError extends Error { constructor(text: string, inner: unknown); }
declare function load(id: string): Promise<string>;
export async function note(id: string) { try { return await load(id); } catch (e) { throw new StoreError("note", e); } }

// defect: the options of a declared error are given the text
declare class RpcError extends Error { constructor(options: { code: string; message?: string; cause?: unknown }); }
declare function load(id: string): Promise<string>;
export async function note(id: string) { try { return await load(id); } catch (e) { throw new RpcError({ code: "INTERNAL", message: (e as Error).message }); } }

// defect: an error's options of which the constructor takes the text alone
class RpcError extends Error { readonly code: string; constructor(options: { code: string; message: string; cause?: unknown }) { super(options.message); this.code = options.code; } }
declare function load(id: string): Promise<string>;
export async function note(id: string) { try { return await load(id); } catch (cause) { throw new RpcError({ code: "INTERNAL", message: "note", cause }); } }

// sound: an error's options of which the constructor takes the cause
class RpcError extends Error { readonly code: string; constructor({ code, message, cause }: { code: string; message: string; cause?: unknown }) { super(message, { cause }); this.code = code; } }
declare function load(id: string): Promise<string>;
export async function note(id: string) { try { return await load(id); } catch (cause) { throw new RpcError({ code: "INTERNAL", message: "note", cause }); } }

// sound: an error's options handed on as they are
class RpcError extends Error { readonly code: string; constructor(options: { code: string; message: string; cause?: unknown }) { super(options.message, options); this.code = options.code; } }
declare function load(id: string): Promise<string>;
export async function note(id: string) { try { return await load(id); } catch (cause) { throw new RpcError({ code: "INTERNAL", message: "note", cause }); } }

// defect: a response is thrown
export async function f(u: string) { const r = await fetch(u); if (!r.ok) throw r; return r.json(); }

// sound: a redirect is thrown
import { redirect } from "react-router";
export async function loader() { const ok = await fetch("/me"); if (!ok.ok) throw redirect("/login"); return null; }

// sound: a response for a framework is thrown
export async function loader({ params }: { params: { id?: string } }) { if (!params.id) throw new Response("Not found", { status: 404 }); return params.id; }

// sound: a loader passes a response on
import { json } from "@remix-run/node";
export async function loader({ request }: { request: Request }) { const res = await fetch(request.url); if (!res.ok) throw res; return json(await res.json()); }

// defect: rejects with a text of the response
export async function f(u: string) { const res = await fetch(u); if (res.status >= 500) return Promise.reject(await res.text()); return res; }

// sound: the error of a pair
declare function safe<T>(p: Promise<T>): Promise<[unknown, undefined] | [undefined, T]>;
declare function load(): Promise<number>;
export async function f() { const [err, v] = await safe(load()); if (err) throw err; return v; }

// defect: a class that comes from Error
class Gone extends Error {}
declare function load(): Promise<void>;
export async function f() { try { await load(); } catch (e) { throw new Gone("no such thing"); } }

// defect: a class that comes from a class that comes from Error
abstract class AppError extends Error {}
class Gone extends AppError { constructor(m: string, o?: ErrorOptions) { super(m, o); } }
declare function load(): Promise<void>;
export function f() { return load().catch((e) => { throw new Gone("x: " + e); }); }

// defect: the stack of a parameter
import type { ServerResponse } from "node:http";
export function fail(res: ServerResponse, problem: TypeError) { res.statusCode = 500; res.end(problem.stack); }

// defect: rejects with an exit code
import { spawn } from "node:child_process";
export const run = (c: string) => new Promise<void>((res, rej) => { spawn(c).on("close", (code) => { if (code) rej(code); else res(); }); });

// defect: throws a message
declare function check(x: string): { valid: boolean; message: string };
export function f(x: string) { const r = check(x); if (!r.valid) throw r.message; }

// defect: a wrapped function whose Result is dropped
import { ResultAsync } from "neverthrow";
declare function write(s: string): Promise<void>;
const safeWrite = ResultAsync.fromThrowable(write, (e) => new Error("w", { cause: e }));
export async function f() { await safeWrite("x"); }

// defect: a callback by another name
import { exec } from "node:child_process";
export function f() { exec("git status", function (err, out, errOut) { console.log(out); }); }

// defect: a callback without parameters
import * as fs from "node:fs";
export function f(p: string, s: string, done: () => void) { fs.writeFile(p, s, () => { done(); }); }

// sound: a callback that passes its error on
import * as fs from "node:fs";
export function f(p: string, done: (e: Error | null) => void) { fs.unlink(p, (e) => { done(e); }); }

// sound: a method that is called catch
class Query { catch(f: () => void) { this.f = f; return this; } f?: () => void; }
export const q = new Query().catch(() => {});

// defect: a method that gives a promise
class Loader { async load() { return await fetch("/x"); } }
export const q = async () => { await new Loader().load().catch(() => {}); };

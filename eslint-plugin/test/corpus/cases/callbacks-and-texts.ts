// defect: only the second of all arguments
import { readFile } from "node:fs";
export function f(p: string, cb: (s: string) => void): void { readFile(p, "utf8", function () { cb(arguments[1]); }); }

// sound: the arguments as they are
import { readFile } from "node:fs";
export function f(p: string, cb: (e: unknown, s?: string) => void): void { readFile(p, "utf8", function () { cb(arguments[0], arguments[1]); }); }

// defect: an error that is only mentioned
import { readFile } from "node:fs";
export function f(p: string, cb: (s: string) => void): void { readFile(p, "utf8", (err, text) => { err; cb(text); }); }

// sound: an error that is thrown
import { readFile } from "node:fs";
export function f(p: string, cb: (s: string) => void): void { readFile(p, "utf8", (err, text) => { if (err) throw err; cb(text); }); }

// defect: an error copied for nothing
import { readFile } from "node:fs";
export function f(p: string, cb: (s: string) => void): void { readFile(p, "utf8", (err, text) => { const problem = err; cb(text); }); }

// sound: an error copied and passed on
import { readFile } from "node:fs";
export function f(p: string, cb: (e: Error | null, s?: string) => void): void { readFile(p, "utf8", (err, text) => { const problem = err; cb(problem, text); }); }

// defect: an error taken by a rest pattern and left there
import { readFile } from "node:fs";
export function f(p: string, cb: (s: string) => void): void { readFile(p, "utf8", (...[err, text]) => { cb(text); }); }

// sound: an error taken by a rest pattern and passed on
import { readFile } from "node:fs";
export function f(p: string, cb: (e: Error | null, s?: string) => void): void { readFile(p, "utf8", (...[err, text]) => { cb(err, text); }); }

// defect: an error with a default, unread
import { execFile } from "node:child_process";
export function f(cb: (s: string) => void): void { execFile("ls", (err = null, out) => { cb(out); }); }

// sound: an error compared with null
import { execFile } from "node:child_process";
export function f(cb: (s: string) => void): void { execFile("ls", (err, out) => { if (err !== null) throw err; cb(out); }); }

// defect: an error that becomes an empty text
import { readFile } from "node:fs";
export function f(p: string): Promise<string> { return new Promise((resolve, reject) => { readFile(p, "utf8", (err, text) => { if (err) { resolve(""); } else resolve(text); }); }); }

// sound: an error that rejects
import { readFile } from "node:fs";
export function f(p: string): Promise<string> { return new Promise((resolve, reject) => { readFile(p, "utf8", (err, text) => { if (err) { reject(err); } else resolve(text); }); }); }

// defect: an error asked for its type, to no end
import { readFile } from "node:fs";
export function f(p: string, cb: (s: string) => void): void { readFile(p, "utf8", (err, text) => { typeof err; cb(text); }); }

// sound: an error asked for its type, and thrown
import { readFile } from "node:fs";
export function f(p: string, cb: (s: string) => void): void { readFile(p, "utf8", (err, text) => { if (typeof err === "object" && err) throw err; cb(text); }); }

// defect: a private callback that leaves its error
import { readFile } from "node:fs";
export class L { text = ""; load(p: string): void { readFile(p, "utf8", this.#on); } #on = (err: Error | null, text: string): void => { this.text = text; }; }

// sound: a private callback that keeps its error
import { readFile } from "node:fs";
export class L { text = ""; error: Error | null = null; load(p: string): void { readFile(p, "utf8", this.#on); } #on = (err: Error | null, text: string): void => { this.error = err; this.text = text; }; }

// defect: a callback among options that leaves its error
declare function get(o: { url: string; done: (err: Error | null, body?: string) => void }): void;
export function f(cb: (s?: string) => void): void { get({ url: "/", done(err, body) { cb(body); } }); }

// sound: a callback among options that passes it on
declare function get(o: { url: string; done: (err: Error | null, body?: string) => void }): void;
export function f(cb: (e: Error | null, s?: string) => void): void { get({ url: "/", done(err, body) { cb(err, body); } }); }

// defect: an object that handles the event and does nothing
export function f(w: Worker): void { w.addEventListener("error", { handleEvent() {} }); }

// sound: an object that handles the event and reports it
declare function report(e: unknown): void;
export function f(w: Worker): void { w.addEventListener("error", { handleEvent(e: Event) { report(e); } }); }

// defect: a private method that does nothing
import type { Readable } from "node:stream";
export class A { constructor(s: Readable) { s.on("error", this.onError); } private onError(_err: Error): void {} }

// sound: a private method that reports
import type { Readable } from "node:stream";
declare function report(e: unknown): void;
export class A { constructor(s: Readable) { s.on("error", this.onError); } private onError(err: Error): void { report(err); } }

// defect: two empty handlers to choose from
import type { Readable } from "node:stream";
export function f(s: Readable, quiet: boolean): void { s.once("error", quiet ? () => {} : () => undefined); }

// sound: two handlers to choose from
import type { Readable } from "node:stream";
declare function report(e: unknown): void;
export function f(s: Readable, quiet: boolean): void { s.once("error", quiet ? report : (err) => { throw err; }); }

// defect: errors put into a list that nobody reads
import type { Readable } from "node:stream";
const errors: Error[] = [];
export function f(s: Readable): void { s.on("error", (err) => errors.push(err)); }

// sound: errors put into a list that is exported
import type { Readable } from "node:stream";
export const errors: Error[] = [];
export function f(s: Readable): void { s.on("error", (err) => errors.push(err)); }

// defect: an empty handler of an event by its name
const EVENT = "error";
export function f(s: import("node:stream").Readable): void { s.on(EVENT, () => {}); }

// sound: an empty handler of another event by its name
const EVENT = "close";
export function f(s: import("node:stream").Readable): void { s.on(EVENT, () => {}); }

// defect: a text cast to an error
const message = `cannot`; export const f = (): never => { throw message as unknown as Error; };

// sound: an error of which the type is checked
const error = new Error(`cannot`); export const f = (): never => { throw error satisfies Error; };

// defect: a table of texts
const errors = { missing: "missing", bad: "bad" };
export function f(k: "bad" | "missing"): never { throw errors[k]; }

// sound: a table of errors
const errors = { missing: new Error("missing"), bad: new Error("bad") };
export function f(k: "bad" | "missing"): never { throw errors[k]; }

// defect: a method that makes a text
export class S { private fail(m: string) { return `failed: ${m}`; } run(): never { throw this.fail("x"); } }

// sound: a method that makes an error
export class S { private fail(m: string) { return new Error(`failed: ${m}`); } run(): never { throw this.fail("x"); } }

// defect: a variable that ends as a text
export function f(): never { let e: unknown = new Error("x"); e = String(e); throw e; }

// sound: a variable that is only given errors
export function f(): never { let e: unknown = new Error("x"); e = new Error("y", { cause: e }); throw e; }

// defect: an error in a branch, not thrown
export function f(s: string): string { const err = s === "" ? new Error("x") : undefined; err ?? s; if (s === "") new TypeError("x"); return s; }

// sound: an error made under a condition, thrown under it
export function f(s: string): string { const err = s === "" ? new Error("x") : undefined; if (err) throw err; return s; }

// defect: a function of the file, called as a framework's, that makes a text
const fail = (field: string): string => `missing field: ${field}`;
export function need(data: Record<string, string>, field: string): string { const value = data[field]; if (value === undefined) throw fail(field); return value; }

// sound: a framework's function of that name
import { fail } from "@sveltejs/kit";
export function need(value: string | undefined): string { if (value === undefined) throw fail(400, { missing: true }); return value; }

// defect: a list of arguments of which the second is taken
import { readFile } from "node:fs";
export const text = (path: string): Promise<string> => new Promise((resolve) => { readFile(path, "utf8", (...args) => { resolve(args[1]); }); });

// sound: a list of arguments of which the first is asked for
import { readFile } from "node:fs";
export const text = (path: string): Promise<string> => new Promise((resolve, reject) => { readFile(path, "utf8", (...args) => { if (args[0]) reject(args[0]); else resolve(args[1]); }); });

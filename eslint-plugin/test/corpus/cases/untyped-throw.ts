// defect: a string
export function price(order: { total: number }) {
  if (order.total < 0) throw "negative total";
  return order.total;
}

// defect: a template
export function find(id: string) {
  throw `no user ${id}`;
}

// defect: an object literal
app.use((req) => {
  throw { status: 401, message: "unauthorized" };
});

// defect: a status number
export function check(ok: boolean) {
  if (!ok) throw 500;
}

// defect: null
export function stop() {
  throw null;
}

// defect: a constant string
const NOT_FOUND = "NOT_FOUND";
export function get() {
  throw NOT_FOUND;
}

// defect: an enum member
enum Failure {
  NotFound = "not-found",
}
export function get() {
  throw Failure.NotFound;
}

// defect: a typed plain object
interface ApiError {
  code: number;
  message: string;
}
export function get() {
  const error: ApiError = { code: 404, message: "no" };
  throw error;
}

// defect: a function's string
declare function translate(key: string): string;
export function get() {
  throw translate("errors.missing");
}

// defect: the message of what was caught
export function load(path: string) {
  try {
    return JSON.parse(path);
  } catch (e) {
    throw (e as Error).message;
  }
}

// defect: a JSON text
export function fail(code: number) {
  throw JSON.stringify({ code });
}

// defect: the class instead of an instance
class NotFound extends Error {}
export function get() {
  throw NotFound;
}

// defect: a conditional with a string
export function get(e?: Error) {
  throw e ?? "unknown error";
}

// defect: Promise.reject with a string
export function load() {
  return Promise.reject("not ready");
}

// defect: Promise.reject with an object
export const load = async () => Promise.reject({ code: "E_LOAD" });

// defect: Promise.reject without a reason
export function load(id?: string) {
  if (!id) return Promise.reject();
  return Promise.resolve(id);
}

// defect: reject with a string
export const wait = (ms: number) =>
  new Promise<void>((resolve, reject) => {
    setTimeout(() => reject("timeout"), ms);
  });

// defect: reject with an object
export function request(url: string) {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open("GET", url);
    xhr.onload = () => resolve(xhr.response);
    xhr.onerror = () => reject({ status: xhr.status, statusText: xhr.statusText });
    xhr.send();
  });
}

// defect: reject with nothing
export const confirm = () =>
  new Promise<void>((resolve, reject) => {
    dialog.onClose((ok: boolean) => (ok ? resolve() : reject()));
  });

// defect: reject under another name
export const wait = (ms: number) => new Promise((ok, nok) => setTimeout(() => nok("timeout"), ms));

// defect: withResolvers
export function deferred() {
  const { promise, reject } = Promise.withResolvers<string>();
  setTimeout(() => reject("timeout"), 100);
  return promise;
}

// defect: withResolvers in an object
export function deferred() {
  const d = Promise.withResolvers<string>();
  setTimeout(() => d.reject("timeout"), 100);
  return d.promise;
}

// defect: emit a string
import { EventEmitter } from "node:events";
export class Feed extends EventEmitter {
  fail() {
    this.emit("error", "connection lost");
  }
}

// defect: emit an object
import { EventEmitter } from "node:events";
const bus = new EventEmitter();
bus.emit("error", { code: 500 });

// defect: abort with a string
const controller = new AbortController();
setTimeout(() => controller.abort("timeout"), 1000);
fetch("/x", { signal: controller.signal }).catch(reportError);

// defect: an error that is created only
export function withdraw(amount: number, balance: number) {
  if (amount > balance) {
    new RangeError("insufficient funds");
  }
  return balance - amount;
}

// defect: an error class of its own, created only
class InsufficientFunds extends Error {}
export function withdraw(amount: number, balance: number) {
  if (amount > balance) new InsufficientFunds("x");
  return balance - amount;
}

// defect: an any that came from JSON
export function rethrow(text: string) {
  const payload = JSON.parse(text);
  throw payload;
}

// defect: an unknown parameter
export function toThrow(value: unknown) {
  throw value;
}

// defect: a response body
export async function request(url: string) {
  const response = await fetch(url);
  if (!response.ok) throw await response.json();
  return response;
}

// defect: an array of errors
export function all(errors: Error[]) {
  if (errors.length > 0) throw errors;
}

// defect: a symbol
export function stop() {
  throw Symbol("stop");
}

// defect: a generator's throw with a string
declare const gen: Generator<number>;
gen.throw("stop");

// defect: a class that is no Error
class Problem {
  constructor(readonly message: string) {}
}
export function get() {
  throw new Problem("no");
}

// defect: a string in a switch's default
export function area(kind: "a" | "b") {
  switch (kind) {
    case "a":
      return 1;
    case "b":
      return 2;
    default:
      throw "unknown kind " + kind;
  }
}

// defect: stream.destroy with a string
import { Readable } from "node:stream";
declare const stream: Readable;
stream.emit("error", `lost ${stream.readableLength}`);

// sound: errors of all kinds
export function f(n: number) {
  if (n === 0) throw new TypeError("zero");
  if (n === 1) throw RangeError("one");
  throw new Error("other", { cause: n });
}

// sound: a class hierarchy
class AppError extends Error {}
class NotFoundError extends AppError {
  constructor(readonly id: string) {
    super(`no ${id}`);
  }
}
export function get(id: string) {
  throw new NotFoundError(id);
}

// sound: a rethrow
export function f() {
  try {
    JSON.parse("x");
  } catch (error) {
    console.error("failed");
    throw error;
  }
}

// sound: a rethrow of an alias
export function f() {
  try {
    JSON.parse("x");
  } catch (e) {
    const error = e;
    throw error;
  }
}

// sound: a late rethrow
export async function f(task: () => Promise<void>) {
  let last: unknown;
  for (let i = 0; i < 3; i++) {
    try {
      return await task();
    } catch (e) {
      last = e;
    }
  }
  throw last;
}

// sound: a rejection handed through
export const f = (p: Promise<string>) =>
  new Promise<string>((resolve, reject) => {
    p.then(resolve, (e: unknown) => {
      reject(e);
    });
  });

// sound: a callback's error
import { readFile } from "node:fs";
export const read = (path: string) =>
  new Promise<Buffer>((resolve, reject) => {
    readFile(path, (err, data) => {
      if (err) reject(err);
      else resolve(data);
    });
  });

// sound: a stream's error
import { createReadStream } from "node:fs";
export const read = (path: string) =>
  new Promise<void>((resolve, reject) => {
    createReadStream(path)
      .on("error", (e) => reject(e))
      .on("end", () => resolve());
  });

// sound: signal.reason
export function check(signal: AbortSignal) {
  if (signal.aborted) throw signal.reason;
}

// sound: reject with signal.reason
export const sleep = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });

// sound: a loader's redirect
import { redirect } from "react-router";
export async function loader({ request }: { request: Request }) {
  if (!request.headers.get("cookie")) throw redirect("/login");
  return null;
}

// sound: a loader's response
export async function loader() {
  throw new Response("Not Found", { status: 404 });
}

// sound: json() of a framework
import { json } from "@remix-run/node";
export async function loader() {
  throw json({ message: "no" }, { status: 404 });
}

// sound: SvelteKit's error
import { error } from "@sveltejs/kit";
export function load() {
  throw error(404, "not found");
}

// sound: http-errors
import createError from "http-errors";
export function handler() {
  throw createError(404, "no such order");
}

// sound: Nest's exceptions
import { BadRequestException, NotFoundException } from "@nestjs/common";
export function handler(id?: string) {
  if (!id) throw new BadRequestException("id");
  throw new NotFoundException();
}

// sound: a factory
declare function toError(value: unknown): Error;
export function f() {
  try {
    JSON.parse("x");
  } catch (e) {
    throw toError(e);
  }
}

// sound: an untyped factory
export function f(code: number) {
  throw makeError(code);
}

// sound: Suspense
const promise = fetch("/x");
export function Component() {
  throw promise;
}

// sound: narrowed
export function f(value: unknown) {
  if (value instanceof Error) throw value;
  throw new Error(String(value));
}

// sound: an error or a new one
export function f(error?: Error) {
  throw error ?? new Error("unknown");
}

// sound: Object.assign
export function f() {
  throw Object.assign(new Error("x"), { status: 404 });
}

// sound: an Error subtype by interface
interface HttpError extends Error {
  status: number;
}
export function f() {
  const error = new Error("x") as HttpError;
  error.status = 404;
  throw error;
}

// sound: a variable error
export function f(kind: string) {
  let error: Error;
  if (kind === "a") error = new TypeError("a");
  else error = new RangeError("b");
  throw error;
}

// sound: a generic error
export function f<E extends Error>(make: () => E): never {
  throw make();
}

// sound: DOMException
export const f = () => Promise.reject(new DOMException("aborted", "AbortError"));

// sound: abort without a reason
const controller = new AbortController();
controller.abort();

// sound: abort with an error
const controller = new AbortController();
controller.abort(new Error("timeout"));

// sound: emit an error
import { EventEmitter } from "node:events";
class Feed extends EventEmitter {
  fail(e: Error) {
    this.emit("error", e);
    this.emit("error", new Error("x"));
    this.emit("data", "error");
  }
}

// sound: a Vue component's event
const emit = defineEmits<{ error: [message: string] }>();
emit("error", "required");

// sound: socket.io
io.on("connection", (socket) => {
  socket.emit("error", { message: "room is full" });
});

// sound: lodash's reject
import _ from "lodash";
export const f = (xs: number[]) => _.reject(xs, (x) => x > 1);

// sound: a modal's reject
declare const application: { reject(reason: string): void };
application.reject("incomplete");

// sound: an error returned
export function validate(x: number): Error | undefined {
  if (x < 0) return new RangeError("negative");
  return undefined;
}

// sound: an error passed
declare function report(e: Error): void;
report(new Error("unexpected"));

// sound: the stack of a new error
export const here = () => new Error().stack;

// sound: an assertion
import assert from "node:assert";
export function f(x: unknown) {
  assert(x, new Error("x"));
}

// sound: a thrown aggregate
export function f(errors: unknown[]) {
  throw new AggregateError(errors, "several");
}

// sound: errors of another realm by type
declare const e: NodeJS.ErrnoException;
export function f() {
  throw e;
}

// sound: an allSettled reason
export async function f(ps: Promise<void>[]) {
  const results = await Promise.allSettled(ps);
  const rejected = results.find((r) => r.status === "rejected");
  if (rejected) throw rejected.reason;
}

// sound: Next's notFound
import { notFound } from "next/navigation";
export default function Page() {
  notFound();
}

// sound: rejectWithValue
export const f = (thunk: { rejectWithValue(v: unknown): unknown }) => thunk.rejectWithValue("no");

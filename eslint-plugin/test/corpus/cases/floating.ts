// defect: a mail is sent and forgotten
declare function sendMail(to: string): Promise<void>;
export async function register(user: { email: string }) {
  await save(user);
  sendMail(user.email);
}
async function save(user: object) {}

// defect: an own async function
async function audit(event: string) {
  await fetch("/audit", { method: "POST", body: event });
}
export function login() {
  audit("login");
}

// defect: an own async arrow
const audit = async (event: string) => {
  await fetch("/audit", { method: "POST", body: event });
};
export function login() {
  audit("login");
}

// defect: a method
class Cache {
  async refresh() {
    this.data = await (await fetch("/data")).json();
  }
  data: unknown;
  constructor() {
    this.refresh();
  }
}

// defect: forEach with an async callback
declare function notify(id: string): Promise<void>;
export function notifyAll(ids: string[]) {
  ids.forEach((id) => {
    notify(id);
  });
}

// defect: an async callback for forEach
declare function notify(id: string): Promise<void>;
export function notifyAll(ids: string[]) {
  ids.forEach(async (id) => {
    await notify(id);
  });
}

// defect: a chain without a handler
fetch("/data")
  .then((response) => response.json())
  .then((data) => console.log(data));

// defect: a finally without a handler
declare function load(): Promise<string>;
declare function hideSpinner(): void;
load().finally(hideSpinner);

// defect: then with a first argument only
declare function load(): Promise<string>;
declare function show(s: string): void;
function onClick() {
  load().then(show);
}

// defect: an IIFE
(async function main() {
  await fetch("/start");
})();

// defect: an arrow IIFE in a React effect
declare function useEffect(f: () => void, d: unknown[]): void;
declare function loadUser(id: string): Promise<object>;
export function useUser(id: string, set: (u: object) => void) {
  useEffect(() => {
    (async () => {
      set(await loadUser(id));
    })();
  }, [id]);
}

// defect: a timer
declare function poll(): Promise<void>;
setInterval(() => {
  poll();
}, 1000);

// defect: an event listener
declare const button: HTMLButtonElement;
declare function save(): Promise<void>;
button.addEventListener("click", () => {
  save();
});

// defect: Promise.all in a statement
declare function load(id: string): Promise<string>;
export function warm(ids: string[]) {
  Promise.all(ids.map((id) => load(id)));
}

// defect: Promise.race in a statement
declare function load(id: string): Promise<string>;
export function warm() {
  Promise.race([load("a"), load("b")]);
}

// defect: Promise.any in a statement
declare function load(id: string): Promise<string>;
export function warm() {
  Promise.any([load("a"), load("b")]);
}

// defect: a mapped array
declare function load(id: string): Promise<string>;
export function warm(ids: string[]) {
  ids.map((id) => load(id));
}

// defect: a mapped array of async arrows
declare function load(id: string): Promise<string>;
export function warm(ids: string[]) {
  ids.map(async (id) => {
    await load(id);
  });
}

// defect: an unused constant
declare function load(id: string): Promise<string>;
export async function f() {
  const pending = load("a");
  console.log("started");
}

// defect: a handler attached too late
declare function load(id: string): Promise<string>;
export async function f() {
  const user = load("user");
  const orders = await load("orders");
  return { user: await user, orders };
}

// defect: a handler attached after a sleep
declare function load(id: string): Promise<string>;
declare function sleep(ms: number): Promise<void>;
export async function f() {
  const pending = load("user");
  await sleep(1000);
  try {
    return await pending;
  } catch (e) {
    throw new Error("no user", { cause: e });
  }
}

// defect: awaits one after the other
declare function load(id: string): Promise<string>;
export async function f() {
  const a = load("a");
  const b = load("b");
  const c = load("c");
  console.log(await a, await b, await c);
}

// defect: a conditional call
declare function load(id: string): Promise<string>;
export function f(eager: boolean) {
  eager && load("a");
}

// defect: an optional method
declare const hooks: { onReady?: () => Promise<void> };
hooks.onReady?.();

// defect: a comma
declare function load(id: string): Promise<string>;
let count = 0;
export function f() {
  count++, load("a");
}

// defect: dynamic import
export function f() {
  import("node:fs").then(({ readFileSync }) => readFileSync("x"));
}

// defect: a transaction without await
declare const db: { transaction<T>(f: (tx: unknown) => Promise<T>): Promise<T> };
export async function f() {
  db.transaction(async (tx) => {
    void tx;
  });
  return "ok";
}

// defect: fs promises
import { promises as fs, writeFile } from "node:fs";
export function persist(data: string) {
  fs.writeFile("data.json", data);
}

// defect: fs/promises imported
import { writeFile, mkdir } from "node:fs/promises";
export function persist(data: string) {
  mkdir("out");
  writeFile("out/data.json", data);
}

// defect: timers/promises
import { setTimeout as sleep } from "node:timers/promises";
export async function f() {
  sleep(100);
}

// defect: an Express handler
app.post("/x", (req, res) => {
  store(req.body);
  res.sendStatus(204);
});
async function store(body: unknown) {
  await fetch("/store", { method: "POST", body: JSON.stringify(body) });
}

// defect: a promise in a catch
declare function report(e: unknown): Promise<void>;
export function f() {
  try {
    JSON.parse("{");
  } catch (e) {
    report(e);
    throw e;
  }
}

// defect: a promise in a finally
declare const connection: { close(): Promise<void> };
export async function f() {
  try {
    await fetch("/x");
  } finally {
    connection.close();
  }
}

// defect: a new Promise
new Promise<void>((resolve, reject) => {
  setTimeout(() => reject(new Error("late")), 100);
});

// defect: an awaiting then callback that floats
declare function load(id: string): Promise<string>;
export async function f() {
  await load("a").then((x) => {
    load(x);
  });
}

// defect: a rejection nobody sees
export function f() {
  Promise.reject(new Error("no"));
}

// defect: a super method
class Base {
  async stop() {
    await fetch("/stop");
  }
}
export class Server extends Base {
  override async stop() {
    super.stop();
  }
}

// defect: a generic wrapper
declare function retry<T>(f: () => Promise<T>): Promise<T>;
export function f() {
  retry(() => fetch("/x"));
}

// defect: a for loop
declare function load(id: string): Promise<string>;
export async function f(ids: string[]) {
  for (const id of ids) load(id);
}

// sound: awaited
declare function load(id: string): Promise<string>;
export async function f(ids: string[]) {
  for (const id of ids) await load(id);
}

// sound: returned from an arrow
declare function load(id: string): Promise<string>;
export const f = (id: string) => load(id);

// sound: void
declare function load(id: string): Promise<string>;
export function f() {
  void load("a");
}

// sound: a catch
declare function load(id: string): Promise<string>;
export function f() {
  load("a").catch((e: unknown) => {
    reportError(e);
  });
}

// sound: both handlers
declare function load(id: string): Promise<string>;
declare function show(s: string): void;
declare function fail(e: unknown): void;
load("a").then(show, fail);

// sound: catch and finally
declare function load(id: string): Promise<string>;
declare function fail(e: unknown): void;
declare function done(): void;
load("a").catch(fail).finally(done);

// sound: an own function that cannot reject
async function track(event: string) {
  try {
    await fetch("/track", { method: "POST", body: event });
  } catch (e) {
    reportError(e);
  }
}
export function onClick() {
  track("click");
}

// sound: an async IIFE with a try around everything
declare const logger: { error(e: unknown): void };
(async () => {
  try {
    await fetch("/x");
  } catch (e) {
    logger.error(e);
  }
})();

// sound: an async IIFE with a catch
(async () => {
  await fetch("/x");
})().catch((e) => {
  console.error(e);
  process.exit(1);
});

// sound: node:test
import { test, describe, it } from "node:test";
import assert from "node:assert/strict";
test("adds", async () => {
  assert.equal(await Promise.resolve(2), 2);
});
describe("suite", () => {
  it("works", async () => {
    await Promise.resolve();
  });
});

// sound: node:test's default import
import test from "node:test";
test("top", async (t) => {
  await t.test("sub", () => {});
});
test.skip("later", () => {});

// sound: knex builds lazily
interface Builder extends PromiseLike<object[]> {
  where(name: string, value: unknown): Builder;
}
declare function knex(table: string): Builder;
export function f(active: boolean) {
  const query = knex("users");
  if (active) query.where("active", true);
  return query;
}

// sound: Fastify's thenables
declare const reply: { code(n: number): typeof reply; send(body?: unknown): typeof reply; then(f: () => void, r: (e: Error) => void): void };
export function handler() {
  reply.code(204).send();
}

// sound: Fastify's register
interface FastifyInstance extends PromiseLike<void> {
  register(plugin: unknown): FastifyInstance & PromiseLike<void>;
  get(path: string, handler: () => unknown): FastifyInstance;
}
declare const fastify: FastifyInstance;
fastify.register({});
fastify.get("/", () => "ok");

// sound: a synchronous callback API
import { readFile } from "node:fs";
readFile("x", (err, data) => {
  if (err) throw err;
  console.log(data.length);
});

// sound: collected and awaited
declare function load(id: string): Promise<string>;
export async function f(ids: string[]) {
  const pending = new Set<Promise<string>>();
  for (const id of ids) {
    const p = load(id);
    pending.add(p);
    if (pending.size > 5) await Promise.race(pending);
  }
  await Promise.all(pending);
}

// sound: kept in a map
declare function load(id: string): Promise<string>;
const inflight = new Map<string, Promise<string>>();
export function dedupe(id: string) {
  let p = inflight.get(id);
  if (!p) {
    p = load(id).finally(() => inflight.delete(id));
    inflight.set(id, p);
  }
  return p;
}

// sound: a field
declare function load(id: string): Promise<string>;
export class Lazy {
  private value: Promise<string> | undefined;
  get() {
    this.value ??= load("x");
    return this.value;
  }
}

// sound: Promise.all of constants
declare function load(id: string): Promise<string>;
export async function f() {
  const a = load("a");
  const b = load("b");
  const [x, y] = await Promise.all([a, b]);
  return x + y;
}

// sound: allSettled whose outcomes are looked at
declare function load(id: string): Promise<string>;
export async function f() {
  const settled = await Promise.allSettled([load("a"), load("b")]);
  for (const s of settled) if (s.status === "rejected") reportError(s.reason);
}

// sound: waitUntil
declare const event: { waitUntil(p: Promise<unknown>): void };
declare function load(id: string): Promise<string>;
event.waitUntil(load("a"));

// sound: an awaited race with a timeout
declare function load(id: string): Promise<string>;
declare function timeout(ms: number): Promise<never>;
export const f = async () => await Promise.race([load("a"), timeout(100)]);

// sound: a marked promise
declare function load(id: string): Promise<string>;
export async function f() {
  const a = load("a");
  a.catch(() => {});
  const b = await load("b");
  return (await a) + b;
}

// sound: an event handler that returns
declare const emitter: { on(n: string, f: () => unknown): void };
declare function load(id: string): Promise<string>;
emitter.on("x", () => load("a"));

// sound: for await
declare function stream(): AsyncGenerator<string>;
export async function f() {
  for await (const chunk of stream()) console.log(chunk);
}

// sound: an async generator called
async function* numbers() {
  yield 1;
}
const it = numbers();
for await (const n of it) console.log(n);

// sound: yield in a coroutine
declare function load(id: string): Promise<string>;
export function* saga(): Generator<Promise<string>> {
  yield load("a");
}

// sound: an assertion
declare function load(id: string): Promise<string>;
declare const assert: { rejects(p: Promise<unknown>): Promise<void> };
export async function f() {
  await assert.rejects(load("a"));
}

// sound: an array of numbers mapped
export function f(xs: number[]) {
  xs.map((x) => x + 1);
  xs.forEach((x) => console.log(x));
}

// sound: a React query's refetch with void
declare const query: { refetch(): Promise<void> };
export const onClick = () => void query.refetch();

// sound: await using
declare function open(): Promise<AsyncDisposable & { read(): Promise<string> }>;
export async function f() {
  await using file = await open();
  return await file.read();
}

// sound: a promise passed on
declare function load(id: string): Promise<string>;
declare function use(p: Promise<string>): void;
use(load("a"));

// sound: a deferred
const { promise, resolve, reject } = Promise.withResolvers<string>();
setTimeout(() => resolve("x"), 10);
process.once("exit", () => reject(new Error("exit")));
export { promise };

// sound: Promise.resolve in a statement
export function f() {
  let done = false;
  queueMicrotask(() => {
    done = true;
  });
  return () => done;
}

// sound: a started task is joined in finally
declare function background(signal: AbortSignal): Promise<void>;
export async function f(work: () => Promise<void>) {
  const controller = new AbortController();
  const task = background(controller.signal).catch((e: unknown) => {
    reportError(e);
  });
  try {
    await work();
  } finally {
    controller.abort();
    await task;
  }
}

// sound: an own async function that only sleeps by a resolving promise
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export async function f() {
  await sleep(10);
}

// sound: a handler chosen before
declare function load(id: string): Promise<string>;
export async function f() {
  const result = load("a").then(
    (value) => ({ ok: true as const, value }),
    (error: unknown) => ({ ok: false as const, error }),
  );
  await load("b");
  return await result;
}

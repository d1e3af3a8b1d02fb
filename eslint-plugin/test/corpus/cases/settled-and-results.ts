// defect: the outcome is dropped
declare function send(id: string): Promise<void>;
export async function broadcast(ids: string[]) {
  await Promise.allSettled(ids.map((id) => send(id)));
}

// defect: the values only
declare function load(id: string): Promise<string>;
export async function all(ids: string[]) {
  const settled = await Promise.allSettled(ids.map(load));
  return settled.filter((s): s is PromiseFulfilledResult<string> => s.status === "fulfilled").map((s) => s.value);
}

// defect: a loop over the fulfilled
declare function load(id: string): Promise<string>;
export async function all(ids: string[]) {
  const out: string[] = [];
  for (const result of await Promise.allSettled(ids.map(load))) {
    if (result.status === "fulfilled") out.push(result.value);
  }
  return out;
}

// defect: rejected ones become null
declare function load(id: string): Promise<string>;
export const all = async (ids: string[]) => (await Promise.allSettled(ids.map(load))).map((r) => (r.status === "fulfilled" ? r.value : null));

// defect: a count of what went well
declare function load(id: string): Promise<string>;
export async function count(ids: string[]) {
  const results = await Promise.allSettled(ids.map(load));
  return results.filter((r) => r.status === "fulfilled").length;
}

// defect: destructured, one unread
declare function load(id: string): Promise<string>;
export async function page() {
  const [user, orders] = await Promise.allSettled([load("user"), load("orders")]);
  return { user: user.status === "fulfilled" ? user.value : undefined, orders: orders.status === "fulfilled" ? orders.value : undefined };
}

// defect: skips the rejected
declare function load(id: string): Promise<string>;
export async function all(ids: string[]) {
  const results = await Promise.allSettled(ids.map(load));
  results.forEach((r) => {
    if (r.status === "rejected") return;
    show(r.value);
  });
}

// defect: continue for the rejected
declare function load(id: string): Promise<string>;
export async function all(ids: string[]) {
  for (const r of await Promise.allSettled(ids.map(load))) {
    if (r.status === "rejected") continue;
    show(r.value);
  }
}

// defect: then over the fulfilled
declare function load(id: string): Promise<string>;
export const all = (ids: string[]) => Promise.allSettled(ids.map(load)).then((rs) => rs.flatMap((r) => (r.status === "fulfilled" ? [r.value] : [])));

// defect: "value" in
declare function load(id: string): Promise<string>;
export const all = async (ids: string[]) => (await Promise.allSettled(ids.map(load))).flatMap((r) => ("value" in r ? r.value : []));

// defect: a reduce over values
declare function load(id: string): Promise<number>;
export const sum = async (ids: string[]) =>
  (await Promise.allSettled(ids.map(load))).reduce((n, r) => (r.status === "fulfilled" ? n + r.value : n), 0);

// defect: neverthrow's Result is dropped
import { err, ok, type Result } from "neverthrow";
declare function save(x: string): Result<number, Error>;
export function f() {
  save("x");
}

// defect: an awaited ResultAsync is dropped
import { ResultAsync } from "neverthrow";
declare function save(x: string): ResultAsync<number, Error>;
export async function f() {
  await save("x");
}

// defect: a Result in a constant nobody reads
import { type Result } from "neverthrow";
declare function save(x: string): Result<number, Error>;
export function f() {
  const result = save("x");
}

// defect: our own Result
import { type Result } from "@errspan/runtime/result";
declare function save(x: string): Promise<Result<number, Error>>;
export async function f() {
  await save("x");
}

// defect: a mapped Result
import { type Result } from "neverthrow";
declare function save(x: string): Result<number, Error>;
export function f() {
  save("x").map((n) => n + 1);
}

// defect: better-result
import { type Result } from "better-result";
declare function save(x: string): Result<number, Error>;
export function f() {
  save("x");
}

// defect: an Effect is built and never run
import { Effect } from "effect";
export function f() {
  Effect.fail(new Error("x"));
}

// defect: an Effect that is never run
import { Effect } from "effect";
declare function save(x: string): Effect.Effect<number, Error>;
export function f() {
  save("x");
}

// defect: ok() in a statement
import { err } from "neverthrow";
export function f(x: number) {
  if (x < 0) err(new Error("negative"));
  return x;
}

// sound: both looked at
declare function load(id: string): Promise<string>;
export async function all(ids: string[]) {
  const out: string[] = [];
  for (const r of await Promise.allSettled(ids.map(load))) {
    if (r.status === "fulfilled") out.push(r.value);
    else logger.error(r.reason);
  }
  return out;
}

// sound: failures thrown
declare function load(id: string): Promise<string>;
export async function all(ids: string[]) {
  const results = await Promise.allSettled(ids.map(load));
  const errors = results.flatMap((r) => (r.status === "rejected" ? [r.reason] : []));
  if (errors.length > 0) throw new AggregateError(errors);
}

// sound: returned
declare function load(id: string): Promise<string>;
export const all = (ids: string[]) => Promise.allSettled(ids.map(load));

// sound: passed on
declare function load(id: string): Promise<string>;
declare function summarize(rs: PromiseSettledResult<string>[]): string;
export const all = async (ids: string[]) => summarize(await Promise.allSettled(ids.map(load)));

// sound: a count of both
declare function load(id: string): Promise<string>;
export async function count(ids: string[]) {
  const results = await Promise.allSettled(ids.map(load));
  const failed = results.filter((r) => r.status === "rejected");
  if (failed.length) logger.warn(`${failed.length} of ${results.length} failed`);
  return results.filter((r) => r.status === "fulfilled").length;
}

// sound: partitioned
declare function load(id: string): Promise<string>;
export async function all(ids: string[]) {
  const results = await Promise.allSettled(ids.map(load));
  const good = results.filter((r) => r.status === "fulfilled").map((r) => r.value);
  const bad = results.filter((r) => r.status === "rejected").map((r) => r.reason);
  return { good, bad };
}

// sound: promises that handle their own rejections
declare function load(id: string): Promise<string>;
export async function drain(ids: string[]) {
  const pending = ids.map((id) => load(id).catch((e: unknown) => report(e)));
  await Promise.allSettled(pending);
}

// sound: waiting for what was started before the rethrow
declare function load(id: string): Promise<string>;
export async function all(ids: string[]) {
  const pending = ids.map(load);
  try {
    return await Promise.all(pending);
  } catch (e) {
    await Promise.allSettled(pending);
    throw e;
  }
}

// sound: clean-up
declare const clients: { close(): Promise<void> }[];
export async function stop() {
  await Promise.allSettled(clients.map((c) => c.close()));
}

// sound: a reason
declare function ping(id: string): Promise<void>;
export async function warm(ids: string[]) {
  // Warming is optional: a cold cache is filled by the first request.
  await Promise.allSettled(ids.map(ping));
}

// sound: a switch
declare function load(id: string): Promise<string>;
export async function all(ids: string[]) {
  for (const r of await Promise.allSettled(ids.map(load))) {
    switch (r.status) {
      case "fulfilled":
        show(r.value);
        break;
      case "rejected":
        report(r.reason);
        break;
    }
  }
}

// sound: every
declare function load(id: string): Promise<string>;
export async function ok(ids: string[]) {
  const results = await Promise.allSettled(ids.map(load));
  return results.every((r) => r.status === "fulfilled");
}

// sound: the Result is matched
import { type Result } from "neverthrow";
declare function save(x: string): Result<number, Error>;
export function f() {
  save("x").match(
    (n) => console.log(n),
    (e) => report(e),
  );
}

// sound: the Result is returned
import { type Result } from "neverthrow";
declare function save(x: string): Result<number, Error>;
export const f = () => save("x").map((n) => n + 1);

// sound: the Result is asked
import { type Result } from "neverthrow";
declare function save(x: string): Result<number, Error>;
export function f() {
  const result = save("x");
  if (result.isErr()) throw result.error;
  return result.value;
}

// sound: unwrapped
import { type Result } from "neverthrow";
declare function save(x: string): Result<number, Error>;
export const f = () => save("x")._unsafeUnwrap();
export const g = () => save("x").unwrapOr(0);

// sound: Effect is run
import { Effect } from "effect";
declare function save(x: string): Effect.Effect<number, Error>;
export const f = () => Effect.runPromise(save("x"));

// sound: Effect.gen
import { Effect } from "effect";
declare function save(x: string): Effect.Effect<number, Error>;
export const f = Effect.gen(function* () {
  yield* save("x");
  return yield* save("y");
});

// sound: a Result of somebody else
interface Result {
  rows: number;
}
declare function query(sql: string): Result;
export function f() {
  query("delete from x");
}

// sound: ok of a test library
declare function ok(value: unknown): void;
ok(1 + 1 === 2);

// sound: passed to a collector
import { Result, ok } from "neverthrow";
declare function save(x: string): Result<number, Error>;
const results: Result<number, Error>[] = [];
export function f() {
  results.push(save("x"));
  return Result.combine(results);
}

// defect: the outcomes of all are thrown away by what comes next
export function warmAll(hosts: string[], warm: (host: string) => Promise<void>) {
  return Promise.allSettled(hosts.map(warm)).then(() => undefined);
}

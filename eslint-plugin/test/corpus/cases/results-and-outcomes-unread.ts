// defect: a Result that is only mentioned
import type { Result } from "neverthrow";
declare function save(): Result<number, Error>;
export function f(): void { const r = save(); void r; }

// sound: a Result with something to fall back on
import type { Result } from "neverthrow";
declare function save(): Result<number, Error>;
export function f(): number { const r = save(); return r.unwrapOr(0); }

// defect: Results of a forEach
import type { Result } from "neverthrow";
declare function save(id: string): Result<number, Error>;
export function f(ids: string[]): void { ids.forEach((id) => save(id)); }

// sound: Results of a map, returned
import type { Result } from "neverthrow";
declare function save(id: string): Result<number, Error>;
export function f(ids: string[]): Result<number, Error>[] { return ids.map((id) => save(id)); }

// defect: a Result behind a condition
import type { Result } from "neverthrow";
declare function save(): Result<number, Error>; declare const on: boolean;
export function f(): void { on && save(); }

// sound: a Result asked behind a condition
import type { Result } from "neverthrow";
declare function save(): Result<number, Error>; declare const on: boolean;
export function f(): boolean { return on && save().isOk(); }

// defect: a Result as one side of a choice
import type { Result } from "neverthrow";
declare function save(): Result<number, Error>; declare const on: boolean;
export function f(): void { on ? save() : undefined; }

// sound: a Result as one side of a choice, returned
import type { Result } from "neverthrow";
declare function save(): Result<number, Error>; declare const on: boolean;
export function f(): Result<number, Error> | undefined { return on ? save() : undefined; }

// defect: a Result in front of a comma
import type { Result } from "neverthrow";
declare function save(): Result<number, Error>;
export function f(): string { return (save(), "done"); }

// sound: a Result looked at in front of a comma
import type { Result } from "neverthrow";
declare function save(): Result<number, Error>; declare function check(r: Result<number, Error>): void;
export function f(): string { return (check(save()), "done"); }

// defect: Results that are waited for and dropped
import { ResultAsync } from "neverthrow";
declare function save(id: string): ResultAsync<number, Error>;
export async function f(ids: string[]): Promise<void> { await Promise.all(ids.map((id) => save(id))); }

// sound: Results that are waited for and returned
import { ResultAsync, type Result } from "neverthrow";
declare function save(id: string): ResultAsync<number, Error>;
export async function f(ids: string[]): Promise<Result<number, Error>[]> { return await Promise.all(ids.map((id) => save(id))); }

// defect: an Either that an effect has given, never read
import { Effect, Either } from "effect";
declare const job: Effect.Effect<number, Error>;
export const f = Effect.gen(function* () { const r = yield* Effect.either(job); return 1; });

// sound: an Either that an effect has given, read
import { Effect, Either } from "effect";
declare const job: Effect.Effect<number, Error>;
export const f = Effect.gen(function* () { const r = yield* Effect.either(job); return Either.isRight(r) ? r.right : 0; });

// defect: a Result assigned and never read
import type { Result } from "neverthrow";
declare function save(): Result<number, Error>;
export function f(): string { let r: Result<number, Error>; r = save(); return "x"; }

// sound: a Result assigned and asked
import type { Result } from "neverthrow";
declare function save(): Result<number, Error>;
export function f(): string { let r: Result<number, Error>; r = save(); return r.isErr() ? "failed" : "x"; }

// defect: a Result in a list that nobody looks at
import type { Result } from "neverthrow";
declare function parse(s: string): Result<number, Error>;
export function f(s: string): void { const results: Result<number, Error>[] = []; results.push(parse(s)); }

// sound: a Result in a list that is returned
import type { Result } from "neverthrow";
declare function parse(s: string): Result<number, Error>;
export function f(s: string): Result<number, Error>[] { const results: Result<number, Error>[] = []; results.push(parse(s)); return results; }

// defect: an index loop that takes the fulfilled
export async function f(p: Promise<number>[]): Promise<number[]> { const r = await Promise.allSettled(p); const out: number[] = []; for (let i = 0; i < r.length; i++) { const x = r[i]!; if (x.status === "fulfilled") out.push(x.value); } return out; }

// sound: an index loop that reports the rejected
declare function report(e: unknown): void;
export async function f(p: Promise<number>[]): Promise<number[]> { const r = await Promise.allSettled(p); const out: number[] = []; for (let i = 0; i < r.length; i++) { const x = r[i]!; if (x.status === "fulfilled") out.push(x.value); else report(x.reason); } return out; }

// defect: entries of which the fulfilled are taken
export async function f(p: Promise<number>[]): Promise<number[]> { const out: number[] = []; for (const [i, r] of (await Promise.allSettled(p)).entries()) { if (r.status === "fulfilled") out[i] = r.value; } return out; }

// sound: entries of which the rejected are reported
declare function report(e: unknown): void;
export async function f(p: Promise<number>[]): Promise<number[]> { const out: number[] = []; for (const [i, r] of (await Promise.allSettled(p)).entries()) { if (r.status === "fulfilled") out[i] = r.value; else report(r.reason); } return out; }

// defect: an outcome that is skipped
declare function a(): Promise<number>; declare function b(): Promise<number>;
export async function f(): Promise<number> { const [, second] = await Promise.allSettled([a(), b()]); if (second.status === "rejected") throw second.reason; return second.value; }

// sound: both outcomes asked for
declare function a(): Promise<number>; declare function b(): Promise<number>; declare function report(e: unknown): void;
export async function f(): Promise<number> { const [first, second] = await Promise.allSettled([a(), b()]); if (first.status === "rejected") report(first.reason); if (second.status === "rejected") throw second.reason; return second.value; }

// defect: a rest of outcomes that nobody reads
declare function a(): Promise<number>; declare function b(): Promise<number>;
export async function f(): Promise<number> { const [x, ...rest] = await Promise.allSettled([a(), b()]); if (x.status === "rejected") throw x.reason; return x.value; }

// sound: a rest of outcomes given away
declare function a(): Promise<number>; declare function b(): Promise<number>; declare function check(r: unknown): void;
export async function f(): Promise<number> { const [x, ...rest] = await Promise.allSettled([a(), b()]); check(rest); if (x.status === "rejected") throw x.reason; return x.value; }

// defect: the first of two outcomes
declare function a(): Promise<number>; declare function b(): Promise<number>;
export async function f(): Promise<number> { const results = await Promise.allSettled([a(), b()]); const x = results[0]; if (x.status === "rejected") throw x.reason; return x.value; }

// sound: both of two outcomes, by index
declare function a(): Promise<number>; declare function b(): Promise<number>;
export async function f(): Promise<number> { const results = await Promise.allSettled([a(), b()]); const x = results[0], y = results[1]; if (x.status === "rejected") throw x.reason; if (y.status === "rejected") throw y.reason; return x.value; }

// defect: a value taken out by pattern
declare function a(): Promise<number>;
export async function f(): Promise<number> { const [{ value }] = (await Promise.allSettled([a()])) as [PromiseFulfilledResult<number>]; return value; }

// sound: an outcome taken out by pattern, and asked
declare function a(): Promise<number>;
export async function f(): Promise<number> { const [r] = await Promise.allSettled([a()]); if (r.status === "rejected") throw r.reason; return r.value; }

// defect: rejected outcomes counted by nobody
export async function f(p: Promise<number>[]): Promise<number> { const failed = (await Promise.allSettled(p)).filter((r) => r.status === "rejected"); return p.length; }

// sound: rejected outcomes thrown together
export async function f(p: Promise<number>[]): Promise<number> { const failed = (await Promise.allSettled(p)).filter((r) => r.status === "rejected"); if (failed.length) throw new AggregateError(failed.map((x) => x.reason)); return p.length; }

// defect: states printed, reasons left
export async function f(p: Promise<number>[]): Promise<void> { const r = await Promise.allSettled(p); r.forEach(({ status }) => { console.log(status); }); }

// sound: reasons reported one by one
declare function report(e: unknown): void;
export async function f(p: Promise<number>[]): Promise<void> { const r = await Promise.allSettled(p); r.forEach((x) => { if (x.status === "rejected") report(x.reason); }); }

// sound: value and error
type Result<T, E> = { ok: boolean; value?: T; error?: E }; declare function save(o: string): Result<string, Error>;
export function run() { const { value, error } = save("a"); if (error) throw error; return value; }

// sound: rows of a query
type Result = { data: string[]; count: number }; declare function list(): Result;
export function run() { const { data } = list(); return data; }

// sound: match in the chain
import { type ResultAsync } from "neverthrow"; declare function save(o: string): ResultAsync<number, Error>;
export const run = () => save("a").match((n) => n, () => 0).then(() => "done");

// defect: the text of an error by its method
interface Res { status(n: number): Res; json(b: unknown): void } declare function load(): Promise<string>;
export async function h(_q: unknown, res: Res) { await load().catch((err: Error) => { res.status(500).json({ error: err.toString() }); }); }

// defect: a closure that sends
interface Res { status(n: number): Res; json(b: unknown): void } declare function load(): Promise<string>;
export async function h(_q: unknown, res: Res) { const send = (status: number, body: unknown) => res.status(status).json(body); try { send(200, await load()); } catch (err) { send(500, { error: (err as Error).stack }); } }

// sound: a closure that sends a code
interface Res { status(n: number): Res; json(b: unknown): void } declare function load(): Promise<string>; declare const log: { error(o: object): void };
export async function h(_q: unknown, res: Res) { const send = (status: number, body: unknown) => res.status(status).json(body); try { send(200, await load()); } catch (err) { log.error({ err }); send(500, { error: "internal" }); } }

// sound: a method that logs the error and sends a code
interface Res { status(n: number): Res; json(b: unknown): void } declare function load(): Promise<string>; declare const log: { error(o: object): void };
export class Orders { private fail(res: Res, err: unknown) { log.error({ err }); res.status(500).json({ error: "internal" }); } async get(res: Res) { try { res.json(await load()); } catch (err) { this.fail(res, err); } } }

// defect: an unhandled rejection that is only mentioned
declare const log: { warn(t: string): void };
process.on("unhandledRejection", (reason) => { log.warn("unhandled"); });

// defect: a stream's error without the error
import { createReadStream } from "node:fs"; declare const logger: { error(t: string): void };
export const open = (p: string) => createReadStream(p).on("error", (err) => logger.error(`cannot read ${p}`));

// sound: the reason is logged
declare const log: { warn(o: object, t: string): void };
process.on("unhandledRejection", (reason) => { log.warn({ reason }, "unhandled"); });

// sound: mentioned, and the caller told
import { createReadStream } from "node:fs"; declare const logger: { error(t: string): void };
export const open = (p: string, fail: (e: Error) => void) => createReadStream(p).on("error", (err) => { logger.error(`cannot read ${p}`); fail(err); });

// sound: printed in development, reported elsewhere
declare function report(e: unknown): void; declare function load(): Promise<string>;
export async function get() { try { return await load(); } catch (e) { if (process.env["NODE_ENV"] === "development") { console.error(e); } else { report(e); } return null; } }

// sound: a private field that is read in another method
declare function load(): Promise<string>;
export class Loader { #pending: Promise<string> | undefined; start() { this.#pending = load(); } async get() { return await this.#pending; } }

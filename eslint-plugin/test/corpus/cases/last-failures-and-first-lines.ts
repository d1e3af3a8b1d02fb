// defect: the guard the wrong way round, in a function that removes what is there
import { unlink } from "node:fs/promises";
export async function removeIfPresent(path: string): Promise<boolean> { try { await unlink(path); return true; } catch (err) { if ((err as NodeJS.ErrnoException).code === "ENOENT") throw err; return false; } }

// defect: exists, the wrong way round
import { stat } from "node:fs/promises";
export async function exists(path: string) { try { await stat(path); return true; } catch (err) { if ((err as NodeJS.ErrnoException).code === "ENOENT") { throw err; } return false; } }

// defect: a chain the wrong way round
declare class NotFoundError extends Error {} declare const users: { find(id: string): Promise<{ id: string }> };
export const findOrNull = (id: string) => users.find(id).catch((err: unknown) => { if (err instanceof NotFoundError) throw err; return null; });

// defect: what is there already
import { mkdir } from "node:fs/promises";
export async function tryMake(dir: string) { try { await mkdir(dir); } catch (err) { if ((err as NodeJS.ErrnoException).code === "EEXIST") throw err; } }

// sound: the right way round
import { unlink } from "node:fs/promises";
export async function removeIfPresent(path: string): Promise<boolean> { try { await unlink(path); return true; } catch (err) { if ((err as NodeJS.ErrnoException).code !== "ENOENT") throw err; return false; } }

// sound: an abort is passed on, and nothing else matters to a probe
import { stat } from "node:fs/promises";
export async function exists(path: string, signal: AbortSignal) { try { await stat(path); signal.throwIfAborted(); return true; } catch (err) { if ((err as Error).name === "AbortError") throw err; return false; } }

// sound: a missing user is an error here, a missing right is an answer
declare class NotFoundError extends Error {} declare class Forbidden extends Error {} declare const users: { find(id: string): Promise<{ id: string }> };
export async function findVisible(id: string) { try { return await users.find(id); } catch (err) { if (err instanceof NotFoundError) throw err; if (err instanceof Forbidden) return null; throw err; } }

// defect: a generator that ends at the first line it cannot read
export function* entries(lines: Iterable<string>): Generator<{ at: string }> { for (const line of lines) { let entry: { at: string }; try { entry = JSON.parse(line) as { at: string }; } catch { return; } yield entry; } }

// defect: a generator that leaves its loop at the first line it cannot read
export function* entries(lines: Iterable<string>) { for (const line of lines) { try { yield JSON.parse(line) as unknown; } catch { break; } } }

// defect: an asynchronous one
declare const lines: AsyncIterable<string>;
export async function* entries() { for await (const line of lines) { let url: URL; try { url = new URL(line); } catch (err) { return; } yield url; } }

// sound: a generator of nothing for a text that is no list
export function* items(text: string): Generator<unknown> { let list: unknown; try { list = JSON.parse(text); } catch { return; } if (Array.isArray(list)) yield* list; }

// sound: a generator that says which line it was
export function* entries(lines: Iterable<string>) { let n = 0; for (const line of lines) { n++; try { yield JSON.parse(line) as unknown; } catch (err) { throw new SyntaxError(`line ${n}`, { cause: err }); } } }

// sound: all failures, once the last has come
interface Replica { read(key: string): Promise<string> }
export async function readAny(replicas: Replica[], key: string) { const failures: unknown[] = []; for (const r of replicas) { try { return await r.read(key); } catch (err) { failures.push(err); if (failures.length === replicas.length) throw new AggregateError(failures, "all failed"); } } throw new Error("none"); }

// sound: the last failure kept outside
declare function read(key: string): Promise<string>;
export async function again(key: string) { let last: unknown; for (let n = 0; ; n++) { try { return await read(key); } catch (err) { last = err; if (n === 2) throw new Error("gave up", { cause: last }); } } }

// sound: a field
declare function read(key: string): Promise<string>;
export class Reader { last: unknown; async get(key: string) { try { return await read(key); } catch (err) { this.last = err; throw new Error("read", { cause: this.last }); } } }

// sound: the failures by their key
declare function read(key: string): Promise<string>;
export async function get(keys: string[]) { const failures = new Map<string, unknown>(); for (const k of keys) { try { return await read(k); } catch (err) { failures.set(k, err); if (failures.size === keys.length) throw new AggregateError(failures.values(), "none"); } } throw new Error("no keys"); }

// sound: the failures as the cause
declare function read(key: string): Promise<string>;
export async function get(keys: string[]) { const failures: Error[] = []; for (const k of keys) { try { return await read(k); } catch (err) { failures.push(err as Error); if (failures.length > 3) throw new Error("too many", { cause: failures }); } } return undefined; }

// sound: an error class that takes the list
class AllFailed extends Error { constructor(readonly failures: readonly unknown[]) { super(`${failures.length} failed`); } } declare function read(key: string): Promise<string>;
export async function get(keys: string[]) { const failures: unknown[] = []; for (const k of keys) { try { return await read(k); } catch (err) { failures.push(err); if (failures.length === keys.length) throw new AllFailed(failures); } } throw new Error("no keys"); }

// sound: a spread list
declare function read(key: string): Promise<string>;
export async function get(keys: string[]) { let failures: unknown[] = []; for (const k of keys) { try { return await read(k); } catch (err) { failures = [...failures, err]; if (failures.length === keys.length) throw new AggregateError(failures, "none"); } } throw new Error("no keys"); }

// defect: a list of names as the errors
interface Replica { name: string; read(key: string): Promise<string> }
export async function readAny(replicas: Replica[], key: string) { const failures: string[] = []; for (const r of replicas) { try { return await r.read(key); } catch (err) { failures.push(r.name); if (failures.length === replicas.length) throw new AggregateError(failures, "all failed"); } } throw new Error("none"); }

// defect: another variable as the cause
declare function read(key: string): Promise<string>; declare let other: unknown;
export async function again(key: string) { let last: unknown; try { return await read(key); } catch (err) { last = err; throw new Error("gave up", { cause: other }); } finally { console.log(last); } }

// sound: a cause in a field of a field
declare function load(k: string): Promise<string>; class LoadError extends Error { details: { inner?: unknown } = {}; }
export async function get(k: string) { try { return await load(k); } catch (e) { const failure = new LoadError(k); failure.details.inner = e; throw failure; } }

// sound: resolved with a failure
declare function upload(f: string): Promise<void>;
export const send = (f: string) => new Promise<{ ok: boolean }>((resolve) => { upload(f).then(() => resolve({ ok: true })).catch(() => { resolve({ ok: false }); }); });

// defect: resolved as though it had worked
declare function upload(f: string): Promise<void>;
export const send = (f: string) => new Promise<{ ok: boolean }>((resolve) => { upload(f).then(() => resolve({ ok: true })).catch(() => { resolve({ ok: true }); }); });

// defect: a field of a field that is given the text
declare function load(k: string): Promise<string>; class LoadError extends Error { details: { inner?: unknown } = {}; }
export async function get(k: string) { try { return await load(k); } catch (e) { const failure = new LoadError(k); failure.details.inner = (e as Error).message; throw failure; } }

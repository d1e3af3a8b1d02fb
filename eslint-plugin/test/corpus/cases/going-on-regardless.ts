// defect: middleware goes on without the user
declare function verify(token: string): Promise<{ sub: string }>;
export function requireUser() { return async (req: { token: string; user?: string }, _res: unknown, next: (err?: unknown) => void): Promise<void> => { try { req.user = (await verify(req.token)).sub; } catch (err) { next(); return; } next(); }; }

// defect: middleware gives back what next gives
declare function verify(token: string): Promise<{ sub: string }>;
export class Guard { async use(req: { token: string; user?: string }, _res: unknown, next: (err?: unknown) => void) { try { req.user = (await verify(req.token)).sub; next(); } catch (error) { return next(); } } }

// defect: a done that is told null
declare function charge(id: string): Promise<void>;
export const worker = async (id: string, done: (err: Error | null) => void) => { try { await charge(id); done(null); } catch (error) { done(null); } };

// defect: a chain that goes on with next
declare function record(path: string): Promise<void>;
export function audit(req: { path: string }, _res: unknown, next: () => void) { record(req.path).then(() => next()).catch((err) => next()); }

// defect: success is told to the caller's hook
declare function upload(file: string): Promise<void>;
export async function send(file: string, { onSuccess }: { onSuccess: () => void }) { try { await upload(file); onSuccess(); } catch (err) { onSuccess(); } }

// defect: an executor's first parameter by another name
declare function upload(file: string): Promise<void>;
export function send(file: string) { return new Promise<void>((ok, fail) => { upload(file).then(ok, (err) => ok()); }); }

// sound: middleware that passes the error on
declare function verify(token: string): Promise<{ sub: string }>;
export function requireUser() { return async (req: { token: string; user?: string }, _res: unknown, next: (err?: unknown) => void): Promise<void> => { try { req.user = (await verify(req.token)).sub; } catch (err) { next(err); return; } next(); }; }

// sound: an expired token is nobody, anything else an error
declare function verify(token: string): Promise<{ sub: string }>;
declare class TokenExpiredError extends Error {}
export async function requireUser(req: { token: string; user?: string }, _res: unknown, next: (err?: unknown) => void): Promise<void> { try { req.user = (await verify(req.token)).sub; } catch (err) { if (err instanceof TokenExpiredError) { next(); return; } next(err); return; } next(); }

// sound: the error is logged before the next middleware runs
declare const log: { warn(fields: object, text: string): void };
declare function record(path: string): Promise<void>;
export async function audit(req: { path: string }, _res: unknown, next: () => void) { try { await record(req.path); } catch (err) { log.warn({ err }, "audit"); } next(); }

// sound: whoever is not known goes on as a guest
declare function verify(token: string): Promise<{ sub: string }>;
export async function optionalUser(req: { token: string; user?: string }, _res: unknown, next: () => void) { try { req.user = (await verify(req.token)).sub; } catch { next(); return; } next(); }

// sound: done with a refusal
declare function find(name: string): Promise<{ id: string } | null>;
export async function check(name: string, done: (err: unknown, user?: unknown) => void) { try { const user = await find(name); done(null, user ?? false); } catch (err) { done(err); } }

// defect: a generator that ends as if the file had
declare const lines: AsyncIterable<string>;
declare function parseEntry(line: string): { ip: string };
export async function* entries(): AsyncGenerator<{ ip: string }> { try { for await (const line of lines) yield parseEntry(line); } catch (err) { return; } }

// defect: a generator of pages whose catch is its end
declare function page(cursor: string): Promise<{ rows: string[]; next?: string }>;
export class Pages { async *rows(from: string) { let cursor: string | undefined = from; try { while (cursor) { const got: { rows: string[]; next?: string } = await page(cursor); yield* got.rows; cursor = got.next; } } catch (e) { return; } } }

// defect: a plain generator with a loop
declare function decode(chunk: Uint8Array): string;
export function* decoded(chunks: Iterable<Uint8Array>) { try { for (const chunk of chunks) { yield decode(chunk); } } catch (error) {} }

// defect: a generator that leaves the loop
declare function page(cursor: number): Promise<string[]>;
export async function* pages() { for (let at = 0; ; at++) { let rows: string[]; try { rows = await page(at); } catch (err) { break; } if (rows.length === 0) return; yield rows; } }

// sound: a generator that throws the error again
declare const lines: AsyncIterable<string>;
declare function parseEntry(line: string): { ip: string };
export async function* entries(): AsyncGenerator<{ ip: string }> { try { for await (const line of lines) yield parseEntry(line); } catch (err) { throw new Error("entries", { cause: err }); } }

// sound: a generator whose reader has been aborted
declare const lines: AsyncIterable<string>;
export async function* entries(signal: AbortSignal): AsyncGenerator<string> { try { for await (const line of lines) yield line; } catch (err) { if (signal.aborted) return; throw err; } }

// sound: a generator that yields what failed
declare const lines: AsyncIterable<string>;
export async function* entries(): AsyncGenerator<{ line?: string; error?: unknown }> { try { for await (const line of lines) yield { line }; } catch (error) { yield { error }; return; } }

// sound: lines that are no JSON are no entries
export function* entries(lines: string[]) { for (const line of lines) { try { yield JSON.parse(line) as unknown; } catch { continue; } } }

// defect: both ways give null
import { stat } from "node:fs/promises";
export async function size(path: string) { const info = await stat(path).catch((err: NodeJS.ErrnoException) => { if (err.code === "ENOENT") return null; return null; }); return info?.size ?? 0; }

// defect: both arms of the choice
import { readFile } from "node:fs/promises";
export const load = (path: string) => readFile(path, "utf8").catch((err: NodeJS.ErrnoException) => (err.code === "ENOENT" ? "" : ""));

// defect: if and else alike
import { readFile } from "node:fs/promises";
export async function load(path: string) { try { return await readFile(path, "utf8"); } catch (err) { if ((err as NodeJS.ErrnoException).code === "ENOENT") { return undefined; } else { return undefined; } } }

// defect: a class asked for in vain
declare class NotFound extends Error {}
declare const users: { get(id: string): Promise<{ name: string }> };
export async function find(id: string) { try { return await users.get(id); } catch (error) { if (error instanceof NotFound) { return null; } return null; } }

// defect: a switch whose cases are all one
declare const users: { get(id: string): Promise<{ name: string }> };
export async function find(id: string) { try { return await users.get(id); } catch (error) { switch ((error as { code?: string }).code) { case "NOT_FOUND": return null; default: return null; } } }

// sound: one way gives null, the other throws
import { stat } from "node:fs/promises";
export async function size(path: string) { const info = await stat(path).catch((err: NodeJS.ErrnoException) => { if (err.code === "ENOENT") return null; throw err; }); return info?.size ?? 0; }

// sound: both ways give null, and one tells why
import { stat } from "node:fs/promises";
declare const log: { warn(fields: object, text: string): void };
export async function size(path: string) { const info = await stat(path).catch((err: NodeJS.ErrnoException) => { if (err.code === "ENOENT") return null; log.warn({ err }, "stat"); return null; }); return info?.size ?? 0; }

// sound: two codes that mean the same
import { stat } from "node:fs/promises";
export async function size(path: string) { try { return (await stat(path)).size; } catch (err) { const { code } = err as NodeJS.ErrnoException; if (code === "ENOENT") return 0; if (code === "ENOTDIR") return 0; throw err; } }

// defect: false for a count
declare function count(): Promise<number>;
export async function total() { const n = await count().catch(() => false); return n; }

// defect: false for nobody
declare function save(o: object): Promise<void>;
export function f(o: object) { save(o).catch(() => false); }

// sound: false for a yes or no
declare function ping(): Promise<boolean>;
export async function up() { return await ping().catch(() => false); }

// sound: two answers
import { access } from "node:fs/promises";
export const there = (p: string) => access(p).then(() => true, () => false);

// defect: false for a list
declare function names(): Promise<string[]>;
export async function f() { const list = await names().then(undefined, () => false); return list; }

// defect: the error as the user
declare function load(): Promise<{ id: string }>;
export async function f() { const user = await load().catch((e) => e); return user.id; }

// sound: the error as a value that is checked
declare function load(): Promise<{ id: string }>;
export async function f() { const user = await load().catch((e) => e); if (user instanceof Error) throw user; return user.id; }

// sound: errors among the values, looked through later
declare function load(id: string): Promise<{ id: string }>;
export async function f(ids: string[]) { const all = await Promise.all(ids.map((id) => load(id).catch((e) => e))); return all.filter((x) => x instanceof Error); }

// defect: the error given back to nobody
declare function warm(): Promise<void>;
export function f() { warm().catch((e) => e); }

// defect: the text of the error given back to nobody
declare function warm(): Promise<void>;
export async function f() { await warm().catch((err) => err.message); }

// defect: an outcome given back to nobody
declare function warm(): Promise<void>;
export async function f() { await warm().catch((err) => ({ ok: false, err })); }

// sound: an outcome that is returned
declare function warm(): Promise<{ ok: boolean }>;
export async function f() { return warm().catch((err: unknown) => ({ ok: false, err })); }

// defect: a set of promises that is only counted
declare function send(id: string): Promise<void>;
export function f(ids: string[]) { const jobs = new Set<Promise<void>>(); for (const id of ids) jobs.add(send(id)); console.log(jobs.size); }

// sound: a list of promises that is awaited
declare function send(id: string): Promise<void>;
export async function f(ids: string[]) { const jobs: Promise<void>[] = []; for (const id of ids) jobs.push(send(id)); await Promise.all(jobs); }

// defect: a list of promises of which the length is returned
declare function send(id: string): Promise<void>;
export async function f(ids: string[]) { const jobs: Promise<void>[] = []; for (const id of ids) { jobs.push(send(id)); } return jobs.length; }

// sound: a list of promises that deal with their errors
declare function send(id: string): Promise<void>;
export function f(ids: string[]) { const jobs: Promise<void>[] = []; for (const id of ids) { jobs.push(send(id).catch((e) => { console.error(e); process.exitCode = 1; })); } return jobs.length; }

// defect: some with an async predicate
declare function isAllowed(u: string): Promise<boolean>;
export function f(us: string[]) { return us.some(async (u) => await isAllowed(u)); }

// defect: sort with an async comparator
declare function rank(u: string): Promise<number>;
export function f(us: string[]) { return us.sort(async (a, b) => (await rank(a)) - (await rank(b)) as never); }

// defect: an async reducer that forgets its promise
declare function save(u: string): Promise<void>;
export async function f(us: string[]) { await us.reduce(async (_, u) => { await save(u); }, Promise.resolve()); }

// sound: an async reducer that waits
declare function save(u: string): Promise<void>;
export async function f(us: string[]) { await us.reduce(async (before, u) => { await before; await save(u); }, Promise.resolve()); }

// sound: a stream filters with an async predicate
import { Readable } from "node:stream";
declare function isAllowed(u: string): Promise<boolean>;
export async function f(us: string[]) { return await Readable.from(us).filter(async (u) => await isAllowed(u)).toArray(); }

// defect: a promise as a condition
async function isAdmin(u: string) { const r = await fetch("/u/" + u); return r.ok; }
export function guard(u: string) { if (!isAdmin(u)) throw new Error("no"); }

// defect: a promise decides
declare function isAdmin(u: string): Promise<boolean>;
export function guard(u: string) { return isAdmin(u) ? "admin" : "user"; }

// sound: whether there is a promise
declare const cache: { get(k: string): Promise<string> | undefined };
export function f(k: string) { if (cache.get(k)) return true; return false; }

// defect: a promise is spread
declare function settings(): Promise<{ theme: string }>;
export async function f() { return { a: 1, ...settings() }; }

// defect: a promise in a text
declare function nameOf(id: string): Promise<string>;
export function f(id: string) { return `Hello ${nameOf(id)}`; }

// defect: returned out of a try without await
declare function load(): Promise<string>;
declare const log: { error(o: unknown): void };
export async function f() { try { return load(); } catch (e) { log.error(e); throw e; } }

// sound: awaited in the try
declare function load(): Promise<string>;
declare const log: { error(o: unknown): void };
export async function f() { try { return await load(); } catch (e) { log.error(e); throw e; } }

// sound: a plain function in which nothing can be awaited
declare function load(): Promise<string>;
declare const log: { error(o: unknown): void };
export function f() { try { return load(); } catch (e) { log.error(e); throw e; } }

// defect: an async interval whose timer is kept
declare function tick(): Promise<void>;
export const timer = setInterval(async () => { await tick(); }, 1000);

// defect: forEach that is returned
declare function tick(): Promise<void>;
export function f(xs: number[]) { return xs.forEach(async () => { await tick(); }); }

// sound: an async interval that deals with its errors
declare function tick(): Promise<void>;
declare const log: { error(o: unknown): void };
export const timer = setInterval(async () => { try { await tick(); } catch (e) { log.error(e); } }, 1000);

// defect: an async executor that may throw
declare function work(): Promise<string>;
export const f = () => new Promise<string>(async (resolve) => { resolve(await work()); });

// defect: a promise before a comma
declare function index(id: string): Promise<void>;
export const f = (id: string) => (index(id), id);

// defect: a promise in the update of a loop
declare function save(i: number): Promise<void>;
export function f(n: number) { for (let i = 0; i < n; save(i), i++) { if (i === 3) break; } }

// sound: a retry that calls itself in the try
declare function get(url: string): Promise<string>;
declare const log: { error(o: unknown): void };
export async function fetchText(url: string, attempt = 0): Promise<string> {
  try {
    const text = await get(url);
    if (text === "" && attempt < 3) return fetchText(url, attempt + 1);
    return text;
  } catch (error) {
    log.error(error);
    throw error;
  }
}

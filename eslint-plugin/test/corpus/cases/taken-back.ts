// defect: adds nothing to a text
declare function run(): Promise<number>;
export async function sum(n: number) { let s = ""; for (let i = 0; i < n; i++) { try { s += await run(); } catch { s += ""; } } return s; }

// defect: forgets the entry with the error
declare function build(k: string): Promise<string>;
const cache = new Map<string, string>();
export async function warm(k: string) { try { cache.set(k, await build(k)); } catch { cache.delete(k); } }

// sound: drops the client that failed
declare const clients: Set<WebSocket>;
export function broadcast(m: string) { for (const c of clients) { try { c.send(m); } catch { clients.delete(c); } } }

// sound: forgets the entry and rethrows
declare function build(k: string): Promise<string>;
const cache = new Map<string, Promise<string>>();
export async function get(k: string) { const p = build(k); cache.set(k, p); try { return await p; } catch (e) { cache.delete(k); throw e; } }

// defect: a comment that ignores what nobody caught
process.on("unhandledRejection", () => { /* ignore, we do not care */ });
export {};

// sound: a comment that says who reports what nobody caught
process.on("unhandledRejection", () => { /* reported by the APM agent already */ });
export {};

// defect: rethrows what was expected
import { mkdir } from "node:fs/promises";
export async function f(p: string) { try { await mkdir(p); } catch (err) { if ((err as NodeJS.ErrnoException).code === "EEXIST") throw err; } }

// defect: replaces what was expected and drops the rest
import { rm } from "node:fs/promises";
export async function f(p: string) { try { await rm(p); } catch (err) { if ((err as NodeJS.ErrnoException).code === "ENOENT") { throw new Error("gone", { cause: err }); } } }

// sound: rethrows what was not expected
import { rm } from "node:fs/promises";
export async function f(p: string) { try { await rm(p); } catch (err) { if ((err as NodeJS.ErrnoException).code !== "ENOENT") throw err; } }

// defect: an order is not cancelled
declare const bank: { cancelOrder(id: string): Promise<void> };
export async function f(id: string) { try { await bank.cancelOrder(id); } catch {} }

// defect: subscriptions that are not cancelled
declare function cancelSubscription(id: string): Promise<void>;
export async function f(ids: string[]) { await Promise.allSettled(ids.map((id) => cancelSubscription(id))); }

// sound: connections are closed
declare const conns: { close(): Promise<void> }[];
export async function stop() { await Promise.allSettled(conns.map((c) => c.close())); }

// defect: it cannot happen
declare function charge(): Promise<void>;
export async function f() { try { await charge(); } catch { /* can't happen */ } }

// sound: sound may be blocked
declare function beep(): Promise<void>;
export async function f() { try { await beep(); } catch { /* audio may be blocked until the user interacts */ } }

// defect: a queue that is not flushed
declare const queue: { flush(): Promise<void> };
export async function stop() { await queue.flush().catch(() => {}); }

// sound: a port with a default
export const toPort = (s: string) => { try { return new URL(s).port; } catch { return "80"; } };

// defect: a configuration with a default
import { readFileSync } from "node:fs";
export function loadConfig(p: string) { try { return JSON.parse(readFileSync(p, "utf8")); } catch { return {}; } }

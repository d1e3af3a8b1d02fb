/** Listeners, callbacks, settled promises. `lost` must be reported by the strict configs, `sound` by none. */
const given = `import { EventEmitter } from "node:events"; import * as fs from "node:fs"; declare const emitter: EventEmitter; declare const logger: { error(...a: unknown[]): void; warn(...a: unknown[]): void }; declare function run(...a: unknown[]): Promise<string>; declare function use(...a: unknown[]): void;`;
const cases = (list: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(list).map(([name, code]) => [name, `${given}\n${code}`]));

export const lost: Record<string, string> = cases({
  "an empty error listener": `emitter.on("error", () => {});`,
  "an empty error listener with a parameter": `emitter.once("error", function (err) {});`,
  "a noop listener": `const noop = () => {}; emitter.addListener("error", noop);`,
  "an uncaughtException handler that does nothing": `process.on("uncaughtException", () => {});`,
  "an unhandledRejection handler that does nothing": `process.on("unhandledRejection", (reason) => { void reason; });`,
  "a browser's error listener": `addEventListener("error", () => {});`,
  "an onerror that does nothing": `declare const socket: { onerror: unknown }; socket.onerror = () => {};`,
  "an onError option that does nothing": `declare function connect(o: object): void; connect({ onError: () => {} });`,
  "a listener that only prints": `emitter.on("error", (e) => console.log(e));`,
  "an unread callback error": `fs.readFile("x", (err, data) => { use(data); });`,
  "an unread callback error of a function": `fs.stat("x", function (err, stats) { use(stats.size); });`,
  "a return without the error": `fs.readFile("x", (err, data) => { if (err) return; use(data); });`,
  "a return without the error, in a block": `fs.readFile("x", (err, data) => { if (err) { return; } use(data); });`,
  "an outcome that is dropped": `async function f() { await Promise.allSettled([run("a"), run("b")]); }`,
  "an outcome that is kept and not read": `async function f() { const results = await Promise.allSettled([run("a")]); }`,
  "only the fulfilled": `async function f() { const results = await Promise.allSettled([run("a")]); return results.filter((r) => r.status === "fulfilled").map((r) => r.value); }`,
  "only the values": `async function f() { const results = await Promise.allSettled([run("a")]); return results.map((r) => (r.status === "fulfilled" ? r.value : null)); }`,
  "only the fulfilled in a loop": `async function f() { for (const r of await Promise.allSettled([run("a")])) { if (r.status === "fulfilled") use(r.value); } }`,
  "only the fulfilled elements": `async function f() { const [a] = await Promise.allSettled([run("a")]); return a.status === "fulfilled" ? a.value : undefined; }`,
  "flatMap over the fulfilled": `async function f() { return (await Promise.allSettled([run("a")])).flatMap((r) => (r.status === "fulfilled" ? [r.value] : [])); }`,
});

export const sound: Record<string, string> = cases({
  "a logging listener": `emitter.on("error", (e) => logger.error(e));`,
  "a listener by reference": `declare function onError(e: Error): void; emitter.on("error", onError);`,
  "a rejecting listener": `export const p = new Promise((resolve, reject) => { emitter.on("error", reject); });`,
  "a listener that ends the process": `process.on("uncaughtException", (e) => { logger.error(e); process.exit(1); });`,
  "a listener that reconnects": `declare function reconnect(): void; emitter.on("error", () => reconnect());`,
  "a listener with a reason": `emitter.on("error", () => { /* the peer resets the connection when it restarts */ });`,
  "a listener before the end": `declare const socket: EventEmitter & { destroy(): void }; function f() { socket.on("error", () => {}); socket.destroy(); }`,
  "another event": `emitter.on("close", () => {});`,
  "a callback that passes on": `function f(cb: (e: Error | null, d?: unknown) => void) { fs.readFile("x", (err, data) => { if (err) return cb(err); cb(null, data); }); }`,
  "a callback that throws": `fs.readFile("x", (err, data) => { if (err) throw err; use(data); });`,
  "a callback that logs": `fs.readFile("x", (err, data) => { if (err) { logger.error(err); return; } use(data); });`,
  "a callback that answers a question": `function exists(p: string, done: (b: boolean) => void) { fs.access(p, (err) => done(!err)); }`,
  "clean-up's callback": `fs.unlink("x.tmp", (err) => {}); fs.rm("x.tmp", () => {}); function cleanUp(path: string) { fs.rm(path, () => {}); }`,
  "a callback with an expected error": `fs.mkdir("x", (err) => { if (err && err.code !== "EEXIST") throw err; });`,
  "an error among others": `[new Error("x")].map((error) => 1);`,
  "rejections that are reported": `async function f() { const results = await Promise.allSettled([run("a")]); for (const r of results) { if (r.status === "rejected") logger.error(r.reason); } }`,
  "rejections in a filter": `async function f() { const results = await Promise.allSettled([run("a")]); const failed = results.filter((r) => r.status === "rejected"); use(failed); return results; }`,
  "outcomes that are returned": `async function f() { return Promise.allSettled([run("a")]); }`,
  "outcomes that are passed on": `async function f() { const results = await Promise.allSettled([run("a")]); use(results); }`,
  "both branches": `async function f() { const results = await Promise.allSettled([run("a")]); results.forEach((r) => { if (r.status === "fulfilled") { use(r.value); } else { logger.warn(r); } }); }`,
  "clean-up of all": `declare const conns: { close(): Promise<void> }[]; async function f() { await Promise.allSettled(conns.map((c) => c.close())); }`,
  "each with its own handler": `async function f() { await Promise.allSettled(["a"].map((x) => run(x).catch((e) => logger.error(e)))); }`,
  "waiting for others to finish": `async function f(pending: Promise<string>[]) { // whatever failed has been reported by its own caller, failures included
    await Promise.allSettled(pending); }`,
});

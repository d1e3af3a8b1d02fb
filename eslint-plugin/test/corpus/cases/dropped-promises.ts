// defect: async method called in a constructor
class Cache {
  constructor() {
    this.warmUp();
  }
  async warmUp() {
    await this.load(await this.keys());
  }
  async load(keys: string[]) { await backend.load(keys); }
  async keys(): Promise<string[]> { return backend.keys(); }
}

// defect: declared async function called in a handler
async function refreshIndex(): Promise<void> {
  await search.rebuild();
}
app.post("/reindex", (req, res) => {
  refreshIndex();
  res.sendStatus(202);
});

// defect: setInterval with an async function
async function cleanup() { await db.purge(); }
setInterval(async () => {
  await cleanup();
}, 60_000);

// defect: forEach with an async callback
async function notifyAll(users: User[]) {
  users.forEach(async (user) => {
    await mail.send(user);
  });
}

// defect: map dropped
async function archiveAll(ids: string[]) {
  ids.map(async (id) => {
    await archive(id);
  });
}
declare function archive(id: string): Promise<void>;

// defect: then without a rejection handler
fetch("/ping").then((r) => console.log(r.status));

// defect: promise in a ternary statement
async function pull() { await git.pull(); }
async function push() { await git.push(); }
export function run(mode: string) {
  mode === "pull" ? pull() : push();
}

// defect: logical call
async function persist() { await db.flush(); }
export function onChange(dirty: boolean) {
  dirty && persist();
}

// defect: Promise.all dropped
export function preload(urls: string[]) {
  Promise.all(urls.map((u) => fetch(u)));
}

// defect: unused constant
export async function boot() {
  const migration = migrate();
  await listen();
}
async function migrate() { await db.migrate(); }
async function listen() { await server.listen(); }

// defect: new Promise dropped
export function wait() {
  new Promise((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
}

// defect: finally only
async function save() { await db.save(); }
export function onBlur() {
  save().finally(() => setSaving(false));
}

// defect: dynamic import dropped
export function lazy() {
  import("./heavy.js").then((m) => m.start());
}

// defect: fs promises
import { writeFile } from "node:fs/promises";
export function dump(data: string) {
  writeFile("/tmp/dump", data);
}

// defect: async event listener body
async function drain() { await queue.drain(); }
process.on("SIGTERM", () => {
  drain();
});

// defect: async in a react click handler helper
async function submit() { await api.submit(); }
export function Button() {
  const onClick = () => {
    submit();
  };
  return onClick;
}

// defect: setTimeout async
setTimeout(async () => {
  await fetch("/expire");
}, 1000);

// defect: arrow constant called
const syncNow = async (): Promise<void> => {
  await remote.sync();
};
export function onFocus() {
  syncNow();
}

// defect: async object method
const jobs = {
  async nightly() {
    await reports.build();
  },
};
jobs.nightly();

// defect: iife
(async () => {
  await startServer();
})();

// defect: a cron callback calls the async cleanup of the file
async function cleanupExpiredSessions(): Promise<number> {
  return db.sessions.deleteMany({ expired: true });
}
cron.schedule("0 * * * *", () => {
  cleanupExpiredSessions();
});

// sound: awaited
async function f1(): Promise<void> { await db.save(); }
export async function g1() {
  await f1();
}

// sound: returned
async function f2(): Promise<void> { await db.save(); }
export const g2 = () => f2();

// sound: list awaited later
async function one(id: string): Promise<void> { await db.save(id); }
export async function all(ids: string[]) {
  const pending: Promise<void>[] = [];
  for (const id of ids) pending.push(one(id));
  await Promise.all(pending);
}

// sound: void with a comment
async function track(): Promise<void> { await db.save(); }
export function opened() {
  // fire and forget: counted elsewhere
  void track();
}

// sound: handled
async function load3(): Promise<void> { await db.save(); }
export function start3() {
  load3().catch((error) => logger.error(error));
}

// sound: cannot reject
async function quiet(): Promise<void> {
  try {
    await db.save();
  } catch (error) {
    logger.error(error);
  }
}
export function start4() {
  quiet();
}

// sound: node test
import { test } from "node:test";
test("adds", async () => {
  assert.equal(1 + 1, 2);
});

// sound: fastify register
fastify.register(plugin);

// sound: async iife with a catch
(async () => {
  await startServer();
})().catch((error) => {
  console.error(error);
  process.exit(1);
});

// sound: map into Promise.all
export async function doubles(list: number[]) {
  return Promise.all(list.map(async (n) => compute(n)));
}

// sound: a synchronous call that looks async
function saveSync(): void { db.saveSync(); }
export function go() {
  saveSync();
}

// sound: race
export async function limited(work: Promise<string>) {
  const timer = timeout(100);
  return Promise.race([work, timer]);
}
declare function timeout(ms: number): Promise<never>;

// sound: kept in a field and awaited elsewhere
class Lazy {
  private started?: Promise<void>;
  get() {
    return (this.started ??= this.start());
  }
  private async start() { await db.connect(); }
}

// sound: then with both
fetch("/ping").then(
  (r) => console.log(r.status),
  (e) => report(e),
);

// sound: event emitter on
emitter.on("ready", () => console.log("ready"));

// sound: a for of with await
export async function sequential(ids: string[]) {
  for (const id of ids) await archiveOne(id);
}
declare function archiveOne(id: string): Promise<void>;

// sound: given to waitUntil
addEventListener("fetch", (event) => {
  event.waitUntil(fetch("/log"));
});

// sound: await allSettled looked at
export async function warmAll(urls: string[]) {
  const outcomes = await Promise.allSettled(urls.map((u) => fetch(u)));
  for (const outcome of outcomes) if (outcome.status === "rejected") logger.warn(outcome.reason);
}

// sound: top level await
await fetch("/warm");

// sound: generator of promises
export function* loads(ids: string[]) {
  for (const id of ids) yield fetch(id);
}

// defect: a promise for each element, given back to forEach
declare const mailer: { send(to: string): Promise<void> };

export function invite(guests: readonly string[]) {
  guests.forEach((guest) => mailer.send(guest));
}

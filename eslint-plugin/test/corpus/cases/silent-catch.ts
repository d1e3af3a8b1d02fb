// defect: analytics in silence
declare const analytics: { track(name: string): Promise<void> };
export function onClick() {
  analytics.track("click").catch(() => {});
}

// defect: a failed save in a route
import { db } from "./db.js";
app.post("/items", async (req, res) => {
  await db.items.insert(req.body).catch(() => {});
  res.sendStatus(201);
});

// defect: null for a failed fetch
async function profile(id: string) {
  const response = await fetch(`/users/${id}`).catch(() => null);
  return response?.json();
}

// defect: an empty list for a failed query
declare const prisma: { user: { findMany(): Promise<{ id: string }[]> } };
export async function users() {
  return prisma.user.findMany().catch(() => []);
}

// defect: zero for a failed count
declare const redis: { get(key: string): Promise<string | null> };
export const hits = async () => Number(await redis.get("hits").catch(() => 0));

// defect: an empty function at the end of a chain
declare function upload(file: File): Promise<{ id: string }>;
function send(file: File) {
  upload(file)
    .then(({ id }) => console.log("uploaded", id))
    .catch(function () {});
}

// defect: the second argument of then does nothing
declare function upload(file: File): Promise<{ id: string }>;
function send(file: File) {
  upload(file).then(
    ({ id }) => show(id),
    () => {},
  );
}

// defect: lodash's noop
import { noop } from "lodash";
declare function upload(file: File): Promise<void>;
upload(input.files[0]).catch(noop);

// defect: an imported noop of the project
import { noop } from "../lib/functions.js";
declare function upload(file: File): Promise<void>;
upload(input.files[0]).catch(noop);

// defect: a noop held by a constant
const doNothing = () => undefined;
declare function upload(file: File): Promise<void>;
export const start = () => upload(input.files[0]).catch(doNothing);

// defect: returns undefined in a block
declare function upload(file: File): Promise<void>;
async function go(file: File) {
  await upload(file).catch(() => {
    return undefined;
  });
}

// defect: a bracketed catch
declare function upload(file: File): Promise<void>;
export const go = (file: File) => upload(file)["catch"](() => {});

// defect: a cast receiver
declare function upload(file: File): Promise<void>;
(upload(file) as Promise<unknown>).catch(() => {});

// defect: a handler behind a cast
declare function upload(file: File): Promise<{ id: string }>;
const result = await upload(file).catch((() => undefined) as () => undefined);
show(result);

// defect: printed and used
declare function loadUser(id: string): Promise<{ name: string }>;
async function greet(id: string) {
  const user = await loadUser(id).catch(console.error);
  return `Hello ${user!.name}`;
}

// defect: printed and used in a handler of its own
declare function loadUser(id: string): Promise<{ name: string }>;
async function greet(id: string) {
  const user = await loadUser(id).catch((err) => {
    console.log("could not load user", err);
  });
  render(user!.name);
}

// defect: a void error
declare function loadUser(id: string): Promise<{ name: string }>;
loadUser("1").catch((err) => void err);

// defect: logs if verbose
declare function loadUser(id: string): Promise<{ name: string }>;
declare const verbose: boolean;
loadUser("1").catch((err) => {
  if (verbose) console.error(err);
});

// defect: rethrows only what it expected
declare function loadUser(id: string): Promise<{ name: string }>;
export const find = (id: string) =>
  loadUser(id).catch((err) => {
    if (err.status === 404) throw err;
  });

// defect: one item's failure becomes a hole
declare function loadUser(id: string): Promise<{ name: string }>;
export async function loadAll(ids: string[]) {
  const users = await Promise.all(ids.map((id) => loadUser(id).catch(() => undefined)));
  return users.filter(Boolean);
}

// defect: Promise.all falls back to nothing
declare function loadUser(id: string): Promise<{ name: string }>;
export async function loadAll(ids: string[]) {
  return Promise.all(ids.map(loadUser)).catch(() => []);
}

// defect: the chain goes on with nothing
declare function migrate(): Promise<void>;
declare function listen(): Promise<void>;
migrate()
  .catch(() => {})
  .then(() => listen());

// defect: a default for a failed exchange rate
declare function rate(from: string, to: string): Promise<number>;
export async function convert(amount: number) {
  const r = await rate("EUR", "USD").catch(() => 1);
  return amount * r;
}

// defect: true for a failed permission check
declare function mayRead(user: string): Promise<boolean>;
export const guard = (user: string) => mayRead(user).catch(() => true);

// defect: a failed import of data is a success
declare function importData(file: string): Promise<number>;
export const run = () => importData("a.csv").then(() => true).catch(() => true);

// defect: a write-only collection
declare function importData(file: string): Promise<number>;
export async function run(files: string[]) {
  const failures: unknown[] = [];
  await Promise.all(files.map((file) => importData(file).catch((e) => failures.push(e))));
}

// defect: an unused parameter and a reset
declare function importData(file: string): Promise<number>;
function Importer() {
  const [busy, setBusy] = useState(false);
  const go = () => {
    importData("a.csv").catch((error) => {
      setBusy(false);
    });
  };
}

// defect: a Promise.race against a silent timeout
declare function importData(file: string): Promise<number>;
await Promise.race([importData("a.csv").catch(() => {}), timeout(100)]);

// defect: Function.prototype
declare function importData(file: string): Promise<number>;
importData("a").catch(Function.prototype as any);

// defect: no handler is given
declare function importData(file: string): Promise<number>;
export const go = () => importData("a").catch();

// defect: null is given
declare function importData(file: string): Promise<number>;
importData("a").catch(null);

// defect: a conditional that picks a noop
declare function importData(file: string): Promise<number>;
declare const quiet: boolean;
importData("a").catch(quiet ? () => {} : (e) => logger.error(e));

// defect: an async handler that does nothing
declare function importData(file: string): Promise<number>;
await importData("a").catch(async () => {});

// defect: a bound noop in a class
declare function importData(file: string): Promise<number>;
class Importer {
  private ignore() {}
  run() {
    return importData("a").catch(this.ignore);
  }
}

// defect: a commented out handler
declare function importData(file: string): Promise<number>;
importData("a").catch((e) => {
  // console.error(e);
});

// defect: a disable comment
declare function importData(file: string): Promise<number>;
// eslint-disable-next-line @typescript-eslint/no-empty-function
importData("a").catch(() => {});

// defect: an unref'd background job
declare function refresh(): Promise<void>;
setInterval(() => {
  refresh().catch(() => null);
}, 60_000);

// defect: an optional chain
declare const job: { run(): Promise<void> } | undefined;
job?.run().catch(() => {});

// defect: an object for a failed settings request
declare const api: { get<T>(path: string): Promise<T> };
export async function settings() {
  const settings = await api.get<Record<string, string>>("/settings").catch(() => ({}) as Record<string, string>);
  return settings;
}

// sound: pino
declare function refresh(): Promise<void>;
refresh().catch((err) => logger.error({ err }, "refresh failed"));

// sound: a reporter by reference
declare function refresh(): Promise<void>;
refresh().catch(Sentry.captureException);

// sound: next
app.get("/", (req, res, next) => {
  load(req.params.id)
    .then((data) => res.json(data))
    .catch(next);
});

// sound: reject
export const wrap = () =>
  new Promise<string>((resolve, reject) => {
    load().then(resolve).catch(reject);
  });

// sound: process.exit
declare function main(): Promise<void>;
main().catch((error) => {
  console.error(error);
  process.exit(1);
});

// sound: process.exitCode
declare function main(): Promise<void>;
main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

// sound: a zod default
import { z } from "zod";
const Query = z.object({
  page: z.coerce.number().int().min(1).catch(1),
  sort: z.enum(["asc", "desc"]).catch("asc"),
  tags: z.array(z.string()).catch(() => []),
});

// sound: a schema of its own
declare const schema: { string(): { catch(value: () => string): unknown } };
export const name = schema.string().catch(() => "");

// sound: a 404 is null
declare const client: { get(path: string): Promise<unknown> };
export const find = (id: string) =>
  client.get(`/users/${id}`).catch((error) => {
    if (error.status === 404) return null;
    throw error;
  });

// sound: an abort is expected
declare const client: { get(path: string): Promise<unknown> };
client.get("/x").catch((error) => {
  if (error.name !== "AbortError") throw error;
});

// sound: a body that is no JSON
async function request(url: string) {
  const response = await fetch(url);
  if (!response.ok) {
    const body = await response.json().catch(() => ({}));
    throw new HttpError(response.status, body.message);
  }
  return response.json();
}

// sound: a text for the message
async function request(url: string) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`HTTP ${response.status}: ${await response.text().catch(() => "")}`);
}

// sound: a missing file
import { stat } from "node:fs/promises";
export async function sizeOf(path: string) {
  const stats = await stat(path).catch(() => undefined);
  return stats?.size;
}

// sound: exists
import { access } from "node:fs/promises";
export const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

// sound: a browser is closed
declare const browser: { close(): Promise<void> };
export async function stop() {
  await browser.close().catch(() => {});
}

// sound: a lock is released
declare const redlock: { release(l: unknown): Promise<void> };
async function withLock(fn: () => Promise<void>, lock: unknown) {
  try {
    await fn();
  } finally {
    await redlock.release(lock).catch(() => {});
  }
}

// sound: rolled back while failing
declare const trx: { rollback(): Promise<void>; commit(): Promise<void> };
async function go(work: () => Promise<void>) {
  try {
    await work();
    await trx.commit();
  } catch (error) {
    await trx.rollback().catch(() => {});
    throw error;
  }
}

// sound: kept and awaited
declare function load(id: string): Promise<string>;
export async function both() {
  const first = load("a");
  first.catch(() => {});
  const second = await load("b");
  return [await first, second];
}

// sound: a queue's chain must not break
class Mutex {
  private tail: Promise<unknown> = Promise.resolve();
  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.tail.then(task);
    this.tail = result.catch(() => {});
    return result;
  }
}

// sound: a reason
declare const analytics: { track(name: string): Promise<void> };
// Analytics are best effort: an ad blocker may well refuse the request.
analytics.track("click").catch(() => {});

// sound: a reason inside
declare const element: HTMLVideoElement;
element.play().catch(() => {
  // autoplay was refused by the browser; the user will press play
});

// sound: a fallback source
declare const cache: { get(k: string): Promise<string> };
declare const origin: { get(k: string): Promise<string> };
export const get = (key: string) => cache.get(key).catch(() => origin.get(key));

// sound: a caller's default
declare const cache: { get(k: string): Promise<string> };
export const getOr = (key: string, fallback: string) => cache.get(key).catch(() => fallback);

// sound: the error becomes the value
declare function save(): Promise<void>;
const error = await save().catch((e: unknown) => e);
assert.ok(error instanceof TypeError);

// sound: a tuple
export const to = <T>(promise: Promise<T>) => promise.then((value) => [null, value] as const).catch((error: unknown) => [error, null] as const);

// sound: a Result
import { ok, err } from "neverthrow";
declare function save(): Promise<void>;
export const trySave = () =>
  save()
    .then(() => ok(undefined))
    .catch((e: unknown) => err(e));

// sound: an optional dependency
const sharp = await import("sharp").catch(() => undefined);

// sound: a translated error
declare function save(): Promise<void>;
export const trySave = () =>
  save().catch((cause: unknown) => {
    throw new SaveError("could not save", { cause });
  });

// sound: state
declare function load(): Promise<string>;
function Page() {
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    load().then(setData).catch(setError);
  }, []);
  if (error) throw error;
  return <Data />;
}

// sound: a toast
declare function save(): Promise<void>;
save().catch(() => toast.error("Could not save your changes"));

// sound: a stream is destroyed
import { pipeline } from "node:stream/promises";
pipeline(source, target).catch((err) => target.destroy(err));

// sound: Promise.reject
declare function load(): Promise<string>;
export const go = () => load().catch((e) => (isExpected(e) ? "" : Promise.reject(e)));

// sound: an expectation
declare function load(): Promise<string>;
it("fails", () => load().catch((e) => expect(e).toMatchObject({ code: 1 })));

// sound: jest's rejects
it("fails", async () => {
  await expect(load()).rejects.toThrow("no");
});

// sound: a Map's catch of somebody else
declare const registry: { catch(pokemon: () => void): void };
registry.catch(() => {});

// sound: RxJS
import { of } from "rxjs";
import { catchError } from "rxjs/operators";
source$.pipe(catchError((error) => of({ type: "failed", error }))).subscribe(console.log);

// sound: a counter of failures
declare function send(to: string): Promise<void>;
export async function broadcast(to: string[]) {
  let failed = 0;
  await Promise.all(to.map((t) => send(t).catch(() => failed++)));
  return { sent: to.length - failed, failed };
}

// sound: errors collected and returned
declare function send(to: string): Promise<void>;
export async function broadcast(to: string[]) {
  const failures: unknown[] = [];
  await Promise.all(to.map((t) => send(t).catch((e) => failures.push({ to: t, error: e }))));
  return failures;
}

// sound: a dispatch
declare function send(to: string): Promise<void>;
export const thunk = () => (dispatch: (a: object) => void) =>
  send("x").then(
    () => dispatch({ type: "sent" }),
    (error: unknown) => dispatch({ type: "failed", error }),
  );

// sound: a span
declare function send(to: string): Promise<void>;
export const traced = () =>
  tracer.startActiveSpan("send", (span) =>
    send("x")
      .catch((e) => {
        span.recordException(e);
        span.setStatus({ code: SpanStatusCode.ERROR });
        throw e;
      })
      .finally(() => span.end()),
  );


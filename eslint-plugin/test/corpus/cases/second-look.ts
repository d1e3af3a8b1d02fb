// defect: a loader that says nothing
export const loader = async () => {
  try {
    return json(await getPosts());
  } catch {
    return json([]);
  }
};

// defect: a GraphQL resolver answers null for any failure
const resolvers = {
  Query: {
    async order(_parent, { id }, { dataSources }) {
      try {
        return await dataSources.orders.byId(id);
      } catch (error) {
        return null;
      }
    },
  },
};

// defect: a cron job
cron.schedule("0 * * * *", async () => {
  try {
    await cleanupExpiredSessions();
  } catch (err) {
    // nothing to do
  }
});

// defect: an error is assigned to a local and forgotten
export async function deploy(target: string) {
  let failure: Error | undefined;
  try {
    await push(target);
  } catch (error) {
    failure = error as Error;
  }
  return "deployed";
}

// defect: only a spinner in finally
async function onSave() {
  setSaving(true);
  try {
    await api.save(form);
  } catch (error) {
  } finally {
    setSaving(false);
  }
}

// defect: an early return in an inner catch
function parseAll(lines: string[]) {
  const rows = [];
  for (const line of lines) {
    try {
      rows.push(transformRow(line));
    } catch (e) {
      return rows;
    }
  }
  return rows;
}

// defect: instanceof with an empty else
async function pay(order: Order) {
  try {
    await gateway.charge(order);
  } catch (error) {
    if (error instanceof CardDeclined) {
      await notifyCustomer(order, error);
    } else {
    }
  }
}

// defect: retries by recursion without end result
async function connect(attempt = 1): Promise<Connection | null> {
  try {
    return await dial();
  } catch (err) {
    if (attempt < 5) {
      await wait(attempt * 1000);
      return connect(attempt + 1);
    }
    return null;
  }
}

// defect: a while loop that just stops
async function drain(queue: Queue) {
  let tries = 0;
  while (tries < 3) {
    try {
      await queue.flush();
      return;
    } catch (e) {
      tries += 1;
    }
  }
}

// defect: a for loop with a break on failure
async function upload(files: File[]) {
  for (let i = 0; i < files.length; i++) {
    try {
      await put(files[i]);
    } catch (err) {
      break;
    }
  }
}

// defect: a constructor hides it
class Settings {
  values: Record<string, string> = {};
  constructor(path: string) {
    try {
      this.values = loadSettings(path);
    } catch (e) {
      this.values = {};
    }
  }
}

// defect: a getter hides it
class Account {
  get balance(): number {
    try {
      return this.ledger.compute();
    } catch (e) {
      return 0;
    }
  }
}

// defect: a generator swallows
function* readChunks(source: Source) {
  while (true) {
    try {
      yield source.next();
    } catch (e) {
      break;
    }
  }
}

// defect: an error by e.message only, never used
async function importCsv(path: string) {
  try {
    await load(path);
  } catch (e) {
    e.message = `import failed: ${e.message}`;
  }
}

// defect: console.debug under a flag
async function ping() {
  try {
    await socket.send("ping");
  } catch (e) {
    if (process.env.DEBUG === "true") console.debug("ping failed", e);
  }
}

// defect: a logger only in tests
async function ping() {
  try {
    await socket.send("ping");
  } catch (e) {
    if (!isProduction) {
      logger.error(e);
    }
  }
}

// defect: rethrows 404 and hides the rest
export async function getProduct(id: string) {
  try {
    return await client.get(`/products/${id}`);
  } catch (error) {
    if (error.response && error.response.status === 404) {
      throw error;
    }
    return undefined;
  }
}

// defect: checks the code with the wrong operator
export async function ensureDir(dir: string) {
  try {
    await fs.promises.mkdir(dir);
  } catch (err) {
    if (err.code === "EEXIST") {
      throw err;
    }
  }
}

// defect: a Redux reducer's side
export const save = () => async (dispatch) => {
  dispatch({ type: "save/start" });
  try {
    await api.save();
    dispatch({ type: "save/done" });
  } catch (e) {
    dispatch({ type: "save/done" });
  }
};

// defect: then with an empty rejection handler in a class
declare function fetchUser(id: string): Promise<{ name: string }>;
class Profile {
  load(id: string) {
    fetchUser(id).then((user) => this.render(user), () => undefined);
  }
  render(_user: object) {}
}

// defect: catch returns a fake user
declare function fetchUser(id: string): Promise<{ name: string }>;
export async function userName(id: string) {
  const user = await fetchUser(id).catch(() => ({ name: "unknown" }));
  return user.name;
}

// defect: catch with an empty string
declare function translate(key: string): Promise<string>;
export const title = async () => (await translate("title").catch(() => "")) || "Untitled";

// defect: catch in Promise.all gives empty lists
declare const repo: { orders(): Promise<string[]>; invoices(): Promise<string[]> };
export async function dashboard() {
  const [orders, invoices] = await Promise.all([repo.orders().catch(() => []), repo.invoices().catch(() => [])]);
  return { orders, invoices };
}

// defect: catch that only resets a flag
declare const repo: { save(): Promise<void> };
let saving = false;
export function save() {
  saving = true;
  repo.save().catch(() => {
    saving = false;
  });
}

// defect: catch with a void expression and comment-out
declare const repo: { save(): Promise<void> };
repo.save().catch((_) => void 0);

// defect: a nullish handler
declare const repo: { save(): Promise<void> };
export async function f() {
  await repo.save().catch(undefined);
}

// defect: catch of a mongoose save
import { User } from "./models.js";
export async function touch(id: string) {
  const user = await User.findById(id);
  user.seenAt = new Date();
  await user.save().catch(() => {});
}

// defect: swallowed in an array of promises
declare function send(to: string): Promise<void>;
export async function notify(to: string[]) {
  await Promise.all(to.map((t) => send(t).catch(() => {})));
}

// defect: swallowing then going on
declare function migrate(): Promise<void>;
export async function start(server: { listen(): void }) {
  await migrate().then(
    () => console.log("migrated"),
    () => {},
  );
  server.listen();
}

// defect: throw new String
export function f() {
  throw new String("failed");
}

// defect: reject with a template in an event handler
export const load = (src: string) =>
  new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => reject(`could not load ${src}`);
    image.src = src;
  });

// defect: reject with a code
import { spawn } from "node:child_process";
export const run = (cmd: string) =>
  new Promise<void>((resolve, reject) => {
    spawn(cmd).on("exit", (code) => (code === 0 ? resolve() : reject(code)));
  });

// defect: throws a Zod-like result
declare const schema: { safeParse(x: unknown): { success: false; error: { issues: string[] } } | { success: true; data: string } };
export function parse(x: unknown) {
  const result = schema.safeParse(x);
  if (!result.success) throw result.error.issues;
  return result.data;
}

// defect: an async function rejects with a number
export async function check(ok: boolean) {
  if (!ok) return Promise.reject(401);
  return true;
}

// defect: throws a ternary of strings
export function f(kind: boolean) {
  throw kind ? "a" : "b";
}

// defect: Error without new and without throw
export function assertPositive(n: number) {
  if (n <= 0) Error(`not positive: ${n}`);
}

// defect: a rejected promise with a frozen object
export const refuse = () => Promise.reject(Object.freeze({ reason: "no" }));

// defect: wraps with only the message
export async function run() {
  try {
    await step();
  } catch (err) {
    throw new PipelineError(`step failed: ${err instanceof Error ? err.message : err}`);
  }
}

// defect: a domain error for everything
export class OrderRepository {
  async save(order: Order) {
    try {
      await this.db.insert(order);
    } catch (e) {
      throw new RepositoryException("insert failed", { table: "orders" });
    }
  }
}

// defect: Promise.reject in catch of an async function
export async function run() {
  try {
    return await step();
  } catch (err) {
    return Promise.reject(new Error("step failed"));
  }
}

// defect: rejects with a fresh error from an event
import { createReadStream } from "node:fs";
export const read = (path: string) =>
  new Promise<void>((resolve, reject) => {
    createReadStream(path)
      .on("error", (err) => reject(new Error(`could not read ${path}`)))
      .on("end", () => resolve());
  });

// defect: a saga throws anew
function* load(action) {
  try {
    yield call(api.load, action.id);
  } catch (error) {
    throw new Error("load failed");
  }
}

// defect: a callback gets a new error
export function load(id: string, callback: (e: Error | null, r?: string) => void) {
  try {
    callback(null, lookup(id));
  } catch (e) {
    callback(new Error("lookup failed"));
  }
}

// defect: TRPC without the cause
export const router = t.procedure.query(async () => {
  try {
    return await db.items();
  } catch (err) {
    throw new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: "failed" });
  }
});

// defect: an un-awaited assertion helper
declare function saveAll(items: string[]): Promise<void>;
export async function handler(items: string[]) {
  try {
    saveAll(items);
  } catch (e) {
    throw new Error("never happens", { cause: e });
  }
}

// defect: an async callback of a promise constructor
export const load = () =>
  new Promise<string>(async (resolve) => {
    const response = await fetch("/x");
    resolve(await response.text());
  });

// defect: fire and forget in a constructor
declare function connect(url: string): Promise<void>;
export class Client {
  constructor(url: string) {
    connect(url);
  }
}

// defect: a returned-less arrow
declare function track(e: string): Promise<void>;
export const onClick = () => {
  track("click");
};

// defect: then without return value used
declare function load(): Promise<string>;
export function f(set: (s: string) => void) {
  load().then((s) => set(s)).finally(() => set(""));
}

// defect: a timer with an async function that may reject
declare function sync(): Promise<void>;
setInterval(async () => {
  await sync();
}, 1000);

// defect: a mapped list not awaited, kept in an unused constant
declare function load(id: string): Promise<string>;
export async function f(ids: string[]) {
  const tasks = ids.map((id) => load(id));
  return ids.length;
}

// defect: Promise.allSettled without await
declare function load(id: string): Promise<string>;
export function f(ids: string[]) {
  Promise.allSettled(ids.map(load));
}

// defect: the status is only counted as fulfilled
declare function load(id: string): Promise<string>;
export async function f(ids: string[]) {
  const settled = await Promise.allSettled(ids.map(load));
  const values = [];
  for (const s of settled) {
    if (s.status === "fulfilled") {
      values.push(s.value);
    }
  }
  return values;
}

// defect: values are read without a look at the status
declare function load(id: string): Promise<string>;
export async function f() {
  const [a, b] = (await Promise.allSettled([load("a"), load("b")])) as PromiseFulfilledResult<string>[];
  return a!.value + b!.value;
}

// defect: an http server's client error
import http from "node:http";
const server = http.createServer();
server.on("clientError", () => {});

// defect: a Redis client's errors
const client = createClient();
client.on("error", () => {});

// defect: a process handler that only counts
let crashes = 0;
process.on("unhandledRejection", () => {
  crashes++;
});

// defect: an EventSource
const source = new EventSource("/events");
source.onerror = () => {};

// defect: an XHR
const xhr = new XMLHttpRequest();
xhr.onerror = function () {
  return;
};

// defect: a callback in an options object
import fs from "node:fs";
fs.writeFile("out.txt", "x", (err) => {
  console.log("written");
});

// defect: dns lookup
import { lookup } from "node:dns";
lookup("example.org", (error, address) => {
  connectTo(address);
});

// defect: an aws callback
s3.putObject(params, function (err, data) {
  done(null, data.ETag);
});

// defect: a glob callback
glob("**/*.ts", (er, files) => {
  files.forEach(compile);
});

// defect: a span is lost at a throw
import { trace, SpanStatusCode } from "@opentelemetry/api";
export function f(input: string) {
  const span = trace.getTracer("x").startSpan("parse");
  if (!input) throw new Error("empty");
  const out = input.trim();
  span.end();
  return out;
}

// defect: a span in a switch
import { trace } from "@opentelemetry/api";
const tracer = trace.getTracer("x");
export function f(kind: string) {
  const span = tracer.startSpan("f");
  switch (kind) {
    case "a":
      span.end();
      return 1;
    case "b":
      return 2;
    default:
      span.end();
      return 3;
  }
}

// defect: a span of a class's tracer
class Service {
  constructor(private readonly tracer: Tracer) {}
  async run() {
    const span = this.tracer.startSpan("run");
    await this.work();
    span.end();
  }
}

// defect: the message of the database in a Koa body
router.get("/x", async (ctx) => {
  try {
    ctx.body = await load();
  } catch (e) {
    ctx.status = 500;
    ctx.body = e.stack;
  }
});

// defect: Hono
app.onError((err, c) => c.json({ error: err.message, stack: err.stack }, 500));

// defect: a tRPC formatter
app.use((error, req, res, next) => {
  res.status(500).json({ ...error, stack: error.stack });
});

// defect: a Lambda handler
export const handler = async (event) => {
  try {
    return { statusCode: 200, body: JSON.stringify(await run(event)) };
  } catch (e) {
    return { statusCode: 500, body: JSON.stringify({ error: e.stack }) };
  }
};

// sound: Hono with a text of its own
app.onError((err, c) => {
  logger.error(err);
  return c.json({ error: "internal" }, 500);
});

// sound: a Lambda handler that logs
export const handler = async (event) => {
  try {
    return { statusCode: 200, body: JSON.stringify(await run(event)) };
  } catch (e) {
    console.log(JSON.stringify({ level: "error", message: e.message, stack: e.stack }));
    throw e;
  }
};

// sound: a GraphQL resolver
const resolvers = {
  Query: {
    async order(_parent, { id }, { dataSources }) {
      try {
        return await dataSources.orders.byId(id);
      } catch (error) {
        throw new GraphQLError("order not available", { originalError: error });
      }
    },
  },
};

// sound: a cron job with a logger
cron.schedule("0 * * * *", async () => {
  try {
    await cleanupExpiredSessions();
  } catch (err) {
    logger.error({ err }, "cleanup failed");
  }
});

// sound: a shutdown handler
process.on("SIGTERM", async () => {
  try {
    await server.close();
    process.exit(0);
  } catch (err) {
    logger.error(err);
    process.exit(1);
  }
});

// sound: a pg pool with a transaction helper
export async function withTransaction<T>(fn: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const result = await fn(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

// sound: a knex transaction
await knex.transaction(async (trx) => {
  await trx("accounts").decrement("balance", 10);
});

// sound: p-retry
import pRetry, { AbortError } from "p-retry";
export const load = (url: string) =>
  pRetry(async () => {
    const response = await fetch(url);
    if (response.status === 404) throw new AbortError(response.statusText);
    return response.json();
  });

// sound: an ErrorBoundary class
class ErrorBoundary extends React.Component<Props, State> {
  state = { failed: false };
  static getDerivedStateFromError() {
    return { failed: true };
  }
  componentDidCatch(error: Error, info: React.ErrorInfo) {
    report(error, info);
  }
  render() {
    return this.state.failed ? <Oops /> : this.props.children;
  }
}

// sound: react-query
const { data, error } = useQuery({
  queryKey: ["todos"],
  queryFn: async () => {
    const response = await fetch("/todos");
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return response.json();
  },
});

// sound: an AbortController that supersedes
let controller: AbortController | undefined;
export async function search(q: string) {
  controller?.abort();
  controller = new AbortController();
  try {
    const response = await fetch(`/search?q=${q}`, { signal: controller.signal });
    return await response.json();
  } catch (error) {
    if (error.name === "AbortError") return undefined;
    throw error;
  }
}

// sound: a probe of a port
function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once("error", () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}

// sound: a version read for a banner
export function getVersion(): string | undefined {
  try {
    return JSON.parse(readFileSync("package.json", "utf8")).version;
  } catch {
    return undefined;
  }
}

// sound: a date that may be invalid
export function toIso(value: string): string | null {
  try {
    return new Date(value).toISOString();
  } catch {
    return null;
  }
}

// sound: a package that may be missing
export async function loadPlugin(name: string) {
  try {
    return await import(name);
  } catch (error) {
    if (error.code === "ERR_MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}

// sound: nothing to roll back to
export async function up(db: Db) {
  try {
    await db.exec("ALTER TABLE users ADD COLUMN age INT");
  } catch (e) {
    if (!/duplicate column/.test(String(e))) throw e;
  }
}

// sound: the error is kept in a ref
async function run() {
  try {
    result.current = await load();
  } catch (e) {
    errorRef.current = e;
  }
}

// sound: a pino child logger
export async function consume(message: Message, log: Logger) {
  const child = log.child({ id: message.id });
  try {
    await process(message);
    message.ack();
  } catch (err) {
    child.error(err, "could not process");
    message.nack();
  }
}

// sound: a nack tells the broker
channel.consume("orders", async (message) => {
  try {
    await handle(message);
    channel.ack(message);
  } catch (err) {
    channel.nack(message, false, true);
  }
});

// sound: an exit code
try {
  await cli.run();
} catch (error) {
  console.error(error instanceof CliError ? error.message : error);
  process.exitCode = 1;
}

// sound: a spinner that fails
const spinner = ora("Building").start();
try {
  await build();
  spinner.succeed();
} catch (error) {
  spinner.fail(error.message);
  throw error;
}

// sound: a fallback by default import
let config;
try {
  config = await import(pathToFileURL(path).href);
} catch (error) {
  throw new Error(`could not load ${path}`, { cause: error });
}

// sound: an assertion on the message
it("rejects", async () => {
  let error: unknown;
  try {
    await run();
  } catch (e) {
    error = e;
  }
  expect(error).toBeInstanceOf(TypeError);
});

// sound: a safe wrapper
export const safely = async <T,>(promise: Promise<T>): Promise<[T, null] | [null, Error]> => {
  try {
    return [await promise, null];
  } catch (e) {
    return [null, e as Error];
  }
};

// sound: an optional cache
export async function cached(key: string, load: () => Promise<string>) {
  try {
    const hit = await redis.get(key);
    if (hit) return hit;
  } catch (err) {
    logger.warn({ err }, "cache unavailable");
  }
  return load();
}

// sound: clipboards may refuse
export async function copy(text: string) {
  try {
    await navigator.clipboard.writeText(text);
    toast.success("Copied");
  } catch {
    toast.error("Copy failed");
  }
}

// sound: a share that is cancelled
async function share() {
  try {
    await navigator.share({ url: location.href });
  } catch (e) {
    if ((e as Error).name !== "AbortError") throw e;
  }
}

// sound: a lock file
export async function acquire(path: string): Promise<boolean> {
  try {
    await fs.promises.writeFile(path, String(process.pid), { flag: "wx" });
    return true;
  } catch (err) {
    if (err.code === "EEXIST") return false;
    throw err;
  }
}

// sound: an upsert
export async function upsert(user: User) {
  try {
    await db.insert(user);
  } catch (e) {
    if (isUniqueViolation(e)) {
      await db.update(user);
    } else {
      throw e;
    }
  }
}

// sound: an interceptor of axios
axios.interceptors.response.use(
  (response) => response,
  (error) => {
    if (error.response?.status === 401) {
      return refresh().then(() => axios(error.config));
    }
    return Promise.reject(error);
  },
);

// sound: a stream pipeline with a callback
pipeline(source, gzip, target, (err) => {
  if (err) {
    console.error("pipeline failed", err);
    process.exitCode = 1;
  }
});

// sound: a promisified callback
export const exec = (cmd: string) =>
  new Promise<string>((resolve, reject) => {
    child.exec(cmd, (error, stdout, stderr) => {
      if (error) return reject(Object.assign(error, { stderr }));
      resolve(stdout);
    });
  });

// sound: a timeout by race
export const withTimeout = <T,>(promise: Promise<T>, ms: number) =>
  Promise.race([promise, new Promise<never>((_, reject) => setTimeout(() => reject(new TimeoutError(ms)), ms))]);

// sound: Promise.any with a fallback
export async function fastest(urls: string[]) {
  try {
    return await Promise.any(urls.map((u) => fetch(u)));
  } catch (e) {
    throw new AggregateError((e as AggregateError).errors, "no mirror answered", { cause: e });
  }
}

// sound: an event loop
for await (const event of stream) {
  try {
    await handle(event);
  } catch (err) {
    deadLetters.push({ event, err });
  }
}
await publish(deadLetters);

// sound: a decorator that logs
export function logged(target: object, key: string, descriptor: PropertyDescriptor) {
  const original = descriptor.value;
  descriptor.value = async function (...args: unknown[]) {
    try {
      return await original.apply(this, args);
    } catch (e) {
      console.error(key, e);
      throw e;
    }
  };
}

// sound: a SQLite probe
function hasTable(db: Database, name: string) {
  try {
    db.prepare(`SELECT 1 FROM ${name} LIMIT 1`).get();
    return true;
  } catch {
    return false;
  }
}

// sound: a worker pool
pool.run(task).then(
  (value) => task.resolve(value),
  (error) => task.reject(error),
);

// sound: fire and forget with a logger
declare function warm(): Promise<void>;
export function start() {
  warm().catch((err) => log.warn({ err }, "warm-up failed"));
}

// sound: void for a handled function
async function refresh() {
  try {
    await fetch("/refresh");
  } catch (e) {
    log.error(e);
  }
}
setInterval(() => void refresh(), 1000);

// sound: setInterval with an async function that handles
setInterval(async () => {
  try {
    await fetch("/refresh");
  } catch (e) {
    log.error(e);
  }
}, 1000);

// sound: a useEffect with state
useEffect(() => {
  const load = async () => {
    setLoading(true);
    try {
      setItems(await fetchItems());
    } catch (e) {
      setError(e);
    } finally {
      setLoading(false);
    }
  };
  load();
}, []);

// sound: an Effect program
import { Effect } from "effect";
const program = Effect.tryPromise({ try: () => fetch("/x"), catch: (cause) => new FetchError({ cause }) });
await Effect.runPromise(program);

// sound: a Result is handled by a switch
import { type Result } from "neverthrow";
declare function save(): Result<number, Error>;
export function f() {
  const r = save();
  return r.isOk() ? r.value : 0;
}

// sound: allSettled with a report
declare function load(id: string): Promise<string>;
export async function f(ids: string[]) {
  const results = await Promise.allSettled(ids.map(load));
  results.forEach((result, i) => {
    if (result.status === "rejected") log.warn({ id: ids[i], err: result.reason });
  });
  return results.filter((r) => r.status === "fulfilled").map((r) => r.value);
}

// sound: allSettled at shutdown
declare const servers: { close(): Promise<void> }[];
process.once("SIGTERM", async () => {
  await Promise.allSettled(servers.map((s) => s.close()));
  process.exit(0);
});

// sound: a sleep
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
await sleep(10);

// sound: a deferred class
class Deferred<T> {
  resolve!: (value: T) => void;
  reject!: (reason: unknown) => void;
  promise = new Promise<T>((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });
}

// sound: an abort reason
export function throwIfAborted(signal?: AbortSignal) {
  if (signal?.aborted) throw signal.reason ?? new DOMException("aborted", "AbortError");
}

// sound: a gRPC service error
export const getUser = async (call, callback) => {
  try {
    callback(null, await users.find(call.request.id));
  } catch (e) {
    logger.error(e);
    callback({ code: status.INTERNAL, details: "internal error" });
  }
};

// sound: a validation pipe
export class ValidationPipe implements PipeTransform {
  transform(value: unknown) {
    const { error, value: parsed } = schema.validate(value);
    if (error) throw new BadRequestException(error.details);
    return parsed;
  }
}

// sound: a span kept by a request
app.use((req, res, next) => {
  const span = tracer.startSpan(`${req.method} ${req.path}`);
  res.on("finish", () => {
    span.setAttribute("http.response.status_code", res.statusCode);
    span.end();
  });
  next();
});

// sound: a span by a helper of the project
export const load = (id: string) => withSpan("load", () => repo.load(id));

// sound: sendBeacon in pagehide
addEventListener("pagehide", () => {
  try {
    navigator.sendBeacon("/stats", JSON.stringify(stats));
  } catch {
    // the page is going away; there is nobody left to tell
  }
});

// sound: an image that is retried
img.onerror = () => {
  img.src = fallbackUrl;
};

// sound: a websocket reconnects
ws.onerror = () => ws.close();
ws.onclose = () => scheduleReconnect();

// sound: jsdom's virtual console
virtualConsole.on("jsdomError", () => {});

// sound: EventEmitter once
import { once } from "node:events";
const [message] = await once(child, "message");

// sound: a comparison of errors in tests
test("fails", async () => {
  const error = await run().catch((e) => e);
  expect(error.code).toBe("E_FAIL");
});

// sound: jest mock
jest.spyOn(console, "error").mockImplementation(() => {});
api.load.mockRejectedValue(new Error("no"));

// sound: a memo that forgets what failed
declare function load(key: string): Promise<string>;
const memo = new Map<string, Promise<string>>();
export function get(key: string) {
  let entry = memo.get(key);
  if (!entry) {
    entry = load(key);
    entry.catch(() => memo.delete(key));
    memo.set(key, entry);
  }
  return entry;
}

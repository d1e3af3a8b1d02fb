// defect: an Express handler answers with an empty list when the query fails
import express from "express";
const app = express();
app.get("/orders", async (req, res) => {
  let orders = [];
  try {
    orders = await db.query("select * from orders where customer = $1", [req.query.customer]);
  } catch (err) {
    orders = [];
  }
  res.json(orders);
});

// defect: a Nest service whose catch only counts
@Injectable()
export class BillingService {
  private failures = 0;
  constructor(private readonly gateway: Gateway) {}
  async charge(id: string) {
    try {
      await this.gateway.charge(id);
    } catch (error) {
    }
  }
}

// defect: a Fastify route that ignores a failed write
import Fastify from "fastify";
const server = Fastify();
server.post("/events", async (request, reply) => {
  try {
    await store.append(request.body);
  } catch (e) {}
  return reply.code(202).send();
});

// defect: a Next.js loader renders nothing when the backend is down
export async function getServerSideProps({ params }) {
  try {
    const product = await fetchProduct(params.id);
    return { props: { product } };
  } catch (e) {
    return { props: { product: null } };
  }
}

// defect: a worker loop that drops failed jobs
async function work(queue: Queue) {
  while (queue.size > 0) {
    const job = queue.shift();
    try {
      await job.run();
    } catch (e) {
      continue;
    }
  }
}

// defect: a transaction is rolled back and the error forgotten
async function transfer(from: string, to: string, amount: number) {
  const tx = await db.transaction();
  try {
    await tx.debit(from, amount);
    await tx.credit(to, amount);
    await tx.commit();
  } catch (err) {
    await tx.rollback();
  }
}

// defect: a rollback that reports success all the same
async function createUser(input: Input) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("INSERT INTO users VALUES ($1)", [input.name]);
    await client.query("COMMIT");
    return true;
  } catch (e) {
    await client.query("ROLLBACK");
    return false;
  } finally {
    client.release();
  }
}

// defect: retries with backoff end in nothing
async function fetchWithRetry(url: string, retries = 3) {
  for (let attempt = 1; attempt <= retries; attempt++) {
    try {
      const response = await fetch(url);
      return await response.json();
    } catch (error) {
      const delay = 2 ** attempt * 100;
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }
  return null;
}

// defect: a retry loop that stores the last error and never throws it
async function retry(task: () => Promise<string>) {
  let lastError: unknown;
  let attempt = 0;
  do {
    try {
      return await task();
    } catch (e) {
      lastError = e;
      attempt++;
    }
  } while (attempt < 5);
}

// defect: a recursion that gives up in silence
async function poll(attempts: number): Promise<Status | undefined> {
  try {
    return await getStatus();
  } catch (e) {
    if (attempts <= 0) return undefined;
    return poll(attempts - 1);
  }
}

// defect: an inverted ENOENT check
import { readFile } from "node:fs/promises";
export async function loadConfig(path: string) {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (err) {
    if ((err as NodeJS.ErrnoException).code === "ENOENT") throw err;
    return {};
  }
}

// defect: an inverted status check
async function findUser(id: string) {
  try {
    return (await axios.get(`/users/${id}`)).data;
  } catch (error) {
    if (error.response?.status === 404) {
      throw new NotFoundError(id, { cause: error });
    }
  }
}

// defect: logs only the axios errors
async function submit(form: Form) {
  try {
    await api.post("/submit", form);
  } catch (error) {
    if (axios.isAxiosError(error)) {
      logger.error("submit failed", error);
    }
  }
}

// defect: a debug flag decides whether anyone hears of it
const verbose = process.env.VERBOSE === "1";
export function migrate() {
  try {
    runMigrations();
  } catch (e) {
    if (verbose) {
      console.error("migration failed", e);
    }
  }
}

// defect: development only
try {
  registerPlugins(app);
} catch (error) {
  if (import.meta.env.DEV) console.warn(error);
}

// defect: void err
export async function sync() {
  try {
    await replicate();
  } catch (err) {
    void err;
    metrics.increment("sync.done");
  }
}

// defect: the error goes to a function that does nothing
function swallow(_error: unknown): void {}
export async function sync() {
  try {
    await replicate();
  } catch (err) {
    swallow(err);
  }
}

// defect: a message is built and thrown away
async function save(doc: Doc) {
  try {
    await doc.save();
  } catch (err) {
    const message = err instanceof Error ? err.message : String(err);
    const full = `could not save: ${message}`;
  }
}

// defect: a new error is created and not thrown
async function save(doc: Doc) {
  try {
    await doc.save();
  } catch (err) {
    new SaveError("could not save", { cause: err });
  }
}

// defect: a field that nobody reads
function importRows(rows: Row[]) {
  let failed: unknown = null;
  for (const row of rows) {
    try {
      insert(row);
    } catch (e) {
      failed = e;
    }
  }
  return rows.length;
}

// defect: an array of errors that nobody reads
async function notifyAll(users: User[]) {
  const errors: Error[] = [];
  for (const user of users) {
    try {
      await notify(user);
    } catch (e) {
      errors.push(e as Error);
    }
  }
}

// defect: a React effect ignores the failure
function Profile({ id }) {
  const [user, setUser] = useState(null);
  useEffect(() => {
    (async () => {
      try {
        setUser(await loadUser(id));
      } catch (e) {}
    })();
  }, [id]);
  return <Card user={user} />;
}

// defect: a React submit handler only resets the state
function Form() {
  const onSubmit = async (values) => {
    setLoading(true);
    try {
      await save(values);
      navigate("/done");
    } catch (err) {
      setLoading(false);
    }
  };
  return <form onSubmit={onSubmit} />;
}

// defect: zero for a failed balance
export async function balance(account: string): Promise<number> {
  try {
    const row = await db.one("select balance from accounts where id = $1", account);
    return row.balance;
  } catch {
    return 0;
  }
}

// defect: an empty map for a failed load
export async function loadTranslations(locale: string) {
  try {
    const response = await fetch(`/locales/${locale}.json`);
    return new Map(Object.entries(await response.json()));
  } catch (e) {
    return new Map();
  }
}

// defect: an empty string for a failed read
export function readTemplate(name: string) {
  try {
    return fs.readFileSync(path.join(dir, name), "utf8");
  } catch (e) {
    return "";
  }
}

// defect: an iterator that ends early without a word
async function* pages(url: string) {
  let next = url;
  while (next) {
    try {
      const page = await getPage(next);
      yield page.items;
      next = page.next;
    } catch (e) {
      return;
    }
  }
}

// defect: finally returns over the error
function read(path: string) {
  let text = "";
  try {
    text = fs.readFileSync(path, "utf8");
  } finally {
    return text;
  }
}

// defect: finally breaks out of the loop over the error
function first(sources: Source[]) {
  for (const source of sources) {
    try {
      source.open();
    } finally {
      break;
    }
  }
}

// defect: only TypeErrors are rethrown
function run(task: Task) {
  try {
    task.execute();
  } catch (e) {
    if (e instanceof TypeError) {
      throw e;
    }
  }
}

// defect: the user is asked nothing and told nothing
async function logout() {
  try {
    await api.post("/logout");
  } catch (error) {
    // TODO: handle error
  }
}

// defect: an eslint-disable in place of handling
async function logout() {
  try {
    await api.post("/logout");
    // eslint-disable-next-line no-empty
  } catch (error) {}
}

// defect: a Kafka consumer acknowledges what it could not process
await consumer.run({
  eachMessage: async ({ message }) => {
    try {
      await process(JSON.parse(message.value.toString()));
    } catch (err) {
      await consumer.commitOffsets([{ topic, partition, offset: message.offset }]);
    }
  },
});

// defect: the callback hears of success
function load(id: string, done: (err: Error | null, user?: User) => void) {
  try {
    done(null, cache.get(id));
  } catch (err) {
    done(null, undefined);
  }
}

// defect: the promise resolves although the work failed
export const ready = new Promise<void>((resolve, reject) => {
  try {
    start();
    resolve();
  } catch (err) {
    resolve();
  }
});

// defect: a switch over codes that lets the rest fall through
async function remove(id: string) {
  try {
    await storage.delete(id);
  } catch (e) {
    switch (e.code) {
      case "NoSuchKey":
        break;
      case "AccessDenied":
        throw new ForbiddenError(id, { cause: e });
    }
  }
}

// defect: a logger gated on a level variable
try {
  await flush();
} catch (e) {
  config.debug && logger.error(e);
}

// defect: a ternary that rethrows in tests only
try {
  await flush();
} catch (e) {
  if (process.env.NODE_ENV === "test") throw e;
}

// sound: an Express handler passes it on
app.get("/orders", async (req, res, next) => {
  try {
    res.json(await db.orders());
  } catch (err) {
    next(err);
  }
});

// sound: an Express handler answers with a status
app.get("/orders", async (req, res) => {
  try {
    res.json(await db.orders());
  } catch (err) {
    req.log.error({ err }, "orders failed");
    res.status(500).json({ message: "Internal server error" });
  }
});

// sound: a Fastify handler answers with an error
server.get("/user/:id", async (request, reply) => {
  try {
    return await users.find(request.params.id);
  } catch (err) {
    request.log.error(err);
    return reply.code(503).send({ error: "unavailable" });
  }
});

// sound: a Nest service converts
@Injectable()
export class UserService {
  async find(id: string) {
    try {
      return await this.repo.findOneOrFail(id);
    } catch (error) {
      if (error instanceof EntityNotFoundError) {
        throw new NotFoundException(`no user ${id}`, { cause: error });
      }
      throw error;
    }
  }
}

// sound: Next's notFound on a missing record
export default async function Page({ params }) {
  let product;
  try {
    product = await getProduct(params.slug);
  } catch (e) {
    if (e instanceof ProductNotFound) notFound();
    throw e;
  }
  return <Product {...product} />;
}

// sound: rollback and rethrow
async function transfer(from: string, to: string, amount: number) {
  const tx = await db.transaction();
  try {
    await tx.debit(from, amount);
    await tx.credit(to, amount);
    await tx.commit();
  } catch (err) {
    await tx.rollback();
    throw err;
  }
}

// sound: rollback whose own failure is logged
async function transfer(tx: Tx) {
  try {
    await tx.run();
  } catch (err) {
    try {
      await tx.rollback();
    } catch (rollbackError) {
      logger.error({ err: rollbackError }, "rollback failed");
    }
    throw err;
  }
}

// sound: a retry that keeps the last error
async function fetchWithRetry(url: string, retries = 3) {
  let lastError: unknown;
  for (let attempt = 1; attempt <= retries; attempt++) {
    try {
      return await fetch(url);
    } catch (error) {
      lastError = error;
      await sleep(2 ** attempt * 100);
    }
  }
  throw new Error(`gave up after ${retries} attempts`, { cause: lastError });
}

// sound: a retry that rethrows at the last attempt
async function withRetry<T>(task: () => Promise<T>, max: number): Promise<T> {
  let attempt = 0;
  while (true) {
    try {
      return await task();
    } catch (error) {
      attempt += 1;
      if (attempt >= max) throw error;
      await delay(attempt * 50);
    }
  }
}

// sound: retries only what may be retried
async function withRetry<T>(task: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await task();
    } catch (error) {
      if (!isRetryable(error)) throw error;
      await delay(50);
    }
  }
}

// sound: ENOENT is no failure
import { readFile } from "node:fs/promises";
export async function loadConfig(path: string): Promise<Config | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (err) {
    if (err instanceof Error && "code" in err && err.code === "ENOENT") {
      return undefined;
    }
    throw err;
  }
}

// sound: a 404 is an answer
async function findUser(id: string): Promise<User | null> {
  try {
    const { data } = await axios.get(`/users/${id}`);
    return data;
  } catch (error) {
    if (axios.isAxiosError(error) && error.response?.status === 404) return null;
    throw error;
  }
}

// sound: Prisma's unique violation
async function register(email: string) {
  try {
    return await prisma.user.create({ data: { email } });
  } catch (e) {
    if (e instanceof Prisma.PrismaClientKnownRequestError && e.code === "P2002") {
      return { error: "email taken" };
    }
    throw e;
  }
}

// sound: an abort is expected
async function search(query: string, signal: AbortSignal) {
  try {
    const response = await fetch(`/search?q=${query}`, { signal });
    setResults(await response.json());
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return;
    setError(error);
  }
}

// sound: an unmounted component
useEffect(() => {
  let cancelled = false;
  (async () => {
    try {
      const data = await load(id);
      if (!cancelled) setData(data);
    } catch (err) {
      if (!cancelled) setError(err as Error);
    }
  })();
  return () => {
    cancelled = true;
  };
}, [id]);

// sound: a documented absence
/**
 * Looks a session up.
 * @returns the session, or `null` if the token is invalid or expired
 */
export function sessionOf(token: string): Session | null {
  try {
    return decode(token, secret);
  } catch {
    return null;
  }
}

// sound: a parser with a fallback
export function safeJsonParse<T>(text: string, fallback: T): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    return fallback;
  }
}

// sound: is it JSON
export const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

// sound: does the file exist
async function fileExists(path: string) {
  try {
    await fs.promises.access(path);
    return true;
  } catch {
    return false;
  }
}

// sound: has local storage
function supportsLocalStorage() {
  try {
    const key = "__test__";
    window.localStorage.setItem(key, key);
    window.localStorage.removeItem(key);
    return true;
  } catch (e) {
    return false;
  }
}

// sound: passive listeners are detected
let supportsPassive = false;
try {
  const options = Object.defineProperty({}, "passive", {
    get() {
      supportsPassive = true;
    },
  });
  window.addEventListener("test", null, options);
} catch (e) {}

// sound: an optional native module
let bcrypt;
try {
  bcrypt = require("bcrypt");
} catch {
  bcrypt = require("bcryptjs");
}

// sound: the temporary directory is removed
afterEach(async () => {
  try {
    await rm(dir, { recursive: true });
  } catch {}
});

// sound: a process that is already gone
function stop(child: ChildProcess) {
  try {
    process.kill(-child.pid!);
  } catch {
    // the group is already gone
  }
}

// sound: a lock that is released
async function withLock(fn) {
  const lock = await acquire();
  try {
    return await fn();
  } finally {
    try {
      await lock.release();
    } catch {}
  }
}

// sound: Sentry
export async function action({ request }) {
  try {
    return await handle(request);
  } catch (error) {
    Sentry.withScope((scope) => {
      scope.setTag("route", "action");
      Sentry.captureException(error);
    });
    return json({ ok: false }, { status: 500 });
  }
}

// sound: winston
try {
  await job.run();
} catch (error) {
  winston.error("job failed", { error, job: job.id });
}

// sound: a Result type
export async function loadUser(id: string): Promise<Result<User, LoadError>> {
  try {
    return { ok: true, value: await api.user(id) };
  } catch (cause) {
    return { ok: false, error: new LoadError("user", { cause }) };
  }
}

// sound: errors collected and reported
export async function closeAll(resources: Resource[]) {
  const errors: unknown[] = [];
  for (const resource of resources) {
    try {
      await resource.dispose();
    } catch (e) {
      errors.push(e);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, "some resources could not be closed");
}

// sound: the first error wins
function each(tasks: (() => void)[]) {
  let error: unknown;
  let failed = false;
  for (const task of tasks) {
    try {
      task();
    } catch (e) {
      if (!failed) {
        failed = true;
        error = e;
      }
    }
  }
  if (failed) throw error;
}

// sound: a saga
function* loginSaga(action) {
  try {
    const user = yield call(api.login, action.payload);
    yield put({ type: "LOGIN_OK", user });
  } catch (error) {
    yield put({ type: "LOGIN_FAILED", error });
  }
}

// sound: a redux thunk
export const fetchTodos = createAsyncThunk("todos/fetch", async (_, { rejectWithValue }) => {
  try {
    return await api.todos();
  } catch (err) {
    return rejectWithValue(err.response.data);
  }
});

// sound: vitest expects the throw
it("refuses", () => {
  try {
    parse("{");
    expect.unreachable();
  } catch (e) {
    expect(e).toBeInstanceOf(SyntaxError);
    expect((e as Error).message).toMatch("JSON");
  }
});

// sound: a test helper returns the error
async function caught(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (e) {
    return e;
  }
  throw new Error("nothing was thrown");
}

// sound: a worker posts the error
parentPort.on("message", async (task) => {
  try {
    parentPort.postMessage({ id: task.id, result: await handle(task) });
  } catch (error) {
    parentPort.postMessage({ id: task.id, error: serialize(error) });
  }
});

// sound: a stream is destroyed with it
class Decoder extends Transform {
  _transform(chunk, encoding, callback) {
    try {
      this.push(decode(chunk));
      callback();
    } catch (err) {
      callback(err);
    }
  }
}

// sound: a socket is destroyed with it
socket.on("data", (chunk) => {
  try {
    parser.execute(chunk);
  } catch (err) {
    socket.destroy(err as Error);
  }
});

// sound: the command line's last resort
main().then(
  () => {},
  (e) => {
    console.error(e);
    process.exit(1);
  },
);

// sound: a job is marked as failed
try {
  await job.process();
  await job.markDone();
} catch (e) {
  await job.markFailed(String(e));
}

// sound: a mirror is tried
async function download(urls: string[]) {
  const errors = [];
  for (const url of urls) {
    try {
      return await get(url);
    } catch (e) {
      errors.push(e);
    }
  }
  throw new AggregateError(errors, "all mirrors failed");
}

// sound: an old browser's copy
async function copy(text: string) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

// sound: a form shows the message
const onSubmit = async (values: Values) => {
  try {
    await login(values);
  } catch (error) {
    form.setError("root", { message: error instanceof ApiError ? error.message : "Something went wrong" });
  }
};

// sound: a hook's state machine
async function run() {
  dispatch({ type: "start" });
  try {
    dispatch({ type: "done", data: await load() });
  } catch (error) {
    dispatch({ type: "failed", error });
  }
}

// sound: a class keeps its failure
class Connection {
  private failure: Error | undefined;
  async open() {
    try {
      await this.dial();
    } catch (e) {
      this.failure = e as Error;
    }
  }
  get healthy() {
    return this.failure === undefined;
  }
}

// sound: an event is emitted
async function tick() {
  try {
    await refresh();
  } catch (err) {
    emitter.emit("error", err);
  }
}

// sound: the error becomes the return value's message
export async function validate(input: string): Promise<string | undefined> {
  try {
    await schema.validate(input);
    return undefined;
  } catch (e) {
    return (e as Error).message;
  }
}

// sound: zod's error is formatted
function parseBody(body: unknown) {
  try {
    return { data: schema.parse(body) };
  } catch (e) {
    if (e instanceof z.ZodError) return { errors: e.flatten() };
    throw e;
  }
}

// sound: process.exit with a code
try {
  await main();
} catch (err) {
  process.stderr.write(`${err}\n`);
  process.exit(1);
}

// sound: a stack is cleaned up and rethrown by a helper that never returns
function fail(error: unknown): never {
  throw error;
}
export function load(path: string) {
  try {
    return parse(path);
  } catch (e) {
    fail(e);
  }
}

// sound: a URL that may be relative
function toUrl(value: string): URL | null {
  try {
    return new URL(value);
  } catch {
    return null;
  }
}

// sound: decoding that may fail
function decode(text: string) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// defect: the error's code is looked up for nobody
declare function deliver(parcel: string): Promise<void>;

export async function ship(parcel: string) {
  try {
    await deliver(parcel);
  } catch (error) {
    const code = (error as { code?: string }).code ?? "UNKNOWN";
    return { ok: false };
  }
  return { ok: true };
}

// defect: express handler answers 200 after a failed write
app.post("/orders", async (req, res) => {
  try {
    await repo.insertOrder(req.body);
  } catch (err) {
    res.json({ ok: true });
    return;
  }
  res.json({ ok: true });
});

// defect: nest service returns an empty page
@Injectable()
export class ArticlesService {
  constructor(private readonly prisma: PrismaService) {}
  async list(page: number) {
    try {
      return await this.prisma.article.findMany({ skip: page * 20, take: 20 });
    } catch (e) {
      return [];
    }
  }
}

// defect: fastify route hides a failing query behind zero
fastify.get("/count", async (request, reply) => {
  let total = 0;
  try {
    const result = await pg.query("select count(*) from users");
    total = Number(result.rows[0].count);
  } catch {}
  return { total };
});

// defect: generator drops rows that failed to load
async function* pages(client) {
  for (let n = 1; ; n++) {
    let batch;
    try {
      batch = await client.fetchPage(n);
    } catch (problem) {
      return;
    }
    yield* batch;
  }
}

// defect: class getter hides a parse of the config it wrote itself and the load
class Settings {
  load() {
    try {
      this.values = this.reader.readAll();
      this.migrate(this.values);
    } catch (failure) {
      this.values = {};
    }
  }
}

// defect: react effect sets nothing
function Profile({ id }) {
  const [user, setUser] = useState(null);
  useEffect(() => {
    (async () => {
      try {
        setUser(await api.loadUser(id));
      } catch (error) {
        setUser(null);
      }
    })();
  }, [id]);
  return render(user);
}

// defect: cli ends with success
async function main(argv: string[]) {
  try {
    await runMigrations(argv[0]);
  } catch (err) {
    process.exit(0);
  }
}

// defect: queue consumer acknowledges what it could not handle
channel.consume("jobs", async (msg) => {
  try {
    await handleJob(JSON.parse(msg.content.toString()));
  } catch (err) {
    channel.ack(msg);
    return;
  }
  channel.ack(msg);
});

// defect: alias that goes nowhere
export async function flushMetrics(sink: Sink) {
  try {
    await sink.write(buffer);
  } catch (e) {
    const reason = e;
    const text = String(reason);
  }
}

// defect: destructured binding that is dropped
function applyPatch(doc, patch) {
  try {
    patcher.apply(doc, patch);
  } catch ({ message, code }) {
    return doc.snapshot;
  }
  return doc.current;
}

// defect: labelled loop continues over failing tenants
async function billAll(tenants: Tenant[]) {
  outer: for (const tenant of tenants) {
    for (const invoice of tenant.invoices) {
      try {
        await charge(invoice);
      } catch (err) {
        continue outer;
      }
    }
  }
}

// defect: switch that forgets the default
async function sync(record: RecordRow) {
  try {
    await remote.put(record);
  } catch (error) {
    switch ((error as ApiError).code) {
      case "CONFLICT":
        await remote.merge(record);
        break;
    }
  }
}

// defect: branch on the wrong thing
async function pushDraft(draft: Draft, options: { verbose: boolean }) {
  try {
    await store.saveDraft(draft);
  } catch (error) {
    if (options.verbose) {
      logger.error({ error }, "draft not saved");
    }
  }
}

// defect: void operator on the error
function startWorker(path: string) {
  try {
    workers.push(spawnWorker(path));
  } catch (err) {
    void err;
  }
}

// defect: only a debug print behind NODE_ENV
async function publishEvent(event: DomainEvent) {
  try {
    await bus.publish(event);
  } catch (err) {
    if (process.env.NODE_ENV !== "production") console.error(err);
  }
}

// defect: retry loop that falls out of its end
async function downloadWithRetry(url: string) {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await download(url);
    } catch (error) {
      await sleep(2 ** attempt * 100);
    }
  }
}

// defect: inverted guard
async function saveProfile(profile: Profile) {
  try {
    await db.profiles.update(profile);
  } catch (e) {
    if (!(e instanceof NotFoundError)) return;
    throw e;
  }
}

// defect: error collected into an array nobody reads
export async function importContacts(rows: Row[]) {
  const problems: unknown[] = [];
  let imported = 0;
  for (const row of rows) {
    try {
      await contacts.create(row);
      imported++;
    } catch (e) {
      problems.push(e);
    }
  }
  return imported;
}

// defect: a counter that nobody reads
export async function reindex(ids: string[]) {
  let broken = 0;
  for (const id of ids) {
    try {
      await index.update(id);
    } catch (err) {
      broken++;
    }
  }
  return "done";
}

// defect: message extracted and dropped
async function sendInvoice(invoice: Invoice) {
  try {
    await mailer.send(invoice.email, renderInvoice(invoice));
  } catch (err) {
    const message = err instanceof Error ? err.message : String(err);
  }
}

// defect: redux thunk without a rejected action
export const fetchTodos = () => async (dispatch) => {
  dispatch({ type: "todos/loading" });
  try {
    const todos = await api.todos();
    dispatch({ type: "todos/loaded", todos });
  } catch (err) {
    dispatch({ type: "todos/loaded", todos: [] });
  }
};

// defect: a cache layer that makes up an empty session
async function getSession(id: string): Promise<Session> {
  try {
    const raw = await redis.get(`session:${id}`);
    return JSON.parse(raw!);
  } catch (error) {
    return {} as Session;
  }
}

// defect: only the state flag is reset
async function onSubmit(values: FormValues) {
  setSubmitting(true);
  try {
    await createAccount(values);
    navigate("/welcome");
  } catch (error) {
    setSubmitting(false);
  }
}

// defect: nested try swallows in the inner one
async function checkout(cart: Cart) {
  try {
    try {
      await payments.capture(cart.paymentId);
    } catch (inner) {}
    await orders.confirm(cart.id);
  } catch (outer) {
    throw new CheckoutError("could not confirm", { cause: outer });
  }
}

// defect: noop helper is called with the error
const noop = () => {};
function attachTracing(server) {
  try {
    server.instrument(tracer);
  } catch (err) {
    noop(err);
  }
}

// defect: object method with a value default
const rates = {
  async current(currency: string) {
    try {
      const { data } = await http.get(`/rates/${currency}`);
      return data.rate;
    } catch (err) {
      return 1;
    }
  },
};

// defect: static block that ignores a failed registration
class Plugins {
  static {
    try {
      registry.registerAll(Plugins.defaults);
    } catch {}
  }
}

// defect: for await consumer that stops silently
async function consume(stream: AsyncIterable<Message>) {
  try {
    for await (const message of stream) {
      await handle(message);
    }
  } catch (err) {
    return;
  }
}

// defect: conditional expression loses one arm
async function upload(file: File, onFail?: (e: unknown) => void) {
  try {
    await bucket.put(file.name, file);
  } catch (e) {
    file.critical ? reportError(e) : undefined;
  }
}

// defect: error only compared
async function rename(from: string, to: string) {
  try {
    await fsp.rename(from, to);
  } catch (err) {
    err.code === "EXDEV";
  }
}

// defect: fallthrough default in a loader
export async function loadTheme(name: string) {
  let theme = defaultTheme;
  try {
    theme = await themes.fetch(name);
  } catch (err) {
    theme = defaultTheme;
  }
  applyTheme(theme);
}

// defect: transaction rolled back and nobody told
async function transfer(from: string, to: string, amount: number) {
  const trx = await db.transaction();
  try {
    await trx("accounts").decrement("balance", amount);
    await trx.commit();
  } catch (err) {
    await trx.rollback();
  }
}

// defect: websocket message handler
socket.onmessage = (event) => {
  try {
    handlers[event.data.type](event.data);
  } catch (e) {
    return;
  }
};

// defect: test helper hides a failed seed
beforeAll(async () => {
  try {
    await seedDatabase(connection);
  } catch (e) {}
});

// defect: throws in one branch, silent otherwise
async function ensureBucket(name: string) {
  try {
    await s3.createBucket({ Bucket: name });
  } catch (err) {
    if (err.name === "AccessDenied") {
      throw err;
    }
  }
}

// defect: finally hides nothing but catch does
function parseAndRun(script: string) {
  const started = Date.now();
  try {
    vm.execute(script);
  } catch (error) {
    lastDuration = Date.now() - started;
  } finally {
    running = false;
  }
}

// sound: conflict is answered, the rest goes on
async function createUser(input: NewUser) {
  try {
    return await users.insert(input);
  } catch (error) {
    if (error instanceof UniqueViolation) return users.findByEmail(input.email);
    throw error;
  }
}

// sound: express passes to next
router.get("/users/:id", async (req, res, next) => {
  try {
    res.json(await users.byId(req.params.id));
  } catch (err) {
    next(err);
  }
});

// sound: nest maps to http exceptions with the cause
@Controller("cats")
export class CatsController {
  @Get(":id")
  async one(@Param("id") id: string) {
    try {
      return await this.cats.find(id);
    } catch (error) {
      throw new NotFoundException("no such cat", { cause: error });
    }
  }
}

// sound: winston logs with the error and falls back
async function exchangeRate(currency: string): Promise<number> {
  try {
    return await ratesClient.fetch(currency);
  } catch (err) {
    logger.warn("rates unavailable, using yesterday's", { err });
    return lastKnown.get(currency) ?? 1;
  }
}

// sound: sentry plus state
async function onSave() {
  try {
    await api.save(draft);
  } catch (e) {
    Sentry.captureException(e);
    setError("Could not save");
  }
}

// sound: toast tells the user
const handleDelete = async () => {
  try {
    await deleteItem(item.id);
  } catch (error) {
    toast.error(error instanceof Error ? error.message : "Deleting failed");
  }
};

// sound: optional dependency
let sharp;
try {
  sharp = require("sharp");
} catch {
  // sharp is optional: images stay as they are without it
}

// sound: feature detection of storage
function storageAvailable() {
  try {
    window.localStorage.setItem("__probe", "1");
    window.localStorage.removeItem("__probe");
    return true;
  } catch (e) {
    return false;
  }
}

// sound: url predicate
export function isUrl(text: string): boolean {
  try {
    new URL(text);
    return true;
  } catch {
    return false;
  }
}

// sound: json or undefined
function tryParseJson<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

// sound: missing file is an answer, others are thrown
async function readConfig(path: string) {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return null;
  }
}

// sound: retries and then throws the last
async function withRetry<T>(run: () => Promise<T>, times = 3): Promise<T> {
  let last: unknown;
  for (let i = 0; i < times; i++) {
    try {
      return await run();
    } catch (error) {
      last = error;
      await delay(100 * 2 ** i);
    }
  }
  throw last;
}

// sound: retries with the count in the condition
async function acquire(lock: Lock, attempts = 5): Promise<void> {
  try {
    await lock.take();
  } catch (error) {
    if (attempts <= 1) throw error;
    await sleep(50);
    return acquire(lock, attempts - 1);
  }
}

// sound: result conversion
async function safely<T>(work: Promise<T>): Promise<Result<T, Error>> {
  try {
    return { ok: true, value: await work };
  } catch (e) {
    return { ok: false, error: e instanceof Error ? e : new Error(String(e)) };
  }
}

// sound: clean-up in finally may fail
async function withConnection<T>(run: (c: Connection) => Promise<T>) {
  const connection = await pool.connect();
  try {
    return await run(connection);
  } finally {
    try {
      await connection.close();
    } catch {}
  }
}

// sound: abort is expected
async function search(term: string, signal: AbortSignal) {
  try {
    return await client.search(term, { signal });
  } catch (error) {
    if (signal.aborted) return [];
    throw error;
  }
}

// sound: abort error by name
async function poll(controller: AbortController) {
  try {
    await fetchUpdates(controller.signal);
  } catch (err) {
    if ((err as Error).name === "AbortError") return;
    reportError(err);
  }
}

// sound: failures are listed and given back
async function importAll(rows: Row[]) {
  const failures: { row: Row; error: unknown }[] = [];
  for (const row of rows) {
    try {
      await importRow(row);
    } catch (error) {
      failures.push({ row, error });
    }
  }
  return { imported: rows.length - failures.length, failures };
}

// sound: emits the error
class Watcher extends EventEmitter {
  async scan() {
    try {
      await this.walk(this.root);
    } catch (err) {
      this.emit("error", err);
    }
  }
}

// sound: callback gets it
function loadLegacy(id, callback) {
  try {
    callback(null, store.readSync(id));
  } catch (err) {
    callback(err);
  }
}

// sound: rejects the outer promise
function readLines(path: string) {
  return new Promise<string[]>((resolve, reject) => {
    try {
      resolve(fs.readFileSync(path, "utf8").split("\n"));
    } catch (error) {
      reject(error);
    }
  });
}

// sound: nacks the message
consumer.on("message", async (msg) => {
  try {
    await process(msg);
    consumer.ack(msg);
  } catch (err) {
    log.error({ err }, "message failed");
    consumer.nack(msg);
  }
});

// sound: cli prints and fails
try {
  await run(process.argv.slice(2));
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}

// sound: error boundary
class Boundary extends React.Component {
  componentDidCatch(error, info) {
    reporter.report(error, info);
  }
  render() {
    return this.props.children;
  }
}

// sound: unmounted component does not care
useEffect(() => {
  let active = true;
  async function load() {
    try {
      const data = await fetchStats(id);
      if (active) setStats(data);
    } catch (error) {
      if (active) setError(error);
    }
  }
  load();
  return () => {
    active = false;
  };
}, [id]);

// sound: datadog span is told
async function traced(work) {
  const span = ddTracer.scope().active();
  try {
    return await work();
  } catch (error) {
    span?.setTag("error", error);
    throw error;
  }
}

// sound: helper of the file that reports
function fail(context: string, error: unknown) {
  telemetry.record({ context, error });
}
async function tick() {
  try {
    await scheduler.runDue();
  } catch (error) {
    fail("tick", error);
  }
}

// sound: stored in a field that is shown
class LoadStore {
  error: unknown = null;
  async load() {
    try {
      this.items = await this.api.items();
    } catch (error) {
      this.error = error;
    }
  }
}

// sound: assertion of a failing call in a test
it("rejects bad input", async () => {
  try {
    await createUser({ email: "" });
    assert.fail("should have thrown");
  } catch (error) {
    expect(error).toBeInstanceOf(ValidationError);
  }
});

// sound: documented best effort
/**
 * Warms the cache. Best effort: never throws.
 */
export async function warm(keys: string[]) {
  try {
    await cache.preload(keys);
  } catch {
    // a cold cache is only slower
  }
}

// sound: try the next mirror
async function fetchFromMirrors(path: string) {
  const errors: unknown[] = [];
  for (const mirror of mirrors) {
    try {
      return await fetchFrom(mirror, path);
    } catch (error) {
      errors.push(error);
    }
  }
  throw new AggregateError(errors, `no mirror has ${path}`);
}

// sound: switch with a default that throws
async function saveDoc(doc: Doc) {
  try {
    await store.put(doc);
  } catch (error) {
    switch ((error as StoreError).code) {
      case "CONFLICT":
        return store.merge(doc);
      default:
        throw error;
    }
  }
}

// sound: process is killed that may be gone
function stopChild(pid: number) {
  try {
    process.kill(pid, "SIGTERM");
  } catch {
    // already gone
  }
}

// sound: bunyan child logger
const log2 = bunyan.createLogger({ name: "svc" });
async function refreshToken() {
  try {
    token = await auth.refresh();
  } catch (err) {
    log2.error(err, "token not refreshed");
  }
}

// sound: form errors by type
async function action({ request }: ActionArgs) {
  try {
    const values = schema.parse(Object.fromEntries(await request.formData()));
    return json(await save(values));
  } catch (error) {
    if (error instanceof ZodError) return json({ errors: error.flatten() }, { status: 400 });
    throw error;
  }
}

// sound: status response by error handler
app.get("/health", async (_req, res) => {
  try {
    await db.ping();
    res.sendStatus(200);
  } catch (err) {
    log.warn({ err }, "database not reachable");
    res.sendStatus(503);
  }
});

// sound: user exists check
async function fileExists(path: string) {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}

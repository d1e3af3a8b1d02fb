// defect: hono handler returns an empty body
app.get("/feed", async (c) => {
  try {
    const feed = await feedService.forUser(c.get("user"));
    return c.json(feed);
  } catch (e) {
    return c.json([]);
  }
});

// defect: koa middleware
app.use(async (ctx, next) => {
  try {
    await next();
  } catch (err) {
    ctx.body = "";
  }
});

// defect: bullmq worker returns
new Worker("emails", async (job) => {
  try {
    await mailer.deliver(job.data);
  } catch (error) {
    return undefined;
  }
});

// defect: kafka eachMessage
await consumer.run({
  eachMessage: async ({ message }) => {
    try {
      await project(JSON.parse(message.value.toString()));
    } catch (err) {
      // skip
    }
  },
});

// defect: graphql resolver returns null
const resolvers = {
  Query: {
    order: async (_, { id }, { dataSources }) => {
      try {
        return await dataSources.orders.load(id);
      } catch (err) {
        return null;
      }
    },
  },
};

// defect: server action
export async function updateName(formData: FormData) {
  "use server";
  try {
    await db.update(users).set({ name: formData.get("name") });
    revalidatePath("/profile");
  } catch (e) {}
}

// defect: angular service
@Injectable({ providedIn: "root" })
export class CartService {
  items: Item[] = [];
  async reload(): Promise<void> {
    try {
      this.items = await firstValueFrom(this.http.get<Item[]>("/cart"));
    } catch (err: unknown) {
      this.items = [];
    }
  }
}

// defect: electron ipc
ipcMain.handle("settings:save", async (_event, settings) => {
  try {
    await settingsStore.save(settings);
  } catch (err) {
    return;
  }
});

// defect: try inside a while with a flag
async function drainQueue() {
  let more = true;
  while (more) {
    try {
      more = await queue.takeOne(handle);
    } catch (e) {
      more = false;
    }
  }
}

// defect: private method with hash
class Mirror {
  async #copy(key: string) {
    try {
      await this.target.put(key, await this.source.get(key));
    } catch {
      return;
    }
  }
}

// defect: setter
class Theme {
  set current(name) {
    try {
      this.engine.activate(name);
    } catch (e) {
      this.engine.name = undefined;
    }
  }
}

// defect: comma operator
function trace(payload) {
  try {
    exporter.export(payload);
  } catch (e) {
    (e, undefined);
  }
}

// defect: async arrow in an object of commands
export const commands = {
  deploy: async (options) => {
    try {
      await platform.deploy(options.app);
    } catch (err) {
      if (options.debug) console.log(err.stack);
    }
  },
};

// defect: error put on a local object that is dropped
async function sendBatch(items) {
  const state = { error: null, count: 0 };
  try {
    state.count = await gateway.send(items);
  } catch (e) {
    state.error = e;
  }
  return true;
}

// defect: prints and goes on in a service
async function applyDiscount(order: Order) {
  let rate = 0;
  try {
    rate = await discounts.rateFor(order.customer);
  } catch (err) {
    console.warn("no discount", err);
  }
  return order.total * (1 - rate);
}

// defect: two catches, one silent
async function stop() {
  try {
    await server.drain();
  } catch (error) {
    logger.error({ error }, "drain failed");
  }
  try {
    await ledger.writeCheckpoint();
  } catch (error) {}
}

// defect: an if that covers only one class
async function pay(order: Order) {
  try {
    await stripe.charges.create(order.charge);
  } catch (error) {
    if (error instanceof Stripe.errors.StripeCardError) {
      return { status: "declined", reason: error.message };
    }
    return { status: "paid" };
  }
  return { status: "paid" };
}

// defect: async generator function expression
const lines = async function* (source) {
  try {
    for await (const chunk of source) yield* chunk.split("\n");
  } catch (err) {}
};

// defect: vue composable
export function useOrders() {
  const orders = ref([]);
  async function refresh() {
    try {
      orders.value = await api.orders();
    } catch (e) {
      orders.value = [];
    }
  }
  return { orders, refresh };
}

// defect: rxjs catchError to an empty stream
const user$ = this.http.get("/me").pipe(catchError(() => EMPTY));

// defect: rxjs catchError with a default
const list$ = api.list().pipe(
  map((r) => r.items),
  catchError((err) => of([])),
);

// defect: catch in a getter of a map
const config = new Proxy(base, {
  get(target, key) {
    try {
      return remoteConfig.read(key);
    } catch (e) {
      return target[key];
    }
  },
});

// defect: mongoose save with a silent callback
doc.save((err) => {});

// defect: cb ignoring with arrow
s3.putObject(params, (err, data) => resolve(data.ETag));

// defect: event source error handler
eventSource.onerror = function (event) {};

// defect: worker error
worker.on("error", noop);

// defect: axios interceptor that swallows
axios.interceptors.response.use(
  (response) => response,
  () => {},
);

// defect: promise chain in a hook
useEffect(() => {
  loadPreferences(userId).then(setPreferences).catch(() => {});
}, [userId]);

// defect: dropped promise from a method with a declared type
interface Mailer {
  send(to: string): Promise<void>;
}
export class Signup {
  constructor(private readonly mailer: Mailer) {}
  finish(email: string) {
    this.mailer.send(email);
  }
}

// defect: super async
class Base {
  async init(): Promise<void> { await boot(); }
}
class Child extends Base {
  setup() {
    super.init();
  }
}

// defect: static async
class Registry {
  static async load(): Promise<void> { await read(); }
}
Registry.load();

// defect: optional call
export function flush(onFlush?: () => Promise<void>) {
  onFlush?.();
}

// defect: array of calls in a statement
async function a1(): Promise<void> { await read(); }
export function both() {
  [a1(), a1()];
}

// defect: throw of a translated text
export function requireUser(t, user) {
  if (!user) throw t("errors.login");
}

// defect: rejects a deferred with a string
const deferred = Promise.withResolvers();
deferred.reject("closed");

// defect: destroys nothing with a new error
if (!stream.readable) {
  new TypeError("stream is not readable");
}

// defect: rethrow as a new plain error in nest filter
try {
  return await this.users.findOneOrFail(id);
} catch (err) {
  throw new Error("User lookup failed");
}

// defect: effect-free custom error from a catch callback
const text = await readFile(path).catch((e) => {
  throw new ConfigError(`cannot read ${path}`);
});

// defect: error replaced in a for loop
for (const step of steps) {
  try {
    await step.run();
  } catch (cause) {
    throw new StepError(step.name);
  }
}

// defect: prisma error translated without narrowing
try {
  return await this.prisma.user.create({ data });
} catch (error) {
  throw new BadRequestException("could not create the user");
}

// defect: allSettled in a shutdown that does work
async function publishAll(drafts) {
  const results = await Promise.allSettled(drafts.map((d) => publish(d)));
  return results.length;
}

// defect: allSettled then
Promise.allSettled(jobs).then((results) => {
  done(results.filter((r) => r.status === "fulfilled").length);
});

// defect: http handler leaks a message with the stack in a template
res.writeHead(500);
try {
  work();
} catch (err) {
  res.end(`failed: ${err.stack}`);
}

// defect: koa leaks the whole error
app.use(async (ctx, next) => {
  try {
    await next();
  } catch (err) {
    ctx.status = 500;
    ctx.body = err;
  }
});

// defect: span with a conditional end
function track(enabled) {
  const span = tracer.startSpan("track");
  doWork();
  if (enabled) {
    span.end();
  }
}

// defect: span lost by a throw before the try
async function handler(req) {
  const span = tracer.startSpan("handler");
  const body = await req.json();
  try {
    return await run(body);
  } catch (e) {
    span.recordException(e);
    throw e;
  } finally {
    span.end();
  }
}

// defect: a for loop of spans
for (const item of items) {
  const span = tracer.startSpan("item");
  if (item.skip) continue;
  handleItem(item);
  span.end();
}

// sound: hono with the logger
app.onError((err, c) => {
  logger.error(err);
  return c.json({ error: "internal" }, 500);
});

// sound: koa error middleware
app.use(async (ctx, next) => {
  try {
    await next();
  } catch (err) {
    ctx.status = err.status ?? 500;
    ctx.body = { message: "failed" };
    ctx.app.emit("error", err, ctx);
  }
});

// sound: bullmq logs through the job and rethrows
new Worker("emails", async (job) => {
  try {
    await mailer.deliver(job.data);
  } catch (error) {
    await job.log(String(error));
    throw error;
  }
});

// sound: kafka poison message to a dead letter topic
await consumer.run({
  eachMessage: async ({ message }) => {
    try {
      await project(message);
    } catch (error) {
      await producer.send({ topic: "dead", messages: [{ value: message.value, headers: { error: String(error) } }] });
    }
  },
});

// sound: graphql formatted
const server = new ApolloServer({
  formatError: (formatted, error) => {
    Sentry.captureException(error);
    return formatted;
  },
});

// sound: server action returns the state
export async function updateEmail(prev: State, formData: FormData): Promise<State> {
  try {
    await changeEmail(formData.get("email"));
    return { ok: true };
  } catch (error) {
    return { ok: false, message: error instanceof KnownError ? error.message : "Something went wrong" };
  }
}

// sound: angular error signal
class CartStore {
  readonly error = signal<unknown>(null);
  async reload() {
    try {
      this.items.set(await this.api.cart());
    } catch (err) {
      this.error.set(err);
    }
  }
}

// sound: electron dialog
app.whenReady().then(createWindow).catch((error) => {
  dialog.showErrorBox("Start failed", String(error));
  app.exit(1);
});

// sound: semver predicate
const isValidRange = (range: string) => {
  try {
    new semver.Range(range);
    return true;
  } catch {
    return false;
  }
};

// sound: decodeURIComponent fallback
function decode(text: string) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// sound: structured clone fallback
export function clone<T>(value: T): T {
  try {
    return structuredClone(value);
  } catch {
    return JSON.parse(JSON.stringify(value)) as T;
  }
}

// sound: stringify for logging
function show(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return "[unserializable]";
  }
}

// sound: import of an optional peer
async function loadPrettier() {
  try {
    return await import("prettier");
  } catch {
    return undefined;
  }
}

// sound: lock file release
process.on("exit", () => {
  try {
    fs.unlinkSync(lockFile);
  } catch {}
});

// sound: circuit breaker counts
class Breaker {
  failures = 0;
  async run<T>(work: () => Promise<T>) {
    try {
      const value = await work();
      this.failures = 0;
      return value;
    } catch (error) {
      this.failures++;
      throw error;
    }
  }
}

// sound: dedicated fallback call
async function avatar(user: User) {
  try {
    return await gravatar(user.email);
  } catch (error) {
    log.debug({ error }, "no gravatar");
    return initials(user);
  }
}

// sound: event target dispatch
class Loader extends EventTarget {
  async load(url: string) {
    try {
      this.data = await get(url);
    } catch (error) {
      this.dispatchEvent(new ErrorEvent("error", { error }));
    }
  }
}

// sound: validation collects
function validateAll(rules: Rule[], value: unknown) {
  const errors: string[] = [];
  for (const rule of rules) {
    try {
      rule.check(value);
    } catch (error) {
      errors.push((error as Error).message);
    }
  }
  return errors;
}

// sound: mocha style done
it("fails", (done) => {
  connect((err) => {
    expect(err).toBeDefined();
    done();
  });
});

// sound: rxjs catchError that rethrows
const me$ = http.get("/me").pipe(catchError((err) => throwError(() => new ApiError("me", { cause: err }))));

// sound: rxjs catchError that reports
const list2$ = api.list().pipe(
  catchError((err) => {
    reporter.report(err);
    return of([]);
  }),
);

// sound: axios interceptor rejects
axios.interceptors.response.use(
  (response) => response,
  (error) => Promise.reject(normalize(error)),
);

// sound: eslint style parse result
function parse(code: string) {
  try {
    return { ast: parser.parse(code), errors: [] };
  } catch (error) {
    return { ast: null, errors: [error] };
  }
}

// sound: cancelled request in a hook
useEffect(() => {
  const controller = new AbortController();
  fetchJson("/stats", { signal: controller.signal })
    .then(setStats)
    .catch((error) => {
      if (controller.signal.aborted) return;
      setError(error);
    });
  return () => controller.abort();
}, []);

// sound: p-limit list
export async function crawl(urls: string[]) {
  const limit = pLimit(4);
  const tasks = urls.map((url) => limit(() => visit(url)));
  return await Promise.all(tasks);
}

// sound: mutex run
export async function guarded() {
  const release = await mutex.acquire();
  try {
    await critical();
  } finally {
    release();
  }
}

// sound: timeout race with cleared timer
export async function withTimeout<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeoutError(ms)), ms);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

// sound: started early awaited together
export async function page(id: string) {
  const user = loadUser(id);
  const posts = loadPosts(id);
  const [u, p] = await Promise.all([user, posts]);
  return { u, p };
}
declare function loadUser(id: string): Promise<string>;
declare function loadPosts(id: string): Promise<string[]>;

// sound: event handler that only logs
ws.on("error", (error) => {
  logger.warn({ error }, "socket");
});

// sound: reconnect on error
ws.onerror = () => scheduleReconnect();

// sound: img fallback in jsx
export const Logo = () => <img src="/logo.png" onError={(event) => (event.currentTarget.src = "/fallback.png")} />;

// sound: throw helper with cause
const rethrow = (cause: unknown): never => {
  throw new TypeError("bad input", { cause });
};
try {
  run();
} catch (e) {
  rethrow(e);
}

// sound: invariant in a default branch
function area(shape: Shape): number {
  switch (shape.kind) {
    case "circle":
      return shape.r ** 2;
    default:
      throw new Error(`unknown shape ${JSON.stringify(shape)}`);
  }
}

// sound: express 404 with a message
app.get("/:id", async (req, res, next) => {
  try {
    res.json(await find(req.params.id));
  } catch (error) {
    if (error instanceof NotFound) {
      res.status(404).json({ error: "not found" });
      return;
    }
    next(error);
  }
});

// sound: span passed to a helper that ends it
function instrument(work) {
  const span = tracer.startSpan("x");
  return finishWith(span, work);
}

// sound: span ended by promise finally with the error told
function run2(work) {
  const span = tracer.startSpan("run");
  return work()
    .catch((error) => {
      span.recordException(error);
      span.setStatus({ code: 2 });
      throw error;
    })
    .finally(() => span.end());
}

// sound: span in using
{
  using span = startSpanUsing("x");
  work();
}

// sound: settled with a logger in a helper
function logRejected(results) {
  for (const r of results) if (r.status === "rejected") logger.error(r.reason);
}
const results = await Promise.allSettled(jobs);
logRejected(results);

// sound: async listener with its own try
server.on("request", async (req, res) => {
  try {
    await handle(req, res);
  } catch (error) {
    logger.error({ error }, "request failed");
    res.destroy();
  }
});

// sound: fs callback by promise
const read = (path) =>
  new Promise((resolve, reject) => {
    fs.readFile(path, (error, data) => (error ? reject(error) : resolve(data)));
  });

// sound: node callback with warn
fs.unlink(tmp, (err) => {
  if (err) logger.warn(err);
});

// sound: message shown in the terminal
program.parseAsync().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});

// sound: last value kept
async function poll(state) {
  try {
    state.value = await sensor.read();
    state.stale = false;
  } catch {
    state.stale = true;
  }
}

// sound: prisma known error narrowed
try {
  await prisma.user.create({ data });
} catch (e) {
  if (e instanceof Prisma.PrismaClientKnownRequestError && e.code === "P2002") {
    throw new ConflictException("taken");
  }
  throw e;
}

// sound: skip broken plugin with a warning
for (const name of names) {
  try {
    plugins.push(await load(name));
  } catch (error) {
    console.warn(`plugin ${name} skipped`, error);
    broken.push(name);
  }
}
export const broken: string[] = [];

// sound: trpc middleware
const t = middleware(async ({ next }) => {
  const result = await next();
  if (!result.ok) log.error(result.error);
  return result;
});

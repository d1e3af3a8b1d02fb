// defect: callback never looks at err
fs.readFile("a.txt", (err, data) => {
  console.log(data.toString());
});

// defect: callback returns silently
redis.get(key, (err, value) => {
  if (err) return;
  cache.set(key, value);
});

// defect: named callback
function onQuery(error, rows) {
  render(rows);
}
connection.query("select 1", onQuery);

// defect: only the good branch
fs.stat(path, function (err, stats) {
  if (!err) {
    sizes.set(path, stats.size);
  }
});

// defect: child process
import { exec } from "node:child_process";
exec("ls", (e, stdout) => {
  list(stdout);
});

// defect: empty error listener
stream.on("error", () => {});

// defect: uncaughtException keeps going
process.on("uncaughtException", () => {});

// defect: unhandledRejection with a noop
process.on("unhandledRejection", (reason) => {});

// defect: onerror property
socket.onerror = () => {};

// defect: once error
request.once("error", function () {});

// defect: onError option
useMutation({ mutationFn: save, onError: () => {} });

// defect: jsx prop
export const View = () => <Player src="a.mp4" onError={() => {}} />;

// defect: observer error
orders$.subscribe({ next: render, error: () => {} });

// defect: window listener
window.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
});

// defect: allSettled dropped
await Promise.allSettled(orders.map((order) => submit(order)));

// defect: only fulfilled
const settled = await Promise.allSettled([loadA(), loadB()]);
const values = settled.filter((r) => r.status === "fulfilled").map((r) => r.value);

// defect: flatMap of fulfilled
const rows = (await Promise.allSettled(tasks)).flatMap((r) => (r.status === "fulfilled" ? [r.value] : []));

// defect: destructured values
const [profile, feed] = await Promise.allSettled([getProfile(), getFeed()]);
show(profile.status === "fulfilled" ? profile.value : null, feed.status === "fulfilled" ? feed.value : []);

// defect: for of skipping
for (const result of await Promise.allSettled(uploads)) {
  if (result.status === "rejected") continue;
  done.push(result.value);
}

// defect: reduce of fulfilled
const sum = (await Promise.allSettled(counts)).reduce((n, r) => (r.status === "fulfilled" ? n + r.value : n), 0);

// defect: neverthrow dropped
import { err, ok, Result } from "neverthrow";
function saveRow(row): Result<void, Error> {
  return row.valid ? ok(undefined) : err(new Error("invalid"));
}
saveRow({ valid: false });

// defect: result in an unused constant
import { ResultAsync } from "neverthrow";
declare function persist(x: number): ResultAsync<void, Error>;
export function run() {
  const outcome = persist(1);
}

// defect: own result type dropped
type Outcome<T> = { ok: true; value: T } | { ok: false; error: Error };
type Result<T> = Outcome<T>;
async function send(x: string): Promise<Result<void>> {
  return { ok: false, error: new Error(x) };
}
export async function go() {
  await send("x");
}

// defect: effect dropped
import { Effect } from "effect";
export function log() {
  Effect.fail(new Error("x"));
}

// defect: span never ended
const span1 = tracer.startSpan("load");
await load();

// defect: span not ended when thrown
async function charge() {
  const span = tracer.startSpan("charge");
  await gateway.charge();
  span.end();
}

// defect: early return
function compute(x) {
  const span = tracer.startSpan("compute");
  try {
    if (!x) return 0;
    const y = heavy(x);
    span.end();
    return y;
  } catch (error) {
    span.recordException(error);
    span.end();
    throw error;
  }
}

// defect: active span callback without end
tracer.startActiveSpan("work", async (span) => {
  await work();
});

// defect: error not recorded
async function sync() {
  const span = tracer.startSpan("sync");
  try {
    await remote.sync();
  } finally {
    span.end();
  }
}

// defect: catch does not tell the span
tracer.startActiveSpan("job", async (span) => {
  try {
    await job();
  } catch (error) {
    logger.error(error);
    throw error;
  } finally {
    span.end();
  }
});

// defect: use after end
function f(span0) {
  const span = tracer.startSpan("f");
  span.end();
  span.setAttribute("a", 1);
}

// defect: double end
function g() {
  const span = tracer.startSpan("g");
  try {
    work();
    span.end();
  } catch (e) {
    span.recordException(e);
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw e;
  } finally {
    span.end();
  }
}

// defect: foreign span ended
function h() {
  trace.getActiveSpan()?.end();
}

// defect: ended before the work is done
function load2() {
  const span = tracer.startSpan("load");
  const promise = fetch("/x");
  span.end();
  return promise;
}

// defect: stack sent by express
app.use((err, req, res, next) => {
  res.status(500).json({ error: err.stack });
});

// defect: whole error sent
app.get("/", async (req, res) => {
  try {
    res.json(await load());
  } catch (error) {
    res.status(500).send(error);
  }
});

// defect: next response with the stack
export async function POST(request: Request) {
  try {
    return Response.json(await save(request));
  } catch (error) {
    return Response.json({ error: (error as Error).stack }, { status: 500 });
  }
}

// defect: lambda
export const handler = async (event) => {
  try {
    return { statusCode: 200, body: JSON.stringify(await run(event)) };
  } catch (error) {
    return { statusCode: 500, body: JSON.stringify({ stack: error.stack }) };
  }
};

// defect: fastify spreads the error
fastify.setErrorHandler((error, request, reply) => {
  reply.status(500).send({ ...error });
});

// defect: unknown option of a marker
/** @traced({ nmae: "load" }) */
export function load3() {}

// defect: marker names a parameter that is not there
/** @traced({ args: ["missing"] }) */
export function save3(row) {
  return row;
}

// sound: callback passes on
fs.readFile("a.txt", (err, data) => {
  if (err) return done(err);
  done(null, data);
});

// sound: callback throws
fs.mkdir(dir, (err) => {
  if (err) throw err;
});

// sound: logs and returns
redis.get(key, (err, value) => {
  if (err) {
    logger.error({ err }, "cache");
    return;
  }
  cache.set(key, value);
});

// sound: existence question
fs.access(path, (err) => {
  exists(!err);
});

// sound: array callback named e
items.map((e, i) => `${i}: ${e.name}`);

// sound: react event
export const Field = () => <input onChange={(e) => update(e.target.value)} />;

// sound: listener that logs
stream.on("error", (error) => logger.error(error));

// sound: listener that rejects
child.once("error", reject);

// sound: exit after an uncaught exception
process.on("uncaughtException", (error) => {
  logger.fatal(error);
  process.exit(1);
});

// sound: onError with a toast
useMutation({ mutationFn: save, onError: (error) => toast.error(error.message) });

// sound: image fallback
export const Avatar = () => <img src={url} onError={() => setBroken(true)} />;

// sound: subscribe with error
orders$.subscribe({ next: render, error: (e) => report(e) });

// sound: destroyed right after
socket.on("error", () => {});
socket.destroy();

// sound: all outcomes given back
export const outcomes = await Promise.allSettled(orders.map((order) => submit(order)));

// sound: both looked at
for (const r of await Promise.allSettled(tasks)) {
  if (r.status === "fulfilled") done(r.value);
  else logger.error(r.reason);
}

// sound: thrown together
const all = await Promise.allSettled(tasks);
const failed = all.filter((r) => r.status === "rejected");
if (failed.length > 0) throw new AggregateError(failed.map((r) => r.reason));

// sound: closing everything
await Promise.allSettled(connections.map((c) => c.close()));

// sound: result matched
import { err, ok, Result } from "neverthrow";
declare function parseRow(x: string): Result<number, Error>;
parseRow("1").match((n) => use(n), (e) => logger.error(e));

// sound: result returned
declare function parseRow2(x: string): import("neverthrow").Result<number, Error>;
export function parseAll(list: string[]) {
  return list.map((x) => parseRow2(x));
}

// sound: result checked
declare function save4(): { ok: boolean; error?: Error };
const r4 = save4();
if (!r4.ok) throw r4.error;

// sound: database result with rows
interface Result { rows: unknown[] }
declare function query(sql: string): Promise<Result>;
await query("vacuum");

// sound: span ended in finally
async function ok1() {
  const span = tracer.startSpan("ok");
  try {
    return await work();
  } catch (error) {
    span.recordException(error);
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

// sound: active span
tracer.startActiveSpan("ok", async (span) => {
  try {
    return await work();
  } catch (error) {
    recordError(span, error);
    throw error;
  } finally {
    span.end();
  }
});

// sound: span returned
export function begin(name: string) {
  const span = tracer.startSpan(name);
  span.setAttribute("a", 1);
  return span;
}

// sound: span kept
class Req {
  start() {
    this.span = tracer.startSpan("req");
  }
  finish() {
    this.span.end();
  }
}

// sound: ended by a listener
function onRequest(res) {
  const span = tracer.startSpan("http");
  res.on("finish", () => span.end());
}

// sound: client gets a made text
app.use((err, req, res, next) => {
  logger.error(err);
  res.status(500).json({ error: "internal error" });
});

// sound: client error tells its message
app.use((err, req, res, next) => {
  if (err instanceof ValidationError) {
    res.status(400).json({ error: err.message });
    return;
  }
  next(err);
});

// sound: stack only in development
app.use((err, req, res, next) => {
  res.status(500).json({ message: "failed", ...(isDev ? { stack: err.stack } : {}) });
});

// sound: stack to the log
process.on("uncaughtException", (error) => {
  console.error(error.stack);
  process.exit(1);
});

// sound: marker
/** @traced({ name: "load" }) */
export function load5(id) {
  return id;
}

// sound: marker with args
/** @traced({ args: ["id"] }) */
export function load6(id) {
  return id;
}

// sound: error event of a test
emitter.on("error", (e) => seen.push(e));
expect(seen).toEqual([]);

// sound: pipeline callback
pipeline(a, b, (err) => {
  if (err) console.error("pipeline failed", err);
  else console.log("done");
});

// sound: jwt callback decides
jwt.verify(token, secret, (err, payload) => {
  if (err) return res.sendStatus(401);
  req.user = payload;
  next();
});

// sound: passport done false
passport.use(new Strategy((name, password, done) => {
  users.find(name, (err, user) => {
    if (err) return done(err);
    done(null, user ?? false);
  });
}));

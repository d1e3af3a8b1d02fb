// defect: throws a template
function assertPositive(n) {
  if (n < 0) throw `negative: ${n}`;
}

// defect: throws a plain object
export function guard(req) {
  if (!req.user) throw { status: 401, message: "login first" };
}

// defect: rejects with a string
const wait = (ms) => new Promise((_, reject) => setTimeout(() => reject("timeout"), ms));

// defect: Promise.reject of an object
export const fail = () => Promise.reject({ code: "E_FAIL" });

// defect: emits a string as an error
class Reader extends EventEmitter {
  stop() {
    this.emit("error", "stopped");
  }
}

// defect: error created and dropped
function check(value) {
  if (!value) new Error("value is missing");
}

// defect: aborts with a string
function cancel() {
  const controller = new AbortController();
  controller.abort("user cancelled");
}

// defect: rejects with nothing
const gone = new Promise((resolve, reject) => {
  socket.on("close", () => reject());
});

// defect: withResolvers
function deferred() {
  const { promise, reject } = Promise.withResolvers();
  setTimeout(() => reject("late"), 10);
  return promise;
}

// defect: throws a number
process.on("exit", () => {
  throw 1;
});

// defect: throws the message only
try {
  run();
} catch (error) {
  throw error.message;
}

// defect: throws null
function never() {
  throw null;
}

// defect: throws an enum member
enum Failure { Missing = "missing" }
function find() {
  throw Failure.Missing;
}

// defect: throws a class rather than an instance
class AppError extends Error {}
function go() {
  throw AppError;
}

// defect: custom class that is no error
class Problem { constructor(readonly title: string) {} }
function solve() {
  throw new Problem("unsolvable");
}

// defect: string concatenation
function open(path) {
  throw "cannot open " + path;
}

// defect: conditional with a string
function pick(e) {
  throw e ? new Error("x") : "unknown";
}

// defect: constant that is a string
const MESSAGE = "not allowed";
function deny() {
  throw MESSAGE;
}

// defect: async function throws an array
async function validate(form) {
  const errors = [];
  if (!form.name) errors.push("name");
  if (errors.length) throw [...errors];
}

// sound: custom error
class HttpError extends Error {
  constructor(readonly status: number, message: string) { super(message); }
}
export function forbid() {
  throw new HttpError(403, "forbidden");
}

// sound: rethrow
try {
  run();
} catch (e) {
  log(e);
  throw e;
}

// sound: signal reason
function throwIfAborted(signal: AbortSignal) {
  if (signal.aborted) throw signal.reason;
}

// sound: factory
function notFound(what: string): Error {
  return new Error(`${what} not found`);
}
export function get(id: string) {
  throw notFound(id);
}

// sound: redirect thrown
export function loader() {
  throw redirect("/login");
}

// sound: response thrown
export function loader2() {
  throw new Response("gone", { status: 410 });
}

// sound: reject with an error
export const done = new Promise((resolve, reject) => {
  stream.on("error", reject);
  timer = setTimeout(() => reject(new Error("timeout")), 100);
});

// sound: last error of a loop
let lastError;
for (const host of hosts) {
  try {
    connect(host);
  } catch (e) {
    lastError = e;
  }
}
if (lastError) throw lastError;

// sound: typed parameter
export function raise(error: Error): never {
  throw error;
}

// sound: error narrowed from unknown
export function toThrow(e: unknown) {
  throw e instanceof Error ? e : new Error(String(e));
}

// sound: socket io event named error to the client
io.to(room).emit("error", { code: 4 });

// sound: http errors library
import createError from "http-errors";
app.use((req, res, next) => next(createError(404)));

// sound: boom
import Boom from "@hapi/boom";
export const h = () => {
  throw Boom.badRequest("no");
};

// sound: suspense promise in a hook
function useSuspended(key) {
  const entry = cache.get(key);
  if (entry.pending) throw entry.promise;
  return entry.value;
}

// sound: abort with an error
controller.abort(new DOMException("cancelled", "AbortError"));

// sound: Object.assign
throw Object.assign(new Error("limit"), { code: "E_LIMIT" });

// sound: jsdom style test
expect(() => {
  throw new TypeError("bad");
}).toThrow();

// sound: generator throw
iterator.throw(new Error("stop"));

// sound: reject wrapped
export const p = Promise.reject(new AppFailure("x"));

// sound: callback error
stream.destroy(new Error("closed"));

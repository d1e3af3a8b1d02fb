//# an event emitter
class Emitter { #handlers = new Map(); on(name, f) { (this.#handlers.get(name) ?? this.#handlers.set(name, []).get(name)).push(f); return this; } emit(name, ...args) { for (const f of this.#handlers.get(name) ?? []) f.apply(this, args); return this; } }
log(new Emitter().on("x", function (a) { log(this instanceof Emitter, a); }).on("x", (a) => log(a + 1)).emit("x", 1) instanceof Emitter);

//# memoise, debounce and compose
const memoise = (f, cache = new Map()) => function (key) { if (!cache.has(key)) cache.set(key, f.call(this, key)); return cache.get(key); };
const compose = (...fs) => (x) => fs.reduceRight((value, f) => f(value), x);
let calls = 0;
const square = memoise((x) => { calls++; return x * x; });
log(compose(square, (x) => x + 1)(2), square(3), calls);

//# a promise queue
class Queue { #running = 0; #waiting = []; constructor(limit) { this.limit = limit; } async add(task) { if (this.#running >= this.limit) await new Promise((resolve) => this.#waiting.push(resolve)); this.#running++; try { return await task(); } finally { this.#running--; this.#waiting.shift()?.(); } } }
const q = new Queue(2);
Promise.all([3, 1, 2].map((n) => q.add(async () => { log("start", n); await sleep(n); log("end", n); return n; }))).then(log);

//# retry with errors
async function retry(f, times) { for (let attempt = 1; ; attempt++) { try { return await f(attempt); } catch (error) { log(attempt, error); if (attempt === times) throw error; } } }
retry(async (n) => { if (n < 3) throw new Error("try " + n); return "done"; }, 5).then(log);
retry(() => { throw new Error("always"); }, 2).catch(log);

//# middleware
function run(stack, context) { const dispatch = (i) => (i < stack.length ? Promise.resolve(stack[i](context, () => dispatch(i + 1))) : Promise.resolve()); return dispatch(0); }
const context = [];
run([async (c, next) => { c.push(1); await next(); c.push(6); }, (c, next) => { c.push(2); return next().then(() => { c.push(5); }); }, async (c) => { c.push(3); await 0; c.push(4); }], context).then(() => log(context));

//# middleware that fails
function run(stack) { const dispatch = async (i) => stack[i]?.(() => dispatch(i + 1)); return dispatch(0); }
run([async (next) => { try { await next(); } catch (error) { log("handled", error); throw error; } finally { log("finally"); } }, (next) => next(), () => { throw new Error("deep"); }]).catch(log);

//# observable-like
class Observable { constructor(subscribe) { this.subscribe = subscribe; } map(f) { return new Observable((o) => this.subscribe({ next: (x) => o.next(f(x)), done: () => o.done() })); } static of(...xs) { return new Observable((o) => { xs.forEach((x) => o.next(x)); o.done(); }); } async *[Symbol.asyncIterator]() { const buffer = []; this.subscribe({ next: (x) => buffer.push(x), done() {} }); yield* buffer; } }
Observable.of(1, 2).map((x) => x * 2).subscribe({ next: log, done() { log("done"); } });
(async () => { for await (const x of Observable.of(3)) log(x); })();

//# a state machine by generator
function* machine() { let state = "idle"; while (true) { const event = yield state; switch (event) { case "start": state = "running"; break; case "stop": return "stopped"; default: try { throw new Error(event); } catch (error) { state = error.message; } } } }
const m = machine();
log(["", "start", "odd", "stop"].map((e) => m.next(e)));

//# a parser
function parse(text) { let i = 0; const peek = () => text[i], eat = (c) => { if (peek() !== c) throw new SyntaxError(`expected ${c} at ${i}`); i++; }; function expr() { let v = term(); while (peek() === "+" || peek() === "-") v = text[i++] === "+" ? v + term() : v - term(); return v; } function term() { let v = atom(); while (peek() === "*") { i++; v *= atom(); } return v; } function atom() { if (peek() === "(") { i++; const v = expr(); eat(")"); return v; } const start = i; while (/\d/.test(peek() ?? "")) i++; return Number(text.slice(start, i)); } return expr(); }
log(parse("1+2*(3+4)-5"));
try { parse("(1"); } catch (error) { log(error); }

//# proxies with functions as traps
const target = { a: 1 };
const p = new Proxy(target, { get(t, k, r) { log("get", String(k)); return Reflect.get(t, k, r); }, has: (t, k) => (log("has", k), k in t), set(t, k, v) { t[k] = v * 2; return true; }, deleteProperty() { return true; }, ownKeys: () => ["a"], apply() {} });
p.b = 2;
log(p.a, p.b, "c" in p, Object.keys(p), delete p.a);

//# a DSL with tagged templates and getters
const sql = (strings, ...values) => ({ text: strings.join("?"), values, get length() { return this.values.length; } });
const q = (id) => sql`select ${id} from ${"t"}`;
log(q(1).text, q(2).length);

//# generators and promises in a class hierarchy
class Base { async *load() { yield* [1, 2]; } async all() { const out = []; for await (const x of this.load()) out.push(x); return out; } }
class Derived extends Base { async *load() { yield 0; yield* super.load(); await 0; yield 3; } get count() { return this.all().then((x) => x.length); } }
new Derived().all().then(log); new Derived().count.then(log);

//# errors with causes through async layers
class HttpError extends Error { constructor(status, options) { super(`status ${status}`, options); this.status = status; } }
async function fetchIt() { await 0; throw new TypeError("network"); }
async function api() { try { return await fetchIt(); } catch (cause) { throw new HttpError(503, { cause }); } }
api().catch((error) => log(error, error.cause, error.status));

//# cancellation by AbortSignal-like objects
function cancellable(f) { let cancel; const stopped = new Promise((_, reject) => { cancel = () => reject(new Error("cancelled")); }); return { promise: Promise.race([f(), stopped]), cancel }; }
const c = cancellable(async () => { await sleep(5); log("finished anyway"); });
c.cancel();
c.promise.catch(log);

//# closures, counters and iife modules
const counter = (() => { let n = 0; return { inc: () => ++n, get value() { return n; }, reset() { n = 0; return this; } }; })();
counter.inc(); counter.inc();
log(counter.value, counter.reset().value);

//# getters that return functions, and functions that return getters
const o = { get f() { return () => this.v; }, v: 1 };
const make = (v) => ({ get v() { return v; }, set v(x) { v = x; } });
const m = make(2);
m.v += 1;
log(o.f(), m.v);

//# JSON with revivers and toJSON
log(JSON.stringify({ a: new Date(0), b: { toJSON(key) { return key + "!"; } }, c: [function () {}, () => {}] }, function (k, v) { return typeof v === "string" ? v.toUpperCase() : v; }));

//# sort, reduce, flatMap, replace with functions that throw
try { [1, 2].sort(() => { throw new Error("comparator"); }); } catch (error) { log(error); }
try { "ab".replace(/b/, () => { throw new Error("replacer"); }); } catch (error) { log(error); }
log([1, 2].flatMap((x) => [x, x * 2]).reduce((a, b) => a + b, 0), Object.groupBy([1, 2, 3], (x) => (x % 2 ? "odd" : "even")));

//# getter, setter and value on the prototype chain
const base = { get x() { return this._x ?? "none"; }, set x(v) { this._x = v; } };
const derived = Object.create(base, { y: { get() { return this.x + "!"; } } });
derived.x = "set";
log(derived.y, base.x, Object.keys(derived));

//# weak references and finalisation
let o = { f() { return 1; } };
const ref = new WeakRef(o);
log(ref.deref().f());
o = null;

//# labels, closures, switch and try in one loop
function f(list) { const out = []; outer: for (const x of list) { try { switch (x) { case 0: continue outer; case 1: out.push(() => x); break; case 2: throw new Error("two"); case 3: break outer; default: return out.map((g) => (typeof g === "function" ? g() : g)); } } catch (error) { out.push(error.message); } finally { out.push("f" + x); } } return out.map((g) => (typeof g === "function" ? g() : g)); }
log(f([0, 1, 2, 3]), f([1, 9]));

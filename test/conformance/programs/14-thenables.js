//# a query builder passes through a plain function and runs once
//: spans build load[Builder.then…]
class Builder { runs = 0; then(resolve, reject) { at("Builder.then"); log("run", ++this.runs); return Promise.resolve(["row"]).then(resolve, reject); } }
function build() { return new Builder(); }
async function load() { return await build0; }
const build0 = build();
log("not yet", build0.runs);
load().then(log);

//# a query builder that nobody awaits never runs
class Builder { then() { log("run"); } }
function f() { return new Builder(); }
f();
sleep(3).then(() => log("end"));

//# a query builder is awaited first
class Builder { then(resolve) { log("run"); at("Builder.then"); resolve(["row"]); } }
async function f() { at("f"); const rows = await new Builder(); at("f"); return rows; }
f().then(log);
at(null);

//# a query builder that is awaited first runs inside the span
const builder = { then(resolve) { at("builder.then"); log("run"); resolve(1); } };
async function f() { return [await builder, await builder]; }
f().then(log);

//# a query builder returned from an async function runs once, inside its span
const builder = { then(resolve) { at("builder.then"); log("run"); sleep(2).then(() => resolve("rows")); } };
async function f() { return builder; }
f().then(log);
at(null);

//# a query builder returned from an async function is a child of its span
//: spans f[builder.then]
const builder = { then(resolve) { log("run"); resolve("rows"); } };
async function f() { return builder; }
f().then(log);

//# a query builder returned after an await
const builder = { then(resolve) { log("run"); resolve("rows"); } };
async function f() { await 0; return builder; }
f().then(log);
ticks(6);

//# a query builder returned through several functions runs once
class Builder { then(resolve, reject) { log("run"); return sleep().then(() => "rows").then(resolve, reject); } }
function a() { return new Builder(); }
async function b() { return a(); }
async function c() { return await b(); }
const d = () => c();
d().then(log);

//# a query builder that fails
//: spans f![builder.then]
const builder = { then(resolve, reject) { log("run"); reject(new Error("query")); } };
async function f() { return await builder; }
f().catch(log);

//# a query builder that fails after it was returned
const builder = { then(resolve, reject) { log("run"); sleep().then(() => reject(new Error("query"))); } };
async function f() { return builder; }
f().catch(log);

//# a query builder that fails and nobody catches
const builder = { then(resolve, reject) { reject(new Error("query")); } };
async function f() { await builder; }
async function g() { return builder; }
f(); g();

//# a thenable keeps its identity through plain functions
const o = { then(resolve) { resolve(1); } };
function f() { return o; }
const g = () => o;
log(f() === o, g() === o);

//# then is not read by plain functions
const o = { get then() { log("read"); return undefined; } };
function f() { return o; }
log(f() === o);

//# a thenable that is a Proxy
const seen = [];
const proxy = new Proxy({ then: undefined }, { get(target, key) { seen.push(String(key)); return target[key]; }, getPrototypeOf(target) { seen.push("getPrototypeOf"); return Object.getPrototypeOf(target); }, has(target, key) { seen.push("has"); return key in target; } });
function f() { return proxy; }
async function g() { return proxy; }
f();
g().then((x) => log(x === proxy, seen));

//# a Proxy that is awaited
const seen = [];
const proxy = new Proxy({ then(resolve) { resolve("value"); } }, { get(target, key) { seen.push(String(key)); return target[key]; } });
async function f() { return await proxy; }
f().then((x) => log(x, seen));

//# a thenable class with state
class Lazy { #started = false; constructor(make) { this.make = make; } then(...args) { if (this.#started) log("started twice"); this.#started = true; return Promise.resolve(this.make()).then(...args); } }
async function f() { return await new Lazy(() => "made"); }
async function g() { return new Lazy(() => "given"); }
f().then(log); g().then(log);

//# a thenable yielded by an async generator
const o = () => ({ then(resolve) { log("run"); resolve("value"); } });
async function* g() { yield o(); return o(); }
(async () => { const it = g(); log(await it.next()); log(await it.next()); })();

//# a thenable yielded by a generator is passed through
const o = { then() { log("run"); } };
function* g() { yield o; return o; }
const it = g();
log(it.next().value === o, it.next().value === o);

//# thenables in for await
const o = (x) => ({ then(resolve) { log("run", x); resolve(x); } });
async function f() { for await (const x of [o(1), o(2)]) log(x); }
f();

//# a thenable whose then resolves synchronously, in ticks
async function f() { const x = await { then(resolve) { resolve("sync"); } }; log(x); }
ticks(5);
f();

//# a thenable whose then resolves synchronously, returned, in ticks
async function f() { return { then(resolve) { resolve("sync"); } }; }
ticks(6);
f().then(log);

//# a thenable whose then is a getter with side effects
let n = 0;
const o = { get then() { n++; return n === 1 ? (resolve) => resolve("first") : undefined; } };
async function f() { return await o; }
f().then((x) => log(x, n));

//# a thenable that is not a function in then
async function f() { return [await { then: 5 }, await { then: null }]; }
f().then(log);

//# a thenable that extends a native promise
class Q extends Promise { then(...args) { log("Q.then"); return super.then(...args); } }
async function f() { return await Q.resolve(1); }
async function g() { return Q.resolve(2); }
f().then(log); g().then(log);

//# a callable builder with then
const make = () => Object.assign(() => "called", { then(resolve) { log("run"); resolve("rows"); } });
async function f() { const q = make(); q(); return await q; }
async function g() { return make(); }
f().then(log); g().then(log);

//# an awaited builder never loses its methods
class Builder { then(resolve) { resolve(this.rows()); } rows() { return [this.constructor.name]; } }
async function f() { return await new Builder(); }
f().then(log);

//# what then is called with looks as the engine's own functions do
const curious = { then(...settle) { log(settle.length, settle.flatMap((each) => [each.name, each.length, "prototype" in each])); settle[0](1); } };
async function wait() { return await curious; }
async function give() { return curious; }
async function* produce() { yield curious; return curious; }
wait().then(log);
give().then(log);
sleep(2).then(async () => { for await (const each of produce()) log(each); });

//# what then returns is ignored, and what it throws rejects
const o = { then() { throw new Error("then throws"); } };
async function f() { await o; }
async function g() { return o; }
f().catch(log); g().catch(log);
//# a promise with its own then is awaited first
const p = Promise.resolve("inner");
p.then = function (resolve, reject) { log("own then"); return Promise.prototype.then.call(p, resolve, reject); };
async function f() { return await p; }
async function g() { return p; }
f().then(log); g().then(log);


//# an unhandled rejection of an async function is reported once
async function f() { throw new Error("nobody catches"); }
f();

//# an unhandled rejection after an await
async function f() { await sleep(); throw new Error("nobody catches"); }
f();

//# an unhandled rejection of nested async functions is reported once
async function g() { await 0; throw new Error("g"); }
async function f() { await g(); }
f();

//# an unhandled rejection of a returned promise
async function f() { return Promise.reject(new Error("f")); }
f();

//# an unhandled rejection of a promise that a plain function returns
function f() { return Promise.reject(new Error("f")); }
f();

//# an unhandled rejection of a pending promise that a plain function returns
function f() { return new Promise((_, reject) => sleep().then(() => reject(new Error("f")))); }
f();

//# a rejection handled late
const p = (async () => { throw new Error("late"); })();
sleep(3).then(() => p.catch(log));

//# a rejection handled late, of a plain function
function f() { return Promise.reject(new Error("late")); }
const p = f();
sleep(3).then(() => p.catch(log));

//# a rejection handled at once is not reported
async function f() { throw new Error("f"); }
function g() { return Promise.reject(new Error("g")); }
f().catch(log); g().catch(log);

//# a rejection handled inside is not reported
async function f() { const p = Promise.reject(new Error("inner")); try { await p; } catch (error) { return error; } }
f().then(log);

//# a rejection handled by Promise.allSettled, race and any
function f(x) { return Promise.reject(new Error(x)); }
Promise.allSettled([f("a"), f("b")]).then((r) => log(r.length));
Promise.race([f("c"), f("d")]).catch(log);
Promise.any([f("e"), f("f")]).catch((error) => log(error.errors.length));

//# Promise.all reports none of the other rejections
async function f(x) { await 0; throw new Error(x); }
Promise.all([f("a"), f("b")]).catch(log);

//# a promise kept before it rejects
async function f() { await sleep(); throw new Error("f"); }
async function g() { const p = f(); await sleep(4); try { await p; } catch (error) { log(error); } }
g();

//# a plain function returns the very promise
const p = Promise.resolve(1);
function f() { return p; }
log(f() === p, f() === f());

//# a plain function returns a promise with properties
const p = Object.assign(Promise.resolve(1), { cancel() { return "cancelled"; } });
function f() { return p; }
log(f().cancel(), Object.keys(f()));

//# a plain function returns a frozen promise
const p = Object.freeze(Promise.resolve(1));
function f() { return p; }
log(f() === p, Object.isFrozen(f()), Object.getOwnPropertyNames(f()));
f().then(log);

//# a plain function returns a promise of a subclass
class P extends Promise { then(...args) { log("then"); return super.then(...args); } }
function f() { return P.resolve(1); }
const p = f();
log(p instanceof P);
p.then(log);

//# a plain function returns a promise with its own then
const p = Promise.resolve(1);
p.then = function (...args) { log("own then"); return Promise.prototype.then.apply(this, args); };
function f() { return p; }
log(f() === p);
sleep().then(() => p.then(log));

//# Promise.prototype.then is patched
const then = Promise.prototype.then;
let calls = 0;
Promise.prototype.then = function (...args) { calls++; return then.apply(this, args); };
function f() { return Promise.resolve(1); }
async function g() { await f(); return f(); }
g();
f();
sleep(4).finally(() => log(calls));

//# Promise.prototype.then is a getter
const then = Promise.prototype.then;
let reads = 0;
Object.defineProperty(Promise.prototype, "then", { get() { reads++; return then; }, configurable: true });
function f() { return Promise.resolve(1); }
async function g() { return await f(); }
f(); g();
log(reads);

//# species is read as before
let reads = 0;
class P extends Promise { static get [Symbol.species]() { reads++; return Promise; } }
function f() { return new P((resolve) => resolve(1)); }
f().then((x) => log(x, reads));

//# the ticks of a promise that passes through plain functions
function f() { return Promise.resolve(1); }
function g() { return f(); }
ticks(4);
g().then(() => log("g"));

//# the ticks of a rejected promise that passes through plain functions
function f() { return Promise.reject(new Error("f")); }
ticks(4);
f().catch(() => log("f"));

//# then chains made by plain functions
function f(x) { return Promise.resolve(x).then((y) => y + 1).finally(() => log("finally")); }
ticks(6);
f(1).then(log);

//# await of a promise that a plain function returned
function f() { return sleep().then(() => "value"); }
async function g() { return await f(); }
g().then(log);

//# properties and prototype of a returned promise
function f() { return Promise.resolve(1); }
const p = f();
log(Object.getOwnPropertyNames(p), p.constructor === Promise, p instanceof Promise, Object.prototype.toString.call(p), p.then === Promise.prototype.then, "catch" in p);

//# a returned promise's prototype chain after it was consumed
function f() { return Promise.resolve(1); }
const p = f();
p.then(() => log(Object.getPrototypeOf(p) === Promise.prototype));

//# Promise.resolve gives a returned promise back
function f() { return Promise.resolve(1); }
const p = f();
log(Promise.resolve(p) === p);

//# a class extends after a returned promise
function f() { return Promise.resolve(1); }
const p = f();
Object.setPrototypeOf(p, class extends Promise {}.prototype);
log(p.constructor.name, p instanceof Promise);

//# a span ends when the promise of a plain function settles
//: spans f
function f() { return sleep(2); }
f().then(log);

//# a plain function's rejected promise is an error of its span
//: spans f![later!]
function later() { throw new Error("f"); }
function f() { return sleep(2).then(later); }
f().catch(log);

//# a promise of a plain function that nobody looks at
function f() { return sleep(); }
f();
collect().then(() => log("collected"));

//# a promise cached between calls
let cache;
function load() { return (cache ??= sleep().then(() => "loaded")); }
async function f() { return await load(); }
Promise.all([f(), load(), load()]).then(log);

//# withResolvers, try and other ways to a promise
function f() { const { promise, resolve } = Promise.withResolvers(); resolve(1); return promise; }
function g() { return Promise.try(() => { throw new Error("tried"); }); }
f().then(log); g().catch(log);

//# a promise resolved with a promise of another function
function f() { return Promise.resolve(1); }
new Promise((resolve) => resolve(f())).then(log);
ticks(6);

//# a promise of another realm
const P = otherRealm("Promise");
function f() { return P.resolve(1); }
async function g() { return await f(); }
log(f() instanceof P, f() instanceof Promise);
g().then(log);

//# Array.fromAsync, for await and yield* over functions' promises
function f(x) { return sleep().then(() => x); }
async function g() { for await (const x of [f(1), f(2)]) log(x); }
g();

//# rejecting with undefined
async function f() { await 0; throw undefined; }
f().catch((error) => log("caught", error));

//# unhandled rejection with undefined, null and a Proxy
async function f(x) { throw x; }
f(undefined); f(null);

//# finally passes results through
async function f() { return 1; }
f().finally(() => 2).then(log);
f().finally(() => { throw new Error("finally"); }).catch(log);

//# a promise that is returned twice rejects unhandled once
const p = sleep().then(() => { throw new Error("shared"); });
function f() { return p; }
f(); f();

//# a getter in the place of a promise's constructor is asked as often as before
const p = Promise.resolve(1), rejected = Promise.reject(new Error("no"));
Object.defineProperty(Promise.prototype, "constructor", { get() { log("constructor"); return Promise; }, configurable: true });
function plain(value) { return value; }
async function adopting(value) { log("adopting"); return value; }
async function awaiting(value) { log("awaiting"); return await plain(value); }
async function main() {
  log(await plain(p)); log("a");
  log(await adopting(p)); log("b");
  log(await awaiting(plain(p))); log("c");
  for await (const each of [plain(p), 2]) log(each);
  try { await adopting(plain(rejected)); } catch (error) { log(error); }
  plain(p).then((value) => log("then", value));
}
main();

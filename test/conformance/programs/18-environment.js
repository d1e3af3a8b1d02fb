//# Function.prototype.call, apply and bind are patched
for (const name of ["call", "apply", "bind"]) Function.prototype[name] = () => { throw new Error("patched " + name); };
function f(x) { return x; }
async function g() { await 0; return f(2); }
function* h() { yield f(3); }
log(f(1), h().next().value);
g().then(log);

//# Symbol.iterator of arrays is patched
Array.prototype[Symbol.iterator] = () => { throw new Error("patched"); };
function f(a, b) { return a + b; }
function* g() { yield 1; }
log(f(1, 2), g().next().value);

//# Reflect, Object and Array are gone
for (const name of ["Reflect", "WeakMap", "WeakRef", "FinalizationRegistry", "Map", "Set", "Symbol"]) delete globalThis[name];
function f() { return Promise.resolve(1); }
async function g() { await 0; return f(); }
g().then(log);

//# accessors on Object.prototype that an SDK would meet in its own realm alone
Object.defineProperty(Object.prototype, "attributes", { set() { throw new Error("attributes"); }, get() { return 5; }, configurable: true });
function f() { return 1; }
log(f());
delete Object.prototype.attributes;

//# a frozen realm
for (const x of [Object, Function, Array, Promise, Error, Map, WeakMap, Symbol]) { Object.freeze(x.prototype); Object.freeze(x); }
function f() { return Promise.resolve(1); }
async function g() { try { await Promise.reject(new Error("g")); } catch (error) { return [await f(), error.message]; } }
function* h() { yield* [1, 2]; }
g().then(log);
log([...h()]);

//# a frozen global
function f() { return 1; }
Object.freeze(globalThis);
function g() { return f() + 1; }
log(g());

//# Symbol.toStringTag of everything throws
Object.defineProperty(Object.prototype, Symbol.toStringTag, { get() { throw new Error("tag"); }, configurable: true });
function f() { return {}; }
function g() { throw f(); }
try { g(); } catch (error) { log(typeof error); }
delete Object.prototype[Symbol.toStringTag];

//# Date, performance and Math are patched
Date.now = () => { throw new Error("now"); };
Math.random = () => { throw new Error("random"); };
globalThis.performance = undefined;
function f() { return 1; }
log(f());

//# Error is patched
globalThis.Error = function () { return { message: "patched" }; };
function f() { throw new TypeError("real"); }
try { f(); } catch (error) { log(error.message); }

//# Object.prototype is not the prototype of null objects
const o = Object.create(null);
o.f = function () { return this === o; };
log(o.f());

//# the iterator prototype's methods are patched
const proto = Object.getPrototypeOf(Object.getPrototypeOf(function* () {}.prototype));
const Generator = Object.getPrototypeOf(function* () {}.prototype);
const next = Generator.next;
let calls = 0;
Generator.next = function (...args) { calls++; return next.apply(this, args); };
function* inner() { yield 1; yield 2; }
function* g() { yield* inner(); }
log([...g()], calls);

//# AsyncFunction.prototype and constructors are odd
async function f() { return 1; }
Object.setPrototypeOf(f, null);
log(typeof f);
f().then(log);

//# Promise is replaced globally
const Native = Promise;
globalThis.Promise = class Fake { constructor() { throw new Error("fake"); } };
async function f() { await 0; return 1; }
function g() { return Native.resolve(2); }
const p = f();
log(p instanceof Native);
p.then(log); g().then(log);

//# setters for numbered properties on Array.prototype
let hits = 0;
Object.defineProperty(Array.prototype, 0, { set() { hits++; }, get() { return undefined; }, configurable: true });
function f(...rest) { return rest.length; }
async function g() { await 0; return f(1, 2); }
log(f(1));
g().then((n) => { delete Array.prototype[0]; log(n, hits); });

//# toString of functions is still a function's
function f() { return 1; }
log(typeof Function.prototype.toString.call(f), String(f).startsWith("function f()"));

//# thrown values pass by identity
const frozen = Object.freeze(new Error("frozen")), sealed = Object.seal({ a: 1 }), proxy = new Proxy(new Error("proxied"), {});
function f(x) { throw x; }
for (const x of [undefined, null, 0, -0, NaN, "", "text", true, 10n, Symbol.iterator, frozen, sealed, proxy, f, [1]]) try { f(x); } catch (error) { log(Object.is(error, x)); }

//# nothing is written on thrown objects
const error = new Error("plain"), object = { a: 1 };
function f(x) { throw x; }
for (const x of [error, object]) { const before = Reflect.ownKeys(x).map(String); try { f(x); } catch {} log(before.join() === Reflect.ownKeys(x).map(String).join(), Object.getPrototypeOf(x) === (x === error ? Error.prototype : Object.prototype)); }

//# a hostile Proxy is thrown
const traps = {};
for (const trap of Object.getOwnPropertyNames(Reflect)) traps[trap] = () => { throw new Error("trap " + trap); };
const hostile = new Proxy({}, traps);
function f() { throw hostile; }
try { f(); } catch (error) { log(error === hostile); }

//# a revoked Proxy is thrown, returned and yielded
const { proxy, revoke } = Proxy.revocable({}, {});
revoke();
function f() { throw proxy; }
function g() { return proxy; }
function* h() { yield proxy; }
try { f(); } catch (error) { log(error === proxy); }
log(g() === proxy, h().next().value === proxy);

//# an error whose properties throw
const hostile = { get message() { throw new Error("message"); }, get name() { throw new Error("name"); }, get stack() { throw new Error("stack"); }, get cause() { throw new Error("cause"); }, toString() { throw new Error("toString"); } };
function f() { throw hostile; }
try { f(); } catch (error) { log(error === hostile); }

//# an error with a cyclic cause
const a = new Error("a"), b = new Error("b", { cause: a });
a.cause = b;
function f() { throw a; }
try { f(); } catch (error) { log(error === a); }

//# an AggregateError with many errors
const many = new AggregateError([new Error("1"), 2, null, new AggregateError([])], "many");
async function f() { throw many; }
f().catch((error) => log(error === many, error.errors.length));

//# an error of another realm
const E = otherRealm("TypeError");
const error = new E("foreign");
function f() { throw error; }
try { f(); } catch (caught) { log(caught === error, caught instanceof TypeError, caught instanceof E); }

//# an error class with a getter for name and code
class E extends Error { get name() { return "Custom"; } code = "E_CODE"; toJSON() { throw new Error("toJSON"); } }
function f() { throw new E("custom"); }
try { f(); } catch (error) { log(error.name, error.code, error.message); }

//# a frozen error class, thrown twice
const error = Object.freeze(new RangeError("again"));
function f() { throw error; }
for (let i = 0; i < 2; i++) try { f(); } catch (caught) { log(caught === error); }

//# errors rethrown keep their stack
const error = new Error("kept");
const stack = error.stack;
function f() { throw error; }
function g() { try { f(); } catch (caught) { throw caught; } }
try { g(); } catch (caught) { log(caught.stack === stack); }

//# returned Proxies see no trap
const seen = [];
const spy = new Proxy(function () {}, new Proxy({}, { get: (_, trap) => (seen.push(trap), undefined) }));
function f() { return spy; }
const g = () => spy;
function* h() { yield spy; return spy; }
f(); g(); const it = h(); it.next(); it.next();
log(seen);

//# arguments that are Proxies see no trap
const seen = [];
const spy = new Proxy({}, new Proxy({}, { get: (_, trap) => (seen.push(trap), undefined) }));
function f(x, y = spy, ...rest) { return 1; }
class A { constructor(x) {} m(x) {} }
f(spy, undefined, spy); new A(spy).m(spy);
log(seen);

//# a returned object with getters sees no read
const o = { get then() { log("then"); }, get constructor() { log("constructor"); }, get ok() { log("ok"); }, get error() { log("error"); }, get [Symbol.toStringTag]() { log("tag"); return "x"; } };
function f() { return o; }
class A { constructor() { return o; } }
log(f() === o, new A() === o);

//# numbers, strings and symbols are returned as they are
function f(x) { return x; }
const g = (x) => x;
for (const x of [-0, NaN, 10n, Symbol.iterator, "", null, undefined, false]) log(Object.is(f(x), x), Object.is(g(x), x));

//# a document.all-like value
function f() { return undefined; }
log(f(), typeof f());

//# a getter on a returned class is not run
class A { static get name() { log("name"); return "x"; } static get prototype2() { log("p"); } }
function f() { return A; }
log(f() === A);

//# an error in a nested function passes every level
//: spans a![b![c!]]
function c() { throw new Error("c"); } function b() { c(); } function a() { b(); }
try { a(); } catch (error) { log(error); }

//# an error caught inside is none outside
//: spans a[b!]
function b() { throw new Error("b"); } function a() { try { b(); } catch { return "kept"; } }
log(a());

//# throwing the result of a call
function make() { return new TypeError("made"); }
function f() { throw make(); }
try { f(); } catch (error) { log(error); }

//# Error.captureStackTrace hides the function
function helper() { const o = {}; Error.captureStackTrace(o, helper); return o.stack.split("\n")[1]; }
function visible() { return helper(); }
log(visible().includes("visible"), visible().includes("helper"));

//# the top frame is the user's function, and no frame is ours
function inner() { return new Error("x").stack; }
function outer() { return inner(); }
const frames = outer().split("\n").slice(1, 3);
log(frames[0].includes("at inner"), frames[1].includes("at outer"));

//# Error.prepareStackTrace is called as before
let calls = 0;
Error.prepareStackTrace = (error, sites) => { calls++; return sites.slice(0, 2).map((site) => site.getFunctionName()).join(); };
function inner() { return new Error("x").stack; }
function outer() { return inner(); }
log(outer(), calls);
Error.prepareStackTrace = undefined;

//# async stacks name the functions
async function inner() { await 0; throw new Error("x"); }
async function outer() { await inner(); }
outer().catch((error) => log(/at inner[^]*at async outer/.test(error.stack)));

//# the methods' names in stacks
class A { m() { return new Error("x").stack; } static s() { return new Error("x").stack; } get g() { return new Error("x").stack; } constructor() { this.stack = new Error("x").stack; } }
for (const stack of [new A().m(), A.s(), new A().g, new A().stack]) log(stack.split("\n")[1].replace(/ \(.*/, "").trim());

//# Error.stackTraceLimit is respected and kept
Error.stackTraceLimit = 2;
function f() { return new Error("x").stack.split("\n").length; }
log(f(), Error.stackTraceLimit);
Error.stackTraceLimit = 0;
function g() { throw new Error("none"); }
try { g(); } catch (error) { log(error.stack); }
log(Error.stackTraceLimit);

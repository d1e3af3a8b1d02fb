//# defaults see earlier parameters and run in order
function f(a, b = log("b", a) && a + 1, c = log("c", b)) { return [a, b, c]; }
log(f(1), f(1, 2), f(1, undefined, 3));

//# a parameter used before it has a value
function f(a = b, b) { return a; }
try { f(); } catch (error) { log(error); }

//# a throw in a default of a plain function
function f(a = (() => { throw new Error("default"); })()) { log("not reached"); }
try { f(); } catch (error) { log(error); }

//# a throw in a default of an async function rejects
async function f(a = (() => { throw new Error("default"); })()) { log("not reached"); }
let p;
try { p = f(); log("no throw"); } catch { log("threw"); }
p.catch(log);

//# a throw in a default of an async arrow rejects
const f = async ({ a } = null) => a;
f().catch(log);

//# a throw in a default of a generator comes at the call
function* g(a = (() => { throw new Error("default"); })()) { yield 1; }
try { g(); } catch (error) { log("at the call", error); }

//# a throw in a default of an async generator comes at the call
async function* g(a = (() => { throw new Error("default"); })()) { yield 1; }
try { g(); log("no throw"); } catch (error) { log("at the call", error); }

//# patterns
function f({ a, b: { c = 3 } = {}, ...rest }, [x, , y = "y", ...more] = [1, 2]) { return [a, c, rest, x, y, more]; }
log(f({ a: 1, z: 26 }), f({ a: 1, b: { c: 2 } }, "hello"));

//# patterns of undefined throw
function f({ a }) {}
const g = ([a]) => {};
for (const h of [f, g]) try { h(); } catch (error) { log(error.name); }

//# patterns read properties in order and once
const o = { get a() { log("get a"); return 1; }, get b() { log("get b"); return undefined; } };
function f({ a, b = log("default b") }) { return [a, b]; }
log(f(o));

//# patterns close their iterators
const iterable = { [Symbol.iterator]() { return { next: () => ({ value: 1, done: false }), return: () => { log("closed"); return {}; } }; } };
function f([a, b]) { return [a, b]; }
log(f(iterable));

//# rest parameters
function f(a, ...rest) { rest.push("more"); return [a, rest, arguments.length]; }
log(f(1, 2, 3), f());

//# closures in the parameters see the parameters, not the body's variables
function f(a, get = () => a) { var a = "body"; return [a, get()]; }
log(f("parameter"));

//# closures in the parameters share parameters that are not declared again
function f(a, get = () => a, set = (v) => { a = v; }) { a = "body"; const first = get(); set("set"); return [first, a]; }
log(f("parameter"));

//# a body's function replaces the parameter for the body alone
function f(a, get = () => a) { function a() {} return [typeof a, typeof get()]; }
log(f("parameter"));

//# parameters refer to outer variables that the body declares anew
const x = "outer";
function f(a = x) { const x = "inner"; return [a, x]; }
log(f());

//# a parameter default calls the function itself
function f(n, rest = n > 0 ? f(n - 1) : "end") { return n + " " + rest; }
log(f(2));

//# this and arguments in defaults
const o = { v: 5, m(a = this.v, b = arguments.length, c = () => this.v) { return [a, b, c()]; } };
log(o.m(), o.m(1, 2));

//# arguments in a default's arrow
function f(a, get = () => arguments[0]) { a = "changed"; return get(); }
log(f("given"));

//# eval in a default declares in the parameters' scope
function f(a = eval("var z = 1; z"), b = z) { return [a, b, typeof z]; }
log(f());

//# yield and await as names
function f(yield_, await) { return [yield_, await]; }
var yield = 1;
log(f(1, 2), yield);

//# duplicate parameters
function f(a, a) { return [a, arguments[0], arguments[1]]; }
log(f(1, 2), f.length);

//# parameters named like common helpers
function f(trace, enter, exit, require, __errspan, __errspan_s, __errspan_e) { return [trace, enter, exit, require, __errspan, __errspan_s, __errspan_e]; }
log(f(1, 2, 3, 4, 5, 6, 7));

//# a parameter named like a global that the helpers need
function f(Symbol, Promise, Object, undefined, globalThis) { return [Symbol, Promise, Object, undefined, globalThis]; }
log(f(1, 2, 3, 4, 5));

//# setters take their one parameter by pattern and default
const o = { set x({ a, b = 2 }) { log(a, b); }, set y(v = 9) { log(v); } };
o.x = { a: 1 };
o.y = undefined;

//# class constructors with defaults and patterns
class A { constructor({ a = 1 } = {}, ...rest) { this.v = [a, rest]; } }
log(new A().v, new A({ a: 2 }, 3).v);

//# parameters of arrows without parentheses, with trailing commas and nothing
const f = x => x, g = (x,) => x, h = () => 0, i = async x => x;
log(f(1), g(2), h());
i(3).then(log);

//# default values are made anew at each call
function f(list = []) { list.push(1); return list.length; }
log(f(), f(), f(f.list));

//# a class in a default
function f(C = class { m() { return a; } }, a = 5) { return new C().m(); }
log(f());

//# async function parameters are evaluated synchronously
async function f(a = log("default")) { log("body"); await 0; log("later"); }
log("before");
f();
log("after");

//# generator parameters are evaluated at the call, its body later
function* g(a = log("default")) { log("body"); yield a; }
log("before");
const it = g();
log("after");
it.next();

//# a default that throws is recorded, in a span of its own
//: spans outer![charge!]
function outer() { return charge(); }
function charge(id = null.id) { log("body"); }
try { outer(); } catch (error) { log(error); }

//# a call in a default runs in the caller's span, its error is recorded once
//: spans outer![required! charge!]
function required(name) { at("required"); throw new Error(name + " is missing"); }
function outer() { at("outer"); return charge(); }
function charge(id = required("id")) { log("body"); }
try { outer(); } catch (error) { log(error); }
at(null);

//# a default that does not throw starts no span
//: spans now charge
function now() { return 1; }
function charge(id = now(), { length } = [..."ab"], [c = id.x] = []) { log(id, length, c); }
charge();

//# nested defaults and computed keys of patterns that throw
const boom = (name) => { throw new Error(name); };
function f({ a: { b = boom("b") } = {} } = {}) {}
function g({ [boom("key")]: a }) {}
function h([a, [b = boom("element")] = []]) {}
const i = (...[a = boom("rest")]) => a;
for (const each of [() => f(), () => g({}), () => h([1]), () => i()]) try { each(); } catch (error) { log(error); }

//# a default that throws, in every kind of function
const boom = () => { throw new Error("boom"); };
const attempt = (call) => { try { const value = call(); if (value instanceof Promise) value.catch((error) => log("rejects", error)); else log("no error"); } catch (error) { log("throws", error); } };
function* generator(a = boom()) { log("body"); }
async function later(a = boom()) { log("body"); }
async function* both(a = boom()) { log("body"); }
const arrow = (a = boom()) => a, asyncArrow = async (a = boom()) => a;
class C { constructor(a = boom()) {} static m(a = boom()) {} static set x({ a = boom() }) {} static #p(a = boom()) {} static p() { this.#p(); } }
class D extends Object { constructor(a = boom(super())) {} }
attempt(() => generator()); attempt(() => later()); attempt(() => both()); attempt(() => arrow()); attempt(() => asyncArrow());
attempt(() => new C()); attempt(() => C.m()); attempt(() => { C.x = {}; }); attempt(() => C.p()); attempt(() => new D());
attempt(() => ({ "__proto__"(a = boom()) {} }).__proto__());

//# this, super, arguments and new.target in defaults that are evaluated in a try
class A { v() { return "A.v"; } }
class B extends A {
  x = 1;
  m(a = this.x, b = super.v(), c = arguments.length, d = [...arguments].length) { return [a, b, c, d]; }
  static s(a = super.name, b = this.name) { return [a, b]; }
  constructor(a = typeof new.target.name, b = super(), c = this.x) { log(a, b === this, c); }
}
log(new B().m(), B.s(), new B().m(undefined, 2));
function f(a = [new.target?.name, arguments.length, typeof this.k].join()) { return a; }
log(f.call({ k: 1 }), f.call({ k: 1 }, undefined, 2)); new f();
const o = { __proto__: { v() { return "proto"; } }, m(a = super.v(), b = (() => super.v())()) { return [a, b]; } };
log(o.m());

//# the names of classes and functions in defaults
function f(a = class { static n = log(this.name); }, b = (class { static n = [].concat(this.name); }), c = function () {}, d = () => {}, e = class E { static n = [].length; }) { return [a.name, b.name, c.name, d.name, e.name]; }
log(f());

//# names in defaults that are evaluated in a try: dead zone, closures, the body's var
var x = "outer";
function f(a = String(x), get = () => a, b = [get].map((g) => g())) { var a = "inner", x = 1; return [a, get(), b]; }
log(f());
function g(a = [b].length, b = 1) {}
try { g(); } catch (error) { log(error); }
function h(a = [a].length) {}
try { h(); } catch (error) { log(error); }

//# eval in a default that also calls
function f(a = [eval("var z = 1; z"), String(1)], b = z) { return [a, b, typeof z]; }
log(f());

//# a default is evaluated once, and in its turn
function f(a = log("a", 1), { b = log("b", 2), [log("key", "c")]: c = log("c", 3) } = log("{}", {}), ...[d = log("d", 4)]) { return [a, b, c, d]; }
log(f()); log(f(1, { b: 2, c: 3 }, 4)); log(f.length);

//# the stack of an error in a default begins with the user's functions
function required() { throw new Error("missing"); }
function charge(id = required()) {}
class Orders { total(of = required()) {} }
const tops = (call) => { try { call(); } catch (error) { return error.stack.split("\n").slice(1, 3).map((line) => line.trim().split(" ")[1]); } };
log(tops(() => charge()), tops(() => new Orders().total()));

//# comments, sequences and parentheses in defaults
function f(a = /* one */ (1, String(2)) /* two */, b = // three
  (Number("3")) // four
  , c = (((Number)))("4"), d = `${a.length}${String(b)}`) { return [a, b, c, d]; }
log(f());

//# thrown values in defaults keep their identity
const thrown = [undefined, null, 0, "text", Symbol.iterator, Object.freeze(new Error("frozen"))];
function f(value, a = (() => { throw value; })()) {}
for (const value of thrown) try { f(value); } catch (error) { log(error === value); }

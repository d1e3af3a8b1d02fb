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

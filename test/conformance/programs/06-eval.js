//# sloppy direct eval declares into the function
function f() { eval("var x = 1; function g() { return 2; }"); return [x, g()]; }
log(f());

//# sloppy direct eval sees parameters and locals
function f(a) { let b = 2; return eval("a + b + arguments.length"); }
log(f(1));

//# sloppy direct eval beside a function of the body
function f() { function g() { return "own"; } eval("var h = g()"); return h; }
log(f());

//# sloppy direct eval declares what a body's function is called
function f() { function g() { return "own"; } eval("function g() { return 'eval'; }"); return g(); }
log(f());

//# sloppy direct eval declares a var named like a let of the body throws
function f() { let x = 1; try { eval("var x = 2"); } catch (error) { return error.name; } return x; }
log(f());

//# strict direct eval keeps to itself
function f() { "use strict"; eval("var x = 1"); return typeof x; }
log(f());

//# direct eval of new.target, this and super
function f() { return eval("new.target"); }
class A { m() { return "A.m"; } }
class B extends A { m() { return eval("super.m()"); } n() { return eval("this") === this; } }
log(f(), new B().m(), new B().n());

//# direct eval of arguments
function f() { return eval("arguments[0]"); }
const g = function () { return (() => eval("arguments[0]"))(); };
log(f(1), g(2));

//# indirect eval is global
var x = "global";
function f() { var x = "local"; return (0, eval)("x"); }
log(f());

//# direct eval in an arrow
function f(a) { return (() => eval("a"))(); }
log(f(3));

//# direct eval in a generator and an async function
function* g(a) { yield eval("a"); eval("var b = 2"); yield b; }
async function h(a) { await 0; eval("var b = a"); return b; }
log([...g(1)]);
h(2).then(log);

//# eval that throws
function f() { eval("throw new TypeError('evaluated')"); }
try { f(); } catch (error) { log(error); }

//# with looks its names up on the object
function f(o) { with (o) { return [x, y]; } }
log(f({ x: 1, y: 2 }));

//# a function inside with
var result;
with ({ x: 1, __errspan: "mine", __errspan_s: "mine" }) { result = (function () { return x; })(); }
log(result);

//# a function declared in a block inside with
with ({ x: 2 }) { function inner() { return x; } }
log(inner());

//# with around what the helpers are called
var seen = [];
var spy = new Proxy({}, { has(_, key) { seen.push(String(key)); return false; } });
with (spy) { (function () { return 1; })(); }
log(seen.filter((key) => key.includes("errspan")));

//# with and unscopables
function f(o) { with (o) { return typeof values; } }
log(f([]));

//# the Function constructor
const f = new Function("a", "b", "return a + b");
log(f(1, 2), f.name);

//# functions made by eval
const f = eval("(function named(a) { return a; })");
log(f(1), f.name);

//# eval of a declaration at the top
eval("function f() { return 1; }");
log(f(), delete globalThis.f);

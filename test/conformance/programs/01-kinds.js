//# a function declaration is called
//: spans f
function f(a, b) { at("f"); return a + b; }
log(f(1, 2));
at(null);

//# a declaration is called before its line
//: spans f
log(f(20));
function f(n) { return n * 2; }

//# a function expression
//: spans f
const f = function (x) { at("f"); return x; };
log(f("x"));

//# a named function expression calls itself
//: spans fact[fact[fact]]
const g = function fact(n) { return n > 1 ? n * fact(n - 1) : 1; };
log(g(3));

//# the name of a named function expression cannot be assigned
const f = function inner() { inner = 1; return typeof inner; };
log(f());

//# assigning to the name of a named function expression throws in strict code
const f = function inner() { "use strict"; inner = 1; };
try { f(); } catch (error) { log(error); }

//# an arrow with a block
//: spans f
const f = (a) => { at("f"); return a * 2; };
log(f(4));

//# an arrow with an expression
//: spans f
const f = (a) => (at("f"), a * 2);
log(f(4));

//# an async arrow with an expression
//: spans f
const f = async (a) => (at("f"), a * 2);
f(4).then(log);

//# a curried arrow
//: spans f
const f = (a) => (b) => (c) => [a, b, c];
log(typeof f(1));

//# methods of an object
//: spans o.f
const o = { x: 7, f() { at("o.f"); return this.x; } };
log(o.f());

//# accessors of an object
const o = { v: 1, get x() { return this.v; }, set x(value) { this.v = value; return 5; } };
log(o.x, (o.x = 9), o.v);
log(Object.getOwnPropertyDescriptor(o, "x").get.name, Object.getOwnPropertyDescriptor(o, "x").set.name);

//# methods, static methods and accessors of a class
class A {
  #n = 1;
  m() { return this.#n; }
  static s() { return this.name; }
  get g() { return "g" + this.#n; }
  set g(value) { this.#n = value; }
  static get sg() { return "sg"; }
}
const a = new A();
a.g = 5;
log(a.m(), A.s(), a.g, A.sg);

//# a method's span carries the class
//: spans A.m A.s
class A { m() { at("A.m"); } static s() { at("A.s"); } }
new A().m();
A.s();

//# private methods and accessors
class A {
  #secret() { return "secret"; }
  get #x() { return this.#secret() + "!"; }
  set #x(value) { log("set", value); }
  static #count() { return 3; }
  run() { this.#x = 1; return [this.#secret(), this.#x, A.#count(), #secret in this]; }
}
log(new A().run());

//# computed methods and their names
const key = "a b", symbol = Symbol("sym");
const o = { [key]() { return 1; }, [symbol]() { return 2; }, async [key + 1]() { return 3; }, *[1 + 1]() { yield 4; }, get [key + 2]() { return 5; } };
log(o[key].name, o[symbol].name, o["a b1"].name, o[2].name, o[key](), o[symbol](), [...o[2]()], o["a b2"]);
log(Object.getOwnPropertyDescriptor(o, "a b2").get.name);

//# keys are computed once and in order
const order = (x) => { log("key", x); return x; };
class A { [order("a")]() {} static [order("b")] = order("value b"); [order("c")] = 1; get [order("d")]() { return 1; } }
log(Object.getOwnPropertyNames(A.prototype), Object.keys(A));

//# class fields that hold functions
//: spans A.arrow A.fn
class A { arrow = () => this; fn = function () { return this; }; static s = () => this; }
const a = new A();
log(a.arrow() === a, a.fn() === a, a.arrow.name, a.fn.name, A.s.name);

//# a constructor
//: spans A.constructor
class A { constructor(x) { at("A.constructor"); this.x = x; } }
log(new A(3).x);

//# constructors keep their class's length and name
class A { constructor(a, b) { this.a = [a, b]; } }
class B extends A { constructor(x, ...rest) { super(x, rest.length); } }
log(A.length, B.length, A.name, B.name, new B(1, 2, 3).a);

//# kinds of functions
function f() {} async function af() {} function* g() {} async function* ag() {}
const arrow = () => {}, asyncArrow = async () => {};
for (const x of [f, af, g, ag, arrow, asyncArrow]) log(inspectKind(x), x.constructor.name, Object.getPrototypeOf(x).constructor.name);

//# what can be constructed
function f() {}
const o = { m() {}, *g() {}, async a() {}, get x() { return 1; } };
const candidates = { f, m: o.m, g: o.g, a: o.a, getter: Object.getOwnPropertyDescriptor(o, "x").get, arrow: () => {}, async: async () => {}, expression: function () {}, class: class { constructor() {} } };
for (const [name, x] of Object.entries(candidates)) {
  let result;
  try { Reflect.construct(Object, [], x); result = "constructible"; } catch (error) { result = error.name; }
  log(name, result, Object.hasOwn(x, "prototype"));
}

//# a class cannot be called
class A { constructor() { log("not reached"); } }
try { A(); } catch (error) { log(error); }

//# names are inferred as before
let a = () => {}, b = function () {}, c = class { constructor() {} };
const o = { d: () => {}, e: function () {}, "f-g": () => {}, 5: () => {}, ["h" + 1]: () => {} };
let { i = () => {} } = {}, [j = function () {}] = [];
let k; k = () => {}; let l; l ??= () => {}; let m; m ||= function () {};
let n = (0, () => {}), p = (() => {});
log([a, b, c, o.d, o.e, o["f-g"], o[5], o.h1, i, j, k, l, m, n, p].map((x) => x.name));

//# names of default exports
//: module
import f from "./f.mjs";
import g from "./g.mjs";
import h from "./h.mjs";
import c from "./c.mjs";
log(f.name, g.name, h.name, c.name, f(), g(), h(), new c().x);
//: file f.mjs
export default function () { return "f"; }
//: file g.mjs
export default () => "g";
//: file h.mjs
export default (function () { return "h"; });
//: file c.mjs
export default class { constructor() { this.x = "c"; } }

//# a default export is hoisted
//: module
import { early } from "./early.mjs";
log(early);
//: file early.mjs
import self from "./early.mjs";
export const early = self(2);
export default function (x) { return x * 2; }

//# exports of every kind
//: module
import * as all from "./all.mjs";
log(Object.keys(all));
log(all.f(), all.g().next().value, all.h(), new all.A().m());
all.af().then(log);
//: file all.mjs
export function f() { return "f"; }
export async function af() { return "af"; }
export function* g() { yield "g"; }
export const h = () => "h";
export class A { m() { return "m"; } }

//# an exported function is overwritten by its own module
//: module
import { f, change } from "./live.mjs";
log(f());
change();
log(f());
//: file live.mjs
export function f() { return 1; }
export function change() { f = () => 2; }

//# lengths
function f(a, b, c) {} function g(a, b = 1, c) {} function h(...r) {} function i({ a }, [b]) {}
const o = { m(a) {}, set x(v) {}, async n(a, b) {}, *p(a, b, c) {} };
log(f.length, g.length, h.length, i.length, o.m.length, o.n.length, o.p.length, ((a, b) => {}).length);

//# own property names of functions
function f() {} const g = () => {}; async function h() {} function* i() {} class A { constructor() {} static m() {} }
for (const x of [f, g, h, i, A, A.m]) log(Object.getOwnPropertyNames(x).sort(), Object.getOwnPropertyNames(x.prototype ?? {}));

//# prototypes of generator functions
function* g() {} async function* ag() {}
log(Object.getPrototypeOf(g()) === g.prototype, Object.getPrototypeOf(ag()) === ag.prototype);
log(Object.prototype.toString.call(g()), Object.prototype.toString.call(ag()));

//# a later declaration of the same name wins
log(f());
function f() { return 1; }
function f() { return 2; }
log(f());

//# a declaration wins over a var without a value
var f;
function f() { return "function"; }
log(typeof f);

//# a var with a value wins later
log(typeof f);
var f = 5;
function f() {}
log(typeof f);

//# declarations inside functions are hoisted
function outer() {
  const early = inner();
  function inner() { return typeof late; }
  let late = 1;
  return early + inner2();
  function inner2() { return "!"; }
}
try { log(outer()); } catch (error) { log(error); }

//# functions declared in a body close over its let and const
function outer() {
  let n = 0;
  function step() { n += 1; return n; }
  step(); step();
  return [n, step()];
}
log(outer());

//# a nested declaration is twice declared in sloppy code
function outer() {
  function inner() { return 1; }
  function inner() { return 2; }
  return inner();
}
log(outer());

//# a nested declaration is twice declared in strict code
function outer() {
  "use strict";
  log(inner());
  function inner() { return 1; }
  function inner() { return 2; }
  return inner();
}
log(outer());

//# a nested declaration has the name of a var
function outer() {
  var inner;
  log(typeof inner);
  function inner() {}
  var inner = 3;
  return typeof inner;
}
log(outer());

//# a nested declaration has the name of a var in a block
function outer() {
  function g() { return "g"; }
  { var g; }
  return typeof g;
}
log(outer());

//# a nested declaration has the name of a loop's var
function outer() {
  function i() {}
  for (var i = 0; i < 2; i++);
  return i;
}
log(outer());

//# a nested declaration has the name of a parameter
function outer(inner) {
  log(typeof inner, typeof arguments[0]);
  function inner() {}
  return typeof inner;
}
log(outer(1));

//# a nested declaration has the name of a parameter in strict code
function outer(inner) {
  "use strict";
  function inner() {}
  return typeof inner + typeof arguments[0];
}
log(outer(1));

//# a nested declaration is called arguments
function outer() {
  function arguments() { return "mine"; }
  return typeof arguments;
}
log(outer(1));

//# a nested declaration has the name of the function
function f() { function f() { return "inner"; } return f(); }
log(f());

//# nested declarations of every kind
function outer() {
  return [inspectKind(a), inspectKind(b), inspectKind(c), inspectKind(d)];
  function a() {} async function b() {} function* c() {} async function* d() {}
}
log(outer());

//# functions in blocks of sloppy code are also vars of the function
function outer() {
  log(typeof inner);
  { function inner() { return 1; } }
  return inner();
}
log(outer());

//# functions in blocks of strict code stay in the block
function outer() {
  "use strict";
  { function inner() { return 1; } log(inner()); }
  return typeof inner;
}
log(outer());

//# functions in an if without a block
function outer(x) {
  if (x) function inner() { return "then"; }
  else function inner() { return "else"; }
  return typeof inner === "function" ? inner() : typeof inner;
}
log(outer(true), outer(false));

//# functions in a switch
function outer(x) {
  switch (x) { case 1: function one() { return 1; } break; default: return one(); }
  return one();
}
log(outer(1), outer(2));

//# functions in blocks at the top
log(typeof inner);
{ function inner() { return 1; } }
log(typeof inner, inner());

//# a block's function does not replace a parameter
function outer(inner) { { function inner() {} } return inner; }
log(outer("parameter"));

//# a block's function beside one of the body
function outer() {
  function inner() { return "outer"; }
  { function inner() { return "block"; } }
  return inner();
}
log(outer());

//# a labelled function
function outer() {
  label: function inner() { return "labelled"; }
  return inner();
}
log(outer());

//# a labelled function at the top
label: function f() { return "labelled"; }
log(f());

//# globals made by declarations can be deleted or not as before
function f() {}
log(Object.getOwnPropertyDescriptor(globalThis, "f").configurable, delete globalThis.f, typeof f);

//# a function that replaces itself
function f() { f = () => "second"; return "first"; }
log(f(), f());

//# functions of one loop are distinct
const list = [];
for (let i = 0; i < 3; i++) list.push(() => i);
log(list.map((f) => f()), new Set(list).size);

//# immediately called functions
log((function () { return this === globalThis; })());
log((() => 1)(), (function () { return 2; }()), !function () { return false; }());
(async () => { log("async"); })();
void function () { log("void"); }();

//# new with a plain function
function A(x) { this.x = x; }
A.prototype.m = function () { return this.x; };
log(new A(4).m(), new A(1) instanceof A);

//# a plain function called with new returns an object
function A() { return { other: true }; }
log(new A());

//# a plain function called with new returns a primitive
function A() { this.own = 1; return 5; }
log(new A());

//# new.target
function f() { return new.target; }
function g() { this.t = new.target === g; }
log(f(), new g().t, Reflect.construct(g, [], f).t);

//# this in sloppy and strict code
function sloppy() { return typeof this; }
function strict() { "use strict"; return typeof this; }
log(sloppy.call(5), strict.call(5), sloppy.call(undefined), strict.call(undefined), sloppy.call(null));

//# this in arrows inside everything
const o = { m() { return [() => this, async () => this].map((f) => typeof f()); }, get x() { return (() => this === o)(); } };
log(o.m(), o.x);

//# bind, call and apply
function f(a, b) { return [this.x, a, b]; }
log(f.call({ x: 1 }, 2, 3), f.apply({ x: 1 }, [2, 3]), f.bind({ x: 1 }, 2)(3), f.bind(null).name);

//# functions carry their properties
function f() { return f.count++; }
f.count = 1;
f();
log(f.count, Object.keys(f));

//# functions in default parameters, templates and tags
const tag = (strings, ...values) => strings.raw.join("|") + values.map((v) => v()).join();
log(tag`a${() => 1}b${function () { return 2; }}c`);
log(((f = () => "default") => f())());

//# getters are run each time
let n = 0;
const o = { get x() { return ++n; } };
log(o.x, o.x, o.x);

//# a static block calls functions
class A {
  static log = [];
  static { const f = () => this.log.push("block"); f(); }
  static { this.m(); }
  static m() { this.log.push("m"); }
}
log(A.log);

//# a getter on a class is inherited
class A { get x() { return this.y; } }
class B extends A { y = 5; }
log(new B().x);

//# Symbol.iterator and friends as methods
class Range {
  constructor(n) { this.n = n; }
  *[Symbol.iterator]() { for (let i = 0; i < this.n; i++) yield i; }
  get [Symbol.toStringTag]() { return "Range"; }
  [Symbol.toPrimitive](hint) { return hint === "number" ? this.n : "range"; }
  static [Symbol.hasInstance](x) { return x === 5; }
}
const r = new Range(3);
log([...r], String(r), +r, Object.prototype.toString.call(r), 5 instanceof Range);

//# callbacks of built-ins
log([3, 1, 2].sort((a, b) => a - b), [1, 2].map(function (x) { return this.k * x; }, { k: 2 }));
log("abc".replace(/b/, (m) => m.toUpperCase()), JSON.stringify({ toJSON() { return "json"; } }), JSON.parse("[1]", (k, v) => (Array.isArray(v) ? v : v + 1)));
log(Array.from({ length: 2 }, (_, i) => i), Object.fromEntries([["a", 1]].map(([k, v]) => [k, v + 1])));

//# a function is its own span for each call
//: spans f[g g] g
function g() {}
function f() { g(); g(); at("f"); }
f();
g();

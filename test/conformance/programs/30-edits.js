//# keywords right before operands
const o = {};function f(x){if(x)return/a/;else return"b"}async function g(){await(1);await[2];await"3";for await(const x of[1])log(x);return(4)}function*h(){yield(1);yield[2];yield"3";yield/re/;yield`t`;yield*(function*(){yield 5})()}
log(String(f(1)),f(0),[...h()].length);g().then(log);

//# several edits at one position
async function f() { return await (await (await 1)); }
async function* g() { return yield await 1; }
const h = async () => await (await (async () => await 1)());
f().then(log); h().then(log); g().next().then(log);

//# nested awaits, yields and calls
async function id(x) { return x; }
async function f() { return await id(await id(await id(1) + await id(2)) * await id(3)); }
function* g() { return yield (yield (yield 1) + (yield 2)) * (yield 3); }
f().then(log);
const it = g();
let r = it.next();
while (!r.done) r = it.next(r.value);
log(r.value);

//# parentheses round everything
const f = (((x) => ((x)))), g = ((async (x) => ((await ((x)))))), h = ((((function () { return ((1)); }))));
log(f(1), h());
g(2).then(log);

//# await with operators
async function f(a, b) { return [-await a, !await b, typeof await a, void await a, await a + await b, (await a) ** (await b), await a ? await b : 0, await a, ...await [1], `${await a}`, await a in { 1: 1 }, await a instanceof Object]; }
f(1, 2).then(log, log);

//# the exponent of an await
async function f() { return [2 ** await 3, (await 2) ** 3]; }
f().then(log);

//# await of a call, member, new, template and arrow
async function f(o) { return [await o.m(), await o["m"](), await new Promise((r) => r(3)), await o.t`x`, await (() => 5)(), (await o).v, (await o.p).q, await o?.m?.(), new (await o.C)().x]; }
f({ m() { return 1; }, t: () => 4, v: 6, p: Promise.resolve({ q: 7 }), C: class { constructor() { this.x = 8; } } }).then(log);

//# yield as the last thing before different ends
function* g() { const a = [yield, yield]; const o = { a: yield, b: yield }; f(yield, yield); const t = `${yield}`; const c = (yield) ? 1 : 2; for (const x of (yield, [])); return yield }
function f() {}
const it = g();
let n = 0;
while (!it.next(n).done) n++;
log(n);

//# yield and arrows, objects and functions as operands
function* g() { yield () => 1; yield { a: 1 }; yield function () { return 2; }; yield class { constructor() { this.x = 3; } }; yield async () => 4; yield (1, 2); yield a => a; yield* (yield, [5]); }
const out = [...g()];
log(out[0](), out[1], out[2](), new out[3]().x, typeof out[4], out[5], out[6](6), out.length);

//# return of objects, functions, sequences, templates and awaits
function a() { return { a: 1 } } function b() { return function () { return 2 } } function c() { return 1, 2 } function d() { return `${1}` } const e = () => { return { get x() { return 1 } } }; async function f() { return await 1, await 2 }
log(a(), b()(), c(), d(), e().x);
f().then(log);

//# return with operators of low precedence
let x;
function f(a) { return a ? 1 : 2 } function g(a) { return x = a } function h(a) { return a, x } function i(a) { return a => a } function j(a) { return a ?? 1 } function k(a) { return a || 2, 3 }
log(f(0), g(5), h(1), i()(7), j(null), k(0));

//# a return in front of a comment and a brace
function f() { return /* a */ 1 /* b */ } function g() { return 1 // c
} function h() { return(/* d */ 2 /* e */) } function i(x) { if (x) { return 1/* f */} return/* g */}
log(f(), g(), h(), i(1), i(0));

//# statements without semicolons before edits
async function f() { let a = 1
  await a
  let b = await a
  ;[1].map((x) => log(x))
  ;(await log)("called")
  return b
}
f().then(log)

//# ASI before brackets, parentheses, templates and regular expressions
function f() { let a = () => 1
  ;`t`.length
  a
  /1/g
  return a }
var g = 2;
function h() { const x = 1
  const y = 2
  return x
  + y }
log(h());

//# do while, if else and loops without braces around awaits
async function f() { let n = 0; do n += await 1; while (n < await 3); if (await true) n += await 10; else n -= await 1; for (let i = await 0; i < await 2; i += await 1) n++; while (await false); for (const k in await { a: 1 }) n += await k.length; return n; }
f().then(log);

//# for await without braces, with an empty body and nested
async function f() { for await (const x of [1]) for await (const y of [2]) log(x, y); for await (const x of [3]); for await (const x of [4]) if (x) log(x); else log("no"); label: for await (const x of [5]) { for (;;) continue label; } log("end"); }
f();

//# for await in an if without braces and as a labelled statement
async function f(x) { if (x) for await (const y of [1]) log(y); else for await (const y of [2]) log(y); outer: for await (const a of [1, 2]) inner: for await (const b of [3, 4]) { if (b === 4) continue outer; log(a, b); } }
f(1).then(() => f(0));

//# for await with a var that is seen afterwards and closures over let
async function f() { for await (var x of [1, 2]); const fs = []; for await (let y of [3, 4]) fs.push(() => y); return [x, fs.map((g) => g())]; }
f().then(log);

//# catch clauses that await, yield and nest
async function f() { try { await Promise.reject(1); } catch (a) { try { await Promise.reject(a + 1); } catch (b) { return [a, await b]; } finally { await 0; } } }
function* g() { try { yield 1; } catch { yield 2; } finally { yield 3; } }
f().then(log);
const it = g();
log(it.next(), it.throw(0), it.next(), it.next());

//# a catch whose parameter has defaults that await
async function f() { try { throw {}; } catch ({ a = await 1, b = await 2 }) { return [a, b]; } }
f().then(log);

//# a catch block that declares the helpers' names
async function f() { try { await Promise.reject(1); } catch (__errspan_s) { let __errspan = 2; await 0; return [__errspan_s, __errspan]; } }
f().then(log);

//# directives behind the first, and functions on one line with others
function f(){"use strict";return this}function g(){'a';'b';return this===undefined}var h=function(){"use strict"};log(f(),g(),h())

//# object literals full of functions
const o = { a() {}, b: () => {}, c: function () {}, async d() {}, *e() {}, async *f() {}, get g() { return 1 }, set g(v) {}, ["h"]() { return 2 }, 1() { return 3 }, "s t"() { return 4 }, async *["i"]() { yield 5 }, get() { return 6 }, set() { return 7 }, async() { return 8 }, await() { return 9 }, static() { return 10 } };
log(o.g, o.h(), o[1](), o["s t"](), o.get(), o.set(), o.async(), o.await(), o.static());

//# classes with contextual keywords as names
class A { get() { return 1 } set() { return 2 } static() { return 3 } async() { return 4 } static get get() { return 5 } static set set(v) {} static static() { return 6 } static async async() { return 7 } async *of() { yield 8 } get 'quoted'() { return 9 } static 5() { return 10 } accessor() { return 11 } }
const a = new A();
log(a.get(), a.set(), a.static(), a.async(), A.get, A.static(), a.quoted, A[5](), a.accessor());

//# strings and comments that look like code
function f() { /* function g() { return */ const s = "function h() {"; const t = `function ${"i"}() {`; // async () => {
  const r = /function\(\) \{/; return [s, t, r.source]; }
log(f());

//# a function with an unusual name position
const f = function/* a */ name /* b */ (/* c */) /* d */ { /* e */ return 1 /* f */ } /* g */;
const g = async /* a */ (/* b */ x /* c */) /* d */ => /* e */ x /* f */;
class A { /* a */ static /* b */ async /* c */ * /* d */ m /* e */ ( /* f */ ) /* g */ { /* h */ yield 1 /* i */ } }
log(f());
g(2).then(log); A.m().next().then(log);

//# immediately returning arrows in arguments, defaults and computed keys
const f = (a = () => 1, { b = async () => 2 } = {}, [c = () => 3] = []) => ({ [(() => "k")()]: a() + c(), b });
log(f().k);
f().b().then(log);

//# an arrow body that is an arrow with a body that is an object
const f = () => () => ({ a: () => ({ b: () => [] }) });
log(f()().a().b());

//# arrows in conditional, comma and assignment positions
let a, b;
const f = true ? (x) => x : (y) => y, g = (a = (x) => x + 1, a);
b = a ? (() => 1) : (() => 2);
log(f(1), g(1), b());

//# arrows whose body ends a line without a semicolon
const a = () => 1
const b = (x) => x
const c = () => ({})
const d = async () => await 1
log(a(), b(2), c())

//# an expression body with in and of inside a for head
for (const f = () => ("a" in { a: 1 }); ; ) { log(f()); break; }
for (const x of [() => 1, () => 2]) log(x());

//# template literals with functions and awaits inside
async function f() { return `a${await 1}b${`c${await 2}`}${(() => `d${3}`)()}`; }
f().then(log);

//# very many functions on one line
const fs = [()=>1,()=>2,()=>3,()=>4,()=>5,()=>6,()=>7,()=>8,()=>9,()=>10,()=>11,()=>12].map((f)=>f());log(fs);

//# a semicolon-less file that begins with a parenthesis
(function () { log("first") })()
;(() => log("second"))()

//# a file that begins with a function on its first line
function f() { return 1 } log(f())

//# a function whose body begins with a regular expression, a template or brackets
function f() { /x/.test("x"); return 1 } function g() { `t`; return 2 } function h() { [1].map((x) => x); return 3 } function i() { (1); return 4 } function j() { +1; return 5 } function k() { { } return 6 } function l() { ({}).x; return 7 }
log(f(), g(), h(), i(), j(), k(), l());

//# a function whose body ends in odd statements
function f() { if (0); } function g() { while (0); } function h() { x: ; } function i() { for (;;) break } function j() { do ; while (0) } function k() { var a = 1 } function l() { class A {} } function m() { function n() {} } function n() { throw 1 }
log(f(), g(), h(), i(), j(), k(), l(), m());
try { n() } catch (e) { log(e) }

//# empty bodies
function f() {} const g = () => {}; async function h() {} function* i() {} async function* j() {} class A { constructor() {} m() {} static s() {} get x() {} set x(v) {} }
log(f(), g(), [...i()], new A().m(), A.s(), new A().x);
h().then(log);
j().next().then(log);

//# bodies that end in comments
function f() { return 1 // end
}
function g() { return 2 /* end */ }
function h() { // only a comment
}
const i = () => { /* nothing */ };
const j = () => 5 /* after */;
const k = () => 6 // after
log(f(), g(), h(), i(), j(), k());

//# bodies without semicolons
function f() { let a = 1
  return a }
function g() { f()
  f() }
const h = () => f()
log(f(), g(), h())

//# bodies on one line
function f(){return 1}function g(){return f()}log(g())

//# a space after keywords
function f(){return"x"}function g(){return[1]}function h(){return(1)}function i(){return/re/.source}function j(){return-1}function k(){return!0}function l(){return`t`}
log(f(), g(), h(), i(), j(), k(), l());

//# a space after await, yield and yield*
async function f(){return[await"x",await[1],await(2),await/re/.source,await-1,await`t`]}
function*g(){yield"x";yield[1];yield/re/.source;yield(2);yield-1;yield*[3];yield*"ab"}
f().then(log);
log([...g()]);

//# keywords followed by comments
async function f() { return/* a */await/* b */1/* c */; }
function* g() { yield/* a */1; yield/* b */* /* c */[2]; return/* d */3; }
f().then(log);
log([...g()]);

//# expression bodies of every sort
const object = () => ({ a: 1 }), sequence = () => (1, 2), regex = () => /re/g, template = () => `t${1}`, nested = () => () => 1, array = () => [1], call = () => log("called"), conditional = (x) => x ? 1 : 2, assignment = (x) => x = 3, unary = () => void 0, fn = () => function () { return 4; }, cls = () => class { constructor() { this.x = 1; } }, inop = (k) => k in { a: 1 }, arrowCall = () => (() => 5)();
log(object(), sequence(), String(regex()), template(), nested()(), array(), call(), conditional(0), assignment(), unary(), fn()(), new (cls())().x, inop("a"), arrowCall());

//# expression bodies in parentheses and comments
const a = () => /* before */ ( /* inside */ ({ x: 1 }) /* after */ ), b = () => ((((2)))), c = () => // line
  3, d = () =>
  ( // open
    4 // close
  );
log(a(), b(), c(), d());

//# expression bodies followed by other things
const list = [() => 1, () => 2], o = { a: () => 3, b: () => 4 };
log(list.map((f) => f()), o.a(), o.b(), ((a = () => 5) => a())());
const t = true ? () => 6 : () => 7;
log(t());

//# an arrow's expression body is a pattern assignment
const f = (o) => ({ a: o.x } = { a: 1 });
const target = {};
log(f(target), target.x);

//# return followed by a new line
function f() { return
  1; }
log(f());

//# return with an expression over several lines
function f() { return (
  1 +
  2
); }
function g() { return [
  1,
].length; }
log(f(), g());

//# return in finally replaces
function f() { try { return "try"; } finally { return "finally"; } }
function g() { try { throw new Error("lost"); } finally { return "finally"; } }
log(f(), g());

//# a bare return in finally replaces
function f() { try { return "try"; } finally { return; } }
function g() { try { throw new Error("lost"); } finally { return; } }
log(f(), g());

//# a replaced throw is no error of the span
//: spans f
function f() { try { throw new Error("lost"); } finally { return "finally"; } }
log(f());

//# break and continue in finally
function f() { for (const i of [1, 2]) { try { throw new Error("lost"); } finally { if (i === 1) continue; break; } } return "end"; }
function g() { label: { try { return "try"; } finally { break label; } } return "end"; }
log(f(), g());

//# throw in finally replaces
function f() { try { throw new Error("first"); } finally { throw new Error("second"); } }
try { f(); } catch (error) { log(error); }

//# nested finally blocks run in order
function f() { try { try { return log("value"); } finally { log("inner"); } } finally { log("outer"); } }
log(f());

//# the span ends after the body's own finally blocks
//: spans f[last]
function last() { at("last"); }
function f() { try { return 1; } finally { at("f"); last(); } }
f();

//# catch without a binding and with a pattern
function f() { try { throw { a: 1 }; } catch { return "caught"; } }
function g() { try { throw { a: 1, b: [2] }; } catch ({ a, b: [c] }) { return [a, c]; } }
log(f(), g());

//# labels, breaks and continues
function f() { const out = []; outer: for (let i = 0; i < 3; i++) { for (let j = 0; j < 3; j++) { if (j === 1) continue outer; if (i === 2) break outer; out.push([i, j]); } } return out; }
log(f());

//# a label around everything in a body
function f() { all: { if (true) break all; log("not reached"); } return "end"; }
log(f());

//# switch with fall through and return
function f(x) { switch (x) { case 1: log("one"); case 2: return "two"; default: return "other"; } }
log(f(1), f(2), f(3));

//# loops of every kind
function f() { const out = []; for (const k in { a: 1, b: 2 }) out.push(k); for (const x of [1, 2]) out.push(x); let i = 0; while (i < 2) out.push(i++); do { out.push("do"); } while (false); for (;;) { break; } return out; }
log(f());

//# a for of loop closes its iterator on return and throw
const iterable = () => ({ [Symbol.iterator]() { return this; }, next: () => ({ value: 1, done: false }), return: () => { log("closed"); return {}; } });
function f() { for (const x of iterable()) return x; }
function g() { for (const x of iterable()) throw new Error("in the loop"); }
log(f());
try { g(); } catch (error) { log(error); }

//# deep nesting of functions
const f = () => () => () => () => () => () => () => () => "deep";
log(f()()()()()()()());

//# functions inside template literals, classes and defaults inside functions
function f() { return `${(() => `${(() => "inner")()}`)()}`; }
function g(x = class { static m() { return () => "m"; } }) { return x.m()(); }
log(f(), g());

//# a regular expression, a division and braces in strings
function f(a) { const r = /}/.test("}"); return [r, a / 2 / 1, "}", '}', `}`, `${"}"}`]; }
log(f(4));

//# HTML-like comments
function f() { var x = 1;
<!-- a comment
  return x
--> another
}
log(f());

//# a sequence as a statement, a comma in return
function f() { return log(1), log(2); }
log(f());

//# optional chaining, nullish and logical assignment
function f(o) { o.a ??= 1; o.b ||= 2; o.c &&= 3; return [o?.a, o?.x?.y, o.z?.(), o]; }
log(f({ c: 1 }));

//# debugger, empty statements and blocks
function f() { debugger;;;{}{;} return 1; }
log(f());

//# numeric separators, big integers and unicode escapes
function f() { return [1_000, 10n ** 20n, "\u{1F600}", "\u0041", \u0061bc()]; }
function abc() { return "abc"; }
log(f());

//# unusual line ends
function f() { return 1; }
log(f());

//# identifiers of other scripts
function größe(ñ) { return ñ + 1; }
const 变量 = () => "中", $_ = () => "$";
log(größe(1), 变量(), $_());

//# a function that is one very long line
function f(a) { a += 1; a += 1; a += 1; a += 1; a += 1; a += 1; a += 1; a += 1; a += 1; a += 1; a += 1; a += 1; a += 1; a += 1; a += 1; a += 1; a += 1; return a; }
log(f(0));

//# code after return and throw
function f() { return g(); function g() { return "hoisted"; } }
function h() { throw new Error("thrown"); var never = 1; }
log(f());
try { h(); } catch (error) { log(error); }

//# if without braces around return
function f(x) { if (x) return "yes"; else return "no"; }
function g(x) { if (x) return; return "no"; }
function h(x) { while (x) return "loop"; do return "do"; while (0); }
log(f(1), f(0), g(1), g(0), h(1), h(0));

//# arrow bodies that begin with keywords
const a = () => typeof 1, b = () => void 0, c = async () => await 1, d = () => new (class { constructor() { this.x = 1; } })(), e = () => delete {}.x, g = () => class {}.name, h = () => async () => 1;
log(a(), b(), d().x, e(), g(), typeof h());
c().then(log);

//# the value of a script
(function () { return 1; })();
log(eval("(function () { return 2; })()"), eval("1; function f() {}"), eval("() => 1")());

//# returns that something follows
//: spans f[g] h[h.[Symbol.iterator] h.[Symbol.iterator].next h.[Symbol.iterator].return] i[i.a.[Symbol.dispose]] j[g] k l
function g() { at("g"); return 1; }
function f() { try { return log("f"); } finally { at("f"); log(g()); } }
function h() {
  for (const x of { [Symbol.iterator]() { return { next() { return { value: 1 }; }, return() { at("h.[Symbol.iterator].return"); log("closed"); return {}; } }; } }) {
    if (x) return log("h", x);
  }
}
function i() { { using a = { [Symbol.dispose]() { log("disposed"); } }; if (a) return; } }
function j() { l: for (;;) { try { try { return; } finally { break l; } } finally { at("j"); } } log(g()); }
function k() { try { throw 1; } catch { return log("k"); } finally { at("k"); } }
function l() { try { return log("first"); } finally { at("l"); return "second"; } }
f(); h(); i(); j(); k(); log(l());
at(null);

//# errors that what follows a return throws
//: spans f![g!] h![h.[Symbol.iterator] h.[Symbol.iterator].next h.[Symbol.iterator].return!]
function g() { throw new Error("g"); }
function f() { try { return 1; } finally { at("f"); g(); } }
function h() {
  for (const x of { [Symbol.iterator]() { return { next() { return { value: 1 }; }, return() { throw new Error("closing"); } }; } }) return x;
}
for (const each of [f, h]) try { log(each()); } catch (error) { at(null); log(error.message); }

//# every way to leave a body
//: spans f f f f f f f! g g o.set x o.set x A.constructor A.constructor h[h.g2]
function f(how) {
  if (how === 1) return;
  if (how === 2) return 2
  else if (how === 3) { return { how } }
  l: { if (how === 4) break l; switch (how) { case 5: return; case 6: throw new Error("six"); default: while (true) { if (how) break; return [how]; } } }
  at("f");
}
for (const how of [0, 1, 2, 3, 4, 5]) log(f(how));
try { f(6); } catch (error) { log(error.message); }
const g = (x) => x ? log("g") : undefined;
g(1); g(0);
const o = { set x(v) { if (v) return; log("set"); } };
o.x = 0; o.x = 1;
class A { constructor(v) { this.v = v; if (v) return; this.w = v; } }
log(new A(1), new A(0));
function h() { try { return g2(); } catch { return "caught"; } function g2() { return 3; } }
log(h());
at(null);

//# every way to leave an async body
//: spans <anonymous>[f f f f f f! <anonymous> f! <anonymous> g[i] h[i] k m m.a.[Symbol.asyncDispose][i] n]
const i = async (x) => { await null; return x; };
async function f(how) {
  if (how === 1) return;
  await sleep();
  if (how === 2) return await 2
  else if (how === 3) { await null; return { how: await how } }
  l: { if (how === 4) { await null; break l; } switch (how) { case 5: throw await new Error("five"); case 6: return Promise.reject(new Error("six")); default: while (true) { if (how) break; return [await how]; } } }
  at("f");
}
async function g() { try { return await i(1); } finally { at("g"); await null; at("g"); } }
async function h() { for (const x of [1]) { return i(x); } }
async function k() { for await (const x of [1]) { at("k"); return x; } }
async function m() { await using a = { async [Symbol.asyncDispose]() { await i(); log("disposed"); } }; return; }
const n = async () => (await 1, await 2) + (await 3);
(async () => {
  for (const how of [0, 1, 2, 3, 4, 5, 6]) await f(how).then(log, (error) => log(error.message));
  for (const each of [g, h, k, m, n]) log(await each());
})();

import { describe, expect, it } from "vitest";
import { rewritten, run } from "./rewriting.js";

/** Programs that a careless edit would break, or run otherwise. Each runs as it is and rewritten. */
const programs: Readonly<Record<string, string>> = {
  "statements that begin where a yield ended": `
    const log2 = (...x) => { log(...x); return [] };
    function* f() {
      yield
      (log("a"))
      yield
      [log("b")].length
      yield
      \`\${log("c")}\`
      yield
      /d/.test(log("d"))
      yield
      +log("e")
      const g = yield () => {}
      (log("f"))
      const h = yield yield
      [log("g")]
    }
    for (const x of f()) log(typeof x);`,
  "statements that begin where an await or a return value ended": `
    let n = 0;
    async function f() {
      await n++
      (log("a"))
      const x = await n--
      [log("b")]
      log(x)
      if (n) return n++
      (log("c"))
      return log("d"), n
    }
    function g(a) {
      if (a) return n++
      (log("e"))
      else_: { log("f") }
      do return () => {}
      while (a)
    }
    f().then(log); log(g(0)); log(typeof g(1));`,
  "directives that end by a line break": `
    function f() {
      'use strict'
      return this
    }
    function g() { "not; one" /* a */
      return typeof this }
    function h() {'use strict'}
    function i() { 'use strict' // a
      ;(log)(this)
    }
    function j() { ('use strict'); return typeof this }
    log(f(), g(), h(), i(), j());`,
  "labels, breaks and continues round for await": `
    async function f() {
      outer: for (const a of [1, 2, 3]) {
        a: b: for await (const x of [1, 2, 3, 4]) {
          if (x === 1) continue a
          if (x === 2) continue b;
          if (a === 1) continue outer;
          if (a === 3) break outer;
          log(a, x);
          if (x === 4) break b;
        }
        log("end", a);
      }
      if (true) for await (const x of [5]) log(x)
      else log("never")
      for await (var y of [6]) ; log(y);
      for await (const x of [7]) function_(x); function function_(x) { log(x) }
      l: if (y) { for await (const x of [8]) break l; log("never") }
      return "done";
    }
    f().then(log, log);`,
  "functions of the body that use its variables and each other": `
    function f(a) {
      const b = 1; let c = 2; class D { x = g() }
      log(g(), h.name, new D().x, typeof i);
      { function i() {} }
      function g() { return typeof b + c + a }
      function* h() {}
      return typeof i;
    }
    log(f(3));`,
  "functions that a parameter cannot see": `
    var g = () => "outer";
    function f(a = () => g(), b = g()) { function g() { return "inner" } return [a(), b, g()] }
    log(f());`,
  "constructors of derived classes": `
    class A { constructor(a) { this.a = a; log("A", new.target.name) } }
    class B extends A { x = log("field"); #y = 1; constructor(a) { log("before"); const b = a; super(b); log(this.a, b, this.#y) } }
    class C extends A { x = 1; constructor(a) { if (a) super(1); else { super(2) } log(this.a) } }
    class D extends A { x = 1; constructor() { super(() => this) ; return { d: this.x } } }
    class E extends A { x = 1; constructor() { } }
    class F extends A { x = 1; constructor(a) { if (a) return {}; super(); super() } }
    class G extends A { constructor() { return 1 } }
    new B(1); new C(0); new C(1); log(new D());
    for (const K of [E, F, G]) try { new K } catch (e) { log(e.name, e.message) }
    log(new F(1));`,
  "expression bodies in every wrapping": `
    const a = x => ({ x }), b = x => (x, 2), c = x => /* => */ (/* a */ (x)) /* b */ , d = x =>
      x + 1 // c
    const e = () => /=>/, f = (a = () => "=>", b = /=>\\)/) => a() + b, g = async x => await (await x), h = x => y => z => [x, y, z]
    const i = (x) => x ? y => y : async z => z, j = () => { }, k = () => \`\${(() => "t")()}\`
    log(a(1), b(1), c(1), d(1), e(), f(), h(1)(2)(3), i(1)(2), j(), k());
    g(Promise.resolve(1)).then(log);
    for (var l = x => ("a" in x), n = 0; n < 1; n++) log(l({ a: 1 }));
    const m = { f: x => x, ["k"]: async x => x, get g() { return () => 1 } }; log(m.f(1), m.g());
    log((x => x)\`t\`.length, [x => x].map(f => f(1)), (() => 1)() + (() => 2)());`,
  "awaits in class heads, decorators aside": `
    async function f() {
      class A extends (await Promise.resolve(Object)) { [await "m"]() { return 1 } static [await "s"] = this.name; static { this.t = (() => 2)() } }
      return [new A().m(), A.s, A.t];
    }
    f().then(log, log);`,
  "awaits with operators round them": `
    async function f(a, b) {
      return [(await a) ** 2, -await a, !await b, typeof await a, await a?.x?.y, (await b)?.["k"], delete (await b).k, new (await b).C().v, await b.t\`x\`, void await a,
        await a ? await a : 1, \`\${await a}\${await a}\`, { ...await b, [await a]: await a }, await (a, b) === b, (await b).f(await a, ...await [1]), await a in { 2: 1 }];
    }
    f(2, { k: 1, C: class { v = 3 }, t: () => 4, f() { return this.k } }).then(log, log);`,
  "try, catch and finally that override each other": `
    async function f(how) {
      l: try { try { await 1; if (how === "throw") throw new Error("a"); if (how === "return") return 1 } finally { await 2; log("inner"); if (how === "return") return 2 } }
      catch { log("caught"); await 3 }
      finally { log("outer"); if (how === "break") break l }
      return how;
    }
    f("throw").then(log); f("return").then(log); f("break").then(log);
    function g() { for (const x of [1, 2]) try { return x } finally { if (x === 1) continue; } }
    log(g());`,
  "generators that are driven from outside": `
    function* f() { try { const x = yield 1; log(x); yield* g() } catch (e) { log("caught", e); yield 3 } finally { log("finally"); yield 4 } return 5 }
    function* g() { try { yield 2 } finally { log("inner") } }
    let it = f(); log(it.next(), it.next("a"), it.throw("b"), it.next(), it.next(), it.next());
    it = f(); log(it.next(), it.return(6), it.next(), it.next());
    it = f(); log(it.return(7), it.next());
    async function* h() { try { const x = yield Promise.resolve(1); yield* f(); return Promise.resolve(x) } finally { await 1; log("h") } }
    (async () => { const it = h(); log(await it.next(), await it.next("y"), await it.return("z")); for await (const x of h()) { log(x); if (x === 4) break } })().then(log, log);`,
  "disposal": `
    const res = (name) => ({ [Symbol.dispose]() { log("dispose", name) }, async [Symbol.asyncDispose]() { log("async", name); await 1; log("gone", name) } });
    async function f() {
      using a = res("a"); await using b = res("b")
      { await using c = res("c"), d = res("d"); log("block") }
      for (await using e of [res("e1"), res("e2")]) { log("loop"); if (e) continue }
      try { await using f = res("f"); throw 1 } catch (x) { log("caught", x) }
      switch (1) { case 1: { await using g = res("g") } }
      return log("end");
    }
    f().then(() => log("settled"), log);`,
  "names and places": `
    const o = { async *a() { yield 1 }, get b() { return 2 }, set b(x) { log("set", x) }, async ["c" + 1]() { }, *[Symbol.iterator]() { yield this.b } };
    class A { static #p() { return 3 } static q = () => A.#p(); accessor = async () => this; 'x y'() { return super.toString === Object.prototype.toString } }
    log(o.a.name, Object.getOwnPropertyDescriptor(o, "b").get.name, o.c1.name, [...o], A.q(), new A().accessor.name, new A()["x y"]());
    o.b = 4; log(o.a.constructor.name, (async () => {}).constructor.name, o.a.length, ((a, b = 1) => {}).length);
    log(typeof hoisted, hoisted()); function hoisted() { return 5 } l: function labelled() { return 6 } log(labelled());
    function sloppy(a) { a = 2; arguments[0]++; var arguments_; return [a, arguments.length, arguments.callee === sloppy] } log(sloppy(1));
    function redeclared(arguments) { return arguments } log(redeclared(7)); function own() { var arguments; return typeof arguments } log(own());
    function fn() { function arguments() {} return typeof arguments } log(fn());
    async function let_() { var let_ = await 1
      ; let yield_ = 2; return [let_, yield_] } let_().then(log);
    if (true) function inIf() { return 8 } log(inIf()); { function inBlock() { return 9 } } log(inBlock());
    function evaluates(x) { var y = 1; eval("var z = x + y"); return z } log(evaluates(1));
    switch (1) { case 0: function inCase() { return 10 } default: log(inCase()) }`,
};

describe("a rewritten program does what it did", () => {
  it.each(Object.keys(programs))("with %s", async (name) => {
    const source = programs[name] ?? "";
    const code = rewritten(source);
    const expected = await run(source);
    expect(code).not.toBe(source);
    expect(expected).not.toEqual([]);
    expect(expected.filter((line) => line.startsWith("threw"))).toEqual([]);
    expect(await run(code)).toEqual(expected);
    // Errors and values alike must survive helpers that keep a state.
    expect(await run(code, { enter: () => ({}) })).toEqual(expected);
  });
});

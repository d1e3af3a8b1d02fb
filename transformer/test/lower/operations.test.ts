import { describe, expect, it } from "vitest";
import { lowerAll, lowered, operationsOf } from "./lowering.js";

describe("return values", () => {
  it("are looked at in plain functions, for they may be promises or Results", () => {
    expect(operationsOf("function f() { if (a) return b(); if (c) return; return c.d }")).toEqual([
      "returned b()",
      "exit",
      "returned c.d",
    ]);
  });

  it.each([
    "1", "'a'", "`${a}`", "/a/", "null", "undefined", "void a()", "typeof a", "!a()", "-a", "a + b", "a === b", "a in b",
    "a instanceof b", "i++", "[a, b]", "() => a", "function () {}", "a ? 1 : 'b'", "a() && 1, 2", "a = 1", "a += b",
    "!a || !b", "(1)", "(a(), 0)", "{ ok: false, a, 'b c': a(), 1: 2, get d() { return a }, e() {} }", "{}",
  ])("are not looked at where they can be no promise: %s", (expression) => {
    expect(operationsOf(`function f() { return (${expression}) }`)[0]).toMatch(/^done /);
    expect(operationsOf(`const f = () => (${expression})`)[0]).toMatch(/^done /);
    expect(operationsOf(`function f() { for (a of b) return (${expression}) }`)).toEqual([]);
  });

  it.each(["a", "a()", "this", "new A", "a.b", "a ? b : 1", "a || 1", "1 && a", "1, a", "a ??= 1", "a &&= 1", "a ||= 1", "a = b", "class {}", "import('a')", "a`b`", "{}.a", "new.target", "{ then: a }", "{ then() {} }", "{ 'then': a }", "{ get then() {} }", "{ [a]: b }", "{ ...a }", "{ __proto__: a }", "{ _promise: a }"])(
    "are looked at where they may be one: %s",
    (expression) => {
      expect(operationsOf(`function f() { return ${expression === "{}.a" ? "({}).a" : expression} }`)[0]).toMatch(/^returned /);
    },
  );

  it("are looked at through TypeScript's assertions", () => {
    expect(operationsOf("function f() { if (a) return 1 as T; if (b) return <T>2; if (c) return 3!; return g() satisfies T }", "module", "program.ts")).toEqual([
      "done 1 as T",
      "done <T>2",
      "done 3!",
      "returned g() satisfies T",
    ]);
  });

  it("are all looked at where a finally block may replace one by another", () => {
    expect(operationsOf("function f() { try { return g() } finally { return 1 } }")).toEqual(["returned g()", "returned 1"]);
    expect(operationsOf("function f() { try { return 1 } finally { h() } }")).toEqual([]);
  });

  it("are all looked at where they are captured", () => {
    const source = "/** @traced({ ret: true }) */ function f() { return 1 }\n/** @traced({ ret: true }) */ function* g() { return 2 }";
    expect(lowerAll(source).functions.map(({ operations }) => operations.length)).toEqual([1, 1]);
  });

  it("of async functions may be promises or Results too, and what was awaited a Result", () => {
    expect(operationsOf("async function f() { if (a) return b; return await c }")).toEqual(["resolved b", "resolved await c", "await await c"]);
  });

  it("of generators stay as they are, those of async generators are awaited", () => {
    expect(operationsOf("function* f() { return a }")).toEqual([]);
    expect(operationsOf("async function* f() { if (a) return; return 1 }")).toEqual(["suspend 1"]);
  });

  it("of an arrow function are its expression", () => {
    expect(operationsOf("const f = (x) => ((a, b))")).toEqual(["returned a, b"]);
    expect(operationsOf("const f = async (x) => await a")).toEqual(["await await a", "resolved await a"]);
  });

  it("inside a with statement stay as they are", () => {
    expect(operationsOf("function f() { with (o) return a }")).toEqual([]);
  });
});

describe("suspensions", () => {
  it("are those of the function itself, not of functions inside it", () => {
    expect(operationsOf("async function f() { await a; g(async () => await b, async function () { await c }, { async m() { await d } }) }")).toEqual(["await await a"]);
  });

  it("are also those in computed keys, heritage and decorators of classes inside it, which run in the function", () => {
    const source = "async function f() { class C extends (await a) { [await b]() {} static [await c] = 1; [await d] = await_ } }";
    expect(operationsOf(source)).toEqual(["await await a", "await await b", "await await c", "await await d"]);
  });

  it("are found in templates, defaults of patterns, and loop heads", () => {
    expect(operationsOf("async function f() { const { a = await b } = `${await c}`; for (const d of await e) ; for (await g; await h; await i) ; }")).toEqual(
      ["b", "c", "e", "g", "h", "i"].map((name) => `await await ${name}`),
    );
  });

  it("are yields of generators, with and without an operand", () => {
    expect(operationsOf("function* f() { yield; yield a; yield* b }")).toEqual(["yield yield", "yield yield a", "yield-delegate yield* b"]);
  });

  it("are the turns of for await, with all labels of the loop", () => {
    expect(operationsOf("async function f() { l: m: for await (const x of y) ; }")).toEqual(["for-await l: m: for await (const x of y) ;"]);
    expect(operationsOf("async function* f() { for await (const x of y) ; }")).toEqual(["for-await each for await (const x of y) ;"]);
  });

  it("are the disposals of await using", () => {
    expect(operationsOf("async function f() { await using a = b; }")).toEqual(["await-using await using a = b;"]);
    expect(operationsOf("async function f() { { await using a = b } }")).toEqual(["resume-after { await using a = b }", "await-using await using a = b"]);
    expect(operationsOf("async function f() { for (await using a of b) c }")).toEqual(["for-await each for (await using a of b) c"]);
    expect(operationsOf("async function f() { for (const a of b) c }")).toEqual([]);
  });
});

describe("catch and finally blocks", () => {
  const resumed = (source: string): string[] => operationsOf(source).filter((operation) => operation.startsWith("resume"));

  it("take the context again where something before them suspends", () => {
    expect(resumed("async function f() { try { await a } catch { b } finally { c } }")).toEqual(["resume-block { b }", "resume-block { c }"]);
    expect(resumed("function* f() { try { yield a } finally { c } }")).toEqual(["resume-block { c }"]);
    expect(resumed("async function f() { try { a } catch (e) { await b } finally { c } }")).toEqual(["resume-block { c }"]);
    expect(resumed("async function f() { try { for await (x of y) ; } catch { b }  }")).toEqual(["resume-block { b }"]);
    expect(resumed("async function* f() { try { return a } finally { c }  }")).toEqual(["resume-block { c }"]);
    expect(resumed("async function f() { try { { await using a = b } } catch { c } }")).toContain("resume-block { c }");
  });

  it("are left alone where nothing does", () => {
    expect(resumed("async function f() { await a; try { b } catch { c } finally { await d } }")).toEqual([]);
    expect(resumed("async function f() { try { g(async () => await b) } catch { c } }")).toEqual([]);
    expect(resumed("async function f() { try { return a } finally { c } }")).toEqual([]);
  });

  it("of the outer try take it again for an inner one", () => {
    expect(resumed("async function f() { try { try { await a } catch { b } } catch { c } }")).toEqual(["resume-block { b }", "resume-block { c }"]);
  });
});

describe("an await", () => {
  const forms = (statement: string, async = "async function"): string[] =>
    lowered(`${async} f() { ${statement} }`).operations.flatMap((operation) => (operation.type === "await" ? [operation.form] : []));

  it("is a call without its object where nothing begins with it", () => {
    expect(forms("a = await b; g(await c); (await d); if (await e) return (await h).i")).toEqual(["bare", "bare", "bare", "bare", "bare"]);
  });

  it("takes the context no more where nothing of the function comes behind it", () => {
    expect(forms("if (await a) return await await b; else return (await c); await d")).toEqual(["bare", "last", "bare", "last", "last"]);
  });

  it("takes it where something does", () => {
    expect(forms("using a = b; await c")).toEqual(["statement"]);
    expect(forms("for (const a of b) return await c")).toEqual(["bare"]);
    expect(forms("try { return await a } finally { b() }")).toEqual(["bare"]);
    expect(forms("{ await a } function b() {}")).toEqual(["statement"]);
  });

  it("is a statement of its own where it was one", () => {
    expect(forms("await a; if (b) await c; else await d\n l: await await e")).toEqual(["statement", "statement", "statement", "statement", "bare"]);
  });

  it("begins with a word where a statement does, which might else go on with the line before", () => {
    expect(forms("a\nawait b, await c\nawait d + e\nawait (f) || g")).toEqual(["call", "bare", "call", "call"]);
  });

  it("of an async generator is as its yields are", () => {
    expect(forms("a = await b; await c", "async function*")).toEqual(["call", "call"]);
  });
});

describe("a call ends", () => {
  const exits = (body: string, head = "function f()"): string => lowered(`${head} { ${body} }`, "script").exit;

  it.each([
    ["a(); return b"],
    ["throw a"],
    ["if (a) return b; else throw c"],
    ["if (a) { b(); return c } else if (d) { return } else return e"],
    ["{ { return a } }"],
    ["try { return a } catch { throw b }"],
    ["return a; function b() {}"],
    ["for (;;) a()"],
    ["while (true) { if (a) return b; c(() => { for (;;) break }) }"],
    ["do { if (a) continue; b() } while (true)"],
    ["switch (a) { case b: c(); case d: return e; default: throw f }"],
  ])("by its returns where its end is never reached: %s", (body) => {
    expect(exits(body)).toBe("return");
    expect(exits(body, "async function f()")).toBe("return");
  });

  it.each([
    [""],
    ["a()"],
    ["if (a) return b"],
    ["if (a) return b; else c()"],
    ["if (a) b(); else return c"],
    ["try { return a } catch { b() }"],
    ["try { a() } catch { return b }"],
    ["try { return a } catch {}"],
    ["l: { break l; return a }"],
    ["while (a) { if (b) break; return c }"],
    ["while (true) { if (b) break; return c }"],
    ["l: { for (;;) { for (;;) break l } }"],
    ["switch (a) { case b: return c }"],
    ["switch (a) { default: return b; case c: d() }"],
    ["switch (a) { case b: break; default: return c }"],
    ["switch (a) { case b: return c; default: }"],
    ["return a; var b"],
    ["try { a() } finally { b() }"],
    ["for (const a of b) c()"],
    ["function b() { try { return 1 } finally {} }"],
    ["a(() => { for (b of c) return d })"],
  ])("by its returns and behind its end where that may be reached: %s", (body) => {
    expect(exits(body)).toBe("end");
    expect(exits(body, "async function f()")).toBe("end");
  });

  it.each([
    ["try { return a } finally { b() }"],
    ["try { a() } catch { return b } finally { c() }"],
    ["try { a() } finally { return b }"],
    ["try { try { return } catch {} } finally { c() }"],
    ["for (const a of b) return a"],
    ["for (a of b) if (c) { d(); return }"],
    ["{ using a = b; return a }"],
    ["using a = b; c(); return"],
    ["for (using a of b) { return }"],
    ["for (using a = b; ; ) return a"],
  ])("in a finally where something runs behind a return: %s", (body) => {
    expect(exits(body)).toBe("finally");
    expect(exits(body, "async function f()")).toBe("finally");
  });

  it("in a finally where it returns inside a with", () => {
    expect(exits("with (a) return b")).toBe("finally");
    expect(exits("with (a) b(); return c")).toBe("return");
  });

  it("in a finally where it may be told to return", () => {
    expect(exits("return a", "function* f()")).toBe("finally");
    expect(exits("return a", "async function* f()")).toBe("finally");
  });

  it("behind a loop that awaits, unless it returns inside", () => {
    expect(exits("for await (const a of b) c(); return d", "async function f()")).toBe("return");
    expect(exits("for await (const a of b) return a", "async function f()")).toBe("finally");
    expect(exits("await using a = b; c()", "async function f()")).toBe("end");
    expect(exits("await using a = b; return c", "async function f()")).toBe("finally");
  });

  it("by the expression of an arrow function", () => {
    expect(lowered("const f = () => a").exit).toBe("return");
    expect(lowered("const f = async () => await a").exit).toBe("return");
  });
});

describe("where the traced part begins", () => {
  const before = (source: string, filename?: string): string => {
    const { functions } = lowerAll(source, "module", filename);
    const planned = functions.find(({ kind }) => kind === "constructor") ?? functions[0];
    return planned ? source.slice(planned.expressionBody ? planned.node.start : planned.body.start, planned.begin) : "";
  };

  it("is behind the directives", () => {
    expect(before("function f() { 'use strict'; 'use server'\n g() }")).toBe("{ 'use strict'; 'use server'");
    expect(before("function f() { g(); 'use strict' }")).toBe("{");
  });

  it("is behind the arrow of an expression body, wherever arrows stand before that", () => {
    expect(before("const f = (a = () => '=>', /* => */ b = (c) => d,) /* => */ => a => b")).toBe("(a = () => '=>', /* => */ b = (c) => d,) /* => */ =>");
    expect(before("const f = async <T extends () => 1>(a: () => void): Promise<() => T> => g", "program.ts")).toBe("async <T extends () => 1>(a: () => void): Promise<() => T> =>");
    expect(before("const f = () => // =>\n g")).toBe("() =>");
  });

  it("is behind super in a derived class that initialises fields", () => {
    expect(before("class C extends B { x = 1; constructor(a) { const b = a; super(b); this.y = b } }")).toBe("{ const b = a; super(b);");
    expect(before("class C extends B { constructor(private a: A) { super(a) } }", "program.ts")).toBe("{ super(a)");
  });

  it("is the start of the body of every other constructor", () => {
    expect(before("class C extends B { constructor(a) { super(a); this.y = b } }")).toBe("{");
    expect(before("class C { x = 1; constructor(a) { this.y = b } }")).toBe("{");
    expect(before("class C extends B { x = 1; constructor(a) { if (a) super(1); else super(2) } }")).toBe("{");
  });

  it("leaves alone what returns before super", () => {
    expect(lowerAll("class C extends B { x = 1; constructor(a) { if (a) return a; super(); return a.b } }").functions.at(-1)?.operations).toHaveLength(1);
  });
});

describe("parameter lists", () => {
  const inParameters = (source: string, filename?: string): string[] =>
    operationsOf(source, undefined, filename).filter((operation) => operation.startsWith("parameter "));

  it.each(["a()", "new A", "a.b", "a?.[0]", "a`b`", "[...a]", "{ b: a.c }", "a in b", "a instanceof b", "`${a()}`", "class A extends b() {}", "(1, a())"])(
    "are watched where a default may throw: %s",
    (value) => {
      const inner = value.replace(/^\((.*)\)$/, "$1");
      for (const source of [`function f(x = ${value}) {}`, `const f = ({ x: [x = ${value}] }) => 1`, `class A { constructor(...[x = ${value}]) {} }`.replace("constructor", "f")]) {
        expect(inParameters(source)).toEqual([`parameter ${inner}`]);
      }
    },
  );

  it.each(["1", "a", "undefined", "{}", "[]", "[a, 1]", "{ a, b: 1 }", "() => a()", "function () { a() }", "a ? b : c", "a ?? 1", "`text`", "!a", "a + 1", "this", "class { [a()]() {} }"])(
    "stay as they are where no default does: %s",
    (value) => expect(inParameters(`function f(x = ${value}) {}`)).toEqual([]),
  );

  it("stay as they are where eval declares in them", () => {
    expect(inParameters("function f(x = [eval('var y'), a()]) {}")).toEqual([]);
    expect(inParameters("function f(x = a(() => eval('var y'))) {}")).toEqual(["parameter a(() => eval('var y'))"]);
  });

  it("are watched in computed keys of patterns", () => {
    expect(inParameters("function f({ [a()]: b = c(), ...d }, { e }) {}").sort()).toEqual(["parameter a()", "parameter c()"]);
  });

  it("are watched through TypeScript's assertions and parameter properties", () => {
    expect(inParameters("class A { f(x = a() as T, y = 1 as T) {} }", "program.ts")).toEqual(["parameter a() as T"]);
    const { functions } = lowerAll("class A { constructor(private x = a()) {} }", "module", "program.ts");
    expect(functions[0]?.operations).toEqual([{ type: "parameter", node: { start: 34, end: 37 } }]);
  });
});

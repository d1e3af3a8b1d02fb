import { describe, expect, it } from "vitest";
import { lowerAll, refusalsIn } from "./lowering.js";

/** Each program that is refused stands beside one that differs in a detail and is traced. */
const cases: readonly { why: string; refused: string; name: string; code: string; traced: readonly string[] }[] = [
  {
    why: "asm.js code",
    refused: "function f() { 'use asm'; function g() { return 1 | 0 } return g }",
    name: "f ERRSPAN1001,f.g ERRSPAN1001",
    code: "",
    traced: ["function f() { 'use strict'; function g() { return 1 | 0 } return g }", "function f() { g(); 'use asm' }"],
  },
  {
    why: "functions inside a with statement",
    refused: "with (o) { f = function () { return 1 } }",
    name: "f",
    code: "ERRSPAN1002",
    traced: ["with (function f() { return 1 }) { g() }", "function f() { with (o) { return x } }"],
  },
  {
    why: "a suspension inside a with statement",
    refused: "async function f() { with (o) { await x } }",
    name: "f",
    code: "ERRSPAN1003",
    traced: ["async function f() { with (await o) { return x } }", "function* f() { with (o) { x } yield 1 }"],
  },
  {
    why: "an async generator that returns inside a with statement",
    refused: "async function* f() { with (o) return x }",
    name: "f",
    code: "ERRSPAN1003",
    traced: ["async function* f() { with (o) return }"],
  },
  {
    why: "a function of the body that is also a variable in a nested block",
    refused: "function f() { function g() {} { var g = 2 } return g }",
    name: "f",
    code: "ERRSPAN1004",
    traced: ["function f() { function g() {} { let g = 2 } return g }", "function f() { { function g() {} } var h }"],
  },
  {
    why: "a function of the body that is also a variable of a loop, destructured",
    refused: "function f() { for (var { a: [g = 1] } of x) ; function g() {} }",
    name: "f",
    code: "ERRSPAN1004",
    traced: ["function f() { for (const { a: [g = 1] } of x) ; function g() {} }"],
  },
  {
    why: "a labelled function of the body that is also a variable",
    refused: "function f() { l: m: function g() {} var g }",
    name: "f",
    code: "ERRSPAN1004",
    traced: ["function f() { l: m: function g() {} var h }"],
  },
  {
    why: "a function declared twice in strict code",
    refused: "function f() { 'use strict'; function g() {} function g() {} }",
    name: "f",
    code: "ERRSPAN1005",
    traced: ["function f() { function g() {} function g() {} }"],
  },
  {
    why: "an async function declared again",
    refused: "function f() { async function g() {} function g() {} }",
    name: "f",
    code: "ERRSPAN1005",
    traced: ["function f() { async function g() {} async function h() {} }"],
  },
  {
    why: "a function that a nested block replaces in sloppy code",
    refused: "function f() { function g() {} if (x) { function g() {} } return g }",
    name: "f",
    code: "ERRSPAN1006",
    traced: [
      "'use strict'; function f() { function g() {} if (x) { function g() {} } return g }",
      "function f() { function g() {} if (x) { async function g() {} } return g }",
    ],
  },
  {
    why: "a function of the body that is also a parameter with mapped arguments",
    refused: "function f(g) { function g() {} return (() => arguments[0])() }",
    name: "f",
    code: "ERRSPAN1007",
    traced: [
      "function f(g) { function g() {} return (function () { return arguments })() }",
      "function f(g, h = 1) { function g() {} return arguments[0] }",
      "function f(g) { 'use strict'; function g() {} return arguments[0] }",
      "const f = (g) => { function g() {} return 1 }",
    ],
  },
  {
    why: "sloppy direct eval beside functions of the body",
    refused: "function f() { function g() {} eval('var g = 1') }",
    name: "f",
    code: "ERRSPAN1008",
    traced: [
      "function f() { eval('var g = 1') }",
      "function f() { 'use strict'; function g() {} eval('var g = 1') }",
      "function f() { function g() {} (0, eval)('var g = 1') }",
    ],
  },
  {
    why: "a constructor that needs a function before super",
    refused: "class C extends B { x = 1; constructor() { super(g()); function g() { return 1 } } }",
    name: "C.constructor",
    code: "ERRSPAN1009",
    traced: [
      "class C extends B { x = 1; constructor() { super(); g(); function g() { return 1 } } }",
      "class C extends B { constructor() { super(g()); function g() { return 1 } } }",
    ],
  },
  {
    why: "await using in the head of a loop",
    refused: "async function f() { for (await using x = y; ; ) break }",
    name: "f",
    code: "ERRSPAN1010",
    traced: ["async function f() { for (using x = y; ; ) break }", "async function f() { for (await using x of y) break }"],
  },
  {
    why: "a parameter declared again, a syntax error that must stay one",
    refused: "function f(a, { b: [c] }) { const c = 1 }",
    name: "f",
    code: "ERRSPAN1011",
    traced: ["function f(a, { b: [c] }) { { const c = 1 } let b; var a }"],
  },
  {
    why: "a parameter declared again by a class",
    refused: "function f(a, ...b) { class b {} }",
    name: "f",
    code: "ERRSPAN1011",
    traced: ["function f(a, ...b) { (class b {}) }"],
  },
];

describe("what cannot be traced faithfully is left alone", () => {
  it.each(cases)("refuses $why", ({ refused, name, code }) => {
    expect(refusalsIn(refused).join()).toBe(`${name} ${code}`.trim());
  });

  it.each(cases.flatMap(({ traced }) => traced.map((source) => ({ source }))))("traces $source", ({ source }) => {
    const { functions, diagnostics } = lowerAll(source);
    expect(diagnostics).toEqual([]);
    expect(functions).not.toEqual([]);
  });

  it("says what is wrong and what to do", () => {
    const [refusal] = lowerAll("\nfunction f() { function g() {} { var g = 2 } }").diagnostics;
    expect(refusal).toMatchObject({ severity: "warning", line: 2, column: 1, name: "f" });
    expect(refusal?.message).toBe("f is not traced: the function `g` declared in its body is also a `var`; rename one of the two.");
  });

  it("still traces the functions inside a refused one", () => {
    const { functions } = lowerAll("function f() { function g() {} { var g = 2 } }");
    expect(functions.map(({ site }) => site.functionName)).toEqual(["f.g"]);
  });

  it("ignores overload signatures when it looks for functions declared twice", () => {
    const source = "export function f() { function g(a: string): void; function g(a: number): void; function g(a: unknown) {} return g }";
    expect(refusalsIn(source, "module", "program.ts")).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { markedNames, planOf, said } from "./planning.js";

const imported = (code: string): string => `import { traced } from "@errspan/runtime";\n${code}`;

/** The text without the decorators that the plan removes. */
function withoutDecorators(source: string): string {
  const ranges = planOf(source).functions.flatMap(({ removeDecorator }) => removeDecorator ?? []);
  return ranges.reduceRight((text, { start, end }) => text.slice(0, start) + text.slice(end), source);
}

describe("@traced as a decorator", () => {
  it.each([
    ["a method", "class A { @traced a() {} }", ["A.a"], "class A {  a() {} }"],
    ["a method, called", "class A { @traced() static async a() {} }", ["A.a"], "class A {  static async a() {} }"],
    ["an accessor", "class A { @traced get a() { return 1; } }", ["A.get a"], "class A {  get a() { return 1; } }"],
    ["a field", "class A { @traced() a = () => {}; }", ["A.a"], "class A {  a = () => {}; }"],
    ["a private method", "class A { @traced #a() {} }", ["A.#a"], "class A {  #a() {} }"],
    ["a method behind other decorators", "class A { @Get() @traced a() {} }", ["A.a"], "class A { @Get()  a() {} }"],
    ["the methods of a class", "@traced class A { a() {} static b() {} get c() { return 1; } }", ["A.a", "A.b"], " class A { a() {} static b() {} get c() { return 1; } }"],
    ["the methods of an exported class", "@traced() export class A { a() {} }", ["A.a"], " export class A { a() {} }"],
    ["the methods of a class, behind the export", "export @traced class A { a() {} }", ["A.a"], "export  class A { a() {} }"],
  ])("on %s is compiled away", (_, code, names, rest) => {
    expect(markedNames(imported(code))).toEqual(names);
    expect(said(imported(code))).toEqual([]);
    expect(withoutDecorators(imported(code))).toBe(imported(rest));
  });

  it.each([
    ["an alias", 'import { traced as t } from "@errspan/runtime"; class A { @t a() {} }'],
    ["a quoted alias", 'import { "traced" as t } from "@errspan/runtime"; class A { @t() a() {} }'],
    ["a namespace", 'import * as errspan from "@errspan/runtime"; class A { @errspan.traced({ ret: true }) a() {} }'],
    ["a require", 'const { traced: t } = require("@errspan/runtime"); class A { @t a() {} }'],
    ["a required namespace", 'const errspan = require("@errspan/runtime"); class A { @errspan.traced a() {} }'],
    ["TypeScript's require", 'import errspan = require("@errspan/runtime"); class A { @errspan.traced a() {} }'],
  ])("is known by %s", (_, source) => {
    expect(markedNames(source)).toEqual(["A.a"]);
  });

  it.each([
    ["from somewhere else", 'import { traced } from "./mine.js"; class A { @traced a() {} }'],
    ["from nowhere", "class A { @traced a() {} }"],
    ["of another name", 'import { annotate as traced } from "@errspan/runtime"; class A { @traced a() {} }'],
    ["of a member", 'import { traced } from "@errspan/runtime"; class A { @mine.traced a() {} }'],
  ])("is not confused with one %s", (_, source) => {
    expect(markedNames(source)).toEqual([]);
  });

  it("reads its options as the comment does", () => {
    const source = imported('class A { @traced({ name: "pay", args: "all", skip: ["card"], attributes: { a: 1 } }) pay(order, card) {} }');
    expect(planOf(source).functions[0]?.site).toMatchObject({
      spanName: "pay",
      options: { name: "pay", args: ["order"], attributes: { a: 1 } },
    });
  });

  it.each(['"client"', "2", "SpanKind.CLIENT", "api.SpanKind.CLIENT"])("reads the kind as the runtime does: %s", (kind) => {
    expect(planOf(imported(`class A { @traced({ kind: ${kind} }) a() {} }`)).functions[0]?.site.options).toEqual({ kind: "client" });
  });

  it("takes the function of its fields along", () => {
    const source = imported('class A { @traced({ fields: (o) => ({\n "order.id": o.id, now: Date.now() }) }) pay(order) {} }');
    expect(planOf(source).functions[0]?.site.options.fields).toEqual({
      arrow: '(o) => ({ "order.id": o.id, now: Date.now() })',
    });
  });

  it("reports mistakes at their place", () => {
    expect(said(imported('class A { @traced({ nam: "x" }) a() {} }'))).toEqual(['2:21 ERRSPAN2002 Unknown option "nam". Did you mean "name"?']);
    expect(said(imported('class A { @traced({ skip: ["b"], args: "all" }) a() {} }'))).toEqual([
      '2:28 ERRSPAN2004 Option "skip" names "b", which is not a parameter of the function. It has no parameters.',
    ]);
    expect(said(imported("class A { @traced a = 1; }"))).toEqual([
      "2:11 ERRSPAN2001 @traced marks no function: the class property holds no function. Remove the decorator.",
    ]);
    expect(said(imported("class A { /** @traced */ @traced a() {} }"))).toEqual([
      "2:26 ERRSPAN2008 a is marked more than once. Keep one marker.",
    ]);
  });

  it.each([
    ["its options are no object literal", "class A { @traced(options) a() {} }"],
    ["its options are not literals", "class A { @traced({ name: NAME }) a() {} }"],
    ["its options are not literals", "class A { @traced({ ...common }) a() {} }"],
    ["its options are not literals", "class A { @traced({ links: [link] }) a() {} }"],
    ["its options are not literals", "class A { @traced({ fields: fieldsOf }) a() {} }"],
    ["the function in \"fields\" uses names that the method could hide", "class A { @traced({ fields: (o) => ({ a: table, o }) }) a(o) { const table = 1; } }"],
    ["another decorator stands between it and what it decorates; put it last to have it compiled", "class A { @traced() @retry() a() {} }"],
    ["what it decorates is no function before the program runs", "class A { @traced() accessor a = make(); }"],
    ["what it decorates is no function before the program runs", "class A { @traced() a = make(); }"],
  ])("stays where it is, and says that %s", (why, code) => {
    const config = { select: [{ functions: "methods" }] } as const;
    const { diagnostics, functions } = planOf(imported(code), { config });
    expect(functions).toEqual([]);
    expect(diagnostics.map(({ severity, code, message }) => [severity, code, message])).toEqual([
      ["info", "ERRSPAN2011", `The decorator stays and does its work when the program runs, because ${why}.`],
    ]);
  });

  it("stays on a class of which one method cannot be compiled, for it must trace that one", () => {
    const { functions, diagnostics } = planOf(imported("@traced class A { a() {} b() { function c() {} { var c; } } }"));
    expect(functions).toEqual([]);
    expect(diagnostics).toMatchObject([{ code: "ERRSPAN1004", severity: "error", name: "A.b" }]);
  });
});

describe("traced(…) and withSpan(…) around a function", () => {
  it("trace it when the program runs, so selectors leave it alone", () => {
    const source = `import { traced, withSpan } from "@errspan/runtime";
const a = traced(async () => list.map((x) => x));
const b = traced({ name: "b" }, function () {});
withSpan("c", () => {});
other(() => {});`;
    const { functions } = planOf(source, { config: { select: [{ functions: "all" }] } });
    expect(functions.map(({ site }) => site.location.line)).toEqual([2, 5]);
  });
});

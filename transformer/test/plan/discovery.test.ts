import { describe, expect, it } from "vitest";
import type { FunctionKind } from "../../src/plan/plan.js";
import { ALL, allNames, planOf } from "./planning.js";

describe("which functions a file has", () => {
  it.each<[what: string, source: string, names: string[]]>([
    ["declarations", "function a() {} async function b() {} function* c() {} async function* d() {}", ["a", "b", "c", "d"]],
    ["exported declarations", "export function a() {} export default function b() {}", ["a", "b"]],
    ["a default export without a name", "export default function () {}", ["default"]],
    ["a default export that is an arrow", "export default () => {};", ["default"]],
    ["a default export in parentheses", "export default (() => {});", ["default"]],
    ["function expressions, by the variable", "const a = function () {}; let b = async () => {};", ["a", "b"]],
    ["function expressions, by their own name", "const a = function b() {};", ["b"]],
    ["functions under types", "const a = (() => {}) as F; const b = (() => {}) satisfies F; const c = <F>(() => {});", ["a", "b", "c"]],
    ["callbacks", "list.map((x) => x); function f() { list.map(function () {}); }", ["<anonymous>", "f", "f.<anonymous>"]],
    ["a callback in a callback", "function f() { a(() => b(() => {})); }", ["f", "f.<anonymous>", "f.<anonymous>"]],
    ["functions called where they stand", "(function () {})(); (() => {})(); (function named() {})();", ["<anonymous>", "<anonymous>", "named"]],
    ["functions in functions", "function a() { function b() { const c = () => {}; } }", ["a", "a.b", "a.b.c"]],
    [
      "methods of all kinds",
      "class A { m() {} static s() {} async a() {} *g() {} async *ag() {} #p() {} static async #q() {} }",
      ["A.m", "A.s", "A.a", "A.g", "A.ag", "A.#p", "A.#q"],
    ],
    ["accessors", "class A { get x() { return 1; } set x(v) {} static get y() { return 1; } }", ["A.get x", "A.set x", "A.get y"]],
    ["members with odd names", "class A { 'a b'() {} 12() {} [Symbol.iterator]() {} ['c']() {} async() {} get() {} static() {} }",
      ["A.a b", "A.12", "A.[Symbol.iterator]", "A.c", "A.async", "A.get", "A.static"]],
    ["constructors", "class A { constructor() {} } class B extends A { constructor() { super(); } }", ["A.constructor", "B.constructor"]],
    ["fields that hold functions", "class A { f = () => {}; static g = function () {}; #h = async () => {}; accessor i = () => {}; }",
      ["A.f", "A.g", "A.#h", "A.i"]],
    ["classes without a name", "const A = class { m() {} }; export default class { n() {} }; new (class { o() {} })();", ["A.m", "default.n", "<class>.o"]],
    ["members of objects", "const o = { a() {}, b: () => {}, get c() { return 1; }, async *d() {}, e: { f() {} }, [g]: function () {} };",
      ["o.a", "o.b", "o.get c", "o.d", "o.e.f", "o.[g]"]],
    ["functions in static blocks", "class A { static { const f = () => {}; function g() {} } }", ["A.f", "A.g"]],
    ["functions in field initialisers", "class A { x = list.map((y) => y); }", ["A.<anonymous>"]],
    ["functions in computed keys", "class A { [(() => 'k')()]() {} }", ["<anonymous>", "A.[(() => 'k')()]"]],
    ["functions in parameter defaults", "function f(a = () => {}, { b = function () {} } = {}, [c = () => {}] = []) {}", ["f", "f.a", "f.b", "f.c"]],
    ["functions in namespaces and enums", "namespace N.M { export function f() {} } enum E { A = (() => 1)(), }", ["N.M.f", "E.<anonymous>"]],
    ["functions in the arguments of decorators", "@d(() => 1) class A { @e(function () {}) m() {} @g(() => 2) f = 1; }",
      ["<anonymous>", "<anonymous>", "A.m", "<anonymous>"]],
    ["functions in the decorators of parameters", "class A { m(@p(() => 1) a: X, @p(() => 2) { b }: X, @p(() => 3) [c]: X, @p(() => 4) d = 1, @p(() => 5) ...e: X) {} }",
      ["A.m", "A.m.<anonymous>", "A.m.<anonymous>", "A.m.<anonymous>", "A.m.<anonymous>", "A.m.<anonymous>"]],
    ["functions in what a class extends", "class A extends mixin(() => {}) {}", ["<anonymous>"]],
    ["functions in templates, spreads and conditions", "`${() => 1}`; f(...[() => 2]); a ? () => 3 : () => 4; x ??= () => 5;", ["<anonymous>", "<anonymous>", "<anonymous>", "<anonymous>", "x"]],
    ["functions in loops, labels, switches and catches", "l: for (const a of [() => 1]) { switch (a) { case 1: b = () => 2; } } try {} catch ({ c = () => 3 }) {}",
      ["<anonymous>", "b", "c"]],
    ["what is assigned", "exports.a = function () {}; module.exports.b = () => {}; A.prototype.c = function () {}; o['d'] = () => {}; o[e] = () => {};",
      ["a", "b", "A.c", "o.d", "<anonymous>"]],
    ["a module that is a function", "module.exports = function () {};", ["module.exports"]],
    ["functions behind the first variable", "const a = 1, b = () => {};", ["b"]],
    ["constructors with parameter properties", "class A { constructor(private x: number) {} }", ["A.constructor"]],
    ["the implementation of overloads", "function f(a: string): void; function f(a: number): void; function f(a: unknown) {} class A { m(): void; m(x?: 1) {} constructor(); constructor(x?: 1) {} }",
      ["f", "A.m", "A.constructor"]],
    ["nothing of what has no body", "declare function f(): void; abstract class A { abstract m(): void; declare x: () => void; } interface I { m(): void; new (): I } type T = () => void; declare namespace N { function g(): void } declare module 'm' { function h(): void } declare class C { m(): void } declare enum E { A } declare const c: () => void;", []],
  ])("%s", (_, source, names) => {
    expect(allNames(source)).toEqual(names);
  });

  it("in JSX", () => {
    const source = "export const App = () => <Button onClick={() => save()} {...{ a() {} }}>{items.map((i) => <li>{i}</li>)}</Button>;";
    expect(allNames(source, { filename: "a.tsx" })).toEqual(["App", "App.<anonymous>", "App.a", "App.<anonymous>"]);
    expect(allNames(source, { filename: "a.js" })).toHaveLength(4);
  });

  it("none in a declaration file", () => {
    expect(allNames("export function f(): void;", { filename: "a.d.ts" })).toEqual([]);
    expect(allNames("export default () => {}", { filename: "a.css.d.mts" })).toEqual([]);
  });
});

describe("what is known of a function", () => {
  it("is its kind", () => {
    const source = `class A { constructor() {} m() {} async a() {} *g() {} async *ag() {} get x() { return 1; } }
      const f = async () => 1; function* h() {}`;
    const kinds = planOf(source, { config: ALL }).functions.map(({ kind }) => kind);
    expect(kinds).toEqual<FunctionKind[]>(["constructor", "function", "async", "generator", "async-generator", "function", "async", "generator"]);
  });

  it("is where it stands: its declaration, without decorators and comments", () => {
    const source = `/** Doc. */
export async function a() {}
class B {
  @log()
  // why
  static async c() {}
  d = () => {};
}
const o = { /* x */ e: () => {}, f() {} };`;
    const places = planOf(source, { config: ALL }).functions.map(
      ({ site }) => `${site.functionName} ${site.location.file}:${site.location.line}:${site.location.column}`,
    );
    expect(places).toEqual([
      "a src/file.ts:2:8",
      "B.c src/file.ts:6:3",
      "B.d src/file.ts:7:3",
      "o.e src/file.ts:9:21",
      "o.f src/file.ts:9:34",
    ]);
  });

  it("is its range and that of its body, parentheses left out", () => {
    const source = "const a = ((x) => (x + 1)), o = { async m(x) { return x; } };";
    const [arrow, method] = planOf(source, { config: ALL }).functions;
    const text = (range?: { start: number; end: number }): string => source.slice(range?.start, range?.end);
    expect([text(arrow?.node), text(arrow?.body), arrow?.expressionBody]).toEqual(["(x) => (x + 1)", "x + 1", true]);
    expect([text(method?.node), text(method?.body), method?.expressionBody]).toEqual(["(x) { return x; }", "{ return x; }", false]);
  });

  it("numbers the sites in source order", () => {
    expect(planOf("a(() => b(() => 1)); function f() {}", { config: ALL }).functions.map(({ index }) => index)).toEqual([0, 1, 2]);
  });

  it("keeps names bounded where functions nest without end", () => {
    const source = `${Array.from({ length: 60 }, (_, i) => `function f${i}() {`).join("")}${"}".repeat(60)}`;
    const names = allNames(source);
    expect(names).toHaveLength(60);
    expect(names.at(-1)).toBe("f52.f53.f54.f55.f56.f57.f58.f59");
  });
});

describe("lines and columns", () => {
  const place = (source: string): string => {
    const location = planOf(source, { config: ALL, filename: "a.ts" }).functions.at(-1)?.site.location;
    return `${location?.line}:${location?.column}`;
  };

  it.each([
    ["Unix", "a;\nb;\n  function f() {}", "3:3"],
    ["Windows", "a;\r\nb;\r\n  function f() {}", "3:3"],
    ["old Macintosh", "a;\rb;\r  function f() {}", "3:3"],
    ["Unicode", "a;\u2028b;\u2029  function f() {}", "3:3"],
    ["a byte order mark on the first line", "\ufefffunction f() {}", "1:1"],
    ["a byte order mark before other lines", "\ufeffa;\n function f() {}", "2:2"],
    ["letters that take two units", "const s = '😀'; function f() {}", "1:17"],
    ["letters that take more bytes than units", "const s = 'äöü€'; function f() {}", "1:19"],
    ["line ends in templates", "`\n\n`; function f() {}", "3:4"],
  ])("are counted as editors do: %s", (_, source, expected) => {
    expect(place(source)).toBe(expected);
  });
});

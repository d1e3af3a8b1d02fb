import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/load.js";
import { meantGlob } from "../../src/plan/meant-glob.js";
import { createSelectionReport } from "../../src/plan/selection-report.js";
import { mayHaveWork } from "../../src/plan/may-have-work.js";
import type { ErrspanConfig, Selector } from "../../src/config/config.js";
import { markedNames, planOf, said } from "./planning.js";

const picked = (selector: Selector, source: string, filename = "/project/src/file.ts"): string[] =>
  markedNames(source, { filename, config: { select: [selector] } });

describe('"functions": "exported"', () => {
  it.each<[what: string, source: string, names: string[]]>([
    ["declarations", "export function a() { function b() {} } function c() {}", ["a"]],
    ["variables", "export const a = () => {}, b = function () {}; const c = () => {};", ["a", "b"]],
    ["the default", "export default function () {}", ["default"]],
    ["a default arrow", "export default () => {};", ["default"]],
    ["export lists, with other names too", 'export { a as b, c as "d" }; function a() {} const c = () => {}; function e() {}', ["a", "c"]],
    ["a default by name", "function a() {} export default a;", ["a"]],
    ["a default by name, with types", "const a = () => {}; export default a as Handler;", []],
    ["objects", "export default { a() {}, b: () => {}, c }; function c() {}", ["default.a", "default.b", "c"]],
    ["objects in variables", "export const o = { a() {}, get b() { return 1; } }; const p = { c() {} };", ["o.a", "o.get b"]],
    ["public members of classes", "export class A { constructor() {} a() {} static b() {} #c() {} private d() {} protected e() {} f = () => {}; }",
      ["A.constructor", "A.a", "A.b", "A.e", "A.f"]],
    ["classes by name", "class A { a() {} } export { A }; class B { b() {} }", ["A.a"]],
    ["CommonJS names", "exports.a = function () {}; module.exports.b = () => {}; exports['c'] = () => {}; other.d = () => {};", ["a", "b", "c"]],
    ["a CommonJS module", "module.exports = function () {};", ["module.exports"]],
    ["a CommonJS object", "module.exports = { a, b: c, d() {} }; function a() {} function c() {} function e() {}", ["module.exports.d", "a", "c"]],
    ["a CommonJS class by name", "class A { a() {} } module.exports = A;", ["A.a"]],
    ["compiled TypeScript", "exports.a = a; exports.B = void 0; function a() {} class B { b() {} } exports.B = B;", ["a", "B.b"]],
    ["chained assignments", "module.exports = exports.a = function () {}; const b = exports.b = () => {};", ["a", "b"]],
    ["TypeScript's own", "export = a; function a() {}", ["a"]],
    ["exported namespaces", "export namespace N { export function a() {} function b() {} } namespace M { export function c() {} }", ["N.a"]],
    ["not types and not what comes from elsewhere", 'export { a } from "./a.js"; export type { b }; function a() {} function b() {}', []],
    ["not a local of the same name", "export { a }; const a = 1; function b() { function a() {} { const a = () => {}; } }", []],
    ["not callbacks", "export const a = list.map(() => {});", []],
  ])("follows %s", (_, source, names) => {
    expect(picked({ functions: "exported" }, source)).toEqual(names);
  });
});

describe('"functions": "methods"', () => {
  it("picks members of classes, and methods of objects", () => {
    const source = "function a() {} class A { constructor() {} b() {} get c() { return 1; } d = () => {}; } const o = { e() {}, f: () => {}, set g(v) {} };";
    expect(picked({ functions: "methods" }, source)).toEqual(["A.constructor", "A.b", "A.get c", "A.d", "o.e", "o.set g"]);
  });
});

describe("names and classes", () => {
  const source = "class UserService { handleA() {} handleInternal() {} x() {} } class Other { handleB() {} } function handleC() {} list.map(() => {});";

  it.each<[Selector, string[]]>([
    [{ names: ["handle*"] }, ["UserService.handleA", "UserService.handleInternal", "Other.handleB", "handleC"]],
    [{ names: ["handle*", "!handleInternal"] }, ["UserService.handleA", "Other.handleB", "handleC"]],
    [{ names: ["!handle*"] }, ["UserService.x"]],
    [{ names: ["UserService.*"] }, ["UserService.handleA", "UserService.handleInternal", "UserService.x"]],
    [{ names: ["handle*", "!UserService.*"] }, ["Other.handleB", "handleC"]],
    [{ names: ["handle{A,B}"] }, ["UserService.handleA", "Other.handleB"]],
    [{ names: ["HANDLE*"] }, []],
    [{ classes: ["*Service"] }, ["UserService.handleA", "UserService.handleInternal", "UserService.x"]],
    [{ classes: ["!*Service"] }, ["Other.handleB"]],
    [{ classes: ["*Service"], names: ["handle*"] }, ["UserService.handleA", "UserService.handleInternal"]],
  ])("%j", (selector, names) => {
    expect(picked(selector, source)).toEqual(names);
  });
});

describe("files", () => {
  it.each<[Selector, file: string, taken: boolean]>([
    [{}, "/project/anything.js", true],
    [{ files: ["src/**"] }, "/project/src/a/b.ts", true],
    [{ files: ["./src/**"] }, "/project/src/a.ts", true],
    [{ files: ["src/*.ts"] }, "/project/src/a/b.ts", false],
    [{ files: ["src/**"] }, "/project/lib/src/a.ts", false],
    [{ files: ["**/*.{ts,tsx}"] }, "/project/x/a.tsx", true],
    [{ files: ["src/**"], exclude: ["**/*.test.ts"] }, "/project/src/a.test.ts", false],
    [{ files: ["src/**", "!src/generated/**"] }, "/project/src/generated/a.ts", false],
    [{ files: ["src/**"] }, "C:\\elsewhere\\src\\a.ts", false],
    [{ files: ["src/**"] }, "/elsewhere/src/a.ts", false],
    [{ files: ["src/.hidden/*"] }, "/project/src/.hidden/a.ts", true],
    [{ files: ["src/**"] }, "/project/src/a.ts?used#x", true],
    [{ files: ["src/C#/*.ts"] }, "/project/src/C#/what? 1.ts?v=/1", true],
  ])("%j and %s", (selector, filename, taken) => {
    expect(picked(selector, "export function f() {}", filename)).toEqual(taken ? ["f"] : []);
  });

  it("are matched on Windows as anywhere", () => {
    const { functions } = planOf("export function f() {}", {
      filename: "C:\\Users\\me\\app\\src\\a.ts",
      root: "c:\\Users\\me\\app\\",
      config: { select: [{ files: ["src/**"] }] },
    });
    expect(functions[0]?.site.location.file).toBe("src/a.ts");
  });

  it("that the config excludes are left alone, markers or not", () => {
    const source = "/** @traced */ export function f() {}";
    expect(markedNames(source, { config: { exclude: ["src/**"] } })).toEqual([]);
    expect(markedNames(source, { config: { include: ["lib/**"] } })).toEqual([]);
    expect(markedNames(source, { config: { include: ["src/**"] } })).toEqual(["f"]);
  });

  it("of errspan and OpenTelemetry are never traced: tracing calls them", () => {
    const select = [{ functions: "all" }] as const;
    for (const name of ["@errspan/runtime/dist/esm/emit.js", "@opentelemetry/api/build/src/index.js"]) {
      const filename = `/project/node_modules/${name}`;
      expect(markedNames("export function f() {}", { filename, config: { select } })).toEqual([]);
    }
    expect(markedNames("export function f() {}", { filename: "/project/node_modules/pg/index.mjs", config: { select } })).toEqual(["f"]);
  });
});

describe("options of a selector", () => {
  const optionsOf = (config: ErrspanConfig, source: string): unknown => planOf(source, { config }).functions[0]?.site.options;

  it("are put on what it picks, as far as that has them", () => {
    const options = {
      kind: "client",
      attributes: { team: "x" },
      args: ["order", "user"],
      fields: { "order.id": "order.id", "user.id": "user.id", version: "VERSION" },
    } as const;
    expect(optionsOf({ select: [{ options }] }, "const VERSION = 1; function f(order) {}")).toEqual({
      kind: "client",
      attributes: { team: "x" },
      args: ["order"],
      fields: [{ key: "order.id", expression: "order.id" }, { key: "version", expression: "VERSION" }],
    });
  });

  it("of later selectors come first, and those of a marker before all", () => {
    const select = [{ options: { kind: "client", ret: true, root: true } }, { options: { kind: "server" } }] as const;
    expect(optionsOf({ select }, "function f() {}")).toEqual({ kind: "server", ret: true, root: true });
    expect(optionsOf({ select }, '/** @traced({ kind: "producer", ret: false }) */ function f() {}')).toEqual({ kind: "producer", root: true });
  });
});

describe("why something is traced", () => {
  it("is told", () => {
    const source = "/** @traced */ function a() {} function b() {} /** @traced */ class C { c() {} }";
    const { functions } = planOf(source, { config: { select: [{ names: ["nothing"] }, { names: ["b"] }, {}] } });
    expect(functions.map(({ because }) => because)).toEqual(["@traced", "select[1], select[2]", "@traced on class C"]);
  });
});

describe("a selector that picks nothing in a whole build", () => {
  /** What is said of a config after a build of one file, `src/orders/save.ts`. */
  function saidOf(select: readonly object[], more: ErrspanConfig = {}): string[] {
    const { selectors, config } = parseConfig(JSON.stringify({ ...more, select }, null, 2), "errspan.config.json");
    const report = createSelectionReport({ config, file: "/project/errspan.config.json", root: "/project", selectors });
    const filename = "/project/src/orders/save.ts";
    report.add(planOf("export function save() {} export class Order { load() {} }", { config, filename }), filename);
    return report.diagnostics().map(({ file, line, column, severity, code, message }) => `${file}:${line}:${column} ${severity} ${code} ${message}`);
  }

  it("is reported where it stands", () => {
    expect(saidOf([{ names: ["save"] }, { names: ["saev"] }, { classes: ["Order"] }])).toEqual([
      '/project/errspan.config.json:8:5 warning ERRSPAN3005 select[1] picks no function: none in the 1 file that it fits is what its "names" ask for. These are patterns as of files, such as "load*", not regular expressions.',
    ]);
  });

  it.each([
    ["a directory", ["src/orders"], "src/orders/**"],
    ["a directory with a slash", ["./src/"], "./src/**"],
    ["separators of Windows", ["src\\orders\\*.ts"], "src/orders/*.ts"],
    ["an absolute path", ["/project/src/**"], "src/**"],
    ["a path from the root", ["/src/**"], "src/**"],
    ["a name without its directory", ["save.ts"], "**/save.ts"],
  ])("has its glob corrected: %s", (_, files, meant) => {
    expect(saidOf([{ files }])[0]).toMatch(`select[0] picks no function: no file fits its "files". Did you mean ${JSON.stringify(meant)}?`);
  });

  it("has brackets corrected that are meant as they stand", () => {
    expect(meantGlob(["app/(shop)/[id]/*.tsx"], new Set(["app/(shop)/[id]/page.tsx"]), "/project")).toBe("app/\\(shop\\)/\\[id\\]/*.tsx");
  });

  it("is shown how paths look where its glob comes near nothing", () => {
    expect(saidOf([{ files: ["lib/**"] }])[0]).toMatch(
      'no file fits its "files". Globs are relative to the config; seen from there one of the files is "src/orders/save.ts".',
    );
  });

  it("is told that the config stands beside the files, not above", () => {
    const config: ErrspanConfig = { select: [{ files: ["src/**"] }] };
    const report = createSelectionReport({ config, file: "/project/config/errspan.config.json", root: "/project/config", selectors: [] });
    report.add({ usedSelectors: [] }, "/project/src/a.ts");
    expect(report.diagnostics()[0]?.message).toMatch('Globs are relative to the config, and it is no place above the files, such as "/project/src/a.ts".');
  });

  it("is told what keeps the files from it", () => {
    expect(saidOf([{ exclude: ["src/**"] }])[0]).toMatch('no file fits its "exclude".');
    expect(saidOf([{}], { include: ["lib/**"], exclude: ["test/**"] })[0]).toMatch('no file fits "include" and "exclude" of the config.');
  });

  it("says so where it stands in the options of a plugin, which have no place", () => {
    const config: ErrspanConfig = { select: [{ functions: "methods" }] };
    const report = createSelectionReport({ config, file: null, root: "/project", selectors: [] });
    report.add(planOf("function a() {}", { config }), "/project/a.ts");
    expect(report.diagnostics()).toMatchObject([
      { file: "", line: 1, column: 1, message: 'In the options of @errspan/transformer: select[0] picks no function: none in the 1 file that it fits is what its "functions" ask for.' },
    ]);
  });
});

describe("a config that is not valid", () => {
  it("gives a diagnostic and selects nothing", () => {
    const config = JSON.parse('{ "select": [{ "functions": "everything" }] }') as ErrspanConfig;
    expect(said("function f() {}", { config })).toEqual([
      '1:1 ERRSPAN3004 The config is not valid: select[0].functions must be one of "all", "exported", "methods", but is "everything".',
    ]);
  });

  it.each(["text", 1, [], true])("gives a diagnostic when it is %j", (config) => {
    expect(said("function f() {}", { config: config as ErrspanConfig })[0]).toMatch("The config must be an object");
  });
});

describe("the look at the text before it is parsed", () => {
  it.each([
    ["a marker", "/** @traced */ function f() {}", "a.ts", {}, true],
    ["no marker and no selector", "function f() {}", "a.ts", {}, false],
    ["a selector of other files", "function f() {}", "a.ts", { select: [{ files: ["b/**"] }] }, false],
    ["a selector of this file", "function f() {}", "b/a.ts", { select: [{ files: ["b/**"] }] }, true],
    ["no code", '{ "a": "traced" }', "a.json", { select: [{}] }, false],
    ["a declaration file", "/** @traced */ declare function f(): void", "a.d.ts", { select: [{}] }, false],
    ["an installed package by the place of its link", "function f() {}", "node_modules/.pnpm/@a+b@1.0.0_c@2/node_modules/@a/b/c.js", { select: [{ files: ["node_modules/@a/b/**"] }] }, true],
    ["another installed package", "function f() {}", "node_modules/.pnpm/@a+b@1.0.0/node_modules/c/c.js", { select: [{ files: ["node_modules/@a/b/**"] }] }, false],
    ["an excluded file", "/** @traced */ function f() {}", "a.ts", { exclude: ["*.ts"] }, false],
  ])("sees %s", (_, source, filename, config, expected) => {
    expect(mayHaveWork(source, filename, config)).toBe(expected);
  });
});

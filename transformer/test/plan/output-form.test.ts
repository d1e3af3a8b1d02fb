import { describe, expect, it } from "vitest";
import type { ModuleFormat } from "../../src/plan/plan.js";
import { transform } from "../../src/transform.js";
import { ALL, planOf, said } from "./planning.js";

describe("the module system of a file", () => {
  it.each<[what: string, source: string, filename: string, expected: ModuleFormat]>([
    ["import", 'import "a"; function f() {}', "a.js", "module"],
    ["export", "export function f() {}", "a.js", "module"],
    ["import.meta", "console.log(import.meta.url); function f() {}", "a.js", "module"],
    ["await at the top", "await g(); function f() {}", "a.js", "module"],
    ["export, whatever the name says", "export function f() {}", "a.cts", "module"],
    [".mjs", "function f() {}", "a.mjs", "module"],
    [".mts", "function f() {}", "a.mts", "module"],
    [".cjs", "function f() {}", "a.cjs", "commonjs"],
    [".cts", "function f() {}", "a.cts", "commonjs"],
    ["require", "const a = require('a'); function f() {}", "a.js", "commonjs"],
    ["module.exports", "module.exports = function f() {};", "a.js", "commonjs"],
    ["exports", "exports.f = function () {};", "a.js", "commonjs"],
    ["__dirname", "g(__dirname); function f() {}", "a.js", "commonjs"],
    ["return at the top", "function f() {} if (a) { return; }", "a.js", "commonjs"],
    ["TypeScript's import = require()", "import a = require('a'); function f() {}", "a.ts", "commonjs"],
    ["TypeScript's export =", "function f() {} export = f;", "a.ts", "commonjs"],
    ["TypeScript without a mark", "function f() {}", "a.ts", "module"],
    ["JSX without a mark", "function f() { return <a />; }", "a.jsx", "module"],
    ["import(), which scripts have too, beside require", "import('a'); require('b'); function f() {}", "a.js", "commonjs"],
    ["words that only look like it", "const exports1 = o.require, m = { module: 1, exports: 2 }; function f() {}", "a.mjs", "module"],
  ])("is told by %s", (_, source, filename, expected) => {
    const { format, functions } = planOf(source, { filename, config: ALL });
    expect([format, functions.length > 0]).toEqual([expected, true]);
  });

  it.each<[ModuleFormat]>([["module"], ["commonjs"], ["script"]])("is what the caller says, %s, where the text has no module syntax", (format) => {
    expect(planOf("function f() {}", { filename: "a.js", config: ALL, format }).format).toBe(format);
    expect(planOf("exports.f = () => {};", { filename: "a.js", config: ALL, format }).format).toBe(format);
    expect(planOf("export function f() {}", { filename: "a.js", config: ALL, format }).format).toBe("module");
  });

  it("decides how the text is read", () => {
    const loose = "with (a) {} function f() {} var await = 1;";
    expect(planOf(loose, { filename: "a.js", config: ALL, format: "script" }).functions).toHaveLength(1);
    expect(said(loose, { filename: "a.js", config: ALL, format: "module" })[0]).toMatch("ERRSPAN1901");
  });

  it("must be told for plain JavaScript without a mark, or nothing is traced", () => {
    const source = "\n/** @traced */ function f() {}";
    expect(planOf(source, { filename: "a.js" }).functions).toEqual([]);
    expect(said(source, { filename: "a.js" })).toEqual([
      '1:1 ERRSPAN4001 One function is not traced: nothing in this file tells whether it is an ES module, CommonJS or a script. Name it .mjs or .cjs, add "export {}", or have the host pass the format.',
    ]);
    expect(said("function f() {}", { filename: "a.js" })).toEqual([]);
  });
});

describe("the names that are brought in", () => {
  it.each([
    ["function f() {}", "__errspan"],
    ["const __errspan = 1;", "__errspan2"],
    ["// __errspan was here\nf('__errspan2')", "__errspan3"],
    ["__errspan_0()", "__errspan2"],
  ])("begin with what occurs nowhere: %s", (source, prefix) => {
    expect(planOf(`${source}\nexport const g = () => {};`, { config: ALL }).prefix).toBe(prefix);
  });
});

describe("the place of the import", () => {
  // Where it goes is shown by a bar.
  it.each([
    ["an ordinary file", "|f(); const g = () => {};"],
    ["a file that begins with a function", "|function g() {}"],
    ["a shebang", "#!/usr/bin/env node\n|const g = () => {};"],
    ["a byte order mark", "\ufeff|const g = () => {};"],
    ["a license", "/**\n * @license MIT\n */\n|const g = () => {};"],
    ["a license with a bang", "/*! MIT */\n|const g = () => {};"],
    ["a license on the line of the first statement", "/*! MIT */ |const g = () => {};"],
    ["line comments", "// Copyright\n\n// hello\n|const g = () => {};"],
    ["a doc comment of the first function", "/* Copyright */\n\n|/** Adds. */\nexport function g() {}"],
    ["a doc comment and a license", "/** @license MIT */\n|/** Adds. */\nexport function g() {}"],
    ["a doc comment that stands apart", "/** About this file. */\n\n|export function g() {}"],
    ["a comment that belongs to a call", "|/* @__PURE__ */ f(); const g = () => {};"],
    ["pragmas for tools", "/** @jsx h */\n|const g = () => {};"],
    ["a directive", "'use strict';| const g = () => {};"],
    ["several directives", "'use client'; \"use strict\";|\nconst g = () => {};"],
    ["a directive without a semicolon", "'use strict'|\nconst g = () => {};"],
    ["a directive with a comment behind it", "'use strict';| // really\nconst g = () => {};"],
    ["shebang, license and directive", "#!/usr/bin/env node\n/* MIT */\n'use strict';|\nconst g = () => {};"],
    ["decorators before an export", "// hi\n|@d(() => {}) export class A { g() {} }"],
    ["decorators behind an export", "|export @d class A { g() {} }"],
    ["imports", "|import a from 'a';\nexport const g = () => {};"],
    ["Windows line ends", "// MIT\r\n|const g = () => {};"],
  ])("is right with %s", (_, marked) => {
    const source = marked.replace("|", "");
    const { importAt } = planOf(source, { config: ALL });
    expect(`${source.slice(0, importAt)}|${source.slice(importAt)}`).toBe(marked);
  });
});

describe("what was rewritten before", () => {
  it.each([
    ["a module", "export async function f(a) { await a; }\nclass A extends B { x = 1; constructor() { super(); } *g() { yield 1; } h = () => ({}); }\nlist.map((x) => x);", "a.mjs"],
    ["CommonJS", "'use strict'\nexports.f = function () { return g(() => 1); };", "a.cjs"],
    ["TypeScript", "namespace N { export const f = (a?: number): number => a ?? 1; }", "a.ts"],
  ])("is left alone in %s", (_, source, filename) => {
    const options = { filename, config: ALL };
    const once = transform(source, options);
    expect(once.traced.length).toBeGreaterThan(0);
    const twice = transform(once.code, options);
    expect(twice).toEqual({ code: once.code, map: null, traced: [], diagnostics: [], usedSelectors: [] });
  });

  it("is left alone with its fields and arguments", () => {
    const source = '/** @traced({ args: "all", fields: { a: o.list.map((x) => x.id) } }) */ export function f(o) {}';
    const { code } = transform(source, { filename: "a.mjs" });
    expect(transform(code, { filename: "a.mjs", config: ALL }).code).toBe(code);
  });

  it("is left alone while new functions in the same file are traced", () => {
    const { code } = transform("/** @traced */ export function f() {}", { filename: "a.mjs" });
    const { traced, code: again } = transform(`${code}\n/** @traced */ export function g() {}`, { filename: "a.mjs" });
    expect(traced.map(({ name }) => name)).toEqual(["g"]);
    expect(again).toContain("__errspan2");
  });

  it("is known when TypeScript has compiled it to CommonJS meanwhile", () => {
    const compiled = `"use strict";
const __errspan = __importStar(require("@errspan/runtime/emit"));
function f() { const __errspan_s = __errspan.enter(__errspan_0 || (__errspan_0 = __errspan.site("f", "f", "a.ts", 1, 1, 0)), () => ({ a: 1 })); try { } finally { __errspan.exit(__errspan_s); } }`;
    expect(planOf(compiled, { filename: "a.js", config: ALL }).functions).toEqual([]);
  });
});

import ts from "typescript";
import { expect, test } from "vitest";
import { compilePlainly, compileTraced } from "./compile.js";

/** The comments of a compiled file, in their order. */
function commentsOf(code: string): string[] {
  return code.match(/\/\*[\s\S]*?\*\/|\/\/(?!# ).*/g) ?? [];
}

const esModule = { options: { module: ts.ModuleKind.ESNext } };

const commented = `
/*! License of the file */

/**
 * Adds.
 * @traced
 */
export function add(a: number /* first */, b = 2 /* second */): number {
  // at the beginning
  const sum = a + b; // behind a statement
  /* before the return */ return /* before the value */ sum; // behind the return
  // at the end
}

export const empty = () => {
  // nothing here
};

class Base {}
export class Derived extends Base {
  /** A field. */
  private field = 1;
  /** The constructor. */
  constructor(readonly name: string) {
    // before super
    super(); // behind super
    // behind the initialisers
    this.field = 2;
    // at the end of the constructor
  }

  /** A method. */
  async run(): Promise<void> {
    await /* before the operand */ this.name; // behind the await

    // between statements without semicolons
    await this.run()
    // and after one
    const value = (await this.run(), /* in a sequence */ 5)
    for await (const each of /* iterable */ [value]) {
      // in the loop
      each // behind an expression
    }
    try {
      await null // in the try
    } catch {
      // in the catch
    } finally {
      /* in the finally */
    }
  }
}

export default async (value: string) => (
  // before the expression
  await value /* behind the expression */
);
/* at the end of the file */
`;

test("should keep every comment once, in its order", () => {
  const plain = compilePlainly(commented, esModule);
  const traced = compileTraced(commented, esModule);
  expect(plain.code).toContain("/*! License");
  expect(commentsOf(traced.code)).toEqual(commentsOf(plain.code));
});

test("should drop the comments that removeComments drops", () => {
  const options = { module: ts.ModuleKind.ESNext, removeComments: true };
  expect(commentsOf(compileTraced(commented, { options }).code)).toEqual(["/*! License of the file */"]);
});

test.each([
  ["a license comment above an import", '/* Copyright */\nimport { a } from "a";\nexport const f = () => a;'],
  [
    "a license comment and a blank line",
    '/* Copyright */\n\nimport { a } from "a";\nexport const f = () => a;',
  ],
  ["a shebang and a directive", '#!/usr/bin/env node\n"use client";\nexport const f = () => 1;'],
])("should begin with %s", (_name, source) => {
  const { code } = compileTraced(source, esModule);
  const before = code.slice(0, code.indexOf("import * as __errspan"));
  expect(before.trim().split("\n")).toEqual(
    source.split("\n").filter((line) => /Copyright|^#!|use client/.test(line)),
  );
  expect(commentsOf(code)).toEqual(commentsOf(compilePlainly(source, esModule).code));
});

test("should leave a doc comment with its function when that comes first", () => {
  const { code } = compileTraced("/** Adds. */\nexport function add() { return 1 }", esModule);
  expect(code).toMatch(/^import .*\nvar .*\n\/\*\* Adds\. \*\/\nexport function add/);
});

test("should take no name that the file has", () => {
  const { code } = compileTraced("export function f() { return typeof __errspan + __errspan_s }", esModule);
  expect(code).toContain('import * as __errspan2 from "@errspan/runtime/emit"');
  expect(code).toContain("__errspan2.fail)(__errspan2_s");
});

test("should hand the same tree back when nothing is traced", () => {
  const source = "export const f = () => 1;\nexport default f;\n";
  const { code } = compileTraced(source, { ...esModule, config: {} });
  expect(code).toBe(compilePlainly(source, esModule).code);
});

test("should leave a file alone that cannot be parsed, and say so", () => {
  const source = "export function f( { return 1 }";
  const traced = compileTraced(source, esModule);
  expect(traced.code).toBe(compilePlainly(source, esModule).code);
  expect(traced.diagnostics).toMatchObject([{ code: "ERRSPAN1901", file: "program.ts", line: 1 }]);
});

test("should survive an expression of three thousand operators", () => {
  const source = `export const f = () => 1;\nexport const text = ${Array.from({ length: 3000 }, () => '"a"').join(" + ")};`;
  expect(compileTraced(source, esModule).traced).toEqual(["function f"]);
});

test.each([
  ["commonjs", ts.ModuleKind.CommonJS, 'var __errspan = require("@errspan/runtime/emit");'],
  [
    "amd",
    ts.ModuleKind.AMD,
    'define(["require", "exports", "@errspan/runtime/emit"], function (require, exports, __errspan) {',
  ],
  ["system", ts.ModuleKind.System, 'System.register(["@errspan/runtime/emit"]'],
  ["es2015", ts.ModuleKind.ES2015, 'import * as __errspan from "@errspan/runtime/emit";'],
  ["preserve", ts.ModuleKind.Preserve, 'import * as __errspan from "@errspan/runtime/emit";'],
])("should bring the helpers in as module %s needs it", (_name, module, expected) => {
  const { code } = compileTraced("export const f = () => 1;", { options: { module } });
  expect(code).toContain(expected);
});

test.each([
  ["es2015", ts.ModuleKind.ES2015, 'import * as __errspan_c from "@errspan/runtime/capture";'],
  ["commonjs", ts.ModuleKind.CommonJS, 'var __errspan_c = require("@errspan/runtime/capture");'],
])("should bring in what captures values where something is captured, as module %s", (_name, module, expected) => {
  const marker = "/** @traced({ args: ['a'], ret: true }) */";
  const { code } = compileTraced(`${marker} export function f(a: unknown) { return a }`, { options: { module } });
  expect(code).toContain(expected);
  expect(code).toContain("() => __errspan_c.captureArguments({ a })");
  expect(code).toContain('"ret": __errspan_c.captureResult');
  expect(compileTraced("export const f = () => 1;", { options: { module } }).code).not.toContain("capture");
});

test("should require the helpers before anything else that is required", () => {
  const { code } = compileTraced('import { g } from "./g";\nexport function f() { return g() }');
  expect(code.indexOf('require("@errspan/runtime/emit")')).toBeLessThan(code.indexOf('require("./g")'));
  expect(code).toMatch(/^"use strict";\n/);
});

test("should need nothing from tslib", () => {
  const options = { importHelpers: true, esModuleInterop: true };
  const { code } = compileTraced('import { g } from "./g";\nexport async function f() { return await g() }', {
    options,
  });
  expect(code).not.toContain("tslib");
});

test("should declare each site record once, also where functions share it", () => {
  const { code } = compileTraced("export const same = String(() => 1) === String(() => 1);", esModule);
  const declared = /^var (.*);$/m.exec(code)?.[1]?.split(", ") ?? [];
  expect(declared).toEqual([...new Set(declared)]);
  expect(code).toContain("=== String(");
});

test("should drop what stands above an import of types, as the compiler does", () => {
  const source = '// About the type.\nimport type { A } from "a";\nexport const f = (a: A) => a;';
  expect(commentsOf(compileTraced(source, esModule).code)).toEqual([]);
  expect(commentsOf(compilePlainly(source, esModule).code)).toEqual([]);
});

test("should stand a class that names itself beside an arrow function that returns an expression", () => {
  const source = `
class Validator {
  check(value: unknown): void {
    [value].map((element) => this.check(element));
  }
  #any(value: unknown): unknown {
    return [value].map(() => new Validator().check(value));
  }
}
export const validate = (value: unknown) => new Validator().check(value);
`;
  const { code, traced } = compileTraced(source, esModule);
  expect(traced).toHaveLength(5);
  expect(code).toMatch(/__errspan\.returned\)\(this\.check\(element\), __errspan_s\)/);
});

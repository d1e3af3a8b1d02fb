import { describe, expect, it } from "vitest";
import type { FunctionSurroundings } from "../../src/lower/lower.js";
import { parseSource } from "../../src/parse/parse.js";
import { discover } from "../../src/plan/discover.js";
import { findEarlierRewriting } from "../../src/plan/rewritten.js";
import { findTracedBindings } from "../../src/plan/traced-bindings.js";

/** Surroundings of each function by its name. */
function surroundings(source: string, moduleCode = false): Record<string, FunctionSurroundings> {
  const parsed = parseSource(source, "a.ts", moduleCode ? "module" : "script");
  if ("reason" in parsed) throw new Error(parsed.message);
  const { program } = parsed;
  const { functions } = discover(program, source, {
    moduleCode,
    exportedNames: new Set(),
    bindings: findTracedBindings(program),
    earlier: findEarlierRewriting(program, source),
  });
  return Object.fromEntries(functions.map((found) => [found.name ?? "?", found.surroundings]));
}

const strictNames = (source: string, moduleCode?: boolean): string[] =>
  Object.entries(surroundings(source, moduleCode)).flatMap(([name, { strict }]) => (strict ? [name] : []));

describe("strict code", () => {
  it.each([
    ["a module", "function a() {}", true, ["a"]],
    ["a sloppy script", "function a() {}", false, []],
    ["a strict script", "'use strict'; function a() {}", false, ["a"]],
    ["a strict script, after other directives", "'use client'; \"use strict\"; function a() {}", false, ["a"]],
    ["not a text further down", "f(); 'use strict'; function a() {}", false, []],
    ["not a text in parentheses", "('use strict'); function a() {}", false, []],
    ["not a text with an escape", "'use\\x20strict'; function a() {}", false, []],
    ["a strict function and what is in it", "function a() { 'use strict'; function b() {} } function c() {}", false, ["a", "b"]],
    ["all parts of a class", "class A extends m(function a() {}) { [(function b() {})()]() {} c() {} static { function d() {} } }", false, ["a", "b", "[computed]", "c", "d"]],
  ])("is %s", (_, source, moduleCode, names) => {
    expect(strictNames(source, moduleCode)).toEqual(names.map((name) => (name === "[computed]" ? "[(function b() {})()]" : name)));
  });
});

describe("with and asm", () => {
  it("reach what is inside", () => {
    const found = surroundings("with (o(function a() {})) { function b() { return function c() {}; } } function d() {}");
    expect(Object.entries(found).map(([name, { insideWith }]) => [name, insideWith])).toEqual([["a", false], ["b", true], ["c", true], ["d", false]]);
  });

  it("asm.js modules keep their functions to themselves", () => {
    const found = surroundings("function a() { 'use asm'; function b() {} return b; } function c() {}");
    expect(Object.entries(found).map(([name, { insideAsm }]) => [name, insideAsm])).toEqual([["a", true], ["b", true], ["c", false]]);
  });
});

describe("constructors", () => {
  const of = (source: string): FunctionSurroundings["constructorOf"] | undefined => surroundings(source)["constructor"]?.constructorOf;

  it.each([
    ["a base class", "class A { constructor() {} }", { derived: false, initialisesFields: false }],
    ["a derived class", "class A extends B { constructor() { super(); } }", { derived: true, initialisesFields: false }],
    ["a class that extends null", "class A extends null { constructor() {} }", { derived: true, initialisesFields: false }],
    ["a field", "class A extends B { x = 1; constructor() { super(); } }", { derived: true, initialisesFields: true }],
    ["a field without a value, which may be defined all the same", "class A extends B { x; constructor() { super(); } }", { derived: true, initialisesFields: true }],
    ["an auto-accessor", "class A extends B { accessor x = 1; constructor() { super(); } }", { derived: true, initialisesFields: true }],
    ["a decorated field", "class A extends B { @d x; constructor() { super(); } }", { derived: true, initialisesFields: true }],
    ["a decorated method", "class A extends B { @d m() {} constructor() { super(); } }", { derived: true, initialisesFields: true }],
    ["a private method", "class A extends B { #m() {} constructor() { super(); } }", { derived: true, initialisesFields: true }],
    ["a parameter property", "class A extends B { constructor(readonly x: number) { super(); } }", { derived: true, initialisesFields: true }],
    ["a static field", "class A extends B { static x = 1; constructor() { super(); } }", { derived: true, initialisesFields: false }],
    ["a declared field", "class A extends B { declare x: number; constructor() { super(); } }", { derived: true, initialisesFields: false }],
    ["an abstract field", "abstract class A extends B { abstract x: number; constructor() { super(); } }", { derived: true, initialisesFields: false }],
  ])("know of %s", (_, source, expected) => {
    expect(of(source)).toEqual(expected);
  });

  it("are told from methods of that name", () => {
    expect(of("const o = { constructor() {} };")).toBeNull();
    expect(of("class A { static constructor() {} }")).toBeNull();
    expect(of("class A { ['constructor']() {} }")).toBeNull();
  });
});

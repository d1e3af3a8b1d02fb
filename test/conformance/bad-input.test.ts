import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Script } from "node:vm";
import { transform } from "@errspan/transformer";
import { transformSync } from "esbuild";
import { describe, expect, it } from "vitest";

const config = { select: [{ functions: "all" }] } as const;
const rewrite = (code: string, filename = "main.js") => transform(code, { filename, config, format: "script" });

/** Left alone, and said so. */
function expectUntouched(code: string, filename?: string): void {
  const result = rewrite(code, filename);
  expect(result.code).toBe(code);
  expect(result.map).toBeNull();
  expect(result.diagnostics).toHaveLength(1);
  expect(result.diagnostics[0]?.severity).toBe("warning");
  expect(result.diagnostics[0]?.message).toContain("left alone");
}

describe("text that cannot be parsed is left alone with a diagnostic", () => {
  it.each([
    "function (",
    "function f() { return 1 ",
    "const f = () => {",
    "function f() {} let x = ;",
    "return 1; function f() {} }",
    "function f() { await 1; }",
    "function* g() { yield = 1; }",
    "function f() {} 'unterminated",
    "function f() {} `unterminated ${",
    "function f() {} = /unterminated",
    "function f() {} /* unterminated",
    "<<<<<<< HEAD\nfunction f() {}\n=======\n",
    "function f() {} @@@",
  ])("%j", (code) => expectUntouched(code));

  it("in TypeScript", () => {
    expectUntouched("function f(: number) {}", "main.ts");
  });

  it("binary", () => {
    const bytes = Buffer.from(Array.from({ length: 65_536 }, (_, index) => (index * 7919) % 256));
    for (const encoding of ["latin1", "utf8", "utf16le"] as const) {
      const code = bytes.toString(encoding);
      expect(rewrite(code)).toMatchObject({ code, map: null });
    }
  });

  it("binary that holds a function", () => {
    expectUntouched(`\0\u0001\u0002 function f() { return 1; } \0`);
  });
});

describe("unusual text", () => {
  it.each([
    ["a string", 'function f() { return "\ud800".length; } f();'],
    ["a template", "function f() { return `\udc00`.length; } f();"],
    ["a comment", "function f() { /* \ud83d */ return 1; } f();"],
    ["a regular expression", "function f() { return /\ud800/.source.length; } f();"],
  ])("lone surrogates in %s stay what they are", (_, code) => {
    const result = rewrite(code);
    expect(result.traced.map(({ name }) => name)).toEqual(["f"]);
    for (const kept of code.match(/[\ud800-\udfff]/g) ?? []) expect(result.code).toContain(kept);
    expect(() => new Script(result.code)).not.toThrow();
  });

  it("rewriting twice is rewriting once", () => {
    const once = rewrite("function f(a = g()) { return 1; } const g = async ({ b = [() => f()].at(0) }) => await f();").code;
    expect(rewrite(once).code).toBe(once);
  });

  it("code that uses the helpers' names gets others", () => {
    const { code } = rewrite("var __errspan = 1, __errspan_s = 2, __errspan2 = 3; function f(__errspan_e) { return __errspan; }");
    expect(code).not.toMatch(/var __errspan=|const __errspan_s=/);
    expect(() => new Script(code)).not.toThrow();
  });

  it("empty text, white space and a lone byte order mark come back as they are", () => {
    for (const code of ["", " ", "\n\n", "\ufeff", "// nothing"]) expect(rewrite(code)).toMatchObject({ code, map: null, diagnostics: [] });
  });
});

describe("nesting 10 000 levels deep neither crashes nor hangs", () => {
  const deep = 10_000;
  const nest = (open: string, inner: string, close: string): string => open.repeat(deep) + inner + close.repeat(deep);
  it.each([
    ["parentheses", `function f() { return ${nest("(", "1", ")")}; }`],
    ["arrays", `function f() { return ${nest("[", "1", "]")}; }`],
    ["objects", `function f() { return ${nest("{a:", "1", "}")}; }`],
    ["blocks", `function f() { ${nest("{", "", "}")} }`],
    ["functions", nest("function f(){", "", "}")],
    ["arrows", `const f = ${"() => ".repeat(deep)}1;`],
    ["calls", nest("f(", "", ")")],
    ["a chain of members", `function f(a) { return a${".b".repeat(deep)}; }`],
    ["a chain of operators", `function f(a) { return a${"+a".repeat(deep)}; }`],
    ["a chain of else if", `function f(a) { ${"if (a) {} else ".repeat(deep)}{} }`],
    ["templates", `function f() { return ${nest("`${", "1", "}`")}; }`],
    ["negations", `function f(a) { return ${"!".repeat(deep)}a; }`],
    ["conditionals", `function f(a) { return ${"a ? 1 : ".repeat(deep)}2; }`],
    ["awaits", `async function f(a) { return ${"await ".repeat(deep)}a; }`],
    ["classes", nest("class A { static x = ", "() => 1", "}")],
    ["brackets never closed", `function f() { return ${"(".repeat(deep)}`],
  ])("%s", (_, code) => {
    const result = rewrite(code);
    if (result.code === code) expect(result.diagnostics.length).toBeGreaterThan(0);
    else expect(result.traced.length).toBeGreaterThan(0);
  });

  it("types", () => {
    const code = `function f(a: ${nest("Array<", "number", ">")}) { return a; }`;
    const result = rewrite(code, "main.ts");
    expect(result.code !== code || result.diagnostics.length > 0).toBe(true);
  });
});

it("a bundle of several megabytes on one line is rewritten", () => {
  const source = readFileSync(createRequire(import.meta.url).resolve("typescript"), "utf8");
  const bundle = transformSync(source, { minify: true, logLevel: "silent" }).code;
  expect(bundle.length).toBeGreaterThan(2_000_000);
  const result = rewrite(bundle);
  expect(result.traced.length).toBeGreaterThan(15_000);
  expect(result.code.split("\n").length).toBe(bundle.split("\n").length);
  expect(() => new Script(result.code)).not.toThrow();
}, 300_000);

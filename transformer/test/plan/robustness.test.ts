import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findDeepNesting } from "../../src/parse/nesting.js";
import { ALL, planOf, said } from "./planning.js";

const repeat = (opening: string, middle: string, closing: string, times = 10_000): string =>
  opening.repeat(times) + middle + closing.repeat(times);

describe("a file that cannot be parsed", () => {
  it.each([
    ["a syntax error", "export function f() {\n  return (;\n}", /^2:11 ERRSPAN1901 The file is left alone because it cannot be parsed: .+\.$/],
    ["a syntax error behind other alphabets", "const s = 'äöü😀';\nexport function f( {}", /^2:\d+ ERRSPAN1901/],
    ["Flow", "export function f(a: ?string) {}", /^1:\d+ ERRSPAN1901/, "a.js"],
    ["bytes", "\u0000\u0001PNG traced \u0000", /^1:\d+ ERRSPAN1901/],
    ["nothing but brackets", "((((((((((", /ERRSPAN1901/],
  ])("is left alone and reported: %s", (_, source, message, filename = "a.ts") => {
    const { diagnostics, functions } = planOf(source, { config: ALL, filename });
    expect(functions).toEqual([]);
    expect(said(source, { config: ALL, filename })).toEqual([expect.stringMatching(message)]);
    expect(diagnostics[0]?.severity).toBe("warning");
  });
});

describe("hostile nesting, which would take the native parser and the process with it", () => {
  it.each([
    ["functions", repeat("function f(){", "", "}")],
    ["arrow functions", repeat("()=>", "1", "")],
    ["arrow functions in defaults", `x=${repeat("(a=", "1", ")=>1")}`],
    ["function expressions", `x=${repeat("function(){return ", "1", "}")}`],
    ["parentheses", `x=${repeat("(", "1", ")")}`],
    ["arrays", `x=${repeat("[", "", "]")}`],
    ["objects", `x=${repeat("{a:", "1", "}")}`],
    ["blocks", repeat("{", "", "}")],
    ["classes", `x=${repeat("class{[", "1", "](){}}")}`],
    ["templates", `x=${repeat("`${", "1", "}`")}`],
    ["conditions", `x=${repeat("a?b:", "c", "")}`],
    ["conditions in conditions", `x=${repeat("a?", "b", ":c")}`],
    ["else if", repeat("if(a){}else ", "{}", "")],
    ["else if with statements", repeat("if(a)b;else ", "c;", "")],
    ["else if on lines of their own", repeat("if (a) {\n  b();\n} else ", "{}", "")],
    ["if in if", repeat("if(a)", "b", "")],
    ["loops", repeat("for(;;)", "b", "")],
    ["labels", Array.from({ length: 10_000 }, (_, i) => `a${i}:`).join("") + "b"],
    ["assignments", repeat("a=", "1", "")],
    ["assignments on lines of their own", repeat("a =\n", "1", "")],
    ["prefix operators", repeat("!", "1", "", 30_000)],
    ["prefix words", repeat("typeof ", "1", "", 30_000)],
    ["sums", `x=${repeat("1+", "1", "", 200_000)}`],
    ["calls", repeat("a", "", "()", 1) + "()".repeat(200_000)],
    ["members", `a${".b".repeat(200_000)}`],
    ["JSX", `x=${repeat("<a>", "", "</a>", 20_000)}`, "a.tsx"],
    ["JSX with expressions", `x=${repeat("<a>{", "1", "}</a>")}`, "a.tsx"],
    ["type arguments", `type A=${repeat("B<", "C", ">")}`],
    ["namespaces", repeat("namespace a{", "", "}")],
    ["brackets that never close", "(".repeat(100_000)],
  ])("is left alone: %s", (_, source, filename = "a.ts") => {
    const { diagnostics } = planOf(`${source}\n/** @traced */ export function f() {}`, { filename });
    expect(diagnostics).toMatchObject([{ code: "ERRSPAN1902", severity: "warning" }]);
  });

  it.each([
    ["300 functions in each other", repeat("function f(){", "", "}", 300)],
    ["1500 conditions", `x=${repeat("a===1?b:", "c", "", 1500)}`],
    ["a thousand times else if", repeat("if(a===1){b()}else ", "{}", "", 1000)],
    ["fifteen thousand texts added up", `x=${repeat('"a"+\n', '"b"', "", 15_000)}`],
    ["fifty thousand statements", repeat("if (a < b) { c = d ? e : f }\n", "", "", 50_000)],
    ["fifty thousand statements without semicolons", repeat("a.b = c ? d : !e\nf()\n", "", "", 25_000)],
    ["fifty thousand elements", `x=[${repeat("a=>b?c:d,", "", "", 50_000)}]`],
    ["brackets in texts, templates, comments and regular expressions", repeat("a('((', `((`, /\\(([(]/ /* (( */) // ((\n", "", "", 5000)],
    ["twenty thousand elements of JSX side by side", `x=<>${repeat("<a b={c}><d/></a>\n", "", "", 10_000)}</>`, "a.tsx"],
  ])("is not found in %s", (_, source, filename = "a.ts") => {
    const { diagnostics, functions } = planOf(`${source}\n/** @traced */ export function f() {}`, { filename });
    expect(diagnostics).toEqual([]);
    expect(functions).toHaveLength(1);
  });

  it("is measured in any text whatever", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        expect(findDeepNesting(text)).toBeNull();
      }),
    );
  });
});

describe("odd input", () => {
  it.each([
    ["nothing", ""],
    ["a byte order mark", "\ufeff"],
    ["white space", " \n\t\r\n"],
    ["comments", "// a\n/* b */"],
    ["a shebang", "#!/usr/bin/env node"],
  ])("has nothing to trace: %s", (_, source) => {
    expect(planOf(source, { config: ALL })).toMatchObject({ functions: [], diagnostics: [] });
  });

  it("may hold half of a surrogate pair", () => {
    const { diagnostics, functions } = planOf("const s = '\ud800'; export function f() { return '\udc00'; }", { config: ALL });
    expect(diagnostics).toEqual([]);
    expect(functions[0]?.site.location).toMatchObject({ line: 1, column: 23 });
    expect(functions[0]?.body).toEqual({ start: 35, end: 50 });
  });

  it("may be a bundle on one line", () => {
    const source = `export{};${"function f(a){return a.map(function(b){return b?c(b):d})}".repeat(20_000)}`;
    expect(planOf(source, { config: ALL }).functions).toHaveLength(40_000);
  });

  it("may be any text", () => {
    const piece = fc.constantFrom("function f(", "){", "}", "=>", "class A {", "/** @traced */", "@traced", "async ", "*", "(", ")", "a", ",", ";", "\n", "'use strict'", "`", "${", "//", "/*", "*/", "<", ">", "=", "😀", "\ud800", "\u2028", "export ", "import ");
    const text = fc.oneof(fc.string({ unit: "binary" }), fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join("")));
    fc.assert(
      fc.property(text, fc.constantFrom("a.ts", "a.js", "a.tsx", "a.cjs", "a", ""), (source, filename) => {
        const { functions } = planOf(source, { config: ALL, filename });
        for (const { node, body, begin } of functions) {
          expect(node.start).toBeLessThanOrEqual(body.start);
          expect(body.end).toBeLessThanOrEqual(source.length);
          expect(begin).toBeLessThanOrEqual(body.end);
        }
      }),
      { numRuns: 600 },
    );
  });
});

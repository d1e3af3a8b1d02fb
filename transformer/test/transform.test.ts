import { describe, expect, it } from "vitest";
import { transform } from "../src/transform.js";

const everything = { select: [{ functions: "all" }] } as const;
const source = "/** @traced({ name: \"pay\" }) */\nexport async function charge(order) { return order.id }\nexport class A { get b() { return 1 } }\n";

describe("transform", () => {
  it("traces what is marked and tells what that is", () => {
    const { code, map, traced, diagnostics } = transform(source, { filename: "/project/src/a.js", root: "/project" });
    expect(traced).toEqual([{ name: "charge", kind: "async", file: "src/a.js", line: 2, column: 8, spanName: "pay" }]);
    expect(diagnostics).toEqual([]);
    expect(code).toContain('(0,__errspan.site)(["pay","charge","src/a.js",2,8,5])');
    expect(map?.mappings).toMatch(/;/);
  });

  it("traces what the config selects", () => {
    const { traced } = transform(source, { filename: "src/a.js", config: everything });
    expect(traced.map(({ name }) => name)).toEqual(["charge", "A.get b"]);
  });

  it("gives the same string back where there is nothing to trace", () => {
    for (const text of ["", "export const a = 1;", "function f() {}", "const a = '@traced'; function f() {}"]) {
      expect(transform(text, { filename: "src/a.js" })).toEqual({ code: text, map: null, traced: [], diagnostics: [], usedSelectors: [] });
    }
  });

  it.each(["module", "commonjs", "script"] as const)("changes nothing more the second time, as %s", (format) => {
    const text = "'use strict'\nfunction f() { return () => g(1) }\nclass A { async *g() { yield 1 } }";
    const first = transform(text, { filename: "src/a.js", config: everything, format });
    expect(first.traced).toHaveLength(3);
    const second = transform(first.code, { filename: "src/a.js", config: everything, format });
    expect(second).toEqual({ code: first.code, map: null, traced: [], diagnostics: [], usedSelectors: [] });
  });

  it("gives the same for the same", () => {
    const once = transform(source, { filename: "src/a.js", config: everything });
    expect(transform(source, { filename: "src/a.js", config: everything })).toEqual(once);
  });

  it("says why a function is not traced, and traces the others", () => {
    const text = "function f() { function g() {} { var g } }\nfunction h() {}";
    const { code, traced, diagnostics } = transform(text, { filename: "a.cjs", config: everything });
    expect(diagnostics).toEqual([
      expect.objectContaining({ code: "ERRSPAN1004", severity: "warning", file: "a.cjs", line: 1, column: 1, name: "f" }),
    ]);
    expect(traced.map(({ name }) => name)).toEqual(["f.g", "h"]);
    expect(code).toContain("function f() { function g() {");
  });

  it("leaves alone what it cannot read", () => {
    for (const text of ["function f( {", "function f() {} }", "\0\x01\x02PNG(", `${"(".repeat(20_000)}1${")".repeat(20_000)}`]) {
      const result = transform(text, { filename: "src/a.js", config: everything });
      expect(result).toMatchObject({ code: text, map: null, traced: [] });
      expect(result.diagnostics).toHaveLength(1);
    }
  });

  it("keeps lone surrogates and astral characters", () => {
    const text = "export function f() { return '\uD800' + '𝒜' }";
    const { code } = transform(text, { filename: "src/a.js", config: everything });
    expect(code).toContain("( '\uD800' + '𝒜'),");
  });

  it("reads TypeScript, JSX and both", () => {
    for (const [filename, text] of [
      ["a.ts", "export const f = <T,>(x: T): T => x as T;"],
      ["a.tsx", "export const F = (p: P) => <div>{p.list.map((x) => <b key={x}>{x}</b>)}</div>;"],
      ["a.jsx", "export const F = (p) => <>{() => p}</>;"],
    ] as const) {
      const { code, diagnostics } = transform(text, { filename, config: everything });
      expect(diagnostics).toEqual([]);
      expect(code).toContain("__errspan.enter");
    }
  });
});

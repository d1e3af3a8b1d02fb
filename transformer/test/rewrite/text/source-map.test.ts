import { SourceMap } from "node:module";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { transform } from "../../../src/transform.js";
import type { SourceMapObject } from "../../../src/rewrite/text/rewrite-text.js";

const everything = { select: [{ functions: "all" }] } as const;

/** Offset of a word to its 0-based line and column. */
function placeOf(text: string, word: string): { line: number; column: number } {
  const offset = text.indexOf(word);
  if (offset < 0) throw new Error(`no ${word}`);
  const before = text.slice(0, offset).split("\n");
  return { line: before.length - 1, column: before.at(-1)?.length ?? 0 };
}

function original(map: SourceMapObject | null, generated: string, word: string): { source: string; line: number; column: number } {
  if (map === null) throw new Error("no map");
  const { line, column } = placeOf(generated, word);
  const payload = {
    ...map,
    file: "",
    sourceRoot: "",
    sources: map.sources.map(String),
    sourcesContent: map.sourcesContent.map(String),
    names: [...map.names],
  };
  const entry = new SourceMap(payload).findEntry(line, column);
  if (!("originalLine" in entry)) throw new Error(`${word} is not mapped`);
  return { source: entry.originalSource, line: entry.originalLine, column: entry.originalColumn };
}

describe("the source map", () => {
  const source = 'import a from "a";\nexport class C {\n\tasync m(x) { const 𝒜 = "é"; await one(x) + two; return three }\n}\nexport const g = (y) =>\n  four(y), five = 5;\n';
  const { code, map } = transform(source, { filename: "src/c.js", config: everything });

  it("leads every word back to its line and column", () => {
    for (const word of ["import a", "class", "𝒜", "one", "two", "three", "four", "five"]) {
      expect(original(map, code, word), word).toEqual({ source: "src/c.js", ...placeOf(source, word) });
    }
  });

  it("holds the text it leads to", () => {
    expect(map).toMatchObject({ version: 3, sources: ["src/c.js"], sourcesContent: [source], names: [] });
  });

  it("leads through an input map to what was written first", () => {
    const first = "interface I { a: 1 }\n\nexport const f = (x: I): number => {\n  const y: number = x.a as number;\n  return fail(y);\n};\n";
    const { outputText, sourceMapText = "" } = ts.transpileModule(first, {
      fileName: "src/f.ts",
      compilerOptions: { sourceMap: true, inlineSources: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
    });
    for (const inputMap of [sourceMapText, JSON.parse(sourceMapText) as SourceMapObject]) {
      const second = transform(outputText, { filename: "src/f.js", config: everything, inputMap });
      expect(second.map?.sources).toEqual(["src/f.ts"]);
      expect(second.map?.sourcesContent).toEqual([first]);
      expect(original(second.map, second.code, "fail(y)")).toEqual({ source: "src/f.ts", ...placeOf(first, "fail(y)") });
    }
  });

  it("is refused where the input map is none", () => {
    expect(() => transform(source, { filename: "src/c.js", config: everything, inputMap: "no map" })).toThrow();
  });
});

import { eachMapping, originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { expect, test } from "vitest";
import { compilePlainly, compileTraced, type Compiled } from "./compile.js";
import { programs } from "./programs.js";

/** Which words of the output stand for which place of the source. */
function wordsByPlace({ code, map }: Compiled): Map<string, Set<string>> {
  const lines = code.split("\n");
  const words = new Map<string, Set<string>>();
  eachMapping(new TraceMap(map), ({ generatedLine, generatedColumn, originalLine, originalColumn }) => {
    if (originalLine === null) return;
    const word = /^[\w$]+/.exec(lines[generatedLine - 1]?.slice(generatedColumn) ?? "")?.[0];
    const place = `${originalLine}:${originalColumn}`;
    if (word !== undefined) words.set(place, (words.get(place) ?? new Set()).add(word));
  });
  return words;
}

test.each(programs)("should map every word of $name to where it was", (program) => {
  const compilation = {
    fileName: program.fileName ?? "program.ts",
    options: { experimentalDecorators: program.decorators === "legacy", jsx: 2 },
  };
  const traced = wordsByPlace(compileTraced(program.code, compilation));
  for (const [place, words] of wordsByPlace(compilePlainly(program.code, compilation))) {
    expect([place, [...(traced.get(place) ?? [])]]).toEqual([place, expect.arrayContaining([...words])]);
  }
});

test("should map an error to the line and column where it was thrown", () => {
  const source = `/** @traced */\nexport async function f(): Promise<void> {\n  await null;\n  throw new Error("here");\n}\n`;
  const { code, map } = compileTraced(source, { config: {} });
  const lines = code.split("\n");
  const line = lines.findIndex((text) => text.includes("new Error"));
  const column = lines[line]?.indexOf("new Error") ?? -1;
  expect(originalPositionFor(new TraceMap(map), { line: line + 1, column })).toMatchObject({
    line: 4,
    column: 8,
  });
});

test("should map what it adds to the braces of the function", () => {
  const source = `/** @traced */\nexport function f() {\n  return 1;\n}\n`;
  const { code, map } = compileTraced(source, { config: {} });
  const lines = code.split("\n");
  const placeOf = (text: string): unknown => {
    const line = lines.findIndex((each) => each.includes(text));
    return originalPositionFor(new TraceMap(map), {
      line: line + 1,
      column: lines[line]?.indexOf(text) ?? 0,
    });
  };
  expect(placeOf("const __errspan_s")).toMatchObject({ line: 2, column: 20 });
  expect(placeOf("throw __errspan_e")).toMatchObject({ line: 4, column: 0 });
});

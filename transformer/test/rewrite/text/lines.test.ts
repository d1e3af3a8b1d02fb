import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { rewritten } from "./rewriting.js";

const require = createRequire(import.meta.url);

/** Whether the characters of one text are found in another, in order. */
function isWithin(part: string, whole: string): boolean {
  let at = 0;
  for (const character of part) {
    at = whole.indexOf(character, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

describe("lines stay where they are", () => {
  it.each(["magic-string", "picomatch/lib/parse.js", "@opentelemetry/api", "@jridgewell/remapping"])("in %s", (name) => {
    const source = readFileSync(require.resolve(name), "utf8");
    const code = rewritten(source, "commonjs");
    expect(code.length).toBeGreaterThan(source.length * 1.1);
    const before = source.split("\n");
    const after = code.split("\n");
    expect(after.length).toBe(before.length);
    expect(before.filter((line, index) => !isWithin(line, after[index] ?? ""))).toEqual([]);
  });

  it("with every kind of line break", () => {
    const source = "function f() {\r\n  return a\r\n}\rasync () => {\u2028 await a\u2029}";
    const breaks = (text: string): string[] => text.match(/\r\n|[\n\r\u2028\u2029]/g) ?? [];
    expect(breaks(rewritten(source))).toEqual(breaks(source));
  });
});

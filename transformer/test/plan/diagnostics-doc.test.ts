import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const source = fileURLToPath(new URL("../../src", import.meta.url));
const page = readFileSync(new URL("../../../docs/diagnostics.md", import.meta.url), "utf8");

function codesInSource(): string[] {
  const codes = new Set<string>();
  for (const file of readdirSync(source, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".ts")) continue;
    for (const [code] of readFileSync(join(source, file), "utf8").matchAll(/ERRSPAN\d{4}/g)) codes.add(code);
  }
  return [...codes].sort();
}

describe("docs/diagnostics.md", () => {
  it("explains every code that there is, and no other", () => {
    const explained = [...page.matchAll(/^### (ERRSPAN\d{4})$/gm)].map(([, code = ""]) => code);
    expect(explained).toEqual(codesInSource());
  });

  it("says something of each", () => {
    for (const [, code, text = ""] of page.matchAll(/^### (ERRSPAN\d{4})\n([^#]*)/gm)) {
      expect(text.trim().length, code).toBeGreaterThan(30);
    }
  });
});

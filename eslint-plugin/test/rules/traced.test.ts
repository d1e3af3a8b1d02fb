import "../transformer.js";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectConfig } from "../../src/analysis/planner.js";
import { lint } from "../lint.js";

describe("valid-traced", () => {
  const find = (code: string): { line: number; message: string }[] =>
    lint(code, { rules: { "errspan/valid-traced": "error" } }).map(({ line, message }) => ({ line, message }));

  it("says what the transformer says, where the marker is", () => {
    const [finding] = find(`\n/** @traced({ nmae: "x" }) */\nexport function f() { return g(); }`);
    expect(finding?.line).toBe(2);
    expect(finding?.message).toMatch(/nmae.*\(ERRSPAN2002\)/s);
  });

  it("finds options for parameters that do not exist", () => {
    expect(find(`/** @traced({ skip: ["card"] }) */ export function f(order) { return g(order); }`)[0]?.message).toMatch(/card/);
  });

  it("has nothing to say about markers that work, or files without any", () => {
    expect(find(`/** @traced */ export async function f() { return await g(); }`)).toEqual([]);
    expect(find(`export function f() { return g(); }`)).toEqual([]);
  });
});

describe("require-traced", () => {
  const find = (code: string): string[] =>
    lint(code, { rules: { "errspan/require-traced": ["error", { select: [{ functions: "exported" }] }] } }).map(({ message }) => message);

  it("finds a selected function without a marker", () => {
    expect(find(`export function f() { return g(); } function h() { return g(); }`)).toEqual([expect.stringContaining("`f`")]);
  });

  it("is content with a marked one", () => {
    expect(find(`/** @traced */ export function f() { return g(); }`)).toEqual([]);
  });
});

describe("the project's config", () => {
  it("is the nearest one above the file", () => {
    const root = mkdtempSync(join(tmpdir(), "errspan-config-"));
    mkdirSync(join(root, "src"));
    writeFileSync(join(root, "errspan.config.json"), `\uFEFF{ "select": [] }`);
    expect(projectConfig(join(root, "src", "a.ts"))).toEqual({ config: { select: [] }, root });
  });

  it("is none where it cannot be read as JSON", () => {
    const root = mkdtempSync(join(tmpdir(), "errspan-config-"));
    writeFileSync(join(root, "errspan.config.json"), "{");
    expect(projectConfig(join(root, "a.ts"))).toBeUndefined();
  });
});

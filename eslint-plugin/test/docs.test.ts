import "./transformer.js";
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { examplesOf, fill, headerOf, optionsOf, ruleNames, rulesTable } from "./document.js";
import { lint } from "./lint.js";

const place = (path: string): URL => new URL(`../${path}`, import.meta.url);
// Run with WRITE_DOCS=1 to bring the generated parts up to date.
const writes = Boolean(process.env["WRITE_DOCS"]);

function expectCurrent(path: string, parts: Record<string, string>): void {
  const page = readFileSync(place(path), "utf8");
  const current = Object.entries(parts).reduce((text, [part, content]) => fill(text, part, content), page);
  if (writes) writeFileSync(place(path), current);
  else expect(page).toBe(current);
}

it("lists every rule in the README, as the rules describe themselves", () => {
  expectCurrent("README.md", { rules: rulesTable() });
});

for (const name of ruleNames) {
  describe(`the page of ${name}`, () => {
    const path = `docs/rules/${name}.md`;

    it("has the rule's own head and options", () => {
      expectCurrent(path, { header: headerOf(name), options: optionsOf(name) });
    });

    it("tells what, why, how to mend and when not to use it", () => {
      const page = readFileSync(place(path), "utf8");
      for (const heading of ["## Why", "## How to mend it", "## Examples", "## Options", "## When not to use it"]) expect(page).toContain(heading);
    });

    it("has examples that lint as it says", () => {
      const examples = examplesOf(readFileSync(place(path), "utf8"));
      expect(examples.some(({ correct }) => correct) && examples.some(({ correct }) => !correct)).toBe(true);
      for (const { code, correct, options, typed, tsx } of examples) {
        const found = lint(code, { rules: { [`errspan/${name}`]: ["error", ...options] }, typed, tsx });
        expect({ code, found: found.map(({ rule }) => rule).filter((rule) => rule !== "fatal").length > 0 }).toEqual({ code, found: !correct });
        expect(found.filter(({ rule }) => rule === "fatal")).toEqual([]);
      }
    });
  });
}

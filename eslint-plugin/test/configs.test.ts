import { readFileSync } from "node:fs";
import { Linter } from "eslint";
import { defineConfig } from "eslint/config";
import { describe, expect, it } from "vitest";
import plugin from "../src/index.js";

const lost = `try { run(); } catch (e) {}`;
const names = ["recommended", "recommended-type-checked", "strict", "strict-type-checked"] as const;

describe("the configs", () => {
  it("are found by their names", () => {
    for (const name of names) {
      const config = defineConfig({ plugins: { errspan: plugin as never }, extends: [`errspan/${name}`] });
      expect(new Linter().verify(lost, config as Linter.Config[]).map(({ ruleId }) => ruleId)).toContain("errspan/no-swallowed-error");
    }
  });

  it("can be used as objects", () => {
    expect(new Linter().verify(lost, [plugin.configs.strict as Linter.Config])).toHaveLength(1);
  });

  it("each have a name and only rules that exist", () => {
    for (const name of names) {
      expect(plugin.configs[name].name).toBe(`errspan/${name}`);
      const own = Object.keys(plugin.configs[name].rules ?? {}).filter((rule) => rule.startsWith("errspan/"));
      expect(own.filter((rule) => !(rule.slice("errspan/".length) in plugin.rules))).toEqual([]);
    }
  });

  it("take each other in: what is reported without types is reported with them", () => {
    const rulesOf = (name: (typeof names)[number]): string[] => Object.keys(plugin.configs[name].rules ?? {});
    expect(rulesOf("recommended-type-checked")).toEqual(expect.arrayContaining(rulesOf("recommended")));
    expect(rulesOf("strict-type-checked")).toEqual(expect.arrayContaining(rulesOf("strict")));
  });

  it("switch the rules of others off, and nothing on", () => {
    expect(new Set(Object.values(plugin.configs.off.rules ?? {}))).toEqual(new Set(["off"]));
  });
});

describe("the fragment for oxlint", () => {
  it("has the rules of recommended with their options", () => {
    const fragment = JSON.parse(readFileSync(new URL("../oxlintrc.json", import.meta.url), "utf8")) as { rules: object };
    const own = Object.entries(plugin.configs.recommended.rules ?? {}).filter(([rule]) => rule.startsWith("errspan/"));
    expect(fragment.rules).toEqual(Object.fromEntries(own));
  });
});

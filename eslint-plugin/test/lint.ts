import { mkdtempSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import plugin, { type ConfigName } from "../src/index.js";

export interface Finding {
  rule: string;
  id: string | undefined;
  line: number;
  message: string;
  suggestions: Linter.LintSuggestion[] | undefined;
}

const root = realpathSync(mkdtempSync(join(tmpdir(), "errspan-lint-")));
// Packages are found as in a project of one's own.
symlinkSync(fileURLToPath(new URL("../../node_modules", import.meta.url)), join(root, "node_modules"), "junction");
writeFileSync(join(root, "file.ts"), "");
writeFileSync(join(root, "page.tsx"), "");
writeFileSync(
  join(root, "tsconfig.json"),
  JSON.stringify({
    compilerOptions: {
      target: "es2024",
      lib: ["es2024", "dom", "esnext"],
      module: "nodenext",
      strict: true,
      jsx: "preserve",
      types: ["node"],
    },
    include: ["file.ts", "page.tsx"],
  }),
);

/** Lints a piece of code as a user of one of the plugin's configs would, in a project where types are there or not. */
export function lintWith(config: ConfigName, code: string, { tsx = false, typed = config.endsWith("type-checked") } = {}): Finding[] {
  return lint(code, { rules: plugin.configs[config].rules ?? {}, tsx, typed });
}

export function lint(code: string, { rules, tsx = false, typed = false }: { rules: Linter.RulesRecord | object; tsx?: boolean; typed?: boolean }): Finding[] {
  const filename = join(root, tsx ? "page.tsx" : "file.ts");
  const messages = new Linter({ cwd: root }).verify(
    code,
    [
      {
        files: ["**/*.ts", "**/*.tsx"],
        languageOptions: {
          parser: parser,
          parserOptions: { ecmaFeatures: { jsx: tsx }, ...(typed ? { projectService: true, tsconfigRootDir: root } : {}) },
        },
        plugins: { errspan: plugin as never },
        linterOptions: { reportUnusedDisableDirectives: "off" },
        rules: rules,
      },
    ],
    filename,
  );
  return messages.map(({ ruleId, messageId, line, message, suggestions }) => ({ rule: ruleId ?? "fatal", id: messageId, line, message, suggestions }));
}

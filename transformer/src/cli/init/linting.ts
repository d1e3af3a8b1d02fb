import type { Surroundings } from "./detect.js";
import type { Draft } from "./draft.js";
import { JsonText } from "./json-edit.js";
import { addEslintConfig } from "./script-edit.js";

const PLUGIN = "@errspan/eslint-plugin";
const OXLINT_FRAGMENT = "./node_modules/@errspan/eslint-plugin/oxlintrc.json";

const TYPED_CONFIG = `import errspan from "${PLUGIN}";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(globalIgnores(["dist/", "build/", ".*/"]), {
  files: ["**/*.{ts,tsx,mts,cts}"],
  plugins: { errspan },
  extends: ["errspan/recommended-type-checked"],
  languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } },
});
`;

/** TypeScript without a tsconfig, and so without types: it is only parsed. */
const PARSED_CONFIG = `import errspan from "${PLUGIN}";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(globalIgnores(["dist/", "build/", ".*/"]), {
  files: ["**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}"],
  plugins: { errspan },
  extends: ["errspan/recommended"],
  languageOptions: { parser: tseslint.parser },
});
`;

const PLAIN_CONFIG = `import errspan from "${PLUGIN}";
import { defineConfig, globalIgnores } from "eslint/config";

export default defineConfig(globalIgnores(["dist/", "build/", ".*/"]), { plugins: { errspan }, extends: ["errspan/recommended"] });
`;

/** Whether type information is asked for in a config of ESLint. */
const WITH_TYPES = /\bprojectService\b|\bproject\s*:|[tT]ype-?[cC]hecked/;

function addLintScript(draft: Draft, command: string): void {
  const text = draft.read("package.json");
  if (text === null) return;
  const manifest = new JsonText(text, "package.json");
  manifest.add(["scripts"], "lint", command);
  draft.write("package.json", manifest.toString());
}

function extendEslint(draft: Draft, file: string, isInstalled: boolean): void {
  draft.need("development", PLUGIN);
  const text = draft.read(file) ?? "";
  if (!isInstalled) draft.need("development", "eslint", ...(text.includes("typescript-eslint") ? ["typescript-eslint"] : []));
  if (text.includes(PLUGIN)) return;
  const config = WITH_TYPES.test(text) ? `configs["recommended-type-checked"]` : "configs.recommended";
  const edited = addEslintConfig(text, file, { specifier: PLUGIN, use: (name) => `${name}.${config}` });
  if (edited !== null) draft.write(file, edited);
  else {
    draft.byHand.push({
      what: `${file} has a shape that cannot be edited safely. Add this at the end of its configs`,
      lines: `import errspan from "${PLUGIN}";\n\nerrspan.${config}`,
    });
  }
}

function useOxlint(draft: Draft): void {
  draft.need("development", PLUGIN, "oxlint");
  const text = draft.read(".oxlintrc.json") ?? "{}\n";
  const json = new JsonText(text, ".oxlintrc.json");
  const extended = json.get(["extends"]);
  if (Array.isArray(extended)) {
    if (extended.includes(OXLINT_FRAGMENT)) return;
    json.prepend(["extends"], OXLINT_FRAGMENT);
  } else {
    json.add([], "extends", [OXLINT_FRAGMENT]);
  }
  draft.write(".oxlintrc.json", json.toString());
  addLintScript(draft, "oxlint");
}

/** A config of ESLint for a project that has none. */
function newConfig(draft: Draft, { hasJavaScriptFiles, hasTypeScriptFiles }: Surroundings): string {
  if (hasJavaScriptFiles && !hasTypeScriptFiles) return PLAIN_CONFIG;
  return draft.read("tsconfig.json") === null ? PARSED_CONFIG : TYPED_CONFIG;
}

export type Linter = "eslint" | "oxlint";

/**
 * What has to change so that errors which get lost are found: in the linter that is there, or in one that is new.
 *
 * @returns the linter that finds them from now on
 */
export function addLinting(draft: Draft, surroundings: Surroundings): Linter {
  const { eslint, manifest, oxlint, typescript } = surroundings;
  if (eslint.config !== null) {
    extendEslint(draft, eslint.config, eslint.installed);
  } else if (eslint.legacy !== null) {
    draft.byHand.push({
      what: `ESLint is configured by ${eslint.legacy}, which ESLint 9 gave up for eslint.config.js. Move there (npx @eslint/migrate-config), then run errspan init again`,
      lines: `npx @eslint/migrate-config ${eslint.legacy}`,
    });
  } else if (oxlint || (typescript !== undefined && Number.parseInt(typescript, 10) >= 7)) {
    // typescript-eslint works with the compilers before 7 alone.
    useOxlint(draft);
    return "oxlint";
  } else {
    const config = newConfig(draft, surroundings);
    draft.need("development", PLUGIN, "eslint", ...(config === PLAIN_CONFIG ? [] : ["typescript-eslint"]));
    draft.write(manifest === null || manifest.isModule ? "eslint.config.js" : "eslint.config.mjs", config);
    addLintScript(draft, "eslint .");
  }
  return "eslint";
}

import type { TSESLint } from "@typescript-eslint/utils";
import { type ConfigName, makeConfigs } from "./configs/configs.js";
import { noFloatingPromises } from "./rules/no-floating-promises.js";
import { noSilentCatch } from "./rules/no-silent-catch.js";
import { noSwallowedError } from "./rules/no-swallowed-error.js";
import { noUntypedThrow } from "./rules/no-untyped-throw.js";

export type { ErrspanSettings } from "./analysis/settings.js";
export type { ConfigName } from "./configs/configs.js";

const own = {
  "no-floating-promises": noFloatingPromises,
  "no-silent-catch": noSilentCatch,
  "no-swallowed-error": noSwallowedError,
  "no-untyped-throw": noUntypedThrow,
};

/** The rules by name, without the plugin's prefix. */
export const rules: Record<keyof typeof own, TSESLint.LooseRuleDefinition> = own;

/** What the plugin calls itself in ESLint's debug output and caches. */
export const meta: { name: string; version: string; namespace: string } = {
  name: "@errspan/eslint-plugin",
  version: "0.1.0",
  namespace: "errspan",
};

const plugin: { meta: typeof meta; rules: typeof rules; configs: Record<ConfigName, TSESLint.FlatConfig.Config> } = {
  meta,
  rules,
  configs: {} as Record<ConfigName, TSESLint.FlatConfig.Config>,
};
// The configs name the plugin that holds them.
Object.assign(plugin.configs, makeConfigs(own as never, plugin as unknown as TSESLint.FlatConfig.Plugin));

/**
 * The named configs: `recommended`, `recommended-type-checked`, `strict`, `strict-type-checked`, and `off`, which
 * switches off the rules of other plugins that report the same.
 *
 * @example
 * export default defineConfig({ plugins: { errspan }, extends: ["errspan/recommended"] });
 */
export const configs: Record<ConfigName, TSESLint.FlatConfig.Config> = plugin.configs;

/**
 * ESLint rules that find the errors no span will ever see.
 *
 * @example
 * import errspan from "@errspan/eslint-plugin";
 * import { defineConfig } from "eslint/config";
 *
 * export default defineConfig({ plugins: { errspan }, extends: ["errspan/recommended"] });
 */
export default plugin;

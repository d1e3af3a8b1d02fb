import { assemble, type Plugin } from "./plugin.js";

export type { PresetName } from "./analysis/presets.js";
export type { ErrspanSettings } from "./analysis/settings.js";
export type { ConfigName } from "./configs/configs.js";
export type { Plugin, RuleName } from "./plugin.js";

/**
 * ESLint rules that find the errors no span will ever see.
 *
 * @example
 * import errspan from "@errspan/eslint-plugin";
 * import { defineConfig } from "eslint/config";
 *
 * export default defineConfig({ plugins: { errspan }, extends: ["errspan/recommended"] });
 */
const plugin: Plugin = assemble({});
export default plugin;

/** What the plugin calls itself in ESLint's debug output and caches. */
export const meta: Plugin["meta"] = plugin.meta;

/** The rules by name, without the plugin's prefix. */
export const rules: Plugin["rules"] = plugin.rules;

/**
 * The named configs: `recommended`, `recommended-type-checked`, `strict`, `strict-type-checked`, and `off`, which
 * switches off the rules of other plugins that report the same.
 *
 * @example
 * export default [errspan.configs["recommended-type-checked"]];
 */
export const configs: Plugin["configs"] = plugin.configs;

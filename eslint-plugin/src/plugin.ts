import type { TSESLint } from "@typescript-eslint/utils";
import { type ConfigName, makeConfigs } from "./configs/configs.js";
import { declaredThrows } from "./rules/declared-throws.js";
import { mustUseResult } from "./rules/must-use-result.js";
import { noErrorLeak } from "./rules/no-error-leak.js";
import { noFloatingPromises } from "./rules/no-floating-promises.js";
import { noIgnoredCallbackError } from "./rules/no-ignored-callback-error.js";
import { noSilentCatch } from "./rules/no-silent-catch.js";
import { noSwallowedError } from "./rules/no-swallowed-error.js";
import { noSilentErrorHandler } from "./rules/no-silent-error-handler.js";
import { noSpanMisuse } from "./rules/no-span-misuse.js";
import { noUnreadRejections } from "./rules/no-unread-rejections.js";
import { noUntypedThrow } from "./rules/no-untyped-throw.js";
import { preserveCause } from "./rules/preserve-cause.js";
import { requireTraced } from "./rules/require-traced.js";
import { spanMustEnd } from "./rules/span-must-end.js";
import { spanRecordsError } from "./rules/span-records-error.js";
import { validTraced } from "./rules/valid-traced.js";

const own = {
  "declared-throws": declaredThrows,
  "must-use-result": mustUseResult,
  "no-error-leak": noErrorLeak,
  "no-floating-promises": noFloatingPromises,
  "no-ignored-callback-error": noIgnoredCallbackError,
  "no-silent-catch": noSilentCatch,
  "no-silent-error-handler": noSilentErrorHandler,
  "no-swallowed-error": noSwallowedError,
  "no-span-misuse": noSpanMisuse,
  "no-unread-rejections": noUnreadRejections,
  "no-untyped-throw": noUntypedThrow,
  "preserve-cause": preserveCause,
  "require-traced": requireTraced,
  "span-must-end": spanMustEnd,
  "span-records-error": spanRecordsError,
  "valid-traced": validTraced,
};

export type RuleName = keyof typeof own;

/** What ESLint gets to see of the plugin. */
export interface Plugin {
  /** What the plugin calls itself in ESLint's debug output and caches. */
  meta: { name: string; version: string; namespace: string };
  /** The rules by name, without the plugin's prefix. */
  rules: Record<RuleName, TSESLint.LooseRuleDefinition>;
  /** The named configs. */
  configs: Record<ConfigName, TSESLint.FlatConfig.Config>;
}

/**
 * Makes `target` the plugin. The configs name the plugin that holds them, and ESLint accepts only one object under
 * one name, so the CommonJS entry has to be able to turn its own `exports` into that object.
 */
export function assemble(target: object): Plugin {
  const plugin = Object.assign(target, {
    meta: { name: "@errspan/eslint-plugin", version: "0.1.0", namespace: "errspan" },
    rules: own as Plugin["rules"],
    configs: {} as Plugin["configs"],
  });
  Object.assign(plugin.configs, makeConfigs(own as never, plugin as unknown as TSESLint.FlatConfig.Plugin));
  return plugin;
}

import type { TSESLint } from "@typescript-eslint/utils";
import type { ErrspanRule, FirstConfig } from "../create-rule.js";
import { strict } from "../rules/handling-options.js";

export type ConfigName = "off" | "recommended" | "recommended-type-checked" | "strict" | "strict-type-checked";
type Rules = NonNullable<TSESLint.FlatConfig.Config["rules"]>;

const mildness: readonly FirstConfig[] = ["recommended", "recommended-type-checked", "strict", "strict-type-checked", "none"];

/** Which first configs a config takes over: the strict ones hold the recommended ones of their kind. */
const includes: Record<Exclude<ConfigName, "off">, readonly FirstConfig[]> = {
  recommended: ["recommended"],
  "recommended-type-checked": ["recommended", "recommended-type-checked"],
  strict: ["recommended", "strict"],
  "strict-type-checked": mildness.slice(0, 4),
};

/** Options by which a rule differs from its own defaults in every config, or in the strict ones. */
const everywhere: Record<string, unknown> = {
  // `no-silent-catch` tells the silent handlers that are meant from those that are not.
  "no-floating-promises": { silentHandlers: "allow", lateHandlers: "allow" },
};
const inStrict: Record<string, unknown> = {
  // Whether a project documents its errors is its own business; tags that are there have to be right.
  "declared-throws": { functions: "tagged" },
  "no-error-leak": { messages: "report" },
  "no-ignored-callback-error": strict,
  "no-silent-catch": strict,
  "no-silent-error-handler": strict,
  "no-swallowed-error": strict,
  "preserve-cause": { requireCatchParameter: true, translations: "narrowed" },
  "no-unread-rejections": { comments: "reason" },
  "no-floating-promises": { silentHandlers: "allow", lateHandlers: "report", listeners: "report", voidedCommands: "report" },
  "no-untyped-throw": { allowThrowingAny: false, allowThrowingUnknown: false },
};

/** Core rules that are the best of their kind, switched on rather than copied. */
const core: Rules = {
  "no-unsafe-finally": "error",
};

/** Rules of others that report what ours report. */
const overlapping: readonly string[] = [
  "no-empty",
  "no-throw-literal",
  "no-useless-catch",
  "preserve-caught-error",
  "prefer-promise-reject-errors",
  "@typescript-eslint/no-floating-promises",
  "@typescript-eslint/only-throw-error",
  "@typescript-eslint/prefer-promise-reject-errors",
  "n/handle-callback-err",
  "promise/catch-or-return",
  "sonarjs/no-ignored-exceptions",
  "unicorn/prefer-optional-catch-binding",
];

type PluginRules = Record<string, ErrspanRule<never, never>>;

/** The plugin's named configs. `plugin` is what they register under `errspan`. */
export function makeConfigs(rules: PluginRules, plugin: TSESLint.FlatConfig.Plugin): Record<ConfigName, TSESLint.FlatConfig.Config> {
  const make = (name: Exclude<ConfigName, "off">): TSESLint.FlatConfig.Config => {
    const isStrict = name.startsWith("strict");
    const own: Rules = {};
    for (const [id, rule] of Object.entries(rules)) {
      const docs = rule.meta.docs;
      if (!docs || !includes[name].includes(docs.config)) continue;
      const options = (isStrict ? inStrict[id] : undefined) ?? everywhere[id];
      own[`errspan/${id}`] = options ? ["error", options] : "error";
    }
    return { name: `errspan/${name}`, plugins: { errspan: plugin }, rules: { ...core, ...own } };
  };
  return {
    recommended: make("recommended"),
    "recommended-type-checked": make("recommended-type-checked"),
    strict: make("strict"),
    "strict-type-checked": make("strict-type-checked"),
    off: { name: "errspan/off", rules: Object.fromEntries(overlapping.map((rule) => [rule, "off"])) },
  };
}

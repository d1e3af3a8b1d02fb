import type { TSESLint } from "@typescript-eslint/utils";

/** The configs a rule belongs to first; the stricter ones include it too. */
export type FirstConfig = "recommended" | "recommended-type-checked" | "strict" | "strict-type-checked" | "none";

export interface RuleDocs {
  description: string;
  /** The mildest config that switches the rule on. */
  config: FirstConfig;
  /** `uses`: sharper with type information; `needs`: silent without it; `none`: never asks. */
  types: "needs" | "none" | "uses";
}

export type ErrspanRule<Options extends readonly unknown[] = readonly unknown[], Ids extends string = string> =
  TSESLint.RuleModule<Ids, Options, RuleDocs> & { defaultOptions: Options };

type RuleContext<Ids extends string, Options extends readonly unknown[]> = Readonly<TSESLint.RuleContext<Ids, Options>>;

interface RuleDefinition<Options extends readonly unknown[], Ids extends string> {
  name: string;
  docs: RuleDocs;
  type: "problem" | "suggestion";
  messages: Record<Ids, string>;
  schema: TSESLint.RuleMetaData<Ids, RuleDocs, Options>["schema"];
  defaultOptions: Options;
  hasSuggestions?: boolean;
  create: (context: RuleContext<Ids, Options>, options: Options) => TSESLint.RuleListener;
}

const pages = "https://github.com/errspan/errspan/blob/main/eslint-plugin/docs/rules";

/**
 * Makes a rule. Nothing is loaded at run time here (`@typescript-eslint/utils` would bring ESLint's own
 * modules along), so the rules start fast under linters that only speak ESLint's rule format.
 */
export function createRule<const Options extends readonly unknown[], Ids extends string>(
  definition: RuleDefinition<Options, Ids>,
): ErrspanRule<Options, Ids> {
  const { name, docs, type, messages, schema, defaultOptions, hasSuggestions = false, create } = definition;
  return {
    meta: {
      type,
      docs: { ...docs, url: `${pages}/${name}.md` },
      messages,
      schema,
      defaultOptions,
      ...(hasSuggestions ? { hasSuggestions: true } : {}),
    },
    defaultOptions,
    create: (context) => create(context, mergeOptions(defaultOptions, context.options)),
  };
}

/** Hosts that predate `meta.defaultOptions` hand over what the user wrote and nothing else. */
function mergeOptions<Options extends readonly unknown[]>(defaults: Options, given: readonly unknown[]): Options {
  return defaults.map((value, index) => {
    const own = given[index];
    return isRecord(value) && isRecord(own) ? { ...value, ...own } : (own ?? value);
  }) as unknown as Options;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

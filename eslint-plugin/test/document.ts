import plugin from "../src/index.js";

interface Documented {
  description: string;
  config: string;
  types: "needs" | "none" | "uses";
  url: string;
}

interface OptionSchema {
  description?: string;
  enum?: readonly string[];
  type?: string;
}

const typeWords = {
  needs: "Needs type information and is silent without it.",
  none: "Needs no type information.",
  uses: "Works without type information, sees more with it.",
};
const order = ["recommended", "recommended-type-checked", "strict", "strict-type-checked"] as const;

export const ruleNames = Object.keys(plugin.rules) as (keyof typeof plugin.rules)[];

interface Meta {
  defaultOptions?: readonly Record<string, unknown>[];
  docs: Documented;
  hasSuggestions?: boolean;
  schema?: readonly { properties?: Record<string, OptionSchema> }[];
}

function metaOf(name: keyof typeof plugin.rules): Meta {
  return (plugin.rules[name] as unknown as { meta: Meta }).meta;
}

function docsOf(name: keyof typeof plugin.rules): Documented {
  return metaOf(name).docs;
}

function configsOf(name: string): string[] {
  return order.filter((config) => plugin.configs[config].rules?.[`errspan/${name}`] !== undefined);
}

/** What the head of a rule's page says, taken from the rule itself. */
export function headerOf(name: keyof typeof plugin.rules): string {
  const { description, types } = docsOf(name);
  const configs = configsOf(name);
  const lines = [
    `${description}.`,
    "",
    `- Configs: ${configs.length > 0 ? configs.map((config) => `\`${config}\``).join(", ") : "none; switch it on yourself"}`,
    `- Types: ${typeWords[types]}`,
  ];
  if (metaOf(name).hasSuggestions) lines.push("- 💡 Offers suggestions in editors. Nothing is changed by `--fix`.");
  return lines.join("\n");
}

/** The options of a rule as a table, from its schema and defaults. */
export function optionsOf(name: keyof typeof plugin.rules): string {
  const { schema, defaultOptions } = metaOf(name);
  const properties = schema?.[0]?.properties;
  if (!properties) return "This rule has no options.";
  const rows = Object.entries(properties).map(([option, { description, enum: values, type }]) => {
    const given = values ? values.map((value) => `\`"${value}"\``).join(", ") : (type ?? "");
    return `| \`${option}\` | ${given} | \`${JSON.stringify(defaultOptions?.[0]?.[option])}\` | ${description ?? ""} |`;
  });
  return ["| option | values | default | meaning |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

/** The table of all rules for the README. */
export function rulesTable(): string {
  const marks = { needs: "needs", none: "–", uses: "uses" };
  const rows = ruleNames.map((name) => {
    const { description, types } = docsOf(name);
    const strictOnly = configsOf(name)[0] ?? "–";
    return `| [${name}](docs/rules/${name}.md) | ${description} | ${strictOnly} | ${marks[types]} | ${metaOf(name).hasSuggestions ? "💡" : ""} |`;
  });
  return ["| rule | what it does | from config | types | |", "| --- | --- | --- | --- | --- |", ...rows].join("\n");
}

/** Puts text between the markers of a generated part. */
export function fill(page: string, part: string, text: string): string {
  const begin = `<!-- begin generated ${part} -->`;
  const end = `<!-- end generated ${part} -->`;
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`The page has no place for the generated ${part}.`);
  return `${page.slice(0, from + begin.length)}\n${text}\n${page.slice(to)}`;
}

export interface Example {
  code: string;
  correct: boolean;
  options: unknown[];
  typed: boolean;
  tsx: boolean;
}

/** The examples of a page: fenced blocks marked `incorrect` or `correct`, with the rule's options as JSON behind. */
export function examplesOf(page: string): Example[] {
  return [...page.matchAll(/^```(tsx?) (incorrect|correct)( typed)?(?: (\{.*\}))?\n([\s\S]*?)^```$/gm)].map(
    ([, language, kind, typed, options, code]) => ({
      code: code ?? "",
      correct: kind === "correct",
      options: options ? [JSON.parse(options) as unknown] : [],
      typed: typed !== undefined,
      tsx: language === "tsx",
    }),
  );
}

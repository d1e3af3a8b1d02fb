import { parseExpression } from "../plan/selector-fields.js";
import { closest } from "../plan/suggestion.js";
import { explainPattern, FILES, NAMES } from "./patterns.js";
import { CONFIG_SCHEMA } from "./schema.js";
import { shownValue } from "./shown-value.js";
import type { ErrspanConfig } from "./config.js";
import type { Schema } from "./schema.js";

/** A config is not what the schema asks for. */
export interface ConfigProblem {
  /** Keys and positions that lead to it from the top. */
  readonly path: readonly (string | number)[];
  /** Whether the key at the end of the path is wrong, rather than its value. */
  readonly ofKey: boolean;
  /** What is wrong, what was expected. */
  readonly message: string;
}

type Path = readonly (string | number)[];

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

function shown(path: Path): string {
  const text = path.reduce<string>((before, step) => {
    if (typeof step === "number") return `${before}[${step}]`;
    return /^[\w$]+$/.test(step) ? `${before}.${step}` : `${before}[${JSON.stringify(step)}]`;
  }, "");
  return text.startsWith(".") ? text.slice(1) : text || "The config";
}

const PLURALS: Record<string, string> = {
  string: "texts",
  number: "numbers",
  boolean: "true or false",
  array: "arrays",
  object: "objects",
};
const SINGULARS: Record<string, string> = {
  string: "a text",
  number: "a number",
  boolean: "true or false",
  array: "an array",
  object: "an object",
};

function expected(schema: Schema): string {
  if (schema.anyOf) return [...new Set(schema.anyOf.map(expected))].join(", or ");
  if (schema.enum) {
    const values = schema.enum.map((value) => JSON.stringify(value));
    return values.length === 1 ? values.join() : `one of ${values.join(", ")}`;
  }
  if (schema.type === "array" && schema.items?.type !== undefined) return `an array of ${PLURALS[schema.items.type] ?? ""}`;
  return SINGULARS[schema.type ?? "object"] ?? "";
}

function plainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

class Validator {
  readonly problems: ConfigProblem[] = [];
  readonly #besides: readonly string[];

  constructor(besides: readonly string[]) {
    this.#besides = besides;
  }

  #say(path: Path, message: string, ofKey = false): void {
    this.problems.push({ path, ofKey, message });
  }

  check(schema: Schema, value: unknown, path: Path): void {
    if (schema.anyOf) return this.#checkAny(schema, schema.anyOf, value, path);
    if (schema.type !== undefined && typeOf(value) !== schema.type) {
      return this.#say(path, `${shown(path)} must be ${expected(schema)}, but is ${shownValue(value)}.`);
    }
    if (typeof value === "string") return this.#checkText(schema, value, path);
    if (typeof value === "number" && !Number.isFinite(value)) {
      return this.#say(path, `${shown(path)} must be a finite number, but is ${shownValue(value)}.`);
    }
    if (Array.isArray(value)) return this.#checkArray(schema, value, path);
    if (plainObject(value)) this.#checkObject(schema, value, path);
  }

  #checkAny(schema: Schema, alternatives: readonly Schema[], value: unknown, path: Path): void {
    const attempts = alternatives.map((alternative) => {
      const attempt = new Validator(this.#besides);
      attempt.check(alternative, value, path);
      return { alternative, problems: attempt.problems };
    });
    if (attempts.some(({ problems }) => problems.length === 0)) return;
    // Where only one alternative has the right type, what is wrong inside of it is the better message.
    const ofType = attempts.filter(({ alternative }) => alternative.type === typeOf(value));
    const [only] = ofType;
    if (only !== undefined && ofType.length === 1 && only.alternative.enum === undefined) {
      this.problems.push(...only.problems);
    } else {
      this.#say(path, `${shown(path)} must be ${expected(schema)}, but is ${shownValue(value)}.`);
    }
  }

  #checkText(schema: Schema, value: string, path: Path): void {
    if (schema.enum && !schema.enum.includes(value)) {
      const meant = closest(value, schema.enum);
      const hint = meant === undefined ? "" : ` Did you mean ${JSON.stringify(meant)}?`;
      this.#say(path, `${shown(path)} must be ${expected(schema)}, but is ${shownValue(value)}.${hint}`);
    } else if (value.length < (schema.minLength ?? 0)) {
      this.#say(path, `${shown(path)} must not be empty.`);
    } else if (schema.maxLength !== undefined && value.length > schema.maxLength) {
      this.#say(path, `${shown(path)} must not be longer than ${schema.maxLength} characters.`);
    }
  }

  #checkArray(schema: Schema, value: readonly unknown[], path: Path): void {
    if (value.length < (schema.minItems ?? 0)) {
      this.#say(path, `${shown(path)} must not be empty: it would match nothing. Remove it to match everything.`);
    }
    const { items } = schema;
    if (items) Array.from(value, (element, index) => this.check(items, element, [...path, index]));
  }

  #checkObject(schema: Schema, value: Record<string, unknown>, path: Path): void {
    for (const [key, member] of Object.entries(value)) {
      const inner = [...path, key];
      const known = Object.hasOwn(schema.properties ?? {}, key) ? schema.properties?.[key] : undefined;
      if (known !== undefined) {
        // Options of a plugin entry may be built by a program that leaves members undefined.
        if (member !== undefined) this.check(known, member, inner);
      } else if (schema.additionalProperties === false) {
        this.#unknownKey(key, Object.keys(schema.properties ?? {}), inner);
      } else if (schema.additionalProperties !== undefined) {
        this.check(schema.additionalProperties, member, inner);
      }
    }
  }

  #unknownKey(key: string, known: readonly string[], path: Path): void {
    const all = path.length === 1 ? [...known, ...this.#besides] : known;
    const meant = closest(key, all);
    const hint = meant === undefined ? `Known keys are ${all.join(", ")}.` : `Did you mean "${meant}"?`;
    const where = path.length === 1 ? "" : ` in ${shown(path.slice(0, -1))}`;
    this.#say(path, `Unknown key ${shownValue(key)}${where}. ${hint}`, true);
  }
}

/** What makes a pattern one is beyond a schema, too. */
function checkPatterns({ include, exclude, select = [] }: ErrspanConfig): ConfigProblem[] {
  const check = (patterns: readonly string[] | undefined, path: Path, options: typeof FILES | typeof NAMES): ConfigProblem[] =>
    (patterns ?? []).flatMap((pattern, index) => {
      const reason = explainPattern(pattern, options);
      const inner = [...path, index];
      return reason === null ? [] : [{ path: inner, ofKey: false, message: `${shown(inner)}, ${shownValue(pattern)}, ${reason}` }];
    });
  return [
    ...select.flatMap(({ files, exclude, names, classes }, index) => [
      ...check(files, ["select", index, "files"], FILES),
      ...check(exclude, ["select", index, "exclude"], FILES),
      ...check(names, ["select", index, "names"], NAMES),
      ...check(classes, ["select", index, "classes"], NAMES),
    ]),
    ...check(include, ["include"], FILES),
    ...check(exclude, ["exclude"], FILES),
  ];
}

/** Expressions are beyond a schema: each field must be one. */
function checkFields(config: ErrspanConfig): ConfigProblem[] {
  return (config.select ?? []).flatMap(({ options }, index) =>
    Object.entries(options?.fields ?? {}).flatMap(([key, expression]) => {
      if (parseExpression(expression, "field.ts") !== null) return [];
      const path = ["select", index, "options", "fields", key];
      const message = `${shown(path)} must be an expression over the parameters, but ${shownValue(expression)} is none.`;
      return [{ path, ofKey: false, message }];
    }),
  );
}

/**
 * Holds a value against the schema of the config.
 *
 * @param besides further keys that may stand at the top, to be named where one is misspelt
 * @returns what is wrong, in the order of the config; nothing if it is valid
 * @example validateConfig({ select: [{ functions: "exportd" }] })[0]?.message
 */
export function validateConfig(value: unknown, besides: readonly string[] = []): ConfigProblem[] {
  const validator = new Validator(besides);
  validator.check(CONFIG_SCHEMA, value, []);
  if (validator.problems.length > 0) return validator.problems;
  const config = value as ErrspanConfig;
  return [...checkPatterns(config), ...checkFields(config)];
}

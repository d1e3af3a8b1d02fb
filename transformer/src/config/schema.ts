import { SPAN_KINDS } from "../plan/option-types.js";

/** The part of JSON Schema (draft-07) that describes the config, and that {@link validate} understands. */
export interface Schema {
  readonly description?: string;
  readonly type?: "object" | "array" | "string" | "number" | "boolean";
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: false | Schema;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly default?: unknown;
}

// Far beyond any sensible pattern; the glob compiler refuses at 65536.
const PATTERNS: Schema = { type: "array", items: { type: "string", minLength: 1, maxLength: 4096 } };

const ATTRIBUTE_VALUE: Schema = {
  anyOf: [
    { type: "string" },
    { type: "number" },
    { type: "boolean" },
    { type: "array", items: { type: "string" } },
    { type: "array", items: { type: "number" } },
    { type: "array", items: { type: "boolean" } },
  ],
};

const OPTIONS: Schema = {
  type: "object",
  description: "What the spans of the picked functions are like. A marker on a function overrides it.",
  additionalProperties: false,
  properties: {
    name: { type: "string", minLength: 1, description: "Span name, instead of the function's qualified name." },
    kind: { type: "string", enum: SPAN_KINDS, description: "Span kind.", default: "internal" },
    attributes: {
      type: "object",
      description: "Constant attributes.",
      additionalProperties: ATTRIBUTE_VALUE,
    },
    fields: {
      type: "object",
      description:
        "Attributes from the arguments: attribute name to expression over the parameters. Left out where a function lacks a parameter that is named.",
      additionalProperties: { type: "string", minLength: 1 },
    },
    args: {
      description: "Parameters to capture as errspan.arg.<name>.",
      anyOf: [
        { type: "string", enum: ["all"] },
        { type: "array", items: { type: "string", minLength: 1 } },
      ],
    },
    skip: {
      type: "array",
      description: "Parameters to leave out of args.",
      items: { type: "string", minLength: 1 },
    },
    ret: { type: "boolean", description: "Capture the return value as errspan.return.", default: false },
    root: { type: "boolean", description: "Start a trace of its own.", default: false },
    span: {
      type: "boolean",
      description: "false: put attributes and errors on the span that is active, start none.",
      default: true,
    },
  },
};

const SELECTOR: Schema = {
  type: "object",
  description: "Picks functions without a change to the code.",
  additionalProperties: false,
  properties: {
    files: { ...PATTERNS, minItems: 1, description: "Globs relative to the config file. Without it: every file." },
    exclude: { ...PATTERNS, description: "Globs of files to leave out." },
    functions: {
      type: "string",
      enum: ["all", "exported", "methods"],
      default: "all",
      description:
        "all: every function, callbacks too. exported: exported functions, and the public methods of exported classes and objects. methods: members of classes, and methods of objects.",
    },
    names: {
      ...PATTERNS,
      minItems: 1,
      description: "Patterns for names (handle*) or qualified names (Order*.save). !pattern takes some out again.",
    },
    classes: { ...PATTERNS, minItems: 1, description: "Patterns for the names of classes. !pattern takes some out again." },
    options: OPTIONS,
  },
};

/** JSON Schema of `errspan.config.json`; `schema.json` of the package is this, written out. */
export const CONFIG_SCHEMA: Schema = {
  type: "object",
  description: "errspan.config.json: which functions are traced without a marker in the code.",
  additionalProperties: false,
  properties: {
    $schema: { type: "string", description: "Where editors find this schema." },
    select: { type: "array", description: "Selectors; the options of later ones come first.", items: SELECTOR },
    include: { ...PATTERNS, description: "Globs of the files to look at, markers included. Without it: every file." },
    exclude: { ...PATTERNS, description: "Globs of files to leave alone, markers or not." },
  },
};

import type { Node, ObjectExpression } from "../parse/estree.js";
import { shownValue } from "../config/shown-value.js";
import { CODES } from "./diagnostics.js";
import type { Problem } from "./diagnostics.js";
import { literalValue, NOT_CONSTANT } from "./literals.js";
import { isAttributeValue, isOptionName, isSpanKind, OPTION_NAMES, SPAN_KINDS } from "./option-types.js";
import type { AttributeValue, FieldAt, NamedAt, OptionName, RawOptions } from "./option-types.js";
import { didYouMean } from "./suggestion.js";

/** How the expression of a field is taken out of the text that it stands in. */
export type FieldText = (key: string, node: Node) => string;

export interface ReadOptions {
  readonly options: RawOptions;
  readonly problems: readonly Problem[];
  /** The first value that is only known when the program runs, if there is one. */
  readonly dynamic: Node | null;
}

const ATTRIBUTE = "a string, a finite number, true or false, or an array of one of these";

const EXPECTED: Record<Exclude<OptionName, "fields" | "links">, string> = {
  name: "a string that is not empty",
  kind: `one of ${SPAN_KINDS.map((kind) => `"${kind}"`).join(", ")}`,
  attributes: "an object of constant values",
  args: 'an array of parameter names, or "all"',
  skip: "an array of parameter names",
  ret: "true or false",
  root: "true or false",
  span: "true or false",
};

/** The name of an object's member, if it is known before the program runs. */
export function memberName(property: ObjectExpression["properties"][number]): string | null {
  if (property.type !== "Property") return null;
  const { key } = property;
  if (key.type === "Identifier" && !property.computed) return key.name;
  return key.type === "Literal" && (typeof key.value === "string" || typeof key.value === "number")
    ? String(key.value)
    : null;
}

/** The kind by its name, by OpenTelemetry's number, or as a member of its enum: `SpanKind.CLIENT`. */
function kindValue(node: Node): unknown {
  if (node.type === "MemberExpression" && !node.computed && node.property.type === "Identifier") {
    const { object, property } = node;
    const isEnum =
      (object.type === "Identifier" && object.name === "SpanKind") ||
      (object.type === "MemberExpression" && object.property.type === "Identifier" && object.property.name === "SpanKind");
    const kind = property.name.toLowerCase();
    if (isEnum && isSpanKind(kind)) return kind;
  }
  const value = literalValue(node);
  return typeof value === "number" ? SPAN_KINDS[value] ?? value : value;
}

class OptionReader {
  readonly options: RawOptions = {};
  readonly problems: Problem[] = [];
  dynamic: Node | null = null;
  readonly #base: number;
  readonly #fieldText: FieldText | null;

  constructor(base: number, fieldText: FieldText | null) {
    this.#base = base;
    this.#fieldText = fieldText;
  }

  #problem(code: string, node: Node, message: string): void {
    this.problems.push({ code, severity: "error", message, offset: this.#base + node.start });
  }

  read(object: ObjectExpression): void {
    const seen = new Set<string>();
    for (const property of object.properties) {
      const name = memberName(property);
      if (property.type !== "Property" || name === null) {
        this.dynamic ??= property;
        continue;
      }
      if (!isOptionName(name)) {
        const hint = didYouMean(name, OPTION_NAMES) || ` Options are ${OPTION_NAMES.join(", ")}.`;
        this.#problem(CODES.unknownOption, property.key, `Unknown option "${name}".${hint}`);
        continue;
      }
      if (seen.has(name)) {
        this.#problem(CODES.wrongValue, property.key, `Option "${name}" is given twice. Keep one of them.`);
        continue;
      }
      seen.add(name);
      if (name === "fields") this.#fields(property.value);
      else if (name === "links") this.#links(property);
      else this.#constant(name, property.value);
    }
  }

  #links(property: Node): void {
    if (this.#fieldText === null) {
      this.dynamic ??= property;
      return;
    }
    this.#problem(
      CODES.wrongValue,
      property,
      'Option "links" cannot be written in a comment, for links exist only when the program runs. Use the decorator or withSpan() from "@errspan/runtime".',
    );
  }

  #fields(node: Node): void {
    if (this.#fieldText === null) {
      // Only the decorator's reader comes here: it wants a function, and takes its text itself.
      this.dynamic ??= node.type === "ArrowFunctionExpression" ? null : node;
      return;
    }
    if (node.type !== "ObjectExpression") {
      this.#problem(
        CODES.wrongValue,
        node,
        'Option "fields" must be an object of attribute names and expressions over the parameters, like { "order.id": order.id }.',
      );
      return;
    }
    const fields: FieldAt[] = [];
    for (const property of node.properties) {
      const key = memberName(property);
      if (property.type !== "Property" || key === null || property.method || property.kind !== "init") {
        this.#problem(CODES.badFieldExpression, property, 'Each of the "fields" must be written as "attribute.name": expression.');
        continue;
      }
      fields.push({ key, expression: this.#fieldText(key, property.value), offset: this.#base + property.value.start });
    }
    this.options.fields = fields;
  }

  #constant(name: Exclude<OptionName, "fields" | "links">, node: Node): void {
    const value = name === "attributes" ? this.#attributes(node) : name === "kind" ? kindValue(node) : literalValue(node);
    if (value === NOT_CONSTANT) {
      if (this.#fieldText === null) this.dynamic ??= node;
      else this.#problem(CODES.wrongValue, node, `Option "${name}" must be ${EXPECTED[name]}, written as literals: a comment is read at build time.`);
      return;
    }
    if (value === undefined || this.#assign(name, value, node)) return;
    const hint = name === "kind" && typeof value === "string" ? didYouMean(value, SPAN_KINDS) : "";
    this.#problem(CODES.wrongValue, node, `Option "${name}" must be ${EXPECTED[name]}, but is ${shownValue(value)}.${hint}`);
  }

  #assign(name: Exclude<OptionName, "fields" | "links">, value: unknown, node: Node): boolean {
    switch (name) {
      case "name":
        if (typeof value !== "string" || value.trim() === "") return false;
        this.options.name = value;
        return true;
      case "kind":
        if (!isSpanKind(value)) return false;
        this.options.kind = value;
        return true;
      case "attributes":
        if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
        this.options.attributes = value as Record<string, AttributeValue>;
        return true;
      case "args":
        if (value === "all") {
          this.options.args = "all";
          return true;
        }
        return this.#names("args", node);
      case "skip":
        return this.#names("skip", node);
      default:
        if (typeof value !== "boolean") return false;
        this.options[name] = value;
        return true;
    }
  }

  #names(option: "args" | "skip", node: Node): boolean {
    if (node.type !== "ArrayExpression") return false;
    const names: NamedAt[] = [];
    for (const element of node.elements) {
      const name = element === null ? null : literalValue(element);
      if (element === null || typeof name !== "string") return false;
      names.push({ name, offset: this.#base + element.start });
    }
    this.options[option] = names;
    return true;
  }

  #attributes(node: Node): unknown {
    if (node.type !== "ObjectExpression") return literalValue(node);
    const attributes: Record<string, unknown> = {};
    for (const property of node.properties) {
      const key = memberName(property);
      if (property.type !== "Property" || key === null) return NOT_CONSTANT;
      const value = literalValue(property.value);
      if (value === NOT_CONSTANT) return NOT_CONSTANT;
      if (!isAttributeValue(value)) {
        this.#problem(CODES.wrongValue, property.value, `Attribute "${key}" must be ${ATTRIBUTE}, but is ${shownValue(value)}.`);
        continue;
      }
      Object.defineProperty(attributes, key, { value, enumerable: true, configurable: true, writable: true });
    }
    return attributes;
  }
}

/**
 * Reads the options object of a marker.
 *
 * @param base what to add to the object's offsets to get offsets into the file
 * @param fieldText for comments: gives the text of a field's expression. Null for a decorator, where `fields` is a function
 */
export function readOptions(object: ObjectExpression, base: number, fieldText: FieldText | null): ReadOptions {
  const reader = new OptionReader(base, fieldText);
  reader.read(object);
  return reader;
}

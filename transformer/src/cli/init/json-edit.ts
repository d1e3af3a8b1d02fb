import { findNodeAtLocation, parseTree, printParseErrorCode } from "jsonc-parser";
import type { Node, ParseError } from "jsonc-parser";
import { createLineTable } from "../../parse/lines.js";

/** A file that cannot be read as what it should be; the message names its place. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
}

export type JsonPath = readonly (string | number)[];

/**
 * JSON with comments and commas too many, as tsconfig.json has them, edited in place: what is not part of the edit
 * keeps every character.
 */
export class JsonText {
  #text: string;
  readonly #file: string;
  readonly #newline: string;
  readonly #unit: string;

  /** @param file how messages name it */
  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
    this.#newline = text.includes("\r\n") ? "\r\n" : "\n";
    this.#unit = /^([ \t]+)\S/m.exec(text)?.[1] ?? "  ";
  }

  toString(): string {
    return this.#text;
  }

  /** The value at a path; undefined where there is none. */
  get(path: JsonPath): unknown {
    const node = this.#find(path);
    return node === undefined ? undefined : toValue(node);
  }

  /** Adds a member at the end of an object, which is made where it is missing. Does nothing where the member is there. */
  add(path: JsonPath, key: string, value: unknown): void {
    if (this.#find([...path, key]) !== undefined) return;
    const object = this.#find(path);
    if (object === undefined) {
      const parent = path.at(-1);
      if (typeof parent === "string") this.add(path.slice(0, -1), parent, { [key]: value });
    } else if (object.type === "object") {
      this.#insert(object, (indent) => `${JSON.stringify(key)}: ${this.#print(value, indent)}`);
    }
  }

  /** Puts an element in front of an array's others. */
  prepend(path: JsonPath, value: unknown): void {
    const array = this.#find(path);
    if (array?.type !== "array") return;
    const first = array.children?.[0];
    const printed = inline(value);
    if (first === undefined) {
      this.#splice(array.offset + 1, array.offset + 1, printed);
    } else {
      const between = this.#startsLine(first.offset) ? this.#newline + this.#indentOf(first.offset) : " ";
      this.#splice(first.offset, first.offset, `${printed},${between}`);
    }
  }

  /** Replaces what stands at a path. */
  replace(path: JsonPath, value: unknown): void {
    const node = this.#find(path);
    if (node !== undefined) this.#splice(node.offset, node.offset + node.length, inline(value));
  }

  #find(path: JsonPath): Node | undefined {
    const errors: ParseError[] = [];
    // A byte order mark is no part of the value; the space in its place keeps the offsets.
    const root = parseTree(this.#text.replace(/^\ufeff/, " "), errors, { allowTrailingComma: true });
    const [first] = errors;
    if (root === undefined || first !== undefined) {
      const { line, column } = createLineTable(this.#text).at(first?.offset ?? 0);
      const what = first === undefined ? "it is empty" : printParseErrorCode(first.error);
      throw new UnreadableFile(`${this.#file}:${line}:${column} is not valid JSON: ${what}. Mend it, then try again.`);
    }
    return findNodeAtLocation(root, [...path]);
  }

  #splice(start: number, end: number, text: string): void {
    this.#text = this.#text.slice(0, start) + text + this.#text.slice(end);
  }

  #insert(object: Node, member: (indent: string) => string): void {
    const last = object.children?.at(-1);
    const end = object.offset + object.length - 1;
    if (last === undefined) {
      const outer = this.#indentOf(object.offset);
      // Whatever stands between the braces is a comment, or nothing.
      const inside = this.#text.slice(object.offset + 1, end).trimEnd();
      const indent = outer + this.#unit;
      this.#splice(object.offset + 1, end, `${inside}${this.#newline}${indent}${member(indent)}${this.#newline}${outer}`);
      return;
    }
    const indent = this.#indentOf(last.offset);
    const behind = last.offset + last.length;
    const { comma, lineEnd } = this.#restOfLine(behind, end);
    if (!this.#startsLine(last.offset)) {
      this.#splice(comma ?? behind, (comma ?? behind - 1) + 1, `, ${member(indent)}`);
    } else if (comma === undefined) {
      // The comment behind the last member stays with it.
      this.#splice(lineEnd, lineEnd, `${this.#newline}${indent}${member(indent)}`);
      this.#splice(behind, behind, ",");
    } else {
      this.#splice(lineEnd, lineEnd, `${this.#newline}${indent}${member(indent)},`);
    }
  }

  /** What stands behind a value on its line: a comma perhaps, comments perhaps, and where that ends. */
  #restOfLine(from: number, limit: number): { comma: number | undefined; lineEnd: number } {
    let comma: number | undefined;
    let at = from;
    const rest = /[ \t]+|,|\/\/[^\r\n]*|\/\*[^]*?\*\//y;
    for (;;) {
      rest.lastIndex = at;
      const found = rest.exec(this.#text)?.[0];
      if (found === undefined || at + found.length > limit) break;
      if (found === ",") comma = at;
      at += found.length;
    }
    return { comma, lineEnd: from + this.#text.slice(from, at).trimEnd().length };
  }

  #startsLine(offset: number): boolean {
    return /^[ \t]*$/.test(this.#lineUpTo(offset));
  }

  #indentOf(offset: number): string {
    return /^[ \t]*/.exec(this.#lineUpTo(offset))?.[0] ?? "";
  }

  #lineUpTo(offset: number): string {
    return this.#text.slice(this.#text.lastIndexOf("\n", offset - 1) + 1, offset);
  }

  #print(value: unknown, indent: string): string {
    if (Array.isArray(value) || typeof value !== "object" || value === null) return inline(value);
    const members = Object.entries(value).map(([key, member]) => {
      const inner = indent + this.#unit;
      return `${inner}${JSON.stringify(key)}: ${this.#print(member, inner)}`;
    });
    return `{${this.#newline}${members.join(`,${this.#newline}`)}${this.#newline}${indent}}`;
  }
}

function toValue(node: Node): unknown {
  const parts = node.children ?? [];
  switch (node.type) {
    case "object":
      return Object.fromEntries(parts.map(({ children = [] }) => [String(children[0]?.value), children[1] && toValue(children[1])]));
    case "array":
      return parts.map(toValue);
    default:
      return node.value;
  }
}

/** On one line, with the spaces that people put. */
function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${inline(member)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

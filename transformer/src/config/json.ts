/** A JSON value with the places of its parts, so that what is wrong with it can be pointed at. */
export type JsonNode =
  | { readonly type: "object"; readonly start: number; readonly members: readonly JsonMember[] }
  | { readonly type: "array"; readonly start: number; readonly elements: readonly JsonNode[] }
  | { readonly type: "scalar"; readonly start: number; readonly value: string | number | boolean | null };

export interface JsonMember {
  readonly key: string;
  readonly keyStart: number;
  readonly value: JsonNode;
}

/** A text is not JSON: what was expected, and where. */
export class JsonSyntaxError extends Error {
  override readonly name = "JsonSyntaxError";
  /** UTF-16 offset into the text. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const DEPTH_LIMIT = 64;
const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[\p{L}_$][\p{L}\p{N}_$-]*/uy;

class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): JsonNode {
    this.#space();
    const value = this.#value(0);
    this.#space();
    if (this.#at < this.#text.length) this.#fail("The file goes on behind the end of its one value. Remove what follows");
    return value;
  }

  #fail(message: string, offset = this.#at): never {
    throw new JsonSyntaxError(message.endsWith("?") ? message : `${message}.`, offset);
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    if (found !== null) this.#at = pattern.lastIndex;
    return found;
  }

  #space(): void {
    this.#match(SPACE);
    if (this.#text.startsWith("//", this.#at) || this.#text.startsWith("/*", this.#at)) {
      this.#fail("JSON has no comments. Remove it");
    }
  }

  #value(depth: number): JsonNode {
    if (depth > DEPTH_LIMIT) this.#fail(`Nothing in a config is nested ${DEPTH_LIMIT} levels deep`);
    const start = this.#at;
    switch (this.#text[start]) {
      case "{":
        return { type: "object", start, members: this.#object(depth) };
      case "[":
        return { type: "array", start, elements: this.#array(depth) };
      case '"':
        return { type: "scalar", start, value: this.#string() };
      default: {
        const number = this.#match(NUMBER);
        if (number !== null) return { type: "scalar", start, value: Number(number) };
        return { type: "scalar", start, value: this.#word() };
      }
    }
  }

  #word(): boolean | null {
    const start = this.#at;
    const word = this.#match(WORD);
    switch (word) {
      case "true":
        return true;
      case "false":
        return false;
      case "null":
        return null;
      case null:
        return this.#unexpected("a value");
      default:
        return this.#fail(`"${word}" is not a JSON value. Texts stand in double quotes`, start);
    }
  }

  #unexpected(expected: string): never {
    const character = this.#text[this.#at];
    if (character === undefined) this.#fail(`The file ends where ${expected} was expected. Is it complete?`);
    if (character === "'" || character === "`") this.#fail(`Expected ${expected}. JSON texts stand in double quotes`);
    this.#fail(`Expected ${expected}, found ${JSON.stringify(character)}`);
  }

  #string(): string {
    const start = this.#at;
    const literal = this.#match(STRING);
    if (literal === null) {
      this.#fail("This text is not closed on its line, or holds a character or an escape that JSON does not know", start);
    }
    const value: unknown = JSON.parse(literal);
    return String(value);
  }

  /** Steps over a comma; false at the closing bracket. */
  #more(close: "]" | "}"): boolean {
    this.#space();
    if (this.#text[this.#at] === close) {
      this.#at++;
      return false;
    }
    const comma = this.#at;
    if (this.#text[comma] !== ",") this.#unexpected(`"," or "${close}"`);
    this.#at++;
    this.#space();
    if (this.#text[this.#at] === close) this.#fail(`JSON allows no comma before "${close}". Remove it`, comma);
    return true;
  }

  #empty(close: "]" | "}"): boolean {
    this.#at++;
    this.#space();
    if (this.#text[this.#at] !== close) return false;
    this.#at++;
    return true;
  }

  #object(depth: number): JsonMember[] {
    const members: JsonMember[] = [];
    if (this.#empty("}")) return members;
    do {
      const keyStart = this.#at;
      if (this.#text[keyStart] !== '"') this.#unexpected('a key in double quotes, or "}"');
      const key = this.#string();
      if (members.some((member) => member.key === key)) this.#fail(`The key "${key}" is given twice. Keep one`, keyStart);
      this.#space();
      if (this.#text[this.#at] !== ":") this.#unexpected('":"');
      this.#at++;
      this.#space();
      members.push({ key, keyStart, value: this.#value(depth + 1) });
    } while (this.#more("}"));
    return members;
  }

  #array(depth: number): JsonNode[] {
    const elements: JsonNode[] = [];
    if (this.#empty("]")) return elements;
    do elements.push(this.#value(depth + 1));
    while (this.#more("]"));
    return elements;
  }
}

/**
 * Reads JSON (RFC 8259) and keeps the places. Keys that are given twice are an error.
 *
 * @throws JsonSyntaxError with the offset of what is wrong
 */
export function parseJson(text: string): JsonNode {
  return new JsonReader(text).read();
}

/** The plain value of a node, as `JSON.parse` gives it. */
export function toValue(node: JsonNode): unknown {
  switch (node.type) {
    case "object": {
      const object: Record<string, unknown> = {};
      for (const { key, value } of node.members) {
        // An assignment would call the setter for a key like `__proto__`.
        Object.defineProperty(object, key, { value: toValue(value), enumerable: true, configurable: true, writable: true });
      }
      return object;
    }
    case "array":
      return node.elements.map(toValue);
    case "scalar":
      return node.value;
  }
}

/** The offset of what a path leads to, of its key where that is wanted; of the last part that exists otherwise. */
export function locate(root: JsonNode, path: readonly (string | number)[], ofKey: boolean): number {
  let node = root;
  for (const [depth, step] of path.entries()) {
    const last = depth === path.length - 1;
    if (node.type === "object") {
      const member = node.members.find(({ key }) => key === step);
      if (member === undefined) return node.start;
      if (last && ofKey) return member.keyStart;
      node = member.value;
    } else if (node.type === "array") {
      const element = typeof step === "number" ? node.elements[step] : undefined;
      if (element === undefined) return node.start;
      node = element;
    } else {
      return node.start;
    }
  }
  return node.start;
}

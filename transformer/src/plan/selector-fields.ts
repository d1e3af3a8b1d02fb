import type { Node } from "../parse/estree.js";
import { parseSource } from "../parse/parse.js";
import type { DiscoveredFunction } from "./discovered.js";
import type { FieldScope } from "./fields.js";

/** Tells to which functions the field expressions of a selector apply. */
export class SelectorFields {
  readonly #filename: string;
  readonly #scope: FieldScope;
  readonly #parsed = new Map<string, Node | null>();

  constructor(filename: string, scope: FieldScope) {
    this.#filename = filename;
    this.#scope = scope;
  }

  /** Whether the function has every name that the expression uses. */
  applies(expression: string, found: DiscoveredFunction): boolean {
    let node = this.#parsed.get(expression);
    if (node === undefined) {
      node = parseExpression(expression, this.#filename);
      this.#parsed.set(expression, node);
    }
    return node !== null && this.#scope.check("", node, 0, found).length === 0;
  }
}

/** An expression that stands alone, or null if the text is none. */
export function parseExpression(text: string, filename: string): Node | null {
  const parsed = parseSource(`(${text}\n)`, filename);
  if ("reason" in parsed) return null;
  const [statement, ...rest] = parsed.program.body;
  return statement?.type === "ExpressionStatement" && rest.length === 0 ? statement.expression : null;
}

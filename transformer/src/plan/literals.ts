import type { Node } from "../parse/estree.js";

/** Stands for an expression whose value is not known before the program runs. */
export const NOT_CONSTANT: unique symbol = Symbol("not constant");

/** Deeper than any option is. */
const DEPTH_LIMIT = 8;

/** The value of an expression made of literals alone. */
export function literalValue(node: Node, depth = 0): unknown {
  if (depth > DEPTH_LIMIT) return NOT_CONSTANT;
  switch (node.type) {
    case "Literal":
      return "regex" in node || "bigint" in node ? NOT_CONSTANT : node.value;
    case "TemplateLiteral":
      return node.expressions.length === 0 ? (node.quasis[0]?.value.cooked ?? NOT_CONSTANT) : NOT_CONSTANT;
    case "UnaryExpression": {
      const value = literalValue(node.argument, depth + 1);
      if (typeof value !== "number") return NOT_CONSTANT;
      return node.operator === "-" ? -value : node.operator === "+" ? value : NOT_CONSTANT;
    }
    case "ArrayExpression": {
      const values = node.elements.map((element) => (element === null ? NOT_CONSTANT : literalValue(element, depth + 1)));
      return values.includes(NOT_CONSTANT) ? NOT_CONSTANT : values;
    }
    case "TSAsExpression":
    case "TSSatisfiesExpression":
      return literalValue(node.expression, depth + 1);
    case "Identifier":
      return node.name === "undefined" ? undefined : NOT_CONSTANT;
    default:
      return NOT_CONSTANT;
  }
}

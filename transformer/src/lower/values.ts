import type { Expression, ObjectExpression } from "../parse/estree.js";

/** Own properties by which an object may be a thenable, may wrap a promise, or may have another prototype than it seems. */
const TELLING = new Set<unknown>(["then", "_promise", "__proto__"]);

/** Whether all names of an object literal can be seen, and none of them makes it more than data. */
function isPlainObject({ properties }: ObjectExpression): boolean {
  return properties.every((property) => {
    if (property.type !== "Property" || property.computed) return false;
    const { key } = property;
    return !TELLING.has(key.type === "Identifier" ? key.name : key.type === "Literal" ? key.value : undefined);
  });
}

/**
 * Whether an expression always yields a value that says nothing about the call: no promise, no other thenable, no
 * Result object. What cannot be told from the syntax alone counts as telling.
 */
export function isPlainValue(expression: Expression): boolean {
  // A list instead of recursion: minified code chains thousands of `a || b || c`.
  const open: Expression[] = [expression];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    switch (node.type) {
      case "Literal":
      case "TemplateLiteral":
      case "BinaryExpression":
      case "UnaryExpression":
      case "UpdateExpression":
      case "ArrayExpression":
      case "ArrowFunctionExpression":
      case "FunctionExpression":
        break;
      case "Identifier":
        if (node.name !== "undefined") return false;
        break;
      case "ObjectExpression":
        if (!isPlainObject(node)) return false;
        break;
      case "LogicalExpression":
        open.push(node.left, node.right);
        break;
      case "ConditionalExpression":
        open.push(node.consequent, node.alternate);
        break;
      case "SequenceExpression": {
        const last = node.expressions.at(-1);
        if (last) open.push(last);
        break;
      }
      case "AssignmentExpression":
        if (node.operator === "=") open.push(node.right);
        // `a ||= b` yields either; every other compound assignment computes a primitive.
        else if (node.operator.endsWith("||=") || node.operator.endsWith("&&=") || node.operator.endsWith("??=")) return false;
        break;
      case "ParenthesizedExpression":
      case "TSAsExpression":
      case "TSSatisfiesExpression":
      case "TSNonNullExpression":
      case "TSTypeAssertion":
        open.push(node.expression);
        break;
      default:
        return false;
    }
  }
  return true;
}

import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { calleeName, calleePath, isFunction, isNothing, literalString, memberName, namePath, type Node, unwrap } from "./syntax.js";
import { isBusyName, isFailureName, isShortfallName } from "./vocabulary.js";
import { variableOf } from "./variables.js";

/**
 * What a handler gives instead of the result: `nothing`; an `absence` (null, false, NaN) that a caller can tell
 * from a result; a `default` that it cannot; a `failure` that says so; what the caller itself passed in as `given`;
 * or the outcome of another attempt, a `recovery`.
 */
export type ValueKind = "absence" | "default" | "failure" | "given" | "nothing" | "recovery";

const order: readonly ValueKind[] = ["default", "absence", "nothing", "given", "recovery", "failure"];
/** Of two values that may come back, the one that hides more. */
export function worse(one: ValueKind, other: ValueKind): ValueKind {
  return order.indexOf(one) <= order.indexOf(other) ? one : other;
}

const containers = /^(?:Map|Set|WeakMap|WeakSet|Array|Object|Date|URLSearchParams|Headers|FormData|String|Number|Boolean|Uint8Array)$/;
const wrappers = /^(?:Promise\.resolve|Object\.freeze|Array\.from|Array\.of|of|Observable\.of|Array|Object|structuredClone|Boolean|Number|String|Buffer\.from|Object\.create)$/;

export function valueKind(node: Node | null | undefined, source: Readonly<TSESLint.SourceCode>): ValueKind {
  if (!node) return "nothing";
  node = unwrap(node);
  if (isNothing(node)) return node.type === "Literal" ? "absence" : "nothing";
  switch (node.type) {
    case "Literal":
      if (typeof node.value === "boolean") return "absence";
      return typeof node.value === "string" && (isFailureName(node.value) || isMarker(node.value)) ? "failure" : "default";
    case "TaggedTemplateExpression":
      return node.quasi.quasis.some((quasi) => isFailureName(quasi.value.raw)) ? "failure" : "recovery";
    case "TemplateLiteral":
      return node.quasis.some((quasi) => isFailureName(quasi.value.raw)) ? "failure" : "default";
    case "UnaryExpression":
      return node.operator === "void" ? "nothing" : node.operator === "-" ? "absence" : "default";
    case "ArrayExpression":
      return node.elements.some((element) => element !== null && valueKind(element, source) === "failure") ? "failure" : "default";
    case "ObjectExpression":
      return node.properties.some((property) => tellsFailure(property, source)) ? "failure" : "default";
    case "Identifier":
      return identifierKind(node, source);
    case "MemberExpression":
      return namePath(node).some((name) => isFailureName(name)) ? "failure" : "default";
    case "ConditionalExpression":
      return worse(valueKind(node.consequent, source), valueKind(node.alternate, source));
    case "LogicalExpression":
      return valueKind(node.right, source);
    case "AwaitExpression":
      return valueKind(node.argument, source);
    case "NewExpression":
      if (containers.test(calleeName(node))) return "default";
      return "recovery";
    case "CallExpression": {
      const path = calleePath(node).join(".");
      if (!wrappers.test(path)) return "recovery";
      const inner = node.arguments[0] ? valueKind(node.arguments[0], source) : "nothing";
      return path === "Promise.resolve" || inner === "failure" || inner === "recovery" ? inner : "default";
    }
    case "JSXElement":
    case "JSXFragment":
      return "failure";
    case "AssignmentExpression":
      return valueKind(node.right, source);
    default:
      return isFunction(node) ? "default" : "recovery";
  }
}

/** `"[unprintable]"`, `"<none>"`: a text that says of itself that it stands for something else. */
function isMarker(text: string): boolean {
  return /^(?:\[.+\]|<.+>|\(.+\))$/.test(text);
}

function identifierKind(node: TSESTree.Identifier, source: Readonly<TSESLint.SourceCode>): ValueKind {
  if (node.name === "NaN") return "absence";
  const variable = variableOf(node, source);
  if (variable?.defs.some((definition) => definition.type === "Parameter")) return "given";
  if (isFailureName(node.name)) return "failure";
  const definition = variable?.defs[0]?.node;
  // A variable computed here rather than a constant of the module: whatever was reached before the failure.
  if (definition?.type === "VariableDeclarator" && definition.init && /^(?:Call|Await|New)Expression$/.test(unwrap(definition.init).type)) {
    return valueKind(definition.init, source) === "default" ? "default" : "recovery";
  }
  return "default";
}

/** `{ ok: false }`, `{ error: "…" }`, `{ status: "failed" }`, `{ statusCode: 503 }`. */
function tellsFailure(property: TSESTree.ObjectLiteralElement, source: Readonly<TSESLint.SourceCode>): boolean {
  if (property.type !== "Property") return valueKind(property.argument, source) === "recovery";
  const key = property.key.type === "Identifier" && !property.computed ? property.key.name : (literalString(property.key) ?? "");
  const value = unwrap(property.value);
  if (value.type === "Literal" && value.value === false) return !isBusyName(key) && !isFailureName(key) && !isShortfallName(key);
  if (value.type === "Literal" && value.value === true && isShortfallName(key)) return true;
  if (isNothing(value)) return false;
  if (isFailureName(key)) return !(value.type === "ArrayExpression" && value.elements.length === 0) && !(value.type === "Literal" && (value.value === "" || value.value === 0));
  if (/^(?:status|statusCode|code)$/.test(key) && value.type === "Literal" && typeof value.value === "number") return value.value >= 400 || value.value < 0;
  return valueKind(value, source) === "failure";
}

/** The last name of what is assigned to: `this.state.failed` → `failed`. */
export function targetName(node: Node): string {
  node = unwrap(node);
  return node.type === "MemberExpression" ? (memberName(node) ?? "?") : node.type === "Identifier" ? node.name : "?";
}

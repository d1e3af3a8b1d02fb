import { visitorKeys } from "oxc-parser";
import type {
  ArrowFunctionExpression,
  Class,
  Comment,
  Decorator,
  Expression,
  Function as FunctionLike,
  MethodDefinition,
  Node,
  ObjectExpression,
  ObjectProperty,
  Program,
  PropertyDefinition,
  PropertyKey,
  AccessorProperty,
} from "oxc-parser";

export type {
  AccessorProperty,
  ArrowFunctionExpression,
  Class,
  Comment,
  Decorator,
  Expression,
  MethodDefinition,
  Node,
  ObjectExpression,
  ObjectProperty,
  Program,
  PropertyDefinition,
  PropertyKey,
};

/** A function with a body: what the planner can trace. Overload signatures and `declare function` are none. */
export type FunctionNode = FunctionLike | ArrowFunctionExpression;

/** What a method, an accessor, or a property that holds a function is written as. */
export type MemberNode = MethodDefinition | ObjectProperty | PropertyDefinition | AccessorProperty;

/** Whether a node is a function that has a body (arrow, declaration or expression; methods hold an expression). */
export function isFunctionNode(node: Node): node is FunctionNode {
  switch (node.type) {
    case "ArrowFunctionExpression":
      return true;
    case "FunctionDeclaration":
    case "FunctionExpression":
      return node.body !== null;
    default:
      return false;
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** The child nodes of a node in source order as the parser lists them; types and comments are not left out. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (const key of visitorKeys[node.type] ?? []) {
    const child: unknown = Reflect.get(node, key);
    if (Array.isArray(child)) {
      for (const element of child) if (isNode(element)) children.push(element);
    } else if (isNode(child)) {
      children.push(child);
    }
  }
  return children;
}

/** Nodes that only describe types: nothing in them runs, so nothing in them can be traced. */
export function isTypeOnly(node: Node): boolean {
  if (!node.type.startsWith("TS")) return false;
  switch (node.type) {
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
    case "TSInstantiationExpression":
    case "TSParameterProperty":
    case "TSEnumDeclaration":
    case "TSEnumBody":
    case "TSEnumMember":
    case "TSModuleDeclaration":
    case "TSModuleBlock":
    case "TSExportAssignment":
    case "TSAbstractPropertyDefinition":
    case "TSAbstractAccessorProperty":
    case "TSAbstractMethodDefinition":
      return false;
    default:
      return true;
  }
}

/** The expression under `as`, `satisfies`, `!` and type assertions, which name and run what they wrap. */
export function unwrapTypes(node: Expression): Expression {
  let inner = node;
  while (
    inner.type === "TSAsExpression" ||
    inner.type === "TSSatisfiesExpression" ||
    inner.type === "TSNonNullExpression" ||
    inner.type === "TSTypeAssertion" ||
    inner.type === "TSInstantiationExpression"
  ) {
    inner = inner.expression;
  }
  return inner;
}

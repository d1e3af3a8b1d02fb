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

/** Calls back with each child node of a node, in source order as the parser lists them; those of types too. */
export function forEachChild(node: Node, visit: (child: Node) => void): void {
  const keys = visitorKeys[node.type];
  if (keys === undefined) return;
  // The keys are those of this very type, so what they give is its children.
  const parent = node as unknown as Readonly<Record<string, unknown>>;
  for (const key of keys) {
    const child = parent[key];
    if (Array.isArray(child)) {
      for (const element of child) if (isNode(element)) visit(element);
    } else if (isNode(child)) {
      visit(child);
    }
  }
}

/** The child nodes of a node in source order as the parser lists them; those of types too. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  forEachChild(node, (child) => children.push(child));
  return children;
}

/** Nodes that only describe types: nothing in them runs, so nothing in them can be traced. */
export function isTypeOnly(node: Node): boolean {
  const { type } = node;
  // Asked of every node: cheaper than startsWith("TS").
  if (type.charCodeAt(0) !== 84 || type.charCodeAt(1) !== 83) return false;
  switch (type) {
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

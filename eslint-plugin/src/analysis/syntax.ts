import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

export type Node = TSESTree.Node;
export type FunctionNode = TSESTree.ArrowFunctionExpression | TSESTree.FunctionDeclaration | TSESTree.FunctionExpression;
export type CallLike = TSESTree.CallExpression | TSESTree.NewExpression;

export function isFunction(node: Node | null | undefined): node is FunctionNode {
  return (
    node?.type === "ArrowFunctionExpression" ||
    node?.type === "FunctionExpression" ||
    node?.type === "FunctionDeclaration"
  );
}

/** The expression without what changes only its type or its grouping: casts, `!`, `satisfies`, `?.` wrappers. */
export function unwrap(node: Node): Node {
  for (;;) {
    switch (node.type) {
      case "TSAsExpression":
      case "TSNonNullExpression":
      case "TSSatisfiesExpression":
      case "TSTypeAssertion":
      case "TSInstantiationExpression":
      case "ChainExpression":
        node = node.expression;
        break;
      case "SequenceExpression": {
        const last = node.expressions.at(-1);
        if (!last) return node;
        node = last;
        break;
      }
      default:
        return node;
    }
  }
}

/** The nearest ancestor that is not a mere type or grouping wrapper, and the child of it that leads to `node`. */
export function climb(node: Node): { parent: Node | undefined; child: Node } {
  let child = node;
  let parent = node.parent;
  while (
    parent?.type === "TSAsExpression" ||
    parent?.type === "TSNonNullExpression" ||
    parent?.type === "TSSatisfiesExpression" ||
    parent?.type === "TSTypeAssertion" ||
    parent?.type === "ChainExpression"
  ) {
    child = parent;
    parent = parent.parent;
  }
  return { parent, child };
}

/** The name a member expression reads, where the text says it: `.name`, `["name"]`, `` [`name`] ``. */
export function memberName(node: TSESTree.MemberExpression): string | undefined {
  if (!node.computed) return node.property.type === "Identifier" ? node.property.name : undefined;
  return literalString(node.property);
}

export function literalString(node: Node | null | undefined): string | undefined {
  if (!node) return undefined;
  node = unwrap(node);
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  if (node.type === "TemplateLiteral" && node.expressions.length === 0) return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

/** The name of a member by its key, where that is written as one: `#name` for a private one. */
export function keyOf(key: Node): string | undefined {
  return key.type === "Identifier" ? key.name : key.type === "PrivateIdentifier" ? `#${key.name}` : undefined;
}

/** The name of a member or property, as far as it stands there. */
export function nameOfKey(member: { key: Node; computed?: boolean }): string | undefined {
  if (member.key.type === "PrivateIdentifier") return member.key.name;
  return member.key.type === "Identifier" && member.computed !== true ? member.key.name : literalString(member.key);
}

/**
 * The names along a callee, outermost object first: `this.log.error` → `["this", "log", "error"]`,
 * `getLogger().error` → `["getLogger()", "error"]`. What has no name is `"?"`.
 */
export function namePath(node: Node): readonly string[] {
  node = unwrap(node);
  switch (node.type) {
    case "Identifier":
      return [node.name];
    case "PrivateIdentifier":
      return [node.name];
    case "ThisExpression":
      return ["this"];
    case "Super":
      return ["super"];
    case "MemberExpression":
      return [...namePath(node.object), (node.property.type === "PrivateIdentifier" ? node.property.name : memberName(node)) ?? "?"];
    case "CallExpression":
    case "NewExpression":
      return [`${namePath(node.callee).join(".")}()`];
    case "AwaitExpression":
      return namePath(node.argument);
    case "ImportExpression":
      return ["import"];
    default:
      return ["?"];
  }
}

export function calleePath(node: CallLike): readonly string[] {
  return namePath(node.callee);
}

/** The last name of a callee: what the call does. */
export function calleeName(node: CallLike): string {
  return calleePath(node).at(-1) ?? "?";
}

export function enclosingFunction(node: Node): FunctionNode | undefined {
  for (let at = node.parent; at; at = at.parent) if (isFunction(at)) return at;
  return undefined;
}

/** The name a function goes by: its own, its variable's, its property's or its method's. */
export function functionName(node: FunctionNode): string | undefined {
  if (node.id) return node.id.name;
  const { parent } = climb(node);
  if (!parent) return undefined;
  switch (parent.type) {
    case "VariableDeclarator":
      return parent.id.type === "Identifier" ? parent.id.name : undefined;
    case "AssignmentExpression":
      return namePath(parent.left).at(-1);
    case "Property":
    case "MethodDefinition":
    case "PropertyDefinition":
      return parent.key.type === "Identifier" || parent.key.type === "PrivateIdentifier"
        ? parent.key.name
        : literalString(parent.key);
    case "CallExpression": {
      // `const load = useCallback(async () => {…})`, `memoize(function () {…})`
      const outer = climb(parent).parent;
      return outer?.type === "VariableDeclarator" && outer.id.type === "Identifier" ? outer.id.name : undefined;
    }
    default:
      return undefined;
  }
}

export function contains(outer: Node, inner: Node): boolean {
  return outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
}

/** Visits `node` and what is below it, outermost first; a visitor that returns false is not taken further down. */
export function visit(node: Node, keys: TSESLint.SourceCode.VisitorKeys, visitor: (node: Node) => boolean | void): void {
  if (visitor(node) === false) return;
  for (const key of keys[node.type] ?? []) {
    const child = (node as unknown as Record<string, unknown>)[key];
    if (Array.isArray(child)) {
      for (const each of child) if (isNode(each)) visit(each, keys, visitor);
    } else if (isNode(child)) {
      visit(child, keys, visitor);
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value;
}

/** Whether the expression is one of the spellings of nothing: `undefined`, `null`, `void 0`. */
export function isNothing(node: Node | null | undefined): boolean {
  if (!node) return true;
  node = unwrap(node);
  return (
    (node.type === "Identifier" && node.name === "undefined") ||
    (node.type === "Literal" && node.value === null && node.raw === "null") ||
    (node.type === "UnaryExpression" && node.operator === "void" && unwrap(node.argument).type === "Literal")
  );
}

/** Nothing behind the statement runs in its function. */
export function leavesFunction(statement: Node): boolean {
  const last = statement.type === "BlockStatement" ? statement.body.at(-1) : statement;
  return last?.type === "ReturnStatement" || last?.type === "ThrowStatement";
}

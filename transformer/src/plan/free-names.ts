import { childrenOf, isFunctionNode, isTypeOnly } from "../parse/estree.js";
import type { FunctionNode, Node } from "../parse/estree.js";
import { boundNames, parameterNames } from "./parameters.js";

/** A name that an expression takes from outside of itself. */
export interface FreeName {
  readonly name: string;
  readonly node: Node;
}

/** Names that an expression refers to and does not bind itself. */
export function freeNames(expression: Node): FreeName[] {
  const found: FreeName[] = [];
  const pending: { node: Node; bound: ReadonlySet<string> }[] = [{ node: expression, bound: new Set() }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, bound } = next;
    if (node.type === "Identifier") {
      if (!bound.has(node.name)) found.push({ name: node.name, node });
      continue;
    }
    let inside = bound;
    let children = childrenOf(node);
    if (isFunctionNode(node)) inside = new Set([...bound, ...parameterNames(node), ...declaredNames(node)]);
    else if (node.type === "MemberExpression" && !node.computed) children = [node.object];
    else if (node.type === "Property" && !node.computed) children = [node.value];
    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i];
      if (child !== undefined && !isTypeOnly(child)) pending.push({ node: child, bound: inside });
    }
  }
  return found;
}

/**
 * Names that a function or program declares in its body, in whatever block: variables, functions, classes, imports,
 * enums and namespaces. Those of nested functions are left out.
 */
export function declaredNames(root: Node): Set<string> {
  const names = new Set<string>();
  const pending: Node[] = isFunctionNode(root) ? (root.body === null ? [] : [root.body]) : [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    switch (node.type) {
      case "VariableDeclarator":
        for (const name of boundNames(node.id)) names.add(name);
        break;
      case "FunctionDeclaration":
      case "ClassDeclaration":
      case "TSDeclareFunction":
      case "TSEnumDeclaration":
      case "TSImportEqualsDeclaration":
        if (node.id !== null) names.add(node.id.name);
        break;
      case "TSModuleDeclaration":
        if (node.id.type === "Identifier") names.add(node.id.name);
        break;
      case "ImportDefaultSpecifier":
      case "ImportNamespaceSpecifier":
      case "ImportSpecifier":
        names.add(node.local.name);
        break;
      case "CatchClause":
        for (const name of boundNames(node.param)) names.add(name);
        break;
      default:
    }
    if (isFunctionNode(node)) continue;
    for (const child of childrenOf(node)) pending.push(child);
  }
  return names;
}

/** All names that are visible in a function because of the functions around it. */
export function namesInFunctions(functions: readonly FunctionNode[]): Set<string> {
  const names = new Set<string>();
  for (const node of functions) {
    if (node.id !== null) names.add(node.id.name);
    for (const name of parameterNames(node)) names.add(name);
    for (const name of declaredNames(node)) names.add(name);
  }
  return names;
}

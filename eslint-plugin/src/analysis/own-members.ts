import type { TSESLint } from "@typescript-eslint/utils";
import { type FunctionNode, isFunction, keyOf, memberName, type Node, unwrap } from "./syntax.js";
import { constantValue, functionOf, variableOf } from "./variables.js";

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * The function that an expression surely stands for: a function itself, a constant's, a private method of the class
 * around (nobody can override it), a static one or one of a constant object of this file; also bound to something.
 */
export function functionBehind(node: Node, source: SourceCode): FunctionNode | undefined {
  node = unwrap(node);
  if (node.type === "CallExpression") {
    const callee = unwrap(node.callee);
    return callee.type === "MemberExpression" && memberName(callee) === "bind" ? functionBehind(callee.object, source) : undefined;
  }
  return functionOf(node, source) ?? memberFunction(node, source);
}

function memberFunction(node: Node, source: SourceCode): FunctionNode | undefined {
  if (node.type !== "MemberExpression") return undefined;
  const name = node.property.type === "PrivateIdentifier" ? `#${node.property.name}` : memberName(node);
  const object = unwrap(node.object);
  if (name === undefined) return undefined;
  if (object.type === "ThisExpression") return ownFunction(classAround(node), name, false);
  const variable = variableOf(object, source);
  const owner = variable?.defs[0]?.node;
  if (owner?.type === "ClassDeclaration") return ownFunction(owner.body, name, true);
  const made = constantValue(variable);
  const table = made ? unwrap(made) : undefined;
  const property = table?.type === "ObjectExpression" ? table.properties.find((each) => each.type === "Property" && !each.computed && keyOf(each.key) === name) : undefined;
  return property?.type === "Property" && isFunction(property.value) ? property.value : undefined;
}

function ownFunction(body: Node | undefined, name: string, isStatic: boolean): FunctionNode | undefined {
  if (body?.type !== "ClassBody") return undefined;
  for (const each of body.body) {
    if ((each.type !== "MethodDefinition" && each.type !== "PropertyDefinition") || each.static !== isStatic || keyOf(each.key) !== name) continue;
    const isOwn = isStatic || name.startsWith("#") || each.accessibility === "private";
    return isOwn && isFunction(each.value) ? each.value : undefined;
  }
  return undefined;
}

function classAround(node: Node): Node | undefined {
  let at: Node | undefined = node.parent;
  while (at && at.type !== "ClassBody") at = at.parent;
  return at;
}

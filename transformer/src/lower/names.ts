import type { Node } from "../parse/estree.js";
import { addChildren } from "../parse/children.js";
import { isFunctionNode, isTypeOnly } from "../parse/estree.js";

/** Adds the names that a binding pattern or a parameter declares. */
export function addBoundNames(pattern: Node, names: Set<string>): void {
  const open: Node[] = [pattern];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    switch (node.type) {
      case "Identifier":
        names.add(node.name);
        break;
      case "ObjectPattern":
        for (const property of node.properties) open.push(property.type === "RestElement" ? property.argument : property.value);
        break;
      case "ArrayPattern":
        for (const element of node.elements) if (element) open.push(element);
        break;
      case "AssignmentPattern":
        open.push(node.left);
        break;
      case "RestElement":
        open.push(node.argument);
        break;
      case "TSParameterProperty":
        open.push(node.parameter);
        break;
      default:
    }
  }
}

/** Whether `arguments` is read by the function that a node stands in: arrow functions share it, other functions have their own. */
export function mentionsArguments(root: Node): boolean {
  const open: Node[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === "Identifier" && node.name === "arguments") return true;
    if (isTypeOnly(node) || (isFunctionNode(node) && node.type !== "ArrowFunctionExpression")) continue;
    addChildren(node, open);
  }
  return false;
}

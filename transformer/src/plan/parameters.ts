import type { FunctionNode, Node } from "../parse/estree.js";

function bind(pattern: Node | null, names: string[]): void {
  if (pattern === null) return;
  switch (pattern.type) {
    case "Identifier":
      // TypeScript's `this` parameter binds nothing.
      if (pattern.name !== "this") names.push(pattern.name);
      break;
    case "AssignmentPattern":
      bind(pattern.left, names);
      break;
    case "RestElement":
      bind(pattern.argument, names);
      break;
    case "TSParameterProperty":
      bind(pattern.parameter, names);
      break;
    case "ArrayPattern":
      for (const element of pattern.elements) bind(element, names);
      break;
    case "ObjectPattern":
      for (const property of pattern.properties) bind(property.type === "Property" ? property.value : property, names);
      break;
    default:
  }
}

/** Names that a pattern binds, in source order. */
export function boundNames(pattern: Node | null): string[] {
  const names: string[] = [];
  bind(pattern, names);
  return names;
}

/** Names that the parameters of a function bind; of a destructured parameter, the names in it. */
export function parameterNames(node: FunctionNode): string[] {
  return node.params.flatMap((parameter) => boundNames(parameter));
}

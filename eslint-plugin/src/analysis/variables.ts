import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { perFile } from "./memory.js";
import { climb, contains, type FunctionNode, isFunction, memberName, type Node, unwrap } from "./syntax.js";

type SourceCode = Readonly<TSESLint.SourceCode>;
export type Variable = TSESLint.Scope.Variable;

/** Every rule asks for the same names over and over, and finding a scope means climbing to it. */
const memory = perFile<Node, Variable | undefined>();

/** The variable an identifier stands for, or undefined where it is a global nobody declares. */
export function variableOf(identifier: Node, source: SourceCode): Variable | undefined {
  if (identifier.type !== "Identifier") return undefined;
  const found = memory(source);
  if (!found.has(identifier)) found.set(identifier, lookUp(identifier, source));
  return found.get(identifier);
}

function lookUp(identifier: TSESTree.Identifier, source: SourceCode): Variable | undefined {
  for (let scope: TSESLint.Scope.Scope | null = source.getScope(identifier); scope; scope = scope.upper) {
    const variable = scope.set.get(identifier.name);
    if (variable) return variable.defs.length > 0 || variable.references.length > 0 ? variable : undefined;
  }
  return undefined;
}

/** The variables that a parameter or another binding pattern declares. */
export function boundVariables(pattern: Node, source: SourceCode): Variable[] {
  const owner = pattern.parent;
  if (!owner) return [];
  return source.getDeclaredVariables(owner).filter((variable) => variable.identifiers.some((id) => contains(pattern, id)));
}

/** The one initial value of a variable that is never assigned again. */
export function constantValue(variable: Variable | undefined): Node | undefined {
  const definition = variable?.defs.length === 1 ? variable.defs[0] : undefined;
  if (!variable || !definition) return undefined;
  if (variable.references.some((reference) => reference.isWrite() && !reference.init)) return undefined;
  // A parameter's definition names the function it belongs to as well.
  if (definition.type === "FunctionName" && definition.node.type === "FunctionDeclaration") return definition.node;
  if (definition.node.type !== "VariableDeclarator" || definition.node.id.type !== "Identifier") return undefined;
  return definition.node.init ?? undefined;
}

/** The function an expression surely stands for: itself, or the constant it names. */
export function functionOf(node: Node, source: SourceCode, depth = 0): FunctionNode | undefined {
  node = unwrap(node);
  if (isFunction(node)) return node;
  if (node.type !== "Identifier" || depth > 4) return undefined;
  const value = constantValue(variableOf(node, source));
  return value ? functionOf(value, source, depth + 1) : undefined;
}

const mutators = new Set(["push", "unshift", "add", "set", "append", "delete", "clear", "pop", "shift", "splice"]);

/** Whether anybody ever looks at the variable: a write, or a `push` whose collection nobody reads, is not looking. */
export function isObserved(variable: Variable): boolean {
  const scopeType = variable.scope.type;
  if (scopeType === "global") return true;
  if (variable.defs.some((definition) => definition.type === "Parameter" || definition.type === "ImportBinding")) return true;
  return variable.references.some((reference) => reference.isRead() && isLook(reference.identifier)) || isExported(variable);
}

function isLook(identifier: Node): boolean {
  const { parent, child } = climb(identifier);
  if (!parent) return true;
  if (parent.type === "ExpressionStatement") return false;
  if (parent.type === "UnaryExpression" && parent.operator === "void") return false;
  if (parent.type === "UpdateExpression" && parent.parent.type === "ExpressionStatement") return false;
  if (parent.type === "AssignmentExpression" && parent.left === child) return parent.parent.type !== "ExpressionStatement";
  if (parent.type === "MemberExpression" && parent.object === child) {
    const above = climb(parent);
    if (above.parent?.type === "AssignmentExpression" && above.parent.left === above.child) return false;
    if (above.parent?.type === "CallExpression" && above.parent.callee === above.child) {
      const name = memberName(parent);
      const used = climb(above.parent).parent;
      // As the body of an arrow function it gives back a length, for which nobody asks.
      const isDropped = used?.type === "ExpressionStatement" || (used?.type === "ArrowFunctionExpression" && used.body === above.parent);
      return !(name !== undefined && mutators.has(name) && isDropped);
    }
  }
  return true;
}

export function isExported(variable: Variable): boolean {
  return variable.defs.some((definition) => {
    const node: Node | undefined = definition.node.type === "VariableDeclarator" ? definition.node.parent : definition.node;
    return node?.parent?.type === "ExportNamedDeclaration" || node?.parent?.type === "ExportDefaultDeclaration";
  });
}

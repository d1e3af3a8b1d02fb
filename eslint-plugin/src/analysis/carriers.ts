import type { TSESLint } from "@typescript-eslint/utils";
import type { Handler } from "./fate.js";
import { contains, isFunction, type Node, visit } from "./syntax.js";
import { boundVariables, variableOf } from "./variables.js";

type Variable = TSESLint.Scope.Variable;

/**
 * The variables that hold the error in a handler (`errors`), and those besides that hold something made of it
 * (`carriers`): aliases, destructured parts, messages, wrapped errors, functions that use it.
 */
export function carriersOf(handler: Handler, source: Readonly<TSESLint.SourceCode>): { errors: Set<Variable>; carriers: Set<Variable> } {
  const errors = new Set(handler.param ? boundVariables(handler.param, source) : []);
  const carriers = new Set(errors);
  const queue = [...errors];
  for (let variable = queue.pop(); variable; variable = queue.pop()) {
    for (const reference of variable.references) {
      if (!reference.isRead()) continue;
      const { made, isAlias } = madeOf(reference.identifier, handler, source);
      for (const next of made) {
        if (isAlias && errors.has(variable)) errors.add(next);
        if (carriers.has(next)) continue;
        carriers.add(next);
        queue.push(next);
      }
    }
  }
  return { errors, carriers };
}

/** Whether all that comes of a read is a variable that nobody reads: `const { code } = error;`. */
export function isReadForNothing(identifier: Node, handler: Handler, source: Readonly<TSESLint.SourceCode>): boolean {
  const { made } = madeOf(identifier, handler, source);
  return made.length > 0 && made.every((variable) => !variable.references.some((reference) => reference.isRead()));
}

/** The handler's own variables that get a value in which the identifier takes part. */
function madeOf(identifier: Node, handler: Handler, source: Readonly<TSESLint.SourceCode>): { made: readonly Variable[]; isAlias: boolean } {
  let child: Node = identifier;
  for (let node = identifier.parent; node && node !== handler.node; child = node, node = node.parent) {
    if (node.type === "VariableDeclarator" && node.init === child) {
      return { made: source.getDeclaredVariables(node), isAlias: child === identifier && node.id.type === "Identifier" };
    }
    if (node.type === "FunctionDeclaration") return { made: source.getDeclaredVariables(node).slice(0, 1), isAlias: false };
    if ((node.type === "ForOfStatement" || node.type === "ForInStatement") && node.right === child) {
      return { made: node.left.type === "VariableDeclaration" ? source.getDeclaredVariables(node.left) : [], isAlias: false };
    }
    if (node.type === "AssignmentExpression" && node.right === child) {
      const made = ownVariables(node.left, handler, source);
      if (made.length > 0) return { made, isAlias: false };
    }
    if (node.type === "CallExpression" && node.callee !== child && node.callee.type === "MemberExpression") {
      // `lines.push(e.message)`: the list carries it from here on.
      const made = ownVariables(node.callee.object, handler, source);
      if (made.length > 0) return { made, isAlias: false };
    }
    if (node.type.endsWith("Statement")) return { made: [], isAlias: false };
    if (isFunction(node) && node.body === child && node.parent.type !== "VariableDeclarator") continue;
  }
  return { made: [], isAlias: false };
}

function ownVariables(target: Node, handler: Handler, source: Readonly<TSESLint.SourceCode>): Variable[] {
  const found: Variable[] = [];
  visit(target, source.visitorKeys, (node) => {
    const variable = node.type === "Identifier" ? variableOf(node, source) : undefined;
    if (variable?.defs.length && variable.defs.every((definition) => contains(handler.node, definition.name))) found.push(variable);
    return node.type !== "CallExpression";
  });
  return found;
}

/** A test whether an expression mentions one of the variables anywhere, functions inside it included. */
export function mentionTest(carriers: ReadonlySet<Variable>): (node: Node) => boolean {
  const places: number[] = [];
  for (const variable of carriers) {
    for (const reference of variable.references) {
      if (reference.isRead()) places.push(reference.identifier.range[0]);
    }
  }
  return (node) => places.some((place) => node.range[0] <= place && place < node.range[1]);
}

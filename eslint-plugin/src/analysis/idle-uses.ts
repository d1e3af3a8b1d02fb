import type { TSESLint } from "@typescript-eslint/utils";
import { climb, type FunctionNode, isFunction, type Node } from "./syntax.js";
import { isExported, type Variable, variableOf } from "./variables.js";

type SourceCode = Readonly<TSESLint.SourceCode>;

/** A mention that comes to nothing: `void err;`, `err;`, `typeof err;`, `span.end;`, `const copy = err;` never read. */
export function isIdleUse(node: Node, source: SourceCode, depth = 0): boolean {
  const { parent, child } = climb(node);
  switch (parent?.type) {
    case "ExpressionStatement":
      return true;
    case "UnaryExpression":
      return isIdleUse(parent, source, depth);
    case "MemberExpression":
      return parent.object === child && isIdleUse(parent, source, depth);
    case "SequenceExpression":
      return parent.expressions.at(-1) !== child || isIdleUse(parent, source, depth);
    case "VariableDeclarator":
      return parent.init === child && depth < 3 && source.getDeclaredVariables(parent).every((variable) => !isExported(variable) && !isUsed(variable, source, depth + 1));
    default:
      return false;
  }
}

/** Whether anything is ever done with what the variable holds. */
export function isUsed(variable: Variable, source: SourceCode, depth = 0): boolean {
  return variable.references.some((reference) => reference.isRead() && !isIdleUse(reference.identifier, source, depth));
}

/** A function that nobody can call: written down as a statement, or kept under a name that is never read. */
export function isNeverRun(target: FunctionNode, source: SourceCode): boolean {
  const { parent } = climb(target);
  if (parent?.type === "ExpressionStatement") return true;
  const name = target.type === "FunctionDeclaration" ? target.id : parent?.type === "VariableDeclarator" ? parent.id : undefined;
  const variable = name?.type === "Identifier" ? variableOf(name, source) : undefined;
  if (!variable || variable.scope.type === "global" || isExported(variable)) return false;
  return variable.references.every((reference) => reference.init === true || (reference.isRead() && isIdleUse(reference.identifier, source)));
}

/** Whether the node stands in a function, inside of `within`, that nobody can call. */
export function isInNeverRun(node: Node, within: Node | undefined, source: SourceCode): boolean {
  for (let at = node.parent; at && at !== within; at = at.parent) if (isFunction(at) && isNeverRun(at, source)) return true;
  return false;
}

import type ts from "typescript";
import type { FunctionKind } from "../../plan/plan.js";
import type { TypeScript } from "./typescript.js";

/** Every function node that can have a body of its own. */
export type BodiedFunction =
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.GetAccessorDeclaration
  | ts.SetAccessorDeclaration
  | ts.ConstructorDeclaration;

/** Whether a node is a function with a body. */
export function isBodiedFunction(ts: TypeScript, node: ts.Node): node is BodiedFunction & { body: ts.Node } {
  return (
    (ts.isFunctionDeclaration(node) ||
      ts.isFunctionExpression(node) ||
      ts.isArrowFunction(node) ||
      ts.isMethodDeclaration(node) ||
      ts.isGetAccessorDeclaration(node) ||
      ts.isSetAccessorDeclaration(node) ||
      ts.isConstructorDeclaration(node)) &&
    node.body !== undefined
  );
}

/** What kind of function the node is now, whatever was planned. */
export function kindOf(ts: TypeScript, node: BodiedFunction): FunctionKind {
  if (ts.isConstructorDeclaration(node)) return "constructor";
  const isAsync = node.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.AsyncKeyword) === true;
  const isGenerator = "asteriskToken" in node && node.asteriskToken !== undefined;
  if (isGenerator) return isAsync ? "async-generator" : "generator";
  return isAsync ? "async" : "function";
}

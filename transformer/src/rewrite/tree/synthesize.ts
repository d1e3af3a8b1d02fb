import type ts from "typescript";
import type { TypeScript } from "./typescript.js";

/**
 * Parses an expression of generated code into nodes without positions, which the compiler prints by their content.
 * Positions would make it copy text from the user's file instead.
 */
export function synthesizeExpression(ts: TypeScript, code: string): ts.Expression {
  const parsed = ts.createSourceFile("errspan.js", `(${code});`, ts.ScriptTarget.ESNext, false, ts.ScriptKind.JS);
  const statement = parsed.statements[0];
  if (statement === undefined || !ts.isExpressionStatement(statement) || !ts.isParenthesizedExpression(statement.expression)) {
    throw new Error(`errspan: generated code is not an expression: ${code}`);
  }
  const { expression } = statement.expression;
  forgetPositions(ts, expression);
  return expression;
}

const nowhere: ts.TextRange = { pos: -1, end: -1 };

function forgetPositions(ts: TypeScript, node: ts.Node): void {
  ts.setTextRange(node, nowhere);
  // Else the compiler takes it for a node of the program and looks its names up.
  (node as { flags: ts.NodeFlags }).flags |= ts.NodeFlags.Synthesized;
  ts.forEachChild(
    node,
    (child) => forgetPositions(ts, child),
    (children) => {
      ts.setTextRange(children, nowhere);
      for (const child of children) forgetPositions(ts, child);
    },
  );
}

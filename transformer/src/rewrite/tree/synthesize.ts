import type ts from "typescript";
import type { TypeScript } from "./typescript.js";

const NOWHERE: ts.TextRange = { pos: -1, end: -1 };

/**
 * Parses an expression of generated code into nodes without positions, which the compiler prints by their content.
 * Positions would make it copy text from the user's file instead.
 *
 * @param scope Where the expression will stand: its names mean what they mean there, so that those of imports and
 *   exports are renamed as the module system needs it.
 */
export function synthesizeExpression(ts: TypeScript, code: string, scope: ts.Node): ts.Expression {
  const parsed = ts.createSourceFile("errspan.js", `(${code});`, ts.ScriptTarget.ESNext, false, ts.ScriptKind.JS);
  const statement = parsed.statements[0];
  if (statement === undefined || !ts.isExpressionStatement(statement) || !ts.isParenthesizedExpression(statement.expression)) {
    throw new Error(`errspan: generated code is not an expression: ${code}`);
  }
  const { expression } = statement.expression;
  const inSource = ts.getOriginalNode(scope);
  settle(ts, expression, inSource.pos < 0 ? undefined : inSource);
  return expression;
}

function settle(ts: TypeScript, node: ts.Node, scope: ts.Node | undefined): void {
  ts.setTextRange(node, NOWHERE);
  // Else the compiler takes it for a node of the program and looks up what does not exist.
  (node as { flags: ts.NodeFlags }).flags |= ts.NodeFlags.Synthesized;
  if (scope && ts.isIdentifier(node)) ts.setOriginalNode(node, referenceIn(ts, node.text, scope));
  ts.forEachChild(
    node,
    (child) => settle(ts, child, scope),
    (children) => {
      ts.setTextRange(children, NOWHERE);
      for (const child of children) settle(ts, child, scope);
    },
  );
}

/** An identifier that looks to the compiler's name resolution as if it stood in the source. */
function referenceIn(ts: TypeScript, text: string, scope: ts.Node): ts.Identifier {
  const reference = ts.factory.createIdentifier(text);
  const { flags } = reference;
  Object.assign(reference, { parent: scope, flags: flags & ~ts.NodeFlags.Synthesized });
  return reference;
}

import type ts from "typescript";
import type { TypeScript } from "./typescript.js";

/** An expression of generated code. */
export interface Synthesized {
  readonly expression: ts.Expression;
  /** Its identifiers of the user's, which the compiler can look up. */
  readonly names: readonly ts.Identifier[];
}

const NOWHERE: ts.TextRange = { pos: -1, end: -1 };

/**
 * Parses an expression of generated code into nodes without positions, which the compiler prints by their content.
 * Positions would make it copy text from the user's file instead.
 *
 * @param scope Where the expression will stand: its names mean what they mean there, so that those of imports and
 *   exports are renamed as the module system needs it.
 * @param prefix Names that begin with it are ours, and spare the compiler a search through all scopes.
 */
export function synthesizeExpression(ts: TypeScript, code: string, scope: ts.Node, prefix: string): Synthesized {
  const parsed = ts.createSourceFile(
    "errspan.js",
    `(${code});`,
    ts.ScriptTarget.ESNext,
    false,
    ts.ScriptKind.JS,
  );
  const statement = parsed.statements[0];
  if (
    statement === undefined ||
    !ts.isExpressionStatement(statement) ||
    !ts.isParenthesizedExpression(statement.expression)
  ) {
    throw new Error(`errspan: generated code is not an expression: ${code}`);
  }
  const { expression } = statement.expression;
  const names: ts.Identifier[] = [];
  settle({ ts, prefix, names }, expression, placeInSource(ts, scope));
  return { expression, names };
}

/** The node of the program that a node is, was, or was built around. */
function placeInSource(ts: TypeScript, node: ts.Node): ts.Node | undefined {
  const original = ts.getOriginalNode(node);
  // Generated nodes may have positions, but no parents, by which the compiler would look for their file.
  const isParsed = original.pos >= 0 && (original.flags & ts.NodeFlags.Synthesized) === 0;
  return isParsed ? original : ts.forEachChild(original, (child) => placeInSource(ts, child));
}

interface Settling {
  readonly ts: TypeScript;
  readonly prefix: string;
  readonly names: ts.Identifier[];
}

function settle(settling: Settling, node: ts.Node, scope: ts.Node | undefined): void {
  const { ts, prefix, names } = settling;
  ts.setTextRange(node, NOWHERE);
  // Else the compiler takes it for a node of the program and looks up what does not exist.
  (node as { flags: ts.NodeFlags }).flags |= ts.NodeFlags.Synthesized;
  if (scope && ts.isIdentifier(node) && !node.text.startsWith(prefix)) {
    names.push(ts.setOriginalNode(node, referenceIn(ts, node.text, scope)));
  }
  ts.forEachChild(
    node,
    (child) => settle(settling, child, isPropertyName(ts, node, child) ? undefined : scope),
    (children) => {
      ts.setTextRange(children, NOWHERE);
      for (const child of children) settle(settling, child, scope);
    },
  );
}

function isPropertyName(ts: TypeScript, parent: ts.Node, node: ts.Node): boolean {
  return (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) && parent.name === node;
}

/** An identifier that looks to the compiler's name resolution as if it stood in the source. */
function referenceIn(ts: TypeScript, text: string, scope: ts.Node): ts.Identifier {
  const reference = ts.factory.createIdentifier(text);
  const { flags } = reference;
  Object.assign(reference, { parent: scope, flags: flags & ~ts.NodeFlags.Synthesized });
  return reference;
}

import type ts from "typescript";
import type { TypeScript } from "./typescript.js";

/** Functions of `@errspan/runtime/emit` that stand in rewritten bodies. */
export type Helper = "suspend" | "resume" | "delegate" | "returned" | "resolved" | "fail" | "exit" | "suspendAtDispose";

/** Builds the calls and names that rewriting brings into one file. */
export interface Emit {
  readonly ts: TypeScript;
  readonly factory: ts.NodeFactory;
  readonly context: ts.TransformationContext;
  readonly sourceFile: ts.SourceFile;
  /** The name of the helpers' namespace; every other name begins with it. */
  readonly prefix: string;
  /** A name of ours: the prefix, `_` and the suffix. */
  name(suffix: string): ts.Identifier;
  /** `__errspan.helper(__errspan_s, …arguments)`, mapped to the place of the node it stands for. */
  call(helper: Helper, operands: readonly ts.Expression[], place?: ts.Node): ts.Expression;
  /** The same call as a statement, which carries no comments of its own. */
  callStatement(helper: Helper, place?: ts.TextRange): ts.Statement;
  /** A `const` of ours in a function's body, mapped to a place in the source where one is given. */
  declare(suffix: string, value: ts.Expression, flags: ts.NodeFlags, place?: ts.TextRange): ts.Statement;
}

/** Makes the builder for one file. */
export function createEmit(
  ts: TypeScript,
  context: ts.TransformationContext,
  sourceFile: ts.SourceFile,
  prefix: string,
): Emit {
  const { factory } = context;
  const name = (suffix: string): ts.Identifier => factory.createIdentifier(`${prefix}_${suffix}`);
  const place = <T extends ts.Node>(node: T, range: ts.TextRange | undefined): T => {
    ts.setEmitFlags(node, ts.EmitFlags.NoComments);
    return range ? ts.setSourceMapRange(node, range) : node;
  };
  const call: Emit["call"] = (helper, operands, range) => {
    const callee = factory.createPropertyAccessExpression(factory.createIdentifier(prefix), helper);
    const made = factory.createCallExpression(callee, undefined, [name("s"), ...operands]);
    return range ? ts.setTextRange(made, range) : made;
  };
  return {
    ts,
    factory,
    context,
    sourceFile,
    prefix,
    name,
    call,
    callStatement: (helper, range) => place(factory.createExpressionStatement(call(helper, [])), range),
    declare: (suffix, value, flags, range) => {
      const declaration = factory.createVariableDeclaration(name(suffix), undefined, undefined, value);
      return place(factory.createVariableStatement(undefined, factory.createVariableDeclarationList([declaration], flags)), range);
    },
  };
}

import type ts from "typescript";
import type { Range } from "../../plan/plan.js";
import { helperNames, type HelperNames } from "../enter-code.js";
import type { TypeScript } from "./typescript.js";
import { verbatim } from "./verbatim.js";

/** Functions of `@errspan/runtime/emit` that stand in rewritten bodies. */
export type Helper =
  "suspend" | "resume" | "delegate" | "fail" | "exit" | "suspendAtDispose";

/** Those that are given a value first, and give it back. */
export type Giver = "resumed" | "returned" | "resolved" | "done";

/** Builds the calls and names that rewriting brings into one file. */
export interface Emit {
  readonly ts: TypeScript;
  readonly factory: ts.NodeFactory;
  readonly context: ts.TransformationContext;
  readonly sourceFile: ts.SourceFile;
  readonly names: HelperNames;
  /** The names that the fields of the functions rewritten so far use. */
  readonly fieldNames: ts.Identifier[];
  /** `__errspan.helper(__errspan_s, …arguments)`, mapped to the place of the node it stands for. */
  readonly call: (helper: Helper, operands: readonly ts.Expression[], place?: ts.Node) => ts.Expression;
  /** `(0, __errspan.fail)(__errspan_s, __errspan_e)`: without its object, a call takes a register less of the frame. */
  readonly failCall: () => ts.Expression;
  /** `__errspan.helper(value, __errspan_s)`, or a bare call of it, mapped to the place of the node it stands for. */
  readonly give: (helper: Giver, value: ts.Expression, place: ts.Node, bare: boolean) => ts.Expression;
  /** The call of a helper as a statement, which carries no comments of its own. */
  readonly callStatement: (helper: Helper, place?: ts.TextRange) => ts.Statement;
  /** A variable of ours, mapped to a place in the source where one is given. */
  readonly declare: (
    name: string,
    value: ts.Expression,
    flags: ts.NodeFlags,
    place?: ts.TextRange,
  ) => ts.Statement;
  /**
   * A block in the place of a range of the source. What stood on one line stays on one: printed on several, functions of
   * one text would differ by how deep they stand.
   */
  readonly block: (statements: readonly ts.Statement[], place: Range) => ts.Block;
  /** `try { … } catch (e) { handler } finally { … }` in the place of a range of the source. */
  readonly attempt: (
    attempted: ts.Block,
    handler: readonly ts.Statement[],
    last: ts.Block | undefined,
    place: Range,
  ) => ts.Statement;
}

/** Makes the builder for one file. */
export function createEmit(
  ts: TypeScript,
  context: ts.TransformationContext,
  sourceFile: ts.SourceFile,
  prefix: string,
): Emit {
  const { factory } = context;
  const names = helperNames(prefix);
  const place = <T extends ts.Node>(node: T, range: ts.TextRange | undefined): T => {
    ts.setEmitFlags(node, ts.EmitFlags.NoComments);
    return range ? ts.setSourceMapRange(node, range) : node;
  };
  const state = (): ts.Expression => factory.createIdentifier(names.state);
  const found = (helper: Helper | Giver, bare: boolean): ts.Expression =>
    verbatim(factory, bare ? `(0, ${names.runtime}.${helper})` : `${names.runtime}.${helper}`);
  const callOf = (callee: ts.Expression, operands: readonly ts.Expression[], range?: ts.TextRange): ts.Expression => {
    const made = factory.createCallExpression(callee, undefined, operands);
    return range ? ts.setTextRange(made, range) : made;
  };
  const callAlone = (helper: Helper): ts.Expression => verbatim(factory, `${names.runtime}.${helper}(${names.state})`);
  const call: Emit["call"] = (helper, operands, range) =>
    operands.length === 0 && !range ? callAlone(helper) : callOf(found(helper, false), [state(), ...operands], range);
  // Where generators are compiled down, the variable of a `catch` gets another name, which what is brought in does not
  // follow; one that the compiler made, as this seems to be, keeps its name. Nothing else in the file begins like it.
  const { target = ts.ScriptTarget.ES5 } = context.getCompilerOptions();
  const caught = target < ts.ScriptTarget.ES2015 ? factory.createUniqueName(names.error, ts.GeneratedIdentifierFlags.Optimistic) : undefined;
  // Asked several times in a row for the same function.
  let last: { readonly range: Range; readonly isOneLine: boolean } | undefined;
  const isOneLine = (range: Range): boolean => {
    if (last?.range !== range) last = { range, isOneLine: !/[\n\r]/.test(sourceFile.text.slice(range.start, range.end)) };
    return last.isOneLine;
  };
  const onOneLine = <T extends ts.Node>(node: T, range: Range): T =>
    isOneLine(range) ? ts.setEmitFlags(node, ts.EmitFlags.SingleLine) : node;
  const block: Emit["block"] = (statements, range) =>
    onOneLine(factory.createBlock(statements, !isOneLine(range)), range);
  return {
    ts,
    factory,
    context,
    sourceFile,
    names,
    fieldNames: [],
    call,
    failCall: () => verbatim(factory, `(0, ${names.runtime}.fail)(${names.state}, ${names.error})`),
    give: (helper, value, range, bare) => callOf(found(helper, bare), [value, state()], range),
    callStatement: (helper, range) => place(factory.createExpressionStatement(callAlone(helper)), range),
    block,
    attempt: (attempted, handler, final, range) =>
      onOneLine(
        factory.createTryStatement(
          attempted,
          factory.createCatchClause(factory.createVariableDeclaration(caught ?? names.error), block(handler, range)),
          final,
        ),
        range,
      ),
    declare: (name, value, flags, range) => {
      const declaration = factory.createVariableDeclaration(name, undefined, undefined, value);
      return place(
        factory.createVariableStatement(
          undefined,
          factory.createVariableDeclarationList([declaration], flags),
        ),
        range,
      );
    },
  };
}

import type ts from "typescript";
import type { Operation } from "../../plan/plan.js";
import type { Emit, Helper } from "./emit.js";

/**
 * Carries out one operation on a node whose children are rewritten already. A declaration may become two.
 */
export function applyOperation(emit: Emit, operation: Operation, node: ts.Node): ts.Node | ts.Node[] {
  const { ts, factory } = emit;
  switch (operation.type) {
    case "await": {
      if (!ts.isAwaitExpression(node)) break;
      const operand = emit.call("suspend", [bare(emit, node.expression)]);
      return resumed(emit, factory.updateAwaitExpression(node, operand), node);
    }
    case "yield":
    case "yield-delegate": {
      if (!ts.isYieldExpression(node)) break;
      const helper = operation.type === "yield" ? "suspend" : "delegate";
      const operand = emit.call(helper, node.expression ? [bare(emit, node.expression)] : []);
      return resumed(emit, factory.updateYieldExpression(node, node.asteriskToken, operand), node);
    }
    case "return": {
      if (!ts.isReturnStatement(node)) return emit.call(operation.helper, [bare(emit, node as ts.Expression)], node);
      if (!node.expression) break;
      return factory.updateReturnStatement(node, emit.call(operation.helper, [bare(emit, node.expression)]));
    }
    case "resume-block": {
      if (!ts.isBlock(node)) break;
      return factory.updateBlock(node, opened(emit, node));
    }
    case "resume-after": {
      if (!ts.isBlock(node)) break;
      const attempt = attemptThen(emit, factory.createBlock(node.statements, true), "resume");
      return factory.updateBlock(node, [attempt]);
    }
    case "for-await": {
      const block = factory.createBlock([rewriteLoop(emit, operation, node as ts.Statement)], true);
      return attemptThen(emit, block, "resume");
    }
    case "await-using": {
      const dispose = emit.call("suspendAtDispose", []);
      return [node, emit.declare(emit.names.disposal(operation.node.start), dispose, ts.NodeFlags.Using)];
    }
  }
  throw misfit(emit, operation, node);
}

/** `resume(s, suspension)`, which takes over the comments round the suspension. */
function resumed(emit: Emit, suspension: ts.Expression, node: ts.Expression): ts.Expression {
  const start = node.pos < 0 ? node.pos : node.getStart(emit.sourceFile);
  emit.ts.setCommentRange(suspension, { pos: start, end: node.end });
  return emit.call("resume", [suspension], node);
}

/** An operand that becomes an argument. Comments on the line where it began are printed by the keyword before it, and once more by lists. */
function bare({ ts, sourceFile }: Emit, operand: ts.Expression): ts.Expression {
  const { pos, end } = ts.getCommentRange(operand);
  const printed = pos < 0 ? undefined : ts.getTrailingCommentRanges(sourceFile.text, pos)?.at(-1);
  return printed ? ts.setCommentRange(operand, { pos: printed.end, end }) : operand;
}

/** `try block finally { helper(s); }` */
function attemptThen({ factory, callStatement }: Emit, block: ts.Block, helper: Helper): ts.Statement {
  return factory.createTryStatement(block, undefined, factory.createBlock([callStatement(helper)], true));
}

type ForAwait = Extract<Operation, { type: "for-await" }>;

/** A loop under any number of labels, which it keeps. */
function rewriteLoop(emit: Emit, operation: ForAwait, node: ts.Statement): ts.Statement {
  const { ts, factory } = emit;
  if (ts.isLabeledStatement(node)) {
    return factory.updateLabeledStatement(node, node.label, rewriteLoop(emit, operation, node.statement));
  }
  if (!ts.isForOfStatement(node)) throw misfit(emit, operation, node);
  const iterable = operation.iterable ? emit.call("delegate", [bare(emit, node.expression)]) : node.expression;
  const body = turn(emit, node.statement, operation.suspendEachTurn);
  return factory.updateForOfStatement(node, node.awaitModifier, node.initializer, iterable, body);
}

/** The body of a loop: each turn begins in our context and, where asked, ends in the caller's. */
function turn(emit: Emit, body: ts.Statement, suspendEachTurn: boolean): ts.Block {
  const { ts, factory } = emit;
  const block = ts.isBlock(body) ? body : ts.setTextRange(factory.createBlock([body], true), body);
  const statement = suspendEachTurn ? attemptThen(emit, block, "suspend") : block;
  return factory.createBlock([emit.callStatement("resume"), statement], true);
}

/** The statements of a block, opened by taking our context again. */
function opened({ ts, factory, callStatement }: Emit, block: ts.Block): ts.NodeArray<ts.Statement> {
  return ts.setTextRange(factory.createNodeArray([callStatement("resume"), ...block.statements]), block.statements);
}

function misfit({ ts }: Emit, { type }: Operation, node: ts.Node): Error {
  return new Error(`errspan: ${type} does not fit a ${ts.SyntaxKind[node.kind]}`);
}

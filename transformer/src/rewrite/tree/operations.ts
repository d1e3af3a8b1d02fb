import type ts from "typescript";
import type { Operation } from "../../plan/plan.js";
import type { Emit, Helper } from "./emit.js";

/** What is done inside a body. */
export type BodyOperation = Exclude<Operation, { type: "parameter" }>;

/**
 * Carries out one operation on a node whose children are rewritten already. A declaration may become two.
 */
export function applyOperation(emit: Emit, operation: BodyOperation, node: ts.Node): ts.Node | ts.Node[] {
  const { ts, factory } = emit;
  switch (operation.type) {
    case "await": {
      if (!ts.isAwaitExpression(node)) break;
      const operand = wrapped(emit, "suspend", node.expression);
      return resumed(emit, factory.updateAwaitExpression(node, operand), node, operation.form);
    }
    case "yield":
    case "yield-delegate": {
      if (!ts.isYieldExpression(node)) break;
      const helper = operation.type === "yield" ? "suspend" : "delegate";
      const operand = node.expression ? wrapped(emit, helper, node.expression) : emit.call(helper, []);
      return resumed(emit, factory.updateYieldExpression(node, node.asteriskToken, operand), node);
    }
    case "return": {
      if (!ts.isReturnStatement(node)) return returned(emit, operation, node as ts.Expression);
      if (operation.argument === null) return emit.block([emit.callStatement("exit"), node], operation.node);
      if (!node.expression) break;
      return factory.updateReturnStatement(node, returned(emit, operation, node.expression));
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

type Await = Extract<Operation, { type: "await" }>;
type Return = Extract<Operation, { type: "return" }>;

/** `resumed(suspension, s)` in the place of the suspension, or one of the other forms of an {@link Await}. */
function resumed(emit: Emit, suspension: ts.Expression, node: ts.Expression, form: Await["form"] = "call"): ts.Expression {
  const { ts, factory } = emit;
  if (form === "last") return suspension;
  const waited = withoutOuterComments(emit, suspension, node);
  if (form === "statement") return ts.setTextRange(factory.createComma(waited, emit.call("resume", [])), node);
  return emit.give("resumed", waited, node, form === "bare");
}

/** `helper(operand, s)` in the place of the operand of a `return`. */
function returned(emit: Emit, { helper }: Return, operand: ts.Expression): ts.Expression {
  if (helper === "suspend") return wrapped(emit, helper, operand);
  return emit.give(helper, withoutOuterComments(emit, operand, operand), operand, true);
}

/** `helper(s, operand)` in the place of the operand. */
function wrapped(emit: Emit, helper: Helper, operand: ts.Expression): ts.Expression {
  return emit.call(helper, [withoutOuterComments(emit, operand, operand)], operand);
}

/** The comments round an expression that becomes an argument are printed with the call, which has its range. */
export function withoutOuterComments(
  { ts, sourceFile }: Emit,
  expression: ts.Expression,
  place: ts.Node,
): ts.Expression {
  if (place.pos < 0) return expression;
  return ts.setCommentRange(expression, { pos: place.getStart(sourceFile), end: place.end });
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
  const iterable = operation.iterable ? wrapped(emit, "delegate", node.expression) : node.expression;
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
  return ts.setTextRange(
    factory.createNodeArray([callStatement("resume"), ...block.statements]),
    block.statements,
  );
}

function misfit({ ts }: Emit, { type }: Operation, node: ts.Node): Error {
  return new Error(`errspan: ${type} does not fit a ${ts.SyntaxKind[node.kind]}`);
}

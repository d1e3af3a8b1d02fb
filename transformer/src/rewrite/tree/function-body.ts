import type ts from "typescript";
import type { PlannedFunction } from "../../plan/plan.js";
import type { Emit } from "./emit.js";
import type { BodiedFunction } from "./bodied-function.js";
import { synthesizeExpression } from "./synthesize.js";
import { enterCode, printedEnterCode } from "../enter-code.js";
import { verbatim } from "./verbatim.js";

/** Puts the body of a function, whose inside is rewritten already, between the entering and the leaving of its span. */
export function traceFunction(emit: Emit, planned: PlannedFunction, node: BodiedFunction): BodiedFunction {
  if (!node.body) return node;
  // An expression body that is rewritten itself is a new node: names are looked up where the old one stood.
  const { body: scope = node.body } = emit.ts.getOriginalNode(node) as BodiedFunction;
  const body = emit.ts.isBlock(node.body)
    ? traceBlock(emit, planned, node.body, scope)
    : traceExpression(emit, planned, node.body, scope);
  return withBody(emit, node, body);
}

function traceBlock(emit: Emit, planned: PlannedFunction, body: ts.Block, scope: ts.Node): ts.Block {
  const { ts, factory } = emit;
  const split = countBefore(emit, planned, body);
  const before = body.statements.slice(0, split);
  const rest = split === 0 ? body.statements : factory.createNodeArray(body.statements.slice(split));
  if (split > 0) ts.setTextRange(rest, { pos: before.at(-1)?.end ?? body.statements.pos, end: body.statements.end });
  // The block takes the old one's place, and with it the comments in front of the closing brace.
  const inner = ts.setTextRange(ts.setOriginalNode(emit.block(rest, planned.body), body), body);
  return surround(emit, planned, before, inner, body, scope);
}

function traceExpression(emit: Emit, planned: PlannedFunction, body: ts.Expression, scope: ts.Node): ts.Block {
  const { ts, factory } = emit;
  const statement = ts.setTextRange(factory.createReturnStatement(body), body);
  return surround(emit, planned, [], emit.block([statement], planned.body), body, scope);
}

/** `const s = enter(site); try { … } catch (e) { fail(s, e); throw e; }`, with `exit(s)` behind it or in a `finally` */
function surround(
  emit: Emit,
  planned: PlannedFunction,
  before: readonly ts.Statement[],
  inner: ts.Block,
  place: ts.Node,
  scope: ts.Node,
): ts.Block {
  const { ts, factory, names } = emit;
  const opening = { pos: planned.body.start, end: planned.body.start + 1 };
  const closing = { pos: planned.body.end - 1, end: planned.body.end };
  const enter = emit.declare(names.state, entering(emit, planned, scope), ts.NodeFlags.Const, opening);
  const atEnd = <T extends ts.Statement>(statement: T): T => ts.setSourceMapRange(statement, closing);
  const handler = [
    atEnd(factory.createExpressionStatement(emit.failCall())),
    atEnd(factory.createThrowStatement(factory.createIdentifier(names.error))),
  ];
  const exit = planned.exit === "return" ? [] : [emit.callStatement("exit", closing)];
  const isLast = planned.exit === "finally";
  const attempt = emit.attempt(inner, handler, isLast ? emit.block(exit, planned.body) : undefined, planned.body);
  const block = emit.block([...before, enter, attempt, ...(isLast ? [] : exit)], planned.body);
  return ts.setSourceMapRange(block, place);
}

/** The call that starts the span. */
function entering(emit: Emit, planned: PlannedFunction, scope: ts.Node): ts.Expression {
  const { ts, factory, names } = emit;
  const printed = printedEnterCode(planned, names.runtime);
  if (printed !== undefined) return verbatim(factory, printed);
  const code = enterCode(planned, names.runtime);
  const { expression, names: used } = synthesizeExpression(ts, code, scope, names.runtime);
  if (planned.site.options.fields) emit.fieldNames.push(...used);
  return expression;
}

/** How many statements stay in front: directives, and a root-level `super(…)` where initialisers follow it. */
function countBefore({ ts, sourceFile }: Emit, planned: PlannedFunction, body: ts.Block): number {
  const directives = body.statements.findIndex((statement) => !isDirective(ts, statement));
  let count = directives < 0 ? body.statements.length : directives;
  body.statements.forEach((statement, index) => {
    if (statement.pos >= 0 && statement.getStart(sourceFile) < planned.begin)
      count = Math.max(count, index + 1);
  });
  return count;
}

function isDirective(ts: Emit["ts"], statement: ts.Statement): boolean {
  return ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);
}

function withBody({ ts, factory }: Emit, node: BodiedFunction, body: ts.Block): BodiedFunction {
  if (ts.isFunctionDeclaration(node)) {
    return factory.updateFunctionDeclaration(
      node,
      node.modifiers,
      node.asteriskToken,
      node.name,
      node.typeParameters,
      node.parameters,
      node.type,
      body,
    );
  }
  if (ts.isFunctionExpression(node)) {
    return factory.updateFunctionExpression(
      node,
      node.modifiers,
      node.asteriskToken,
      node.name,
      node.typeParameters,
      node.parameters,
      node.type,
      body,
    );
  }
  if (ts.isArrowFunction(node)) {
    return factory.updateArrowFunction(
      node,
      node.modifiers,
      node.typeParameters,
      node.parameters,
      node.type,
      node.equalsGreaterThanToken,
      body,
    );
  }
  if (ts.isMethodDeclaration(node)) {
    return factory.updateMethodDeclaration(
      node,
      node.modifiers,
      node.asteriskToken,
      node.name,
      node.questionToken,
      node.typeParameters,
      node.parameters,
      node.type,
      body,
    );
  }
  if (ts.isGetAccessorDeclaration(node)) {
    return factory.updateGetAccessorDeclaration(
      node,
      node.modifiers,
      node.name,
      node.parameters,
      node.type,
      body,
    );
  }
  if (ts.isSetAccessorDeclaration(node)) {
    return factory.updateSetAccessorDeclaration(node, node.modifiers, node.name, node.parameters, body);
  }
  return factory.updateConstructorDeclaration(node, node.modifiers, node.parameters, body);
}

import type ts from "typescript";
import type { PlannedFunction, Range } from "../../plan/plan.js";
import { failParametersCode } from "../enter-code.js";
import type { Emit } from "./emit.js";
import { withoutOuterComments } from "./operations.js";
import { synthesizeExpression } from "./synthesize.js";

/**
 * Evaluates an expression of the parameter list in a `try`:
 * `(0, { "f": () => { try { return X; } catch (e) { failParameters(site, e); throw e; } } }["f"])()`.
 * The arrow function goes by the function's name, so that stacks show that.
 */
export function traceParameter(emit: Emit, planned: PlannedFunction, range: Range, value: ts.Expression, scope: ts.Node): ts.Expression {
  const { ts, factory, names } = emit;
  const { functionName } = planned.site;
  const { expression: failed } = synthesizeExpression(ts, failParametersCode(planned, names.runtime), scope, names.runtime);
  const returned = factory.createReturnStatement(withoutOuterComments(emit, value, value));
  const handler = [factory.createExpressionStatement(failed), factory.createThrowStatement(factory.createIdentifier(names.error))];
  const attempt = emit.attempt(emit.block([returned], range), handler, undefined, range);
  const arrow = factory.createArrowFunction(undefined, undefined, [], undefined, undefined, emit.block([attempt], range));
  const key = factory.createComputedPropertyName(factory.createStringLiteral(functionName));
  const holder = factory.createObjectLiteralExpression([factory.createPropertyAssignment(key, arrow)]);
  const found = factory.createElementAccessExpression(holder, factory.createStringLiteral(functionName));
  const callee = factory.createParenthesizedExpression(factory.createComma(factory.createNumericLiteral(0), found));
  return ts.setTextRange(factory.createCallExpression(callee, undefined, []), value);
}

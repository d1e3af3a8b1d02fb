import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { declaredType, referenceName } from "./annotations.js";
import { isIdleUse, isNeverRun } from "./idle-uses.js";
import { endsHere, spanMethod, type StartedSpan, startsSpan, usesOfGiven } from "./spans.js";
import { calleePath, climb, contains, isFunction, type Node, unwrap, visit } from "./syntax.js";
import { constantValue, functionOf, type Variable, variableOf } from "./variables.js";

type SourceCode = Readonly<TSESLint.SourceCode>;

const marking = /(?:recordError|recordException|setStatus|setSpanError|markFailed)\b/;
const touching = /^(?:end|addEvent|setAttributes?|updateName|isRecording|spanContext|addLinks?)$/;

/** Whether something in the code tells the span of an error: a call that does so, or somebody who is given the span. */
export function marksError(span: StartedSpan, node: Node, source: SourceCode, depth = 0): boolean {
  let marks = false;
  visit(node, source.visitorKeys, (each) => {
    if (isFunction(each) && each !== node && isNeverRun(each, source)) return false;
    if (each.type === "CallExpression") marks ||= isMark(each, span, source) || runsMark(each, span, source, depth);
    return !marks;
  });
  return marks || (node.type === "CatchClause" && span.references.some(({ identifier }) => contains(node, identifier) && isGivenAway(identifier, source)));
}

/** `span.recordException(error)`, `recordError(span, error)`; not what is said to another span, or that all is well. */
function isMark(call: TSESTree.CallExpression, span: StartedSpan, source: SourceCode): boolean {
  if (!marking.test(source.getText(call.callee)) || saysOk(call, source)) return false;
  const callee = unwrap(call.callee);
  const object = callee.type === "MemberExpression" ? unwrap(callee.object) : undefined;
  return object?.type !== "Identifier" || !isOtherSpan(object, span, source);
}

function isOtherSpan(object: TSESTree.Identifier, span: StartedSpan, source: SourceCode): boolean {
  const variable = variableOf(object, source);
  if (!variable || variable === span.variable) return false;
  const value = constantValue(variable);
  if (!value) return isSpanParameter(variable, object, source);
  const kept = unwrap(value);
  if (kept.type === "Identifier") return isOtherSpan(kept, span, source);
  // What was active before this span was started is the one around it.
  const wasActive = kept.type === "CallExpression" && /^(?:getActiveSpan|getSpan)$/.test(calleePath(kept).at(-1) ?? "") && kept.range[1] <= span.call.range[0];
  return wasActive || startsSpan(kept) || kept.type === "ObjectExpression";
}

function isSpanParameter(variable: Variable, object: Node, source: SourceCode): boolean {
  const definition = variable.defs[0];
  if (definition?.type !== "Parameter") return false;
  // Whoever is called here with a span may well be given this one.
  const isCallers = definition.node.range[0] <= object.range[0] && object.range[1] <= definition.node.range[1];
  return isCallers && (referenceName(declaredType(object, source)) === "Span" || /span$/i.test(variable.name));
}

/** `fail(error)`, where a function of this file marks the span it can see. */
function runsMark(call: TSESTree.CallExpression, span: StartedSpan, source: SourceCode, depth: number): boolean {
  const target = depth < 2 ? functionOf(call.callee, source) : undefined;
  return target !== undefined && !contains(target, call) && span.references.some(({ identifier }) => contains(target, identifier)) && marksError(span, target.body, source, depth + 1);
}

/** Given to somebody who may mark it: not to a function of this file that only sets an attribute. */
function isGivenAway(identifier: Node, source: SourceCode): boolean {
  if (spanMethod(identifier) || isIdleUse(identifier, source)) return false;
  const { parent, child } = climb(identifier);
  if (parent?.type !== "CallExpression") return true;
  const used = usesOfGiven(parent, child, source);
  return !used?.every((reference) => endsHere(reference.identifier) || touching.test(spanMethod(reference.identifier)?.name ?? ""));
}

/** `span.setStatus({ code: SpanStatusCode.OK })` says the opposite. */
function saysOk(call: TSESTree.CallExpression, source: SourceCode): boolean {
  if (calleePath(call).at(-1) !== "setStatus") return false;
  const given = call.arguments[0] ? unwrap(call.arguments[0]) : undefined;
  if (!given) return false;
  const code = given.type === "ObjectExpression" ? given.properties.find((each) => each.type === "Property" && each.key.type === "Identifier" && each.key.name === "code") : undefined;
  const value = code?.type === "Property" ? unwrap(code.value) : undefined;
  const kept = value?.type === "Identifier" ? variableOf(value, source) : undefined;
  const written = kept?.references.flatMap(({ writeExpr }) => (writeExpr ? [source.getText(writeExpr)] : [])) ?? [];
  return (written.length > 0 ? written : [source.getText(given)]).every((text) => /\b(?:OK|UNSET)\b/.test(text) && !/\bERROR\b|\?/.test(text));
}

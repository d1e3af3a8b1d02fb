import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { isIdleUse } from "./idle-uses.js";
import { endsHere, spanMethod, startsSpan } from "./spans.js";
import { calleeName, climb, isFunction, keyOf, memberName, type Node, unwrap, visit } from "./syntax.js";
import { boundVariables, isExported, isObserved, type Variable, variableOf } from "./variables.js";

type SourceCode = Readonly<TSESLint.SourceCode>;

/** `tracer.startActiveSpan("run", () => work())`: the callback does not even take the span it has to end. */
export function isNeverBound(call: TSESTree.CallExpression, source: SourceCode): boolean {
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression" || memberName(callee) !== "startActiveSpan") return false;
  const callback = call.arguments.at(-1);
  const target = callback ? unwrap(callback) : undefined;
  if (!isFunction(target) || target.params.length > 0 || /\b(?:arguments|getActiveSpan|getSpan)\b/.test(source.getText(target))) return false;
  return source.ast.body.some((each) => each.type === "ImportDeclaration" && each.source.value === "@opentelemetry/api");
}

/**
 * The span is put where it stays: in a private field that nobody ends, in a list or map that nobody looks at, or in
 * one whose spans are only ever told something.
 */
export function isKeptForNothing(call: TSESTree.CallExpression, source: SourceCode): boolean {
  if (!startsSpan(call)) return false;
  const { parent, child } = climb(call);
  switch (parent?.type) {
    case "AssignmentExpression":
      return parent.right === child && parent.parent.type === "ExpressionStatement" && isFieldNeverEnded(parent.left, source);
    case "PropertyDefinition":
      return parent.value === child && isNeverEndedBy(parent, source);
    case "CallExpression": {
      const callee = unwrap(parent.callee);
      if (callee.type !== "MemberExpression" || !/^(?:push|unshift|add|set)$/.test(memberName(callee) ?? "")) return false;
      const variable = variableOf(unwrap(callee.object), source);
      return variable?.defs[0]?.type === "Variable" && !isObserved(variable);
    }
    case "ArrowFunctionExpression": {
      // `const spans = names.map((name) => tracer.startSpan(name))`
      const mapped = climb(parent).parent;
      const list = mapped?.type === "CallExpression" && calleeName(mapped) === "map" ? climb(mapped).parent : undefined;
      const variable = parent.body === child && list?.type === "VariableDeclarator" && list.id.type === "Identifier" ? source.getDeclaredVariables(list)[0] : undefined;
      return variable !== undefined && !isExported(variable) && variable.references.every(({ identifier, init }) => init === true || isOnlyTold(identifier, source));
    }
    default:
      return false;
  }
}

/** Only code of the class can reach the field, and none of it ends the span or gives it to anybody. */
function isFieldNeverEnded(target: Node, source: SourceCode): boolean {
  const field = unwrap(target);
  if (field.type !== "MemberExpression" || field.object.type !== "ThisExpression") return false;
  const name = keyOf(field.property);
  let owner: Node | undefined = field.parent;
  while (owner && owner.type !== "ClassBody") owner = owner.parent;
  const declared = owner?.type === "ClassBody" ? owner.body.find((each) => each.type === "PropertyDefinition" && keyOf(each.key) === name) : undefined;
  return declared?.type === "PropertyDefinition" && isNeverEndedBy(declared, source);
}

function isNeverEndedBy(declared: TSESTree.PropertyDefinition, source: SourceCode): boolean {
  const name = keyOf(declared.key);
  if (name === undefined || declared.static || (declared.key.type !== "PrivateIdentifier" && declared.accessibility !== "private")) return false;
  let isReached = false;
  visit(declared.parent, source.visitorKeys, (each) => {
    if (each.type === "ThisExpression" && !isReached) isReached = !isHarmlessUse(each, name, source);
    return !isReached;
  });
  return !isReached;
}

function isHarmlessUse(self: Node, name: string, source: SourceCode): boolean {
  const { parent, child } = climb(self);
  // `const { span } = this`, `finish(this)`
  if (parent?.type !== "MemberExpression" || parent.object !== child) return false;
  const key = parent.computed ? memberName(parent) : keyOf(parent.property);
  if (key !== name) return key !== undefined;
  const above = climb(parent);
  if (above.parent?.type === "AssignmentExpression") return above.parent.left === above.child;
  return (spanMethod(parent) !== undefined && !endsHere(parent)) || above.parent?.type === "IfStatement" || isIdleUse(parent, source);
}

/** `for (const span of spans) span.setAttribute(…)`, `spans.length`, `spans.forEach((span) => span.addEvent(…))`. */
function isOnlyTold(list: Node, source: SourceCode): boolean {
  const { parent, child } = climb(list);
  if (parent?.type === "ForOfStatement" && parent.right === child) return each(source.getDeclaredVariables(parent.left), parent.left.type === "VariableDeclaration");
  if (parent?.type !== "MemberExpression" || parent.object !== child) return false;
  if (memberName(parent) === "length") return true;
  const call = climb(parent).parent;
  const callback = memberName(parent) === "forEach" && call?.type === "CallExpression" && call.arguments[0] ? unwrap(call.arguments[0]) : undefined;
  return isFunction(callback) && callback.params[0]?.type === "Identifier" && each(boundVariables(callback.params[0], source), true);
}

function each(variables: readonly Variable[], isDeclared: boolean): boolean {
  return isDeclared && variables.every((variable) => variable.references.every(({ identifier, init }) => init === true || (spanMethod(identifier) !== undefined && !endsHere(identifier))));
}

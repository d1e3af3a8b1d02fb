import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { calleePath, climb, enclosingFunction, type FunctionNode, isFunction, memberName, type Node, unwrap } from "./syntax.js";
import { boundVariables, type Variable } from "./variables.js";

type SourceCode = Readonly<TSESLint.SourceCode>;

/** A span that the code starts and has to end. */
export interface StartedSpan {
  call: TSESTree.CallExpression;
  variable: Variable;
  /** The code in which it lives: the statements after its declaration, or the body of the callback it is given to. */
  scope: readonly TSESTree.Statement[];
  /** The function whose ways out are the span's ways out. */
  owner: FunctionNode | undefined;
}

const tracer = /(?:tracer|tracing|otel|opentelemetry|getTracer\(\)|trace)$/i;

function startedBy(call: TSESTree.CallExpression): "callback" | "value" | undefined {
  const path = calleePath(call);
  const method = path.at(-1);
  const object = path.at(-2) ?? "";
  if (!tracer.test(object)) return undefined;
  return method === "startSpan" ? "value" : method === "startActiveSpan" ? "callback" : undefined;
}

/** Whether the call starts a span that is dropped on the spot. */
export function isDroppedSpan(call: TSESTree.CallExpression): boolean {
  const { parent } = climb(call);
  return startedBy(call) === "value" && parent?.type === "ExpressionStatement";
}

/** The span that a call starts, where it is put into a variable or given to a callback. */
export function startedSpan(call: TSESTree.CallExpression, source: SourceCode): StartedSpan | undefined {
  const kind = startedBy(call);
  if (kind === "callback") {
    const callback = call.arguments.at(-1);
    const target = callback ? unwrap(callback) : undefined;
    if (!isFunction(target) || target.body.type !== "BlockStatement") return undefined;
    const parameter = target.params[0];
    const variable = parameter?.type === "Identifier" ? boundVariables(parameter, source)[0] : undefined;
    return variable ? { call, variable, scope: target.body.body, owner: target } : undefined;
  }
  if (kind !== "value") return undefined;
  const { parent } = climb(call);
  if (parent?.type !== "VariableDeclarator" || parent.id.type !== "Identifier") return undefined;
  const block = parent.parent.parent;
  if (block.type !== "BlockStatement" && block.type !== "Program") return undefined;
  const body: readonly TSESTree.Statement[] = block.body;
  const variable = source.getDeclaredVariables(parent)[0];
  if (!variable) return undefined;
  return { call, variable, scope: body.slice(body.indexOf(parent.parent) + 1), owner: enclosingFunction(call) };
}

/** The call of a method of the span that an identifier belongs to: `span.end()` → `"end"`. */
export function spanMethod(identifier: Node): { name: string; call: TSESTree.CallExpression } | undefined {
  const { parent, child } = climb(identifier);
  if (parent?.type !== "MemberExpression" || parent.object !== child) return undefined;
  const above = climb(parent);
  if (above.parent?.type !== "CallExpression" || above.parent.callee !== above.child) return undefined;
  const name = memberName(parent);
  return name ? { name, call: above.parent } : undefined;
}

/**
 * Whether somebody else may end the span: it is returned, stored, passed to a function that may keep it, or used in a
 * function that runs at another time.
 */
export function isHandedOff(span: StartedSpan): boolean {
  return span.variable.references.some(({ identifier, init }) => {
    if (init) return false;
    if (enclosingFunction(identifier) !== span.owner) return !isInsideScopedCall(identifier, span);
    const { parent, child } = climb(identifier);
    if (!parent) return true;
    if (parent.type === "MemberExpression" && parent.object === child) {
      // A chain such as `span.setAttribute("a", 1).end()` or a bare `span.spanContext`.
      return climb(parent).parent?.type !== "CallExpression" && !/^(?:attributes|name|kind)$/.test(memberName(parent) ?? "");
    }
    if (parent.type === "CallExpression") return !/^(?:setSpan|isSpanContextValid|recordError|annotate)$/.test(calleePath(parent).at(-1) ?? "");
    return parent.type !== "IfStatement" && parent.type !== "LogicalExpression" && parent.type !== "UnaryExpression";
  });
}

/** In a function that `context.with(…)` or the like runs on the spot the span is used, but not ended. */
function isInsideScopedCall(identifier: Node, span: StartedSpan): boolean {
  if (spanMethod(identifier)?.name === "end") return false;
  for (let at = enclosingFunction(identifier); at && at !== span.owner; at = enclosingFunction(at)) {
    const { parent } = climb(at);
    if (parent?.type !== "CallExpression" || !/^(?:with|map|forEach|reduce|filter|flatMap|some|every|then)$/.test(calleePath(parent).at(-1) ?? "")) return false;
  }
  return spanMethod(identifier) !== undefined;
}

import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { calleePath, climb, enclosingFunction, type FunctionNode, isFunction, memberName, namePath, type Node, unwrap } from "./syntax.js";
import { listenerOf } from "./listeners.js";
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
  // Asked about every call there is: what it is called comes first.
  const callee = unwrap(call.callee);
  const method = callee.type === "MemberExpression" ? memberName(callee) : undefined;
  if (method !== "startSpan" && method !== "startActiveSpan") return undefined;
  const path = calleePath(call);
  const object = path.at(-2) ?? "";
  if (!tracer.test(object)) return undefined;
  return method === "startSpan" ? "value" : "callback";
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

/** The links of a promise chain, from the call that `node` is a callback of to the chain's outermost call. */
function chainAround(node: Node): TSESTree.CallExpression[] {
  const calls: TSESTree.CallExpression[] = [];
  for (let call = climb(node).parent; call?.type === "CallExpression"; ) {
    calls.push(call);
    const member = climb(call);
    const above = member.parent?.type === "MemberExpression" && member.parent.object === member.child ? climb(member.parent) : undefined;
    call = above?.parent?.type === "CallExpression" && above.parent.callee === above.child ? above.parent : undefined;
  }
  return calls;
}

/** The calls that a link of a chain is made on: `work().then(f).catch(g)` → `then`, `work`. */
function chainBelow(call: TSESTree.CallExpression): TSESTree.CallExpression[] {
  const calls: TSESTree.CallExpression[] = [];
  for (let at: Node = unwrap(call.callee); at.type === "MemberExpression"; ) {
    const object = unwrap(at.object);
    if (object.type !== "CallExpression") break;
    calls.push(object);
    at = unwrap(object.callee);
  }
  return calls;
}

function linkName(call: TSESTree.CallExpression): string | undefined {
  const callee = unwrap(call.callee);
  return callee.type === "MemberExpression" ? memberName(callee) : undefined;
}

function usesSpan(span: StartedSpan, node: Node | undefined): boolean {
  return node !== undefined && span.variable.references.some(({ identifier }) => node.range[0] <= identifier.range[0] && identifier.range[1] <= node.range[1]);
}

/** All ends of the span stand in `.then(f)`, and nothing in the chain is told of a rejection: the first such end. */
export function endedOnSuccessOnly(span: StartedSpan): Node | undefined {
  const ends = span.variable.references.map(({ identifier }) => spanMethod(identifier)).filter((method) => method?.name === "end");
  const first = ends[0];
  if (!first) return undefined;
  const isOnSuccess = ends.every((end) => {
    const callback = end ? enclosingFunction(end.call) : undefined;
    if (!callback || callback === span.owner || enclosingFunction(callback) !== span.owner) return false;
    const chain = chainAround(callback);
    const own = chain[0];
    return (
      own !== undefined &&
      linkName(own) === "then" &&
      own.arguments[0] === callback &&
      !own.arguments[1] &&
      chain.slice(1).every((link) => !/^(?:catch|finally|then)$/.test(linkName(link) ?? "") || !link.arguments.some((argument) => usesSpan(span, argument) || !isFunction(unwrap(argument))))
    );
  });
  const isUsedElsewhere = span.variable.references.some(({ identifier, init }) => !init && !spanMethod(identifier));
  return isOnSuccess && !isUsedElsewhere ? first.call : undefined;
}

/** `work().finally(() => span.end())`, where no link before it tells the span of a rejection: the `finally`. */
export function unmarkedChain(span: StartedSpan): Node | undefined {
  for (const { identifier } of span.variable.references) {
    const end = spanMethod(identifier);
    const callback = end?.name === "end" ? enclosingFunction(end.call) : undefined;
    const [link] = callback && callback !== span.owner ? chainAround(callback) : [];
    if (!link || linkName(link) !== "finally") continue;
    const isTold = chainBelow(link).some((each) => {
      const name = linkName(each);
      const handler = name === "catch" ? each.arguments[0] : name === "then" ? each.arguments[1] : undefined;
      return handler !== undefined && (usesSpan(span, handler) || !isFunction(unwrap(handler)));
    });
    if (!isTold) return link;
  }
  return undefined;
}

/**
 * The code that runs because of an error, and in which `node` stands: a rejection handler, a listener for `error`, the
 * branch `if (err)` of a callback, or all of a callback that never asks for its error.
 */
export function errorPathAround(node: Node, owner: FunctionNode | undefined): Node | undefined {
  const target = enclosingFunction(node);
  if (!target || target === owner) return undefined;
  const { parent, child } = climb(target);
  if (parent?.type !== "CallExpression" || parent.callee === child) return undefined;
  const name = linkName(parent);
  if ((name === "catch" && parent.arguments[0] === child) || (name === "then" && parent.arguments[1] === child)) return target.body;
  if (listenerOf(parent)?.handler === child) return target.body;
  const [first] = target.params;
  if (first?.type !== "Identifier" || !/^_?(?:e|err|error|\w+Err|\w+Error)$/.test(first.name) || parent.arguments.at(-1) !== child) return undefined;
  for (let at: Node = node; at.parent && at !== target.body; at = at.parent) {
    if (at.parent.type !== "IfStatement") continue;
    const test = unwrap(at.parent.test);
    if (test.type === "Identifier" && test.name === first.name) return at === at.parent.consequent ? at : undefined;
    return undefined;
  }
  return isLeftBefore(node, target, first.name) ? undefined : target.body;
}

/** `if (err) return …` stands somewhere in the callback: what is outside of it is the way without an error. */
function isLeftBefore(node: Node, target: FunctionNode, name: string): boolean {
  if (target.body.type !== "BlockStatement") return false;
  return target.body.body.some((each) => each.type === "IfStatement" && each.range[1] <= node.range[0] && new RegExp(`\\b${name}\\b`).test(namePath(each.test).join(".")));
}

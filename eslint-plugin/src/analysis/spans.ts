import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { calleePath, climb, contains, enclosingFunction, type FunctionNode, isFunction, leavesFunction, memberName, namePath, type Node, unwrap } from "./syntax.js";
import { isIdleUse, isInNeverRun } from "./idle-uses.js";
import { listenerOf } from "./listeners.js";
import { endingHelpers } from "./span-helpers.js";
import { boundVariables, constantValue, functionOf, type Variable, variableOf } from "./variables.js";

type SourceCode = Readonly<TSESLint.SourceCode>;
type Reference = TSESLint.Scope.Reference;

/** A span that the code starts and has to end. */
export interface StartedSpan {
  call: TSESTree.CallExpression;
  variable: Variable;
  /** The uses of the variable while it holds this span, without those that can never run. */
  references: readonly Reference[];
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
    if (!isFunction(target)) return undefined;
    const parameter = target.params[0];
    const variable = parameter?.type === "Identifier" ? boundVariables(parameter, source)[0] : undefined;
    if (!variable) return undefined;
    const scope = target.body.type === "BlockStatement" ? target.body.body : [];
    return { call, variable, references: running(variable.references, target, source), scope, owner: target };
  }
  if (kind !== "value") return undefined;
  const { parent, child } = climb(call);
  // `traced ? tracer.startSpan("a") : tracer.startSpan("b")`: whichever, it is one span; told of once.
  const isChoice = parent?.type === "ConditionalExpression" && parent.consequent === child && startsSpan(parent.alternate);
  const target = isChoice ? climb(parent).parent : parent;
  if (target?.type === "AssignmentExpression") return assignedSpan(call, target, source);
  if (target?.type !== "VariableDeclarator" || target.id.type !== "Identifier") return undefined;
  const variable = source.getDeclaredVariables(target)[0];
  return variable ? spanFrom(call, target.parent, variable, source) : undefined;
}

/** `tracer.startSpan("…")` */
export function startsSpan(node: Node): boolean {
  const call = unwrap(node);
  return call.type === "CallExpression" && startedBy(call) === "value";
}

/** `span = tracer.startSpan("next");`, in the block that declares the variable. */
function assignedSpan(call: TSESTree.CallExpression, assignment: TSESTree.AssignmentExpression, source: SourceCode): StartedSpan | undefined {
  const variable = variableOf(unwrap(assignment.left), source);
  const declared = variable?.defs[0]?.parent?.parent;
  const statement = assignment.parent;
  if (!variable || statement.type !== "ExpressionStatement" || assignment.operator !== "=" || declared !== statement.parent) return undefined;
  return spanFrom(call, statement, variable, source);
}

/** What follows the statement in its block, as far as the variable goes on to hold the span. */
function spanFrom(call: TSESTree.CallExpression, statement: Node, variable: Variable, source: SourceCode): StartedSpan | undefined {
  const block = statement.parent;
  if (block?.type !== "BlockStatement" && block?.type !== "Program") return undefined;
  const body: readonly TSESTree.Statement[] = block.body;
  const owner = enclosingFunction(call);
  const from = body.indexOf(statement as TSESTree.Statement) + 1;
  const isReplaced = (each: Node): boolean => variable.references.some(({ identifier, writeExpr }) => writeExpr && climb(identifier).parent?.parent === each);
  const next = body.findIndex((each, index) => index >= from && each.type === "ExpressionStatement" && isReplaced(each));
  const scope = body.slice(from, next < 0 ? undefined : next);
  const end = next < 0 ? Infinity : (body[next]?.range[0] ?? Infinity);
  const own = variable.references.filter(({ identifier }) => identifier.range[0] < end && (identifier.range[0] > call.range[1] || contains(statement, identifier) || enclosingFunction(identifier) !== owner));
  return { call, variable, references: running(own, owner, source), scope, owner };
}

function running(references: readonly Reference[], owner: FunctionNode | undefined, source: SourceCode): readonly Reference[] {
  return references.filter(({ identifier }) => enclosingFunction(identifier) === owner || !isInNeverRun(identifier, owner, source));
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
 * Whether somebody else may end the span: it is returned, stored, passed to a function that may keep it, or ended in a
 * function that runs at another time.
 */
export function isHandedOff(span: StartedSpan, source: SourceCode): boolean {
  const helpers = endingHelpers(span, source);
  return span.references.some((reference) => {
    const { identifier } = reference;
    if (reference.isWrite() || isIdleUse(identifier, source)) return false;
    const { parent, child } = climb(identifier);
    if (!parent) return true;
    const target = enclosingFunction(identifier);
    if (target !== span.owner) return !spanMethod(identifier) || (endsHere(identifier) && !(target && helpers.has(target)));
    if (parent.type === "MemberExpression" && parent.object === child) {
      // A chain such as `span.setAttribute("a", 1).end()` or a bare `span.spanContext`.
      return climb(parent).parent?.type !== "CallExpression" && !/^(?:attributes|name|kind)$/.test(memberName(parent) ?? "");
    }
    if (parent.type === "CallExpression") return !/^(?:setSpan|isSpanContextValid|recordError|annotate)$/.test(calleePath(parent).at(-1) ?? "") && !onlyTouches(parent, child, source);
    return parent.type !== "IfStatement" && parent.type !== "LogicalExpression" && parent.type !== "UnaryExpression";
  });
}

/** `span.end()`, also at the end of a chain of calls on it. */
export function endsHere(identifier: Node): boolean {
  for (let method = spanMethod(identifier); method; method = spanMethod(method.call)) if (method.name === "end") return true;
  return false;
}

/** A function of this file that is given the span, and does no more with it than call methods other than `end`. */
function onlyTouches(call: TSESTree.CallExpression, given: Node, source: SourceCode): boolean {
  const used = usesOfGiven(call, given, source);
  return used?.every(({ identifier }) => spanMethod(identifier) !== undefined && !endsHere(identifier)) ?? false;
}

/** How a function of this file uses what it is given by a call; undefined where that cannot be told. */
export function usesOfGiven(call: TSESTree.CallExpression, given: Node, source: SourceCode): readonly Reference[] | undefined {
  const target = functionOf(call.callee, source);
  const parameter = target?.params[(call.arguments as Node[]).indexOf(given)];
  if (!target || parameter?.type !== "Identifier" || contains(target, call)) return undefined;
  return boundVariables(parameter, source).find((variable) => variable.name === parameter.name)?.references;
}

/** The links of a promise chain, from the call that `node` is a callback of to the chain's outermost call. */
export function chainAround(node: Node): TSESTree.CallExpression[] {
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
function chainBelow(call: TSESTree.CallExpression, source: SourceCode): TSESTree.CallExpression[] {
  const calls: TSESTree.CallExpression[] = [];
  for (let at: Node = unwrap(call.callee); at.type === "MemberExpression"; ) {
    let object = unwrap(at.object);
    if (object.type === "Identifier") {
      // `const result = work().catch(f); result.finally(g)`, and what else is chained to the same promise.
      const variable = variableOf(object, source);
      const kept = constantValue(variable);
      for (const { identifier } of variable?.references ?? []) {
        const link = spanMethod(identifier)?.call;
        if (link && link !== call) calls.push(link);
      }
      object = kept ? unwrap(kept) : object;
    }
    if (object.type === "AwaitExpression") object = unwrap(object.argument);
    if (object.type !== "CallExpression") break;
    calls.push(object);
    at = unwrap(object.callee);
  }
  return calls;
}

export function linkName(call: TSESTree.CallExpression): string | undefined {
  const callee = unwrap(call.callee);
  return callee.type === "MemberExpression" ? memberName(callee) : undefined;
}

function usesSpan(span: StartedSpan, node: Node | undefined): boolean {
  return node !== undefined && span.references.some(({ identifier }) => node.range[0] <= identifier.range[0] && identifier.range[1] <= node.range[1]);
}

/** `work().finally(() => span.end())`, where no link before it tells the span of a rejection: the `finally`. */
export function unmarkedChain(span: StartedSpan, source: SourceCode): Node | undefined {
  for (const { identifier } of span.references) {
    const end = spanMethod(identifier);
    const callback = end?.name === "end" ? enclosingFunction(end.call) : undefined;
    const [link] = callback && callback !== span.owner ? chainAround(callback) : [];
    if (!link || linkName(link) !== "finally") continue;
    const isTold = chainBelow(link, source).some((each) => {
      const name = linkName(each);
      const handler = name === "catch" ? each.arguments[0] : name === "then" ? each.arguments[1] : undefined;
      return handler !== undefined && (usesSpan(span, handler) || !isFunction(unwrap(handler)));
    });
    // `new Promise((resolve, reject) => { … span.recordException(err); reject(err); … }).finally(…)`
    const isToldInside = span.references.some(({ identifier: told }) => contains(link.callee, told) && /^(?:recordException|setStatus)$/.test(spanMethod(told)?.name ?? ""));
    if (!isTold && !isToldInside) return link;
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
  return target.body.body.some((each) => each.type === "IfStatement" && each.range[1] <= node.range[0] && new RegExp(`\\b${name}\\b`).test(namePath(each.test).join(".")) && leavesFunction(each.consequent));
}

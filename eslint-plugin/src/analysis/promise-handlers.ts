import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { calleePath, climb, isFunction, isNothing, memberName, namePath, type Node, unwrap } from "./syntax.js";
import { type Variable, variableOf } from "./variables.js";

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * A rejection handler put on a promise: `.catch(handler)`, `.then(f, handler)`; and what is one by another name: RxJS's
 * `catchError(handler)`, the second function of an interceptor.
 */
export interface RejectionHandler {
  call: TSESTree.CallExpression;
  /** The promise the handler is put on. */
  promise: Node;
  handler: Node | undefined;
  method: "catch" | "catchError" | "then" | "use";
}

export function rejectionHandlerOf(call: TSESTree.CallExpression): RejectionHandler | undefined {
  const callee = unwrap(call.callee);
  if (callee.type === "Identifier" && callee.name === "catchError" && call.arguments.length === 1) {
    const { parent } = climb(call);
    // What it is put on is the stream that the operators are piped to.
    const piped = parent?.type === "CallExpression" && parent.callee.type === "MemberExpression" ? parent.callee.object : callee;
    return { call, promise: piped, handler: call.arguments[0], method: "catchError" };
  }
  if (callee.type !== "MemberExpression") return undefined;
  const method = memberName(callee);
  if (call.arguments.some((argument) => argument.type === "SpreadElement")) return undefined;
  if (method === "use" && call.arguments.length > 1) {
    const isInterceptor = /^interceptors\.(?:request|response)$/.test(namePath(callee.object).slice(-2).join("."));
    return isInterceptor ? { call, promise: call, handler: call.arguments[1], method } : undefined;
  }
  if (method === "catch" && call.arguments.length <= 1) return { call, promise: callee.object, handler: call.arguments[0], method };
  if (method === "then" && call.arguments.length === 2) return { call, promise: callee.object, handler: call.arguments[1], method };
  return undefined;
}

const builders = /^(?:z|zod|v|valibot|schema|s|t|yup|joi|Joi|Effect|Stream|Match|cy|when|given|Option|Either|TE|E|fc)$/;

/** Without types: the chain starts at something that is known to build schemas or commands rather than promises. */
export function looksLikeBuilder(promise: Node, source: SourceCode): boolean {
  let node = unwrap(promise);
  let called = false;
  for (;;) {
    if (node.type === "CallExpression") {
      called = true;
      node = unwrap(node.callee);
    } else if (node.type === "MemberExpression") node = unwrap(node.object);
    else break;
  }
  if (node.type !== "Identifier") return false;
  if (/[sS]chema$/.test(node.name)) return true;
  if (!called || !builders.test(node.name)) return false;
  const definition = variableOf(node, source)?.defs[0];
  return definition === undefined || definition.type === "ImportBinding";
}

function hasOtherReads(variable: Variable, read: Node, around: Node): boolean {
  return variable.references.some((reference) => reference.isRead() && reference.identifier !== read && !isWithin(reference.identifier, around));
}

/** `for (const each of all) each.catch(() => {});`, `all.forEach((each) => …)`: and `all` is looked at somewhere else. */
function isOneOfRead(variable: Variable, source: SourceCode): boolean {
  const definition = variable.defs[0];
  const loop = definition?.type === "Variable" ? definition.node.parent.parent : undefined;
  const visit = definition?.type === "Parameter" && isFunction(definition.node) ? climb(definition.node).parent : undefined;
  const callee = visit?.type === "CallExpression" ? unwrap(visit.callee) : undefined;
  const isVisited = callee?.type === "MemberExpression" && memberName(callee) === "forEach";
  const [around, list] = loop?.type === "ForOfStatement" ? [loop, loop.right] : visit && isVisited ? [visit, callee.object] : [];
  if (!around || !list) return false;
  const all = variableOf(unwrap(list), source);
  return all !== undefined && hasOtherReads(all, list, around);
}

/**
 * The promise is kept under a name and somebody else waits for it too; the handler on this branch only keeps the
 * process from reporting it twice.
 */
export function isAwaitedElsewhere({ promise, call }: RejectionHandler, source: SourceCode): boolean {
  const kept = unwrap(promise);
  if (kept.type === "Identifier") {
    const variable = variableOf(kept, source);
    return variable !== undefined && (hasOtherReads(variable, kept, call) || (climb(call).parent?.type !== "AwaitExpression" && isOneOfRead(variable, source)));
  }
  if (kept.type === "MemberExpression") {
    const name = namePath(kept).at(-1);
    const text = source.text;
    return name !== undefined && name !== "?" && (text.match(new RegExp(`\\b${name.replace(/[^\w]/g, "\\$&")}\\b`, "g"))?.length ?? 0) > 2;
  }
  if (kept.type === "AssignmentExpression") return unwrap(kept.left).type === "MemberExpression";
  return false;
}

function isWithin(node: Node, outer: Node): boolean {
  return outer.range[0] <= node.range[0] && node.range[1] <= outer.range[1];
}

/** Whether somebody goes on to use what the chain gives once the handler has run. */
export function isResultUsed(call: Node): boolean {
  const { parent, child } = climb(call);
  if (!parent) return false;
  switch (parent.type) {
    case "ExpressionStatement":
      return false;
    case "AwaitExpression":
      return isResultUsed(parent);
    case "UnaryExpression":
      return parent.operator !== "void";
    case "VariableDeclarator":
    case "AssignmentExpression":
    case "BinaryExpression":
    case "ConditionalExpression":
    case "SpreadElement":
    case "Property":
    case "IfStatement":
      return true;
    case "MemberExpression": {
      if (parent.object !== child) return true;
      const next = climb(parent).parent;
      const name = memberName(parent);
      if (next?.type !== "CallExpression") return true;
      if (name === "finally") return isResultUsed(next);
      if (name !== "then") return name !== "catch";
      const first = next.arguments[0];
      return first !== undefined && isFunction(unwrap(first)) && (unwrap(first) as TSESTree.FunctionExpression).params.length > 0;
    }
    case "CallExpression":
      return parent.callee !== child;
    default:
      return false;
  }
}

/** What a library's maker of constant functions gives: `constant(null)`, `R.always([])`. */
export function constantHandlerValue(node: Node): Node | null | undefined {
  node = unwrap(node);
  if (node.type !== "CallExpression") return undefined;
  const name = calleePath(node).at(-1) ?? "";
  if (!/^(?:constant|always|just|returns)$/.test(name)) return undefined;
  return node.arguments[0] ?? null;
}

/** `.catch()` and `.catch(null)` do nothing at all. */
export function isNoHandler(handler: Node | undefined): boolean {
  if (!handler) return true;
  const value = unwrap(handler);
  return isNothing(value) || value.type === "Literal" || value.type === "ObjectExpression" || value.type === "ArrayExpression";
}

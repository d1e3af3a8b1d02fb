import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { calleeName, calleePath, climb, type FunctionNode, isFunction, memberName, type Node, unwrap, visit } from "./syntax.js";
import { boundVariables, functionOf } from "./variables.js";

type SourceCode = Readonly<TSESLint.SourceCode>;

const asking = /^(?:filter|some|every|find|findIndex|findLast|findLastIndex|sort|toSorted)$/;

/** What an array's method takes for an answer although it is an async function: `list.filter(async (item) => …)`. */
export function askedFunction(node: TSESTree.CallExpression, source: SourceCode, isPromise: (node: Node) => boolean): { method: string; target: FunctionNode; list: Node } | undefined {
  const callee = unwrap(node.callee);
  const method = callee.type === "MemberExpression" ? memberName(callee) : undefined;
  const first = node.arguments[0];
  if (callee.type !== "MemberExpression" || method === undefined || !first || !asking.test(method)) return undefined;
  const target = functionOf(first, source);
  if (!target || target.generator) return undefined;
  // `list.every((item) => check(item))`, where `check` is asynchronous.
  const gives = target.async || (target.body.type === "CallExpression" && isPromise(target.body));
  return gives ? { method, target, list: callee.object } : undefined;
}

/** `list.reduce(async (_, item) => save(item), start)`: of all the promises only the last one is given back. */
export function forgetfulReducer(node: TSESTree.CallExpression, source: SourceCode): { target: FunctionNode; list: Node } | undefined {
  const callee = unwrap(node.callee);
  if (callee.type !== "MemberExpression" || !/^reduce(?:Right)?$/.test(memberName(callee) ?? "")) return undefined;
  const target = node.arguments[0] ? functionOf(node.arguments[0], source) : undefined;
  const before = target?.params[0];
  if (!target?.async || !before) return undefined;
  const isRead = boundVariables(before, source).some((variable) => variable.references.some((reference) => reference.isRead()));
  return isRead ? undefined : { target, list: callee.object };
}

/** Without types: a stream or another asynchronous sequence may well wait for its callbacks. */
export function mayWaitForCallbacks(list: Node, node: TSESTree.CallExpression, source: SourceCode): boolean {
  const { parent } = climb(node);
  // What `reduce` gives is one of the promises, and so waited for in any case.
  if (calleeName(node).startsWith("reduce")) return false;
  if (parent?.type === "AwaitExpression" || (parent?.type === "ForOfStatement" && parent.await)) return true;
  return /stream|readable|async|iterat|cursor|observable|page|query|\$|\bof\(/i.test(source.getText(list));
}

/** `new Promise(async (resolve, reject) => …)`: the constructor drops what its executor returns. */
export function asyncExecutor(node: TSESTree.NewExpression): FunctionNode | undefined {
  const first = node.arguments[0] ? unwrap(node.arguments[0]) : undefined;
  return isFunction(first) && first.async && calleePath(node).join(".") === "Promise" ? first : undefined;
}

/**
 * Whether all that an async function waits for stands in a `try` with a `catch`, or has a `.catch(…)` of its own. What else in it may throw would do so in
 * a plain function as well, and a timer would not be told of either.
 */
export function waitsOnlyGuarded(target: FunctionNode, source: SourceCode): boolean {
  let waits = false;
  let isGuarded = target.body.type === "BlockStatement";
  visit(target.body, source.visitorKeys, (node) => {
    if (isFunction(node)) return false;
    if (node.type === "TryStatement" && node.handler) {
      waits = true;
      isGuarded &&= ![node.handler, node.finalizer].some((part) => part !== null && mayReject(part, source));
      return false;
    }
    if (isWaiting(node, source)) isGuarded = false;
    else if (node.type === "AwaitExpression") waits = true;
    return isGuarded;
  });
  return waits && isGuarded;
}

function mayReject(part: Node, source: SourceCode): boolean {
  let waits = false;
  visit(part, source.visitorKeys, (node) => {
    if (isFunction(node)) return false;
    waits ||= isWaiting(node, source) || node.type === "ThrowStatement";
    return !waits;
  });
  return waits;
}

/** `await reply("…").catch((error) => log.error(error))`, with a handler that throws nothing itself. */
function isCaughtOnTheSpot(awaited: Node, source: SourceCode): boolean {
  const call = unwrap(awaited);
  if (call.type !== "CallExpression" || call.callee.type !== "MemberExpression" || memberName(call.callee) !== "catch") return false;
  const [given] = call.arguments;
  if (!given || given.type === "SpreadElement") return false;
  const handler = functionOf(given, source);
  // A function of elsewhere is there to tell of errors.
  return handler ? !handler.async && !mayReject(handler.body, source) : /^(?:Identifier|MemberExpression)$/.test(unwrap(given).type);
}

function isWaiting(node: Node, source: SourceCode): boolean {
  if (node.type === "ReturnStatement") return node.argument !== null && unwrap(node.argument).type === "CallExpression";
  if (node.type === "AwaitExpression") return !isCaughtOnTheSpot(node.argument, source);
  return node.type === "ForOfStatement" && node.await;
}

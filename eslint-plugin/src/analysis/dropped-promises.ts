import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import type ts from "typescript";
import { isDeclaredOptional } from "./annotations.js";
import { waitsOnlyGuarded } from "./async-callbacks.js";
import { isNoop } from "./calls.js";
import { matchesOrigin, matchesSymbol, type NamedOrigin } from "./origins.js";
import { looksLikeBuilder } from "./promise-handlers.js";
import { isPromise, isPromiseArray } from "./promise-types.js";
import { calledFunction, cannotReject, givesPromise } from "./rejections.js";
import { calleePath, type FunctionNode, isFunction, literalString, memberName, type Node, unwrap } from "./syntax.js";
import { isAlwaysCallable, isAny, isVoid, partsOf, symbolOf, type Types } from "./types.js";
import { functionOf, variableOf } from "./variables.js";

/** What counts as dealing with a promise, by the options of the rule. */
export interface PromiseCare {
  allowForKnownSafeCalls: readonly (NamedOrigin | string)[];
  allowForKnownSafePromises: readonly (NamedOrigin | string)[];
  checkThenables: boolean;
  ignoreNeverRejecting: boolean;
  ignoreVoid: boolean;
  listeners: "allow" | "report";
  silentHandlers: "allow" | "report";
}

/** Why nobody deals with a promise: an array of them, a callback whose promise its caller drops, a handler that is none… */
export type Dropped = "array" | "callback" | "floating" | "silent" | "useless";

export interface DroppedPromise {
  messageId: Dropped;
  node: Node;
  /** The method that takes a callback or a handler. */
  method?: string;
}

/** The questions about the promises of a file. */
export interface Promises {
  /** Why the value of the expression is a promise that nobody deals with, if it is one. */
  problemOf: (expression: Node) => DroppedPromise | undefined;
  callbackProblem: (node: TSESTree.CallExpression, callee: Node, method: string | undefined) => DroppedPromise | undefined;
  castProblem: (node: Node) => DroppedPromise | undefined;
  dropsPromise: (target: FunctionNode, isListening: boolean) => boolean;
  isHandledChain: (node: Node) => boolean;
  isListed: (node: Node, known: Types) => boolean;
  isPromiseList: (node: Node) => boolean;
  isPromiseValue: (node: Node) => boolean;
  isSafeCall: (node: TSESTree.CallExpression) => boolean;
  isSurelyPromise: (node: Node) => boolean;
}

export function promisesOf(source: Readonly<TSESLint.SourceCode>, types: Types | undefined, options: PromiseCare): Promises {
  function isPromiseValue(node: Node): boolean {
    if (!types) return givesPromise(node, source);
    const type = types.typeOf(node);
    // What comes from a module without types: the text may still tell.
    if (isAny(type)) return givesPromise(node, source);
    return isPromise(node, types, options.checkThenables) && !isSafeType(type);
  }

  function isSafeType(type: ts.Type): boolean {
    return types !== undefined && matchesOrigin(type, options.allowForKnownSafePromises, types);
  }

  function isSafeCall(node: TSESTree.CallExpression): boolean {
    if (isTestDeclaration(node)) return true;
    const target = calledFunction(node, source);
    if (options.ignoreNeverRejecting && target && cannotReject(target, source)) return true;
    const names = options.allowForKnownSafeCalls;
    if (names.length === 0) return false;
    if (types) return matchesOrigin(types.typeOf(node.callee), names, types) || matchesSymbol([symbolOf(node.callee, types)], names, types);
    const name = calleePath(node).at(-1) ?? "";
    return names.some((each) => (typeof each === "string" ? each === name : [each.name].flat().includes(name)));
  }

  /** `test("…", …)` of node:test: the runner waits for it and reports its failure. */
  function isTestDeclaration(node: TSESTree.CallExpression): boolean {
    let callee = unwrap(node.callee);
    while (callee.type === "MemberExpression") callee = unwrap(callee.object);
    const definition = variableOf(callee, source)?.defs[0];
    return definition?.type === "ImportBinding" && definition.parent?.type === "ImportDeclaration" && definition.parent.source.value === "node:test";
  }

  /** Why the value of the expression is a promise that nobody deals with, if it is one. */
  function problemOf(expression: Node): DroppedPromise | undefined {
    const node = unwrapForm(expression);
    switch (node.type) {
      case "AssignmentExpression":
        return undefined;
      case "SequenceExpression":
        return firstProblem(node.expressions);
      case "ConditionalExpression":
        if (types && !isPromiseValue(node)) return undefined;
        return firstProblem([node.consequent, node.alternate]);
      case "LogicalExpression":
        if (types && !isPromiseValue(node)) return undefined;
        return firstProblem([node.left, node.right]);
      case "UnaryExpression":
        return node.operator === "void" && !options.ignoreVoid ? problemOf(node.argument) : undefined;
      case "AwaitExpression":
        // `await` takes a list for its own result, whatever is in it.
        return types && isPromiseArray(node, types, options.checkThenables, isSafeType, true) ? { messageId: "array", node } : undefined;
      default:
        break;
    }
    if (types && mayBeArray(node) && isPromiseArray(node, types, options.checkThenables, isSafeType)) return { messageId: "array", node };
    switch (node.type) {
      case "CallExpression":
        return callProblem(node);
      case "Identifier":
      case "MemberExpression":
      case "NewExpression":
      case "TaggedTemplateExpression":
      case "ImportExpression":
      case "YieldExpression":
        return isPromiseValue(node) ? { messageId: "floating", node } : undefined;
      default:
        return undefined;
    }
  }

  function firstProblem(nodes: readonly Node[]): DroppedPromise | undefined {
    for (const node of nodes) {
      const problem = problemOf(node);
      if (problem) return problem;
    }
    return undefined;
  }

  function callProblem(node: TSESTree.CallExpression): DroppedPromise | undefined {
    const callee = unwrap(node.callee);
    const method = callee.type === "MemberExpression" ? memberName(callee) : undefined;
    if (callee.type === "MemberExpression" && (method === "catch" || method === "then" || method === "finally")) {
      if (!types && looksLikeBuilder(callee.object, source)) return undefined;
      if (!types ? method === "then" || givesPromise(node, source) : isPromiseValue(node)) {
        return chainProblem(node, callee.object, method);
      }
      return undefined;
    }
    if (isPromiseValue(node)) return isSafeCall(node) ? undefined : { messageId: "floating", node };
    if (!types && method === "map" && givesPromises(node.arguments[0])) return { messageId: "array", node };
    const problem = callbackProblem(node, callee, method);
    return problem && !isSafeCall(node) ? problem : undefined;
  }

  /** Without types: the function gives a promise for each element. */
  function givesPromises(callback: Node | undefined): boolean {
    const target = callback ? functionOf(callback, source) : undefined;
    if (!target || target.generator) return false;
    return target.async ? !cannotReject(target, source) : target.body.type !== "BlockStatement" && givesPromise(target.body, source);
  }

  /** `list.forEach(async (item) => …)`, `setInterval(async () => …)`: the caller drops what the function returns. */
  function callbackProblem(node: TSESTree.CallExpression, callee: Node, method: string | undefined): DroppedPromise | undefined {
    const name = method ?? (callee.type === "Identifier" ? callee.name : undefined);
    // Few calls take such a callback: their names are asked before anything else.
    if (node.arguments.length === 0 || name === undefined || !(dropping.test(name) || (options.listeners === "report" && (subscribed.test(name) || subscribing.test(name))))) return undefined;
    const path = calleePath(node).join(".").replace(/^(?:window|globalThis)\./, "");
    const isListening = options.listeners === "report" && subscribed.test(method ?? "") && literalString(node.arguments[0]) !== undefined;
    if (!isListening && subscribing.test(name) && isGivenListener(node)) return { messageId: "callback", node, method: method ?? path };
    const first = node.arguments[isListening ? 1 : 0];
    if (!first || (!isListening && method !== "forEach" && !/^(?:set(?:Timeout|Interval|Immediate)|queueMicrotask|process\.nextTick)$/.test(path))) return undefined;
    if (callee.type === "MemberExpression" && method === "forEach" && types && !isListed(callee.object, types)) return undefined;
    const target = functionOf(first, source);
    if (!target || target.generator || !dropsPromise(target, isListening)) return undefined;
    if (target.async && method !== "forEach" && options.ignoreNeverRejecting && waitsOnlyGuarded(target, source)) return undefined;
    return { messageId: "callback", node, method: method ?? path };
  }

  /** `model.onDidChange(async (event) => …)`, where the types say that the listener is to give nothing: nobody waits for it. */
  function isGivenListener(node: TSESTree.CallExpression): boolean {
    if (options.listeners === "allow" || !types) return false;
    const target = node.arguments.map((argument) => unwrap(argument)).find((argument): argument is FunctionNode => isFunction(argument) && argument.async);
    if (!target || target.generator || !isGivenForNothing(target, types) || !dropsPromise(target, true)) return false;
    return !(options.ignoreNeverRejecting && waitsOnlyGuarded(target, source));
  }

  /** Not `Promise<T> | undefined`, of which a condition may well ask whether it is there. */
  function isSurelyPromise(node: Node): boolean {
    if (!isPromiseValue(node)) return false;
    if (!types) return !isDeclaredOptional(node, source);
    return isAny(types.typeOf(node)) || partsOf(types.typeOf(node), types).every((part) => part.getProperty("then") !== undefined);
  }

  /** An async function that can reject, or `(id) => save(id)`, whose promise goes the same way. */
  function dropsPromise(target: FunctionNode, isListening: boolean): boolean {
    if (target.async) return !(options.ignoreNeverRejecting && cannotReject(target, source));
    return !isListening && target.body.type !== "BlockStatement" && problemOf(target.body)?.messageId === "floating";
  }

  /** An array, set or map: their `forEach` waits for nobody. */
  function isListed(node: Node, known: Types): boolean {
    const type = known.checker.getApparentType(known.typeOf(node));
    return isAny(type) || partsOf(type, known).every((part) => /^(?:ReadonlyArray|Array|ReadonlySet|Set|ReadonlyMap|Map|NodeListOf|NodeList)$/.test(part.getSymbol()?.getName() ?? ""));
  }

  function chainProblem(node: TSESTree.CallExpression, promise: Node, method: "catch" | "finally" | "then"): DroppedPromise | undefined {
    if (method === "finally") return problemOf(promise);
    const handler = node.arguments[method === "catch" ? 0 : 1];
    const isSpread = node.arguments.slice(0, method === "catch" ? 1 : 2).some((argument) => argument.type === "SpreadElement");
    if (!handler || isSpread) {
      if (!types && !givesPromise(node, source) && unwrap(promise).type !== "CallExpression") return undefined;
      return method === "then" && isSafeChain(promise, node) ? undefined : { messageId: "floating", node };
    }
    if (types ? !isAlwaysCallable(types.typeOf(handler), types) : isNoFunction(handler)) return { messageId: "useless", node };
    if (options.silentHandlers === "report" && isNoop(handler, source) && !source.getCommentsInside(handler).length) {
      return { messageId: "silent", node, method };
    }
    return undefined;
  }

  /** `.then(f)` on what cannot reject can still reject through `f`. */
  function isSafeChain(promise: Node, node: TSESTree.CallExpression): boolean {
    const start = unwrap(promise);
    if (start.type !== "CallExpression" || !isSafeCall(start)) return false;
    const first = node.arguments[0];
    const target = first ? functionOf(first, source) : undefined;
    return target !== undefined && target.body.type === "BlockStatement" && target.body.body.length === 0;
  }

  function isNoFunction(handler: Node): boolean {
    const value = unwrap(handler);
    return value.type === "Literal" || value.type === "ObjectExpression" || (value.type === "Identifier" && value.name === "undefined");
  }

  /** `({}) as Promise<number>`: a promise by declaration; what stands inside may be none. */
  function castProblem(node: Node): DroppedPromise | undefined {
    if (!types || (node.type !== "TSAsExpression" && node.type !== "TSTypeAssertion")) return undefined;
    const inner = unwrapForm(node);
    return /^(?:Identifier|ObjectExpression|MemberExpression)$/.test(inner.type) && isPromiseValue(node) ? { messageId: "floating", node } : undefined;
  }

  function isPromiseList(node: Node): boolean {
    if (types) return isPromiseArray(node, types, options.checkThenables, isSafeType);
    return node.type === "CallExpression" && calleePath(node).at(-1) === "map" && givesPromises(node.arguments[0]);
  }

  function isHandledChain(node: Node): boolean {
    if (node.type !== "CallExpression" || unwrap(node.callee).type !== "MemberExpression") return false;
    const method = memberName(unwrap(node.callee) as TSESTree.MemberExpression);
    return (method === "catch" || method === "then") && callProblem(node) === undefined;
  }

  return { problemOf, callbackProblem, castProblem, dropsPromise, isHandledChain, isListed, isPromiseList, isPromiseValue, isSafeCall, isSurelyPromise };
}

const dropping = /^(?:forEach|set(?:Timeout|Interval|Immediate)|queueMicrotask|nextTick)$/;
const subscribed = /^(?:on|once|addListener|prependListener|addEventListener)$/;
const subscribing = /^(?:on(?:Did|Will|Any|Before|After)?[A-Z]\w*|subscribe|listen|watch|observe)$/;

/** Where the function is given, one is expected that returns nothing. */
function isGivenForNothing(target: FunctionNode, types: Types): boolean {
  const expected = types.checker.getContextualType(types.services.esTreeNodeToTSNodeMap.get(target) as ts.Expression);
  const signatures = expected ? partsOf(expected, types).flatMap((part) => part.getCallSignatures()) : [];
  return signatures.length > 0 && signatures.every((signature) => isVoid(signature.getReturnType(), types));
}

/** Only calls and what stands for a value can be an array of promises; asking the checker costs. */
function mayBeArray(node: Node): boolean {
  return /^(?:CallExpression|Identifier|MemberExpression|ArrayExpression|NewExpression|TaggedTemplateExpression)$/.test(node.type);
}

/** As `unwrap`, but keeps sequences apart. */
export function unwrapForm(node: Node): Node {
  while (/^(?:ChainExpression|TSAsExpression|TSNonNullExpression|TSSatisfiesExpression|TSTypeAssertion)$/.test(node.type)) {
    node = (node as TSESTree.ChainExpression).expression;
  }
  return node;
}

import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { calleePath, type FunctionNode, isFunction, memberName, type Node, unwrap } from "./syntax.js";
import { isLogCall } from "./calls.js";
import { declaredType, isDeclaredPromise } from "./annotations.js";
import { functionOf } from "./variables.js";

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * Whether a call of this async function surely gives a promise that never rejects: everything in it that may throw
 * stands in a `try` whose `catch` does nothing but log, assign or exit.
 */
export function cannotReject(target: FunctionNode, source: SourceCode): boolean {
  if (!target.async || target.generator || target.params.some((param) => param.type !== "Identifier")) return false;
  return isSafe(target.body, { source, visiting: new Set([target]), isReporting: false });
}

interface Surroundings {
  source: SourceCode;
  /** The functions whose bodies are being looked through. */
  visiting: ReadonlySet<FunctionNode>;
  /** In a `catch` or `finally`: what is called there to tell of the failure is taken to work. */
  isReporting: boolean;
}

const safeCalls =
  /^(?:console\.\w+|process\.exit|process\.(?:stdout|stderr)\.write|(?:set|clear)(?:Timeout|Interval|Immediate)|queueMicrotask|Date\.now|performance\.now|Math\.\w+|Number|Boolean|Number\.\w+|Array\.isArray|Promise\.(?:allSettled|resolve)|(?:\w+\.)*(?:reject|resolve)|set[A-Z]\w*|dispatch)$/;
const safeConstructors = /^(?:Date|Map|Set|WeakMap|WeakSet|AbortController|(?:[A-Z]\w*)?Error)$/;

function isSafe(node: Node, around: Surroundings): boolean {
  switch (node.type) {
    case "ThrowStatement":
    case "TaggedTemplateExpression":
    case "YieldExpression":
    case "ForOfStatement":
    case "ImportExpression":
      return false;
    case "NewExpression":
      return (safeConstructors.test(calleePath(node).join(".")) || around.isReporting) && node.arguments.every((argument) => isSafe(argument, around));
    case "TryStatement": {
      const reporting = { ...around, isReporting: true };
      return (node.handler ? isSafe(node.handler.body, reporting) : isSafe(node.block, around)) && (!node.finalizer || isSafe(node.finalizer, reporting));
    }
    case "CallExpression":
      if (calleePath(node).join(".") === "Promise.allSettled") return true;
      return isSafeCall(node, around) && node.arguments.every((argument) => isSafe(argument, around));
    case "AwaitExpression": {
      const operand = unwrap(node.argument);
      if (isPlainMethod(operand)) return false;
      if (operand.type === "NewExpression" && calleePath(operand).join(".") === "Promise") return isPause(operand, around);
      return operand.type === "CallExpression" || operand.type === "Literal" ? isSafe(operand, { ...around, isReporting: false }) : false;
    }
    case "ReturnStatement": {
      // A promise that is returned is waited for as `await` would.
      const value = node.argument ? unwrap(node.argument) : undefined;
      if (!value || value.type === "Identifier" || value.type === "MemberExpression") return true;
      return isSafe(value, { ...around, isReporting: false });
    }
    case "ClassDeclaration":
    case "ClassExpression":
      return false;
    default:
      if (isFunction(node)) return true;
      return childrenOf(node, around.source).every((child) => isSafe(child, around));
  }
}

/** `new Promise((resolve) => setTimeout(resolve, 100))`: nothing in it rejects or throws. */
function isPause(node: TSESTree.NewExpression, around: Surroundings): boolean {
  const executor = node.arguments[0] ? unwrap(node.arguments[0]) : undefined;
  return isFunction(executor) && !executor.async && executor.params.length === 1 && isSafe(executor.body, { ...around, isReporting: false });
}

function isSafeCall(node: TSESTree.CallExpression, around: Surroundings): boolean {
  if (safeCalls.test(calleePath(node).join(".")) || isLogCall(node)) return true;
  if (isPlainMethod(node)) return node.arguments.every((argument) => !isFunction(argument) || isSafe(argument.body, { ...around, isReporting: false }));
  const target = functionOf(node.callee, around.source);
  if (!target || target.generator) return around.isReporting && !target;
  if (around.visiting.has(target)) return true;
  return isSafe(target.body, { ...around, visiting: new Set([...around.visiting, target]) });
}

/** A method of strings and arrays, which fails only on what is no string or array: `this.points.splice(0)`. */
function isPlainMethod(node: Node): boolean {
  if (node.type !== "CallExpression" || unwrap(node.callee).type !== "MemberExpression") return false;
  const name = calleePath(node).at(-1) ?? "";
  return !/^(?:find|link|match|normalize|push|repeat|replace|search|with)$/.test(name) && (name in String.prototype || name in Array.prototype);
}

function childrenOf(node: Node, source: SourceCode): Node[] {
  return (source.visitorKeys[node.type] ?? [])
    .flatMap((key) => (node as unknown as Record<string, unknown>)[key])
    .filter((child): child is Node => typeof child === "object" && child !== null && "type" in child);
}

/** The function of this file that a call runs: by its name, or as a method of what the file says the object is. */
export function calledFunction(node: TSESTree.CallExpression, source: SourceCode): FunctionNode | undefined {
  const callee = unwrap(node.callee);
  if (callee.type !== "MemberExpression") return functionOf(callee, source);
  const declared = declaredType(callee, source);
  return isFunction(declared) ? (declared) : undefined;
}

const promiseMakers = /^Promise\.(?:all|any|race|reject)$/;

/** Without types: whether the expression surely gives a promise that may reject. */
export function givesPromise(node: Node, source: SourceCode): boolean {
  node = unwrap(node);
  if (node.type === "ImportExpression") return true;
  if (node.type === "NewExpression") return calleePath(node).join(".") === "Promise";
  if (node.type !== "CallExpression") return false;
  const path = calleePath(node).join(".");
  if (promiseMakers.test(path) || path === "fetch" || path === "globalThis.fetch") return true;
  const target = calledFunction(node, source) ?? functionOf(node.callee, source);
  if (target?.async) return !target.generator;
  if (isDeclaredPromise(node, source)) return true;
  const callee = unwrap(node.callee);
  if (callee.type !== "MemberExpression") return false;
  const method = memberName(callee);
  return (method === "then" || method === "catch" || method === "finally") && givesPromise(callee.object, source);
}

import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { calleePath, enclosingFunction, type FunctionNode, isFunction, memberName, type Node, unwrap } from "./syntax.js";
import { isLogCall } from "./calls.js";
import { functionOf } from "./variables.js";

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * Whether a call of this async function surely gives a promise that never rejects: everything in it that may throw
 * stands in a `try` whose `catch` does nothing but log, assign or exit.
 */
export function cannotReject(target: FunctionNode, source: SourceCode): boolean {
  if (!target.async || target.generator || target.params.some((param) => param.type !== "Identifier")) return false;
  return isSafe(target.body, source, new Set([target]));
}

const safeCalls =
  /^(?:console\.\w+|process\.exit|process\.(?:stdout|stderr)\.write|(?:set|clear)(?:Timeout|Interval|Immediate)|queueMicrotask|Date\.now|performance\.now|Math\.\w+|Number|Boolean|Number\.\w+|Array\.isArray|Promise\.(?:allSettled|resolve)|(?:\w+\.)*(?:reject|resolve))$/;

function isSafe(node: Node, source: SourceCode, visiting: ReadonlySet<FunctionNode>): boolean {
  switch (node.type) {
    case "ThrowStatement":
    case "TaggedTemplateExpression":
    case "YieldExpression":
    case "ForOfStatement":
    case "ImportExpression":
      return false;
    case "NewExpression":
      return calleePath(node).join(".") === "Date" && node.arguments.every((argument) => isSafe(argument, source, visiting));
    case "TryStatement":
      return (
        (node.handler ? isSafe(node.handler.body, source, visiting) : isSafe(node.block, source, visiting)) &&
        (!node.finalizer || isSafe(node.finalizer, source, visiting))
      );
    case "CallExpression":
      return isSafeCall(node, source, visiting) && node.arguments.every((argument) => isSafe(argument, source, visiting));
    case "AwaitExpression": {
      const operand = unwrap(node.argument);
      return operand.type === "CallExpression" || operand.type === "Literal" ? isSafe(operand, source, visiting) : false;
    }
    case "ReturnStatement": {
      // A promise that is returned is waited for as `await` would.
      const value = node.argument ? unwrap(node.argument) : undefined;
      return !value || (value.type !== "Identifier" && value.type !== "MemberExpression" ? isSafe(value, source, visiting) : true);
    }
    case "ClassDeclaration":
    case "ClassExpression":
      return false;
    default:
      if (isFunction(node)) return true;
      return childrenOf(node, source).every((child) => isSafe(child, source, visiting));
  }
}

function isSafeCall(node: TSESTree.CallExpression, source: SourceCode, visiting: ReadonlySet<FunctionNode>): boolean {
  if (safeCalls.test(calleePath(node).join(".")) || isLogCall(node)) return true;
  const target = functionOf(node.callee, source);
  if (!target || target.generator) return false;
  if (visiting.has(target)) return true;
  return isSafe(target.body, source, new Set([...visiting, target]));
}

function childrenOf(node: Node, source: SourceCode): Node[] {
  return (source.visitorKeys[node.type] ?? [])
    .flatMap((key) => (node as unknown as Record<string, unknown>)[key])
    .filter((child): child is Node => typeof child === "object" && child !== null && "type" in child);
}

/** The async function of this file that a call runs: by its name, or as a method of the class it stands in. */
export function calledFunction(node: TSESTree.CallExpression, source: SourceCode): FunctionNode | undefined {
  const callee = unwrap(node.callee);
  if (callee.type !== "MemberExpression") return functionOf(callee, source);
  if (unwrap(callee.object).type !== "ThisExpression") return undefined;
  const name = memberName(callee) ?? (callee.property.type === "PrivateIdentifier" ? callee.property.name : undefined);
  let at: Node | undefined = enclosingFunction(node);
  while (at && at.type !== "ClassBody") at = at.parent;
  if (at?.type !== "ClassBody") return undefined;
  for (const member of at.body) {
    if ((member.type !== "MethodDefinition" && member.type !== "PropertyDefinition") || member.static) continue;
    const key = member.key;
    if ((key.type === "Identifier" || key.type === "PrivateIdentifier") && !member.computed && key.name === name) {
      return isFunction(member.value) ? member.value : undefined;
    }
  }
  return undefined;
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
  if (target) return target.async && !target.generator;
  const callee = unwrap(node.callee);
  if (callee.type !== "MemberExpression") return false;
  const method = memberName(callee);
  return (method === "then" || method === "catch" || method === "finally") && givesPromise(callee.object, source);
}

import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { calleePath, literalString, memberName, type Node, unwrap } from "./syntax.js";
import { constantValue, variableOf } from "./variables.js";

/** A handler that is told of errors nobody else takes: what it listens to, and the function or name given for it. */
export interface ErrorListener {
  event: string;
  handler: Node;
}

const events = /^(?:error|uncaughtException|unhandledRejection|unhandledrejection|uncaughtExceptionMonitor|clientError|tlsClientError|messageerror|connect_error|aborted)$/;
const subscribers = /^(?:on|once|addListener|prependListener|prependOnceListener|addEventListener)$/;
const properties = /^(?:onerror|onunhandledrejection|onmessageerror|on[A-Z]?\w*Error|onFailure|onReject(?:ed)?)$/;

/** `emitter.on("error", f)`, `process.once("uncaughtException", f)`, `target.addEventListener("error", f)`. */
export function listenerOf(call: TSESTree.CallExpression, source?: Readonly<TSESLint.SourceCode>): ErrorListener | undefined {
  const callee = unwrap(call.callee);
  const isGlobal = callee.type === "Identifier" && callee.name === "addEventListener";
  if (!isGlobal && (callee.type !== "MemberExpression" || !subscribers.test(memberName(callee) ?? ""))) return undefined;
  const named = call.arguments[0];
  const kept = source && named?.type === "Identifier" ? constantValue(variableOf(named, source)) : undefined;
  const event = literalString(kept ?? named);
  const handler = call.arguments[1];
  if (!event || !handler || handler.type === "SpreadElement") return undefined;
  // An event that is only monitored ends the process all the same.
  return events.test(event) && event !== "uncaughtExceptionMonitor" && event !== "aborted" ? { event, handler } : undefined;
}

/** `socket.onerror = f`, `{ onError: f }`, `<Editor onError={f} />`. */
export function errorPropertyOf(node: TSESTree.AssignmentExpression | TSESTree.JSXAttribute | TSESTree.Property): ErrorListener | undefined {
  switch (node.type) {
    case "AssignmentExpression": {
      const target = unwrap(node.left);
      const name = target.type === "MemberExpression" ? memberName(target) : undefined;
      return name && properties.test(name) && node.operator === "=" ? { event: name, handler: node.right } : undefined;
    }
    case "Property": {
      const name = node.key.type === "Identifier" && !node.computed ? node.key.name : literalString(node.key);
      const isArgument = node.parent.type === "ObjectExpression" && isPassed(node.parent);
      if (name === "error" && isArgument && isObserver(node.parent)) return { event: name, handler: node.value };
      return name && properties.test(name) && isArgument ? { event: name, handler: node.value } : undefined;
    }
    default: {
      const name = node.name.type === "JSXIdentifier" ? node.name.name : "";
      const value = node.value?.type === "JSXExpressionContainer" ? node.value.expression : undefined;
      return properties.test(name) && value && value.type !== "JSXEmptyExpression" ? { event: name, handler: value } : undefined;
    }
  }
}

/** `source.subscribe({ next, error })`. */
function isObserver(node: Node): boolean {
  const call = node.parent;
  return call?.type === "CallExpression" && calleePath(call).at(-1) === "subscribe";
}

function isPassed(node: Node): boolean {
  const parent = node.parent;
  return parent?.type === "CallExpression" || parent?.type === "NewExpression";
}

/** The names along the object that is listened to. */
export function listenedObject(call: TSESTree.CallExpression): string {
  return calleePath(call).slice(0, -1).join(".");
}

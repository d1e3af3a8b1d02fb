import type { TSESLint } from "@typescript-eslint/utils";
import { type CallLike, calleePath, climb, isFunction, isNothing, type Node, unwrap } from "./syntax.js";
import { variableOf } from "./variables.js";

type SourceCode = Readonly<TSESLint.SourceCode>;

const errorFirst = /^_?(?:callback|cb|done|nodeback|clb|fn)$/;
const goingOn = /^_?(?:next|proceed)$/;
const finishing = /^_?on(?:Success|Succeeded|Saved|Done|Completed?|Finish(?:ed)?|Loaded|Ready)$/;

/**
 * `callback(null, [])`, `next()`, `onSuccess()` and `resolve([])` tell whoever waits that all went well: the middleware
 * behind runs, the caller goes on.
 */
export function isSuccessCallback(node: CallLike, source: SourceCode, name = calleePath(node).at(-1) ?? "?"): boolean {
  const first = node.arguments[0];
  if (node.type === "CallExpression" && (name === "resolve" || isResolver(node.callee, source))) {
    return !first || !(unwrap(first).type === "CallExpression" || unwrap(first).type === "ObjectExpression" || unwrap(first).type === "AwaitExpression");
  }
  const isSilent = node.arguments.every((argument) => isNothing(argument));
  // A `next` that the function was given; an iterator's, a router's or a queue's does something of its own.
  if (goingOn.test(name)) return isSilent && isGiven(node.callee, source);
  if (finishing.test(name)) return isSilent && (isGiven(node.callee, source) || node.callee.type === "MemberExpression");
  if (!errorFirst.test(name)) return false;
  if (!first) return !/^_?fn$/.test(name);
  if (!isNothing(first)) return false;
  // `done(null, false)` tells of a refusal, as Passport has it.
  const second = node.arguments[1] ? unwrap(node.arguments[1]) : undefined;
  return !/^_?done$/.test(name) || !(second?.type === "Literal" && second.value === false);
}

/** A parameter of a function around, or a part of one. */
function isGiven(callee: Node, source: SourceCode): boolean {
  return variableOf(unwrap(callee), source)?.defs[0]?.type === "Parameter";
}

/** What `new Promise((ok, fail) => …)` calls its first parameter. */
function isResolver(callee: Node, source: SourceCode): boolean {
  const definition = variableOf(unwrap(callee), source)?.defs[0];
  if (definition?.type !== "Parameter" || !isFunction(definition.node) || definition.node.params[0] !== definition.name) return false;
  return isExecutor(definition.node);
}

/** `new Promise((resolve, reject) => {…})`: run on the spot. */
export function isExecutor(target: Node): boolean {
  const { parent, child } = climb(target);
  return parent?.type === "NewExpression" && parent.arguments[0] === child && calleePath(parent).at(-1) === "Promise";
}

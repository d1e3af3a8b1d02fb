import type { TSESLint } from "@typescript-eslint/utils";
import { isIdleUse } from "./idle-uses.js";
import { functionBehind } from "./own-members.js";
import type { Vocabulary } from "./settings.js";
import { isSuccessCallback } from "./success-calls.js";
import { type CallLike, calleePath, contains, type FunctionNode, isFunction, isNothing, literalString, type Node, unwrap, visit } from "./syntax.js";
import { valueKind } from "./values.js";
import { isBusyName, isCleanUpName, isFailureName } from "./vocabulary.js";
import { boundVariables, functionOf, isObserved, variableOf } from "./variables.js";

/**
 * What a call in an error handler does about the error:
 * `handles` it, `prints` it to the console, `signals` that something failed without passing the error on,
 * `ends` the program or the path, or does `nothing` about it.
 */
export type Effect = "ends" | "handles" | "nothing" | "prints" | "signals";

export interface CallSurroundings {
  source: Readonly<TSESLint.SourceCode>;
  vocabulary: Vocabulary;
  /** Whether the handler binds the error at all. */
  bound: boolean;
  /** Whether the expression mentions the error or what was made of it. */
  mentions: (node: Node) => boolean;
  /** The objects, as they are written, whose methods were called when the error came up. */
  failed: () => ReadonlySet<string>;
  /** Functions that a call would run again: the ones around the handler. */
  retries: readonly FunctionNode[];
}

const noop = /^(?:noop|no_op|noOp|nop|doNothing|emptyFunction|emptyFn|swallow|ignore|ignoreError|ignoreErrors|voidFn)$/;
const asking = /^(?:is|has|should|can|was|are|matches|match|includes|test|check|contains|equals|startsWith|endsWith|some|every|get|in)(?:[A-Z_].*)?$/;
const making =
  /^(?:String|Number|Boolean|Symbol|BigInt|Object|inspect|format|stringify|toString|toJSON|valueOf|keys|values|entries|trim|slice|split|join|replace|replaceAll|toLowerCase|toUpperCase|concat|map|filter|find|assign|freeze|cloneDeep|clone|pick|omit|get|to|as|ensure|coerce|serialize|extract|describe|parse|normalize|wrap|unwrap|create|make|build|convert|from)(?:[A-Z].*)?$/;
const collecting = /^(?:push|unshift|add|set|append)$/;
const succeeding = /^(?:ack|acknowledge|commit|complete|succeed|confirm)(?:[A-Z]\w*)?$/;
const counting = /^(?:inc|incr|increment|count)$/;
const plainConstructor = /^(?:Map|Set|WeakMap|WeakSet|Array|Object|Date|URLSearchParams|Headers|FormData|Promise)$/;
const timers = new Set(["clearTimeout", "clearInterval", "clearImmediate"]);
const failingCallee = /^(?:reject|fail|abort|deny|panic|die|bail|crash|invariant|unreachable|assertNever|exhaustive)(?:[A-Z].*)?$/;

/** A function that is known to do nothing, by what it is or by what it is called. */
export function isNoop(node: Node, source: Readonly<TSESLint.SourceCode>): boolean {
  node = unwrap(node);
  const declared = functionBehind(node, source);
  if (declared) return declared.body.type === "BlockStatement" && declared.body.body.length === 0;
  if (node.type === "Identifier") return noop.test(node.name);
  if (node.type === "MemberExpression") {
    const path = calleePath({ callee: node } as CallLike);
    return noop.test(path.at(-1) ?? "") || (path.at(-1) === "prototype" && path.at(-2) === "Function");
  }
  if (node.type === "CallExpression" || node.type === "NewExpression") {
    return node.arguments.length === 0 && calleePath(node).join(".") === "Function";
  }
  return false;
}

export function isConsole(path: readonly string[], vocabulary: Vocabulary): boolean {
  const at = path.length - 2;
  const global = at === 1 && /^(?:globalThis|window|self|global)$/.test(path[0] ?? "");
  return (path[at] === "console" && (at === 0 || global)) || vocabulary.isPrinter(path);
}

export function effectOf(node: CallLike, around: CallSurroundings): Effect {
  const { source, vocabulary } = around;
  const path = calleePath(node);
  const name = path.at(-1) ?? "?";
  const callee = unwrap(node.callee);
  if (vocabulary.isIgnored(path)) return "nothing";
  if (vocabulary.isHandler(path)) return "handles";
  if (isNoop(callee, source)) return "nothing";

  const passed = node.arguments.some((argument) => around.mentions(argument));
  if (isConsole(path, vocabulary)) return passed || !around.bound ? "prints" : "nothing";
  if (path.join(".") === "process.exit" || path.join(".") === "Deno.exit" || path.join(".") === "process.abort") return "ends";
  if (failingCallee.test(name)) return "handles";
  if (isRetry(node, around)) return "handles";
  if (isSuccessCallback(node, source, name)) return "nothing";

  if (passed) return passedEffect(node, callee, name, around);
  if (around.mentions(callee)) return ownMethodEffect(callee, name, around);
  return signalEffect(node, path, name, around);
}

function passedEffect(node: CallLike, callee: Node, name: string, around: CallSurroundings): Effect {
  if (takesNoNotice(node, callee, around)) return "nothing";
  const list = callee.type === "MemberExpression" ? unwrap(callee.object) : undefined;
  if (list?.type === "Identifier" && collecting.test(name)) {
    // What a list of the handler's own carries is followed; a list that nobody reads is a drain.
    const variable = variableOf(list, around.source);
    if (around.mentions(list) || (variable && !isObserved(variable))) return "nothing";
  }
  // A new error or a converted one is a carrier: what happens to the carrier counts.
  if (node.type === "NewExpression") return isBare(node) || /(?:Error|Exception|Failure)$/.test(name) ? "nothing" : "handles";
  if (/^(?:debug|dbg)$/.test(name)) return "prints";
  if (timers.has(name)) return "nothing";
  if (asking.test(name) || making.test(name)) return isBare(node) && !/^(?:create|build|make|get)/.test(name) ? "nothing" : carried(node) ? "nothing" : "handles";
  return "handles";
}

/** `e.toString()` does nothing by itself; `e.report()` may well do something. */
function ownMethodEffect(callee: Node, name: string, around: CallSurroundings): Effect {
  // `(() => error)()` gives the error to nobody.
  if (isFunction(callee)) return isIdle(callee, around.source) ? "nothing" : "handles";
  if (callee.type !== "MemberExpression") return "handles";
  if (/^(?:preventDefault|stop(?:Immediate)?Propagation)$/.test(name)) return "nothing";
  if (asking.test(name) || making.test(name) || isStringMethod(name)) return "nothing";
  return around.mentions(callee.object) ? "handles" : "nothing";
}

function isStringMethod(name: string): boolean {
  return name in String.prototype || name in Array.prototype;
}

function signalEffect(node: CallLike, path: readonly string[], name: string, around: CallSurroundings): Effect {
  if (timers.has(name) || isCleanUpName(name) || isFilling(node, around.source)) return "nothing";
  if (asking.test(name) && isCondition(node)) return "nothing";
  // `of([])`: a constant in another wrapping.
  if (node.type === "CallExpression" && /^(?:absence|default|nothing)$/.test(valueKind(node, around.source))) return "nothing";
  // An empty container, or a pause: `await new Promise((resolve) => setTimeout(resolve, 100))`.
  if (node.type === "NewExpression" && plainConstructor.test(path.join("."))) return "nothing";
  if (/^(?:preventDefault|stopPropagation|now|random|next|resolve|setTimeout|setImmediate|sleep|delay|wait|pause)$/.test(name)) {
    const first = node.arguments[0];
    if (name === "next" || (name === "resolve" && first && valueKind(first, around.source) === "failure")) return "signals";
    return name === "setTimeout" && first && functionOf(first, around.source) ? "signals" : "nothing";
  }
  if (path.join(".") === "assert.fail" || (path[0] === "assert" && name !== "ok")) return "handles";
  if (/^set[A-Z]/.test(name) && isBusyName(name) && !isFailureName(name)) return "nothing";
  if (/^set[A-Z]/.test(name) && node.arguments.length === 1 && isNothing(node.arguments[0])) return "nothing";
  // Taking back what was begun, whatever the failure.
  if (/^\s*(?:rollback|unlock|release)\b/i.test(literalString(node.arguments[0]) ?? "")) return "nothing";
  if (isTakenAway(node, name, around)) return "nothing";
  if (succeeding.test(name) || (counting.test(name) && !saysFailure(node))) return "nothing";
  const dispatched = /^(?:emit|dispatch|trigger|publish|send|status|code|sendStatus)$/.test(name);
  if (!dispatched && isBare(node) && (making.test(name) || path[0] === "Math")) return "nothing";
  return "signals";
}

/** `this.entries.delete(id)` forgets the failure with the entry; `clients.delete(client)` drops the very client that failed. */
function isTakenAway(node: CallLike, name: string, around: CallSurroundings): boolean {
  const [first] = node.arguments;
  if (!/^(?:delete|remove|del)$/.test(name) || unwrap(node.callee).type !== "MemberExpression" || !first) return false;
  return !around.failed().has(around.source.getText(first));
}

function saysFailure(node: CallLike): boolean {
  const spoken = node.arguments.map((argument) => literalString(argument) ?? "");
  return [...calleePath(node), ...spoken].some((name) => isFailureName(name));
}

/** `list.push(…)`, `seen.add(…)`. */
export function isCollecting(node: CallLike): boolean {
  return unwrap(node.callee).type === "MemberExpression" && collecting.test(calleePath(node).at(-1) ?? "");
}

/** Whether the value of the call is dropped. */
function isBare(node: Node): boolean {
  const parent = node.parent;
  if (parent?.type === "SequenceExpression") return parent.expressions.at(-1) !== node || isBare(parent);
  return parent?.type === "ExpressionStatement" || (parent?.type === "ChainExpression" && isBare(parent)) || (parent?.type === "UnaryExpression" && parent.operator === "void");
}

/** The call only decides which way to go: `if (url.endsWith("/"))`. */
function isCondition(node: Node): boolean {
  const { parent } = node;
  if (parent?.type === "IfStatement" || parent?.type === "ConditionalExpression") return parent.test === node;
  return (parent?.type === "UnaryExpression" || parent?.type === "LogicalExpression" || parent?.type === "ChainExpression") && isCondition(parent);
}

/** Whether the value of the call goes into a variable or a condition, where it is followed further. */
function carried(node: Node): boolean {
  const parent = node.parent;
  if (!parent) return false;
  switch (parent.type) {
    case "VariableDeclarator":
    case "IfStatement":
    case "LogicalExpression":
    case "ConditionalExpression":
    case "UnaryExpression":
    case "BinaryExpression":
    case "MemberExpression":
    case "SwitchStatement":
    case "AssignmentExpression":
      return true;
    case "ChainExpression":
    case "TSAsExpression":
    case "AwaitExpression":
      return carried(parent);
    default:
      return false;
  }
}

/** The call goes to a function of this file that never looks at the parameter it is given the error in. */
function takesNoNotice(node: CallLike, callee: Node, around: CallSurroundings): boolean {
  const target = functionBehind(callee, around.source);
  if (!target || contains(target, node)) return false;
  if (around.source.getScope(target.body).set.has("arguments") && /\barguments\b/.test(around.source.getText(target.body))) return false;
  return node.arguments.every((argument, index) => {
    if (!around.mentions(argument)) return true;
    const parameter = target.params[index];
    if (!parameter) return !target.params.some((each) => each.type === "RestElement");
    return boundVariables(parameter, around.source)
      .filter((variable) => variable.identifiers.some((id) => contains(parameter, id)))
      .every((variable) => variable.references.every((reference) => reference.init === true || isIdleUse(reference.identifier, around.source)));
  }) && isIdle(target, around.source);
}

const acting = new Set(["AssignmentExpression", "AwaitExpression", "CallExpression", "NewExpression", "ThrowStatement", "UpdateExpression"]);

/** `seen.add(row)`, where nobody reads `seen`. */
function isFilling(node: Node, source: Readonly<TSESLint.SourceCode>): boolean {
  if (node.type !== "CallExpression" || !isBare(node) || !isCollecting(node)) return false;
  const list = node.callee.type === "MemberExpression" ? variableOf(unwrap(node.callee.object), source) : undefined;
  return list !== undefined && !isObserved(list);
}

/** Whether the function's body does nothing but, perhaps, return a plain value. */
function isIdle(target: FunctionNode, source: Readonly<TSESLint.SourceCode>): boolean {
  let idle = true;
  visit(target.body, source.visitorKeys, (node) => {
    if (isFilling(node, source)) return false;
    if (acting.has(node.type)) idle = false;
    return idle;
  });
  return idle;
}

/** The call runs a function again that the handler stands in. */
export function isRetry(node: CallLike, { retries, source }: CallSurroundings): boolean {
  const called = functionOf(node.callee, source);
  if (called && retries.includes(called)) return true;
  const [object, name, ...rest] = calleePath(node);
  if (object !== "this" || rest.length > 0) return false;
  return retries.some(({ parent }) => parent.type === "MethodDefinition" && parent.key.type === "Identifier" && parent.key.name === name);
}

/** `logger.warn("…")`, `this.log.error("…")`, `log("…")`. */
export function isLogCall(node: CallLike): boolean {
  const path = calleePath(node);
  const name = path.at(-1) ?? "";
  const object = path.at(-2) ?? "";
  return /^(?:log|logger|logError|logWarn|logWarning)$/i.test(name) || (/log(?:ger)?(?:\(\))?$/i.test(object) && /^(?:trace|debug|info|warn|warning|error|fatal|log|critical|notice|alert|exception)$/.test(name));
}

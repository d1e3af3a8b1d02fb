import type { TSESLint } from "@typescript-eslint/utils";
import { listenerOf } from "./listeners.js";
import { ownerOf } from "./removal-callbacks.js";
import { chainAround, endsHere, linkName, spanMethod, type StartedSpan } from "./spans.js";
import { isExecutor } from "./success-calls.js";
import { calleeName, climb, contains, enclosingFunction, type FunctionNode, isFunction, leavesFunction, literalString, memberName, namePath, type Node, unwrap, visit } from "./syntax.js";
import { functionOf } from "./variables.js";

type SourceCode = Readonly<TSESLint.SourceCode>;

const errorName = /^_?(?:e|er|err|error|\w+Err|\w+Error)$/;
/** Events that come whether or not there was an error before. */
const lastEvents = /^(?:close|exit|finally|disconnect|abort|aborted|error|settled|done|destroy|\w*[eE]rror)$/;
const listening = /^(?:on|once|addListener|prependListener|addEventListener)$/;

/** All ends of the span stand in `.then(f)`, and nothing in the chain is told of a rejection: the first such end. */
export function endedOnSuccessOnly(span: StartedSpan, source: SourceCode): Node | undefined {
  const ends = span.references.map(({ identifier }) => spanMethod(identifier)).filter((method) => method?.name === "end");
  const first = ends[0];
  const places = ends.flatMap((end) => (end ? [end.call] : []));
  if (!first) return undefined;
  const isOnSuccess = ends.every((end) => {
    const callback = end ? enclosingFunction(end.call) : undefined;
    if (!callback || callback === span.owner || ownerOf(callback) !== span.owner) return false;
    const chain = chainAround(callback);
    const own = chain[0];
    return (
      own !== undefined &&
      linkName(own) === "then" &&
      own.arguments[0] === callback &&
      (!own.arguments[1] || (isFunction(unwrap(own.arguments[1])) && !mayEnd(own.arguments[1], places, source))) &&
      chain.slice(1).every((link) => !/^(?:catch|finally|then)$/.test(linkName(link) ?? "") || !link.arguments.some((argument) => !isFunction(unwrap(argument)) || mayEnd(argument, places, source)))
    );
  });
  const isUsedElsewhere = span.references.some(({ identifier, init }) => !init && !spanMethod(identifier) && !isPutInContext(identifier));
  return isOnSuccess && !isUsedElsewhere ? first.call : undefined;
}

/**
 * All ends of the span stand on the way without an error: behind `if (err) return …` of a callback, in its `else`, in a
 * listener for the `end` of a stream, or in a callback next to which an error handler leaves it open. Where it stays so.
 */
export function leftOpenOnError(span: StartedSpan, source: SourceCode): Node | undefined {
  if (span.references.some(({ identifier, init }) => !init && !spanMethod(identifier) && !isPutInContext(identifier))) return undefined;
  const ends = span.references.flatMap(({ identifier }) => (endsHere(identifier) ? [identifier as Node] : []));
  const [first] = ends;
  if (!first || ends.some((end) => ownerOf(end) === span.owner)) return undefined;
  const branches = ends.map((end) => openBranchBefore(end, span, ends, source));
  if (branches.every((branch) => branch !== undefined)) return branches[0];
  if (ends.every((end, index) => branches[index] !== undefined || isOnSuccessOnly(end, span.owner))) {
    const handler = errorHandlerLeftOpen(span, ends, source);
    if (handler) return handler;
  }
  const listener = ends.length === 1 ? enclosingFunction(first) : undefined;
  const call = listener && climb(listener).parent;
  if (call?.type !== "CallExpression" || linkName(call) !== "on" || literalString(call.arguments[0]) !== "end" || ownerOf(listener ?? call) !== span.owner) return undefined;
  return span.references.every(({ identifier, init }) => init === true || ownerOf(identifier) === span.owner || enclosingFunction(identifier) === listener) ? call : undefined;
}

/** `trace.setSpan(context.active(), span)`: whoever runs in that context does not end it. */
function isPutInContext(identifier: Node): boolean {
  const { parent } = climb(identifier);
  return parent?.type === "CallExpression" && calleeName(parent) === "setSpan";
}

function openBranchBefore(end: Node, span: StartedSpan, ends: readonly Node[], source: SourceCode): Node | undefined {
  const target = enclosingFunction(end);
  const [parameter] = target?.params ?? [];
  if (!target || target.body.type !== "BlockStatement" || parameter?.type !== "Identifier" || !errorName.test(parameter.name)) return undefined;
  const { parent, child } = climb(target);
  if (parent?.type !== "CallExpression" || parent.arguments.at(-1) !== child || /^(?:then|catch|finally|on|once|map|forEach)$/.test(linkName(parent) ?? "") || ownerOf(target) !== span.owner) return undefined;
  const branch = target.body.body.find((each) => each.type === "IfStatement" && unwrap(each.test).type === "Identifier" && namePath(each.test)[0] === parameter.name);
  if (branch?.type !== "IfStatement" || mayEnd(branch.consequent, ends, source)) return undefined;
  if (branch.alternate && contains(branch.alternate, end)) return branch.consequent;
  return branch.range[1] <= end.range[0] && leavesFunction(branch.consequent) ? branch.consequent : undefined;
}

/** Between the end and the span's own function stands a callback that only runs when all went well. */
function isOnSuccessOnly(end: Node, owner: FunctionNode | undefined): boolean {
  let isSuccess = false;
  for (let target = enclosingFunction(end); target !== owner; target = enclosingFunction(target)) {
    if (!target) return false;
    if (isExecutor(target)) continue;
    const { parent, child } = climb(target);
    if (parent?.type === "AssignmentExpression" && parent.right === child && eventOf(parent.left) !== undefined) {
      if (lastEvents.test(eventOf(parent.left) ?? "")) return false;
      isSuccess = true;
      continue;
    }
    // A function with a name may be called by whoever ends the span on the other ways.
    if (parent?.type !== "CallExpression" || parent.callee === child) return false;
    const name = linkName(parent) ?? calleeName(parent);
    const first = target.params[0];
    if (/^(?:catch|finally|addFinalizer|defer|setTimeout|setInterval|setImmediate|nextTick|queueMicrotask|forEach|map)$/.test(name)) return false;
    if (name === "then" && parent.arguments[0] !== child) return false;
    if (listening.test(name) && lastEvents.test(literalString(parent.arguments[0]) ?? "close")) return false;
    if (!listening.test(name) && name !== "then" && first?.type === "Identifier" && errorName.test(first.name)) return false;
    isSuccess ||= name === "then" || listening.test(name) || parent.arguments.at(-1) === child;
  }
  return isSuccess;
}

/** `socket.onmessage = …` → `message` */
function eventOf(target: Node): string | undefined {
  const name = target.type === "MemberExpression" ? memberName(target) : undefined;
  return name?.startsWith("on") && name === name.toLowerCase() ? name.slice(2) : undefined;
}

/** `request.on("error", (err) => { span.recordException(err); reject(err); })`: it tells the span, and leaves it open. */
function errorHandlerLeftOpen(span: StartedSpan, ends: readonly Node[], source: SourceCode): Node | undefined {
  for (const { identifier } of span.references) {
    const target = enclosingFunction(identifier);
    const method = spanMethod(identifier);
    if (!target || target === span.owner || !method || !/^(?:recordException|setStatus)$/.test(method.name)) continue;
    const { parent, child } = climb(target);
    const isListener = parent?.type === "CallExpression" && listenerOf(parent)?.handler === child && listenerOf(parent)?.event === "error";
    const isProperty = parent?.type === "AssignmentExpression" && parent.right === child && eventOf(parent.left) === "error";
    if (!parent || (!isListener && !isProperty)) continue;
    if (!mayEnd(target.body, ends, source)) return parent;
  }
  return undefined;
}

/** Whether the code ends the span, itself or by a function of this file that does. */
function mayEnd(code: Node, ends: readonly Node[], source: SourceCode, depth = 0): boolean {
  if (ends.some((end) => contains(code, end))) return true;
  let found = false;
  visit(code, source.visitorKeys, (node) => {
    if (node.type === "CallExpression" && depth < 3) {
      const target = functionOf(node.callee, source);
      if (target && !contains(target, node) && mayEnd(target, ends, source, depth + 1)) found = true;
      // `request.destroy()` may bring about whatever else ends it.
      if (/^(?:emit|destroy|abort|end|close)$/.test(calleeName(node)) && !node.arguments.some((each) => isFunction(each))) found = true;
    }
    return !found;
  });
  return found;
}

import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { isConsole, isLogCall, isNoop } from "./calls.js";
import { functionBehind } from "./own-members.js";
import type { Vocabulary } from "./settings.js";
import { calleePath, enclosingFunction, isFunction, literalString, memberName, namePath, type Node, unwrap, visit } from "./syntax.js";
import { constantValue, variableOf } from "./variables.js";
import { words } from "./vocabulary.js";

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * Whether the socket that `target` names has a listener for its `close` that does something about it: connects again, or
 * tells somebody. A socket that breaks is always closed as well, and the `error` of a browser's says nothing at all.
 */
export function isDealtWithOnClose(target: Node, source: SourceCode, vocabulary: Vocabulary): boolean {
  const object = unwrap(target);
  if (!isSocket(object, source)) return false;
  const name = source.getText(object);
  let isDealtWith = false;
  visit(placeOf(object, source), source.visitorKeys, (node) => {
    const handler = closeHandlerOf(node, name, source);
    if (handler && acts(handler, source, vocabulary)) isDealtWith = true;
    return !isDealtWith;
  });
  return isDealtWith;
}

function isSocket(object: Node, source: SourceCode): boolean {
  const made = constantValue(variableOf(object, source));
  if (made && unwrap(made).type === "NewExpression" && /(?:Socket|EventSource)$/.test(calleePath(unwrap(made) as TSESTree.NewExpression).at(-1) ?? "")) return true;
  return words(namePath(object).at(-1) ?? "").some((word) => /^(?:ws|wss|socket|sock|websocket)$/.test(word));
}

/** A field may be listened to anywhere in the class, a variable only where it is known. */
function placeOf(object: Node, source: SourceCode): Node {
  if (object.type === "Identifier") return enclosingFunction(object)?.body ?? source.ast;
  for (let at: Node | undefined = object.parent; at; at = at.parent) if (at.type === "ClassBody") return at;
  return source.ast;
}

function closeHandlerOf(node: Node, name: string, source: SourceCode): Node | undefined {
  if (node.type === "AssignmentExpression") {
    const left = unwrap(node.left);
    return left.type === "MemberExpression" && memberName(left) === "onclose" && source.getText(left.object) === name ? node.right : undefined;
  }
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression" || source.getText(node.callee.object) !== name) return undefined;
  const [event, handler] = node.arguments;
  return /^(?:on|once|addListener|addEventListener)$/.test(memberName(node.callee) ?? "") && literalString(event) === "close" ? handler : undefined;
}

/** More than a line of log, and more than the word that all is over. */
function acts(handler: Node, source: SourceCode, vocabulary: Vocabulary): boolean {
  const target = functionBehind(handler, source);
  if (!target) return !isFunction(unwrap(handler)) && !/^_?(?:resolve|done|callback|cb|next)$/.test(namePath(handler).at(-1) ?? "");
  let found = false;
  visit(target.body, source.visitorKeys, (node) => {
    if (node.type === "CallExpression") {
      const path = calleePath(node);
      found ||= !isConsole(path, vocabulary) && !isLogCall(node) && !isNoop(node.callee, source) && !/^_?(?:resolve|done|callback|cb|next|clear(?:Timeout|Interval)|now|toString)$/.test(path.at(-1) ?? "");
    }
    return !found;
  });
  return found;
}

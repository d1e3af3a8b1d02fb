import type { TSESLint } from "@typescript-eslint/utils";
import type { Leak } from "./fate.js";
import { enclosingFunction, isFunction, type Node, visit } from "./syntax.js";

type SourceCode = Readonly<TSESLint.SourceCode>;

const loop = /^(?:For|ForOf|ForIn|While|DoWhile)Statement$/;

/** `for await (const line of lines) …`, or a loop that yields. */
export function readsStream(code: Node, source: SourceCode): boolean {
  let found = false;
  visit(code, source.visitorKeys, (node) => {
    if (node.type === "ForOfStatement" && node.await) found = true;
    if (node.type === "YieldExpression" && (node.delegate || isInLoopWithin(node, code))) found = true;
    return !found && !isFunction(node);
  });
  return found;
}

function isInLoopWithin(node: Node, code: Node): boolean {
  for (let at = node.parent; at && at !== code; at = at.parent) if (loop.test(at.type)) return true;
  return false;
}

/** `return` or `break` out of the loop in which a generator hands out one thing after the other: its reader takes it for the end. */
export function endsYielding(leak: Leak, handler: Node, source: SourceCode): boolean {
  const isEnd = leak.node.type === "BreakStatement" || (leak.node.type === "ReturnStatement" && leak.value === "nothing");
  if (!isEnd || enclosingFunction(handler)?.generator !== true) return false;
  let at: Node | undefined = handler.parent;
  while (at && !loop.test(at.type) && !isFunction(at)) at = at.parent;
  let yields = false;
  if (at && loop.test(at.type)) {
    visit(at, source.visitorKeys, (node) => {
      yields ||= node.type === "YieldExpression";
      return !yields && !isFunction(node);
    });
  }
  return yields;
}

import { addStatements } from "../parse/children.js";
import type { Expression, Node } from "../parse/estree.js";
import { isFunctionNode } from "../parse/estree.js";

function isAlways(test: Expression | null): boolean {
  return test === null || (test.type === "Literal" && test.value === true);
}

/** Whether a loop or `switch` holds a `break`, be it its own or not. */
function breaks(statement: Node): boolean {
  const open: Node[] = [statement];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === "BreakStatement") return true;
    if (!isFunctionNode(node)) addStatements(node, open);
  }
  return false;
}

/**
 * Whether a body may be left by reaching its end. False only where its last statement tells so: what has to be done at
 * an end that is never reached is merely never done.
 */
export function endIsReachable(body: Node): boolean {
  const open: (Node | null | undefined)[] = [body];
  while (open.length > 0) {
    const statement = open.pop();
    switch (statement?.type) {
      case "ReturnStatement":
      case "ThrowStatement":
        break;
      case "BlockStatement":
        // Functions are often declared behind the `return`.
        open.push(statement.body.findLast(({ type }) => type !== "FunctionDeclaration"));
        break;
      case "IfStatement":
        open.push(statement.consequent, statement.alternate);
        break;
      case "TryStatement":
        open.push(statement.block);
        if (statement.handler) open.push(statement.handler.body);
        break;
      case "SwitchStatement":
        if (statement.cases.every(({ test }) => test !== null) || breaks(statement)) return true;
        open.push(statement.cases.at(-1)?.consequent.at(-1));
        break;
      case "WhileStatement":
      case "DoWhileStatement":
      case "ForStatement":
        if (!isAlways(statement.test) || breaks(statement)) return true;
        break;
      default:
        return true;
    }
  }
  return false;
}

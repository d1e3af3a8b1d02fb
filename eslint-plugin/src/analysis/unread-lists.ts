import type { TSESTree } from "@typescript-eslint/utils";
import { calleeName, climb, memberName, type Node, unwrap } from "./syntax.js";
import type { Variable } from "./variables.js";

/**
 * What is put into a collection of which nobody ever looks at more than how much there is: the values of
 * `pending.push(save(item))` where `pending` is neither awaited, returned nor passed on. Undefined where somebody looks.
 */
export function unreadContents(declarator: TSESTree.VariableDeclarator, variable: Variable): Node[] | undefined {
  const init = declarator.init ? unwrap(declarator.init) : undefined;
  if (!init || !isCollection(init)) return undefined;
  const contents: Node[] = init.type === "ArrayExpression" ? init.elements.filter((each) => each !== null) : [];
  for (const reference of variable.references) {
    if (reference.init) continue;
    if (reference.isWrite()) return undefined;
    const put = putThere(reference.identifier);
    if (!put) return undefined;
    contents.push(...put);
  }
  return contents;
}

/** A list of which nobody ever asks more than how long it is. */
export function isOnlyCounted(variable: Variable): boolean {
  const uses = variable.references.filter((reference) => !reference.init);
  return uses.length > 0 && uses.every((reference) => reference.isReadOnly() && putThere(reference.identifier)?.length === 0);
}

function isCollection(node: Node): boolean {
  // One that is filled on the spot has to be made of calls; a table of constants asks for no look.
  if (node.type === "ArrayExpression") return node.elements.every((each) => each !== null && unwrap(each).type === "CallExpression");
  return node.type === "NewExpression" && /^(?:Array|Set|Map)$/.test(calleeName(node)) && node.arguments.length === 0;
}

/** `list.push(a, b);` → a, b; `list.length` → none; undefined for any other use. */
function putThere(identifier: Node): readonly Node[] | undefined {
  const { parent, child } = climb(identifier);
  if (parent?.type !== "MemberExpression" || parent.object !== child) return undefined;
  const above = climb(parent);
  if (parent.computed) {
    const assignment = above.parent;
    return assignment?.type === "AssignmentExpression" && assignment.left === above.child && isDropped(assignment) ? [assignment.right] : undefined;
  }
  const name = memberName(parent);
  if (name === "length" || name === "size") return above.parent?.type === "AssignmentExpression" && !isDropped(above.parent) ? undefined : [];
  if (above.parent?.type !== "CallExpression" || above.parent.callee !== above.child || !isDropped(above.parent)) return undefined;
  return /^(?:push|unshift|add|set)$/.test(name ?? "") ? above.parent.arguments : undefined;
}

function isDropped(node: Node): boolean {
  return climb(node).parent?.type === "ExpressionStatement";
}

import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { isCollecting } from "./calls.js";
import { isWriteOnly } from "./private-fields.js";
import { contains, enclosingFunction, type Node, unwrap } from "./syntax.js";
import { isObserved, type Variable, variableOf } from "./variables.js";

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * `last = error;`, `failures.push(error);`, where nobody ever reads what the error is kept in: whoever wrote it wanted
 * somebody to hear of it, so that it is no answer to a question and no clean-up that may fail.
 */
export function isKeptForNothing(param: Node | null | undefined, body: Node, source: SourceCode): boolean {
  if (param?.type !== "Identifier") return false;
  const isError = (node: Node | undefined): boolean => {
    const value = node ? unwrap(node) : undefined;
    return value?.type === "Identifier" && value.name === param.name;
  };
  const said = body.type === "BlockStatement" ? body.body.map((each) => (each.type === "ExpressionStatement" ? unwrap(each.expression) : each)) : [unwrap(body)];
  return said.some((each) => {
    if (each.type === "AssignmentExpression") return each.operator === "=" && isError(each.right) && isUnread(each.left, source);
    if (each.type !== "CallExpression" || each.callee.type !== "MemberExpression" || !isCollecting(each)) return false;
    return each.arguments.some(isError) && isUnread(each.callee.object, source);
  });
}

function isUnread(place: Node, source: SourceCode): boolean {
  const target = unwrap(place);
  if (target.type === "MemberExpression") return target.object.type === "ThisExpression" && isWriteOnly(target, source);
  const variable = variableOf(target, source);
  return variable?.defs[0]?.type === "Variable" && !isObserved(variable);
}

/**
 * `failure = error;` in a catch, where the next thing that happens to `failure`, right behind the `try`, is that something
 * else is written there.
 */
export function isWrittenOver(assignment: TSESTree.AssignmentExpression, clause: TSESTree.CatchClause, source: SourceCode): boolean {
  const variable = variableOf(unwrap(assignment.left), source);
  const list = clause.parent.parent;
  if (!variable || assignment.operator !== "=" || list.type !== "BlockStatement") return false;
  const isElsewhere = (node: Node): boolean => enclosingFunction(node) !== enclosingFunction(clause);
  if (variable.references.some(({ identifier }) => isElsewhere(identifier) || (clause.parent.finalizer !== null && contains(clause.parent.finalizer, identifier)))) return false;
  const behind = list.body.slice((list.body as Node[]).indexOf(clause.parent) + 1);
  const next = behind.find((each) => refersTo(variable, each).length > 0);
  const written = next?.type === "ExpressionStatement" ? unwrap(next.expression) : undefined;
  return written?.type === "AssignmentExpression" && written.operator === "=" && refersTo(variable, written).every((identifier) => identifier === unwrap(written.left));
}

function refersTo(variable: Variable, within: Node): Node[] {
  return variable.references.map(({ identifier }) => identifier as Node).filter((identifier) => contains(within, identifier));
}

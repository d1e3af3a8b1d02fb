import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { contains, isFunction, memberName, type Node, unwrap, visit } from "./syntax.js";
import { type Variable, variableOf } from "./variables.js";
import { isRetryName } from "./vocabulary.js";

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * Whether a condition weighs what was worked on, rather than whether the caller wants to hear of errors: how much was
 * asked for (`amount > 1000`), or how much has been collected so far (`rows.length === 0`).
 */
export function comparesData(test: Node, tried: TSESTree.BlockStatement, source: SourceCode): boolean {
  test = unwrap(test);
  if (test.type !== "BinaryExpression" || test.left.type === "PrivateIdentifier") return false;
  const [left, right] = [unwrap(test.left), unwrap(test.right)];
  const weighed = isNumber(right) ? left : isNumber(left) ? right : undefined;
  if (!weighed) return false;
  if (weighed.type === "MemberExpression" && /^(?:length|size)$/.test(memberName(weighed) ?? "")) {
    const list = variableOf(unwrap(weighed.object), source);
    return list !== undefined && (isFilledIn(list, tried) || isGivenIn(list, tried));
  }
  if (weighed.type !== "Identifier" || isRetryName(weighed.name) || !/^[<>]=?$/.test(test.operator)) return false;
  const variable = variableOf(weighed, source);
  return variable?.defs[0]?.type === "Parameter" && isGivenIn(variable, tried);
}

function isNumber(node: Node): boolean {
  return node.type === "Literal" && typeof node.value === "number";
}

/** `rows.push(row)` in the block. */
function isFilledIn(list: Variable, block: Node): boolean {
  return list.references.some(({ identifier }) => {
    const member = identifier.parent;
    return contains(block, identifier) && member.type === "MemberExpression" && member.object === identifier && /^(?:push|unshift|add|set)$/.test(memberName(member) ?? "") && member.parent.type === "CallExpression";
  });
}

/** An argument of a call in the block. */
function isGivenIn(variable: Variable, block: Node): boolean {
  return variable.references.some(({ identifier }) => contains(block, identifier) && identifier.parent.type === "CallExpression" && identifier.parent.callee !== identifier);
}

/**
 * `if (n > 3) throw error;` in the handler of `for (let n = 1; n <= 3; n++)`: the counter never gets there while the loop
 * runs, and what was meant for the last attempt is never done.
 */
export function neverHoldsInLoop(test: Node, handler: Node, source: SourceCode): boolean {
  test = unwrap(test);
  if (test.type !== "BinaryExpression" || !/^(?:>=?|===?)$/.test(test.operator) || test.left.type !== "Identifier") return false;
  const counter = variableOf(test.left, source);
  const loop = counter?.defs[0]?.node.type === "VariableDeclarator" ? counter.defs[0].node.parent.parent : undefined;
  if (!counter || loop?.type !== "ForStatement" || !contains(loop.body, handler) || isCountedInside(counter, loop.body)) return false;
  const bound = loop.test ? unwrap(loop.test) : undefined;
  if (bound?.type !== "BinaryExpression" || !/^<=?$/.test(bound.operator) || variableOf(bound.left, source) !== counter) return false;
  const [asked, last] = [unwrap(test.right), unwrap(bound.right)];
  const isSame = source.getText(asked) === source.getText(last) && !hasCall(last, source);
  if (bound.operator === "<") return isSame || (isNumber(asked) && isNumber(last) && exceeds(asked, last, test.operator, -1));
  return (isSame && test.operator === ">") || (isNumber(asked) && isNumber(last) && exceeds(asked, last, test.operator, 0));
}

/** The greatest value that the counter has in the loop does not do. */
function exceeds(asked: Node, last: Node, operator: string, less: number): boolean {
  const greatest = Number((last as TSESTree.Literal).value) + less;
  const wanted = Number((asked as TSESTree.Literal).value);
  return operator === ">" ? greatest <= wanted : greatest < wanted;
}

function isCountedInside(counter: Variable, body: Node): boolean {
  return counter.references.some((reference) => reference.isWrite() && contains(body, reference.identifier));
}

function hasCall(node: Node, source: SourceCode): boolean {
  let found = false;
  visit(node, source.visitorKeys, (each) => {
    found ||= each.type === "CallExpression" || isFunction(each);
    return !found;
  });
  return found;
}

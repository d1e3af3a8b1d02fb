import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { isFunction, memberName, type Node, unwrap, visit } from "./syntax.js";
import { functionOf } from "./variables.js";

type SourceCode = Readonly<TSESLint.SourceCode>;

const running = /^(?:map|filter|reduce|reduceRight|some|every|find|findIndex|findLast|findLastIndex|flatMap|forEach|sort|toSorted)$/;
const plain = /^(?:trim|trimStart|trimEnd|toLowerCase|toUpperCase|split|join|slice|substring|padStart|padEnd|startsWith|endsWith|includes|indexOf|lastIndexOf|concat|charAt|charCodeAt|at|flat|toReversed|toFixed|toString|toISOString|toLocaleString|getTime|localeCompare)$/;

/**
 * A method of texts, numbers and lists that throws nothing as long as what it is given does not: `items.reduce(…)` with
 * a function written there whose own calls `mayThrow` lets through.
 */
export function isPureCall(call: TSESTree.CallExpression, source: SourceCode, mayThrow: (node: Node) => boolean, depth = 0): boolean {
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression") return false;
  const name = memberName(callee) ?? "";
  const [first] = call.arguments;
  if (plain.test(name) || (name === "sort" && !first) || (name === "toSorted" && !first)) return call.arguments.every((argument) => !isFunction(unwrap(argument)));
  const target = first && running.test(name) ? functionOf(first, source) : undefined;
  if (!target || target.async || target.generator || depth > 2) return false;
  let isPure = true;
  visit(target.body, source.visitorKeys, (node) => {
    if (isFunction(node)) return false;
    if (node.type === "ThrowStatement" || node.type === "AwaitExpression" || node.type === "TaggedTemplateExpression") isPure = false;
    if ((node.type === "CallExpression" || node.type === "NewExpression") && mayThrow(node)) isPure = false;
    return isPure;
  });
  return isPure;
}

import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { isPlaceToPutAway } from "./outcomes.js";
import { isExecutor, isSuccessCallback } from "./success-calls.js";
import { calleePath, climb, enclosingFunction, type FunctionNode, functionName, type Node, unwrap, visit } from "./syntax.js";
import { isCleanUpName } from "./vocabulary.js";
import { variableOf } from "./variables.js";

type SourceCode = Readonly<TSESLint.SourceCode>;

const removing = /^(?:unlink|rm|rmdir|rimraf|remove|delete(?:One|Many|File|Object)?|del)$/;
const forAWhile = /te?mp|stag|lock|pid|sock|cache|partial|scratch|backup|old|stale/i;

/** `unlink(path, () => {})`, of a file that is not called a temporary one, and in a place where nothing is put away. */
export function removesForGood(call: TSESTree.CallExpression, source: SourceCode): boolean {
  if (!/^(?:unlink|rm|rmdir)$/.test(calleePath(call).at(-1) ?? "")) return false;
  return !forAWhile.test(source.getText(call.arguments[0])) && !isPlaceToPutAway(call, enclosingFunction(call));
}

/**
 * `remove(path, done) { unlink(path, (_err) => done(null)); }`: to remove something is all that the function does, and
 * whatever became of it, its own caller is told that all went well.
 */
export function saysRemoved(call: TSESTree.CallExpression, callback: FunctionNode, source: SourceCode): boolean {
  if (!removing.test(calleePath(call).at(-1) ?? "")) return false;
  const owner = ownerOf(call);
  const name = owner && functionName(owner);
  if (!owner || forAWhile.test(`${name ?? ""} ${source.getText(call.arguments[0])}`) || isCleanUpName(name ?? "") || isPlaceToPutAway(call, owner)) return false;
  let isTold = false;
  visit(callback.body, source.visitorKeys, (node) => {
    if (node.type === "CallExpression" && isSuccessCallback(node, source) && isGivenTo(node, owner, source)) isTold = true;
    return !isTold;
  });
  return isTold;
}

/** The function around, seen through the executor of a promise. */
export function ownerOf(node: Node): FunctionNode | undefined {
  const owner = enclosingFunction(node);
  return owner && isExecutor(owner) ? ownerOf(owner) : owner;
}

/** What is called is a parameter of that very function, or of an executor in it, and not of a callback in between. */
function isGivenTo(call: TSESTree.CallExpression, owner: FunctionNode, source: SourceCode): boolean {
  const definition = variableOf(unwrap(call.callee), source)?.defs[0];
  if (definition?.type !== "Parameter") return false;
  if (definition.node === owner) return climb(owner).parent?.type !== "CallExpression";
  return isExecutor(definition.node) && ownerOf(definition.node) === owner;
}

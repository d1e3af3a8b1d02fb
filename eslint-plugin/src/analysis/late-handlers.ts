import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { calleePath, contains, enclosingFunction, isFunction, type Node, visit } from "./syntax.js";
import type { Variable } from "./variables.js";

/**
 * The `await` that stands between a promise's creation and the first time anybody touches it. While it waits, a
 * rejection of the promise has no handler.
 */
export function lateFirstUse(
  declarator: TSESTree.VariableDeclarator,
  variable: Variable,
  source: Readonly<TSESLint.SourceCode>,
): Node | undefined {
  const block = declarator.parent.parent;
  if (block.type !== "BlockStatement" && block.type !== "Program") return undefined;
  const reads = variable.references.filter((reference) => reference.isRead()).map((reference) => reference.identifier);
  const owner = enclosingFunction(declarator);
  const first = Math.min(...reads.map((read) => read.range[0]));
  if (!/\b(?:await|setTimeout)\b/.test(source.text.slice(declarator.range[1], first))) return undefined;
  // A use in another function may run at any time; in that of a timer it runs later for sure.
  if (reads.some((read) => enclosingFunction(read) !== owner)) return timerAround(reads, owner);
  const body: readonly TSESTree.Statement[] = block.body;
  for (const statement of body.slice(body.indexOf(declarator.parent))) {
    const waiting = firstAwait(statement, declarator.range[1], first, source);
    if (waiting && waiting.range[1] <= first) return waiting;
    if (statement.range[0] <= first && first < statement.range[1]) return undefined;
  }
  return undefined;
}

/** `setTimeout(() => started.catch(report), 1000)`, where nobody else has the promise. */
function timerAround(reads: readonly Node[], owner: Node | undefined): Node | undefined {
  const timers = new Set(
    reads.map((read) => {
      const target = enclosingFunction(read);
      const call = target && target !== owner && enclosingFunction(target) === owner ? target.parent : undefined;
      return call?.type === "CallExpression" && call.arguments[0] === target && calleePath(call).join(".") === "setTimeout" ? call : undefined;
    }),
  );
  return timers.size === 1 ? [...timers][0] : undefined;
}

/**
 * The branch that all reads of a promise stand in, of an `if` that asks for something else: on the other way nobody has it.
 */
export function onlyBranchOfUse(declarator: TSESTree.VariableDeclarator, variable: Variable): TSESTree.IfStatement | undefined {
  const reads = variable.references.filter((reference) => !reference.init).map((reference) => reference.identifier as Node);
  const list = declarator.parent.parent;
  const [first] = reads;
  if (first === undefined || (list.type !== "BlockStatement" && list.type !== "Program")) return undefined;
  const statement = (list.body as readonly TSESTree.Statement[]).find((each) => contains(each, first));
  if (statement?.type !== "IfStatement" || reads.some((read) => isFunction(enclosingFunction(read)) && enclosingFunction(read) !== enclosingFunction(declarator))) return undefined;
  const isIn = (branch: Node | null): boolean => branch !== null && reads.every((read) => contains(branch, read));
  return isIn(statement.consequent) || isIn(statement.alternate) ? statement : undefined;
}

function firstAwait(statement: Node, after: number, use: number, source: Readonly<TSESLint.SourceCode>): Node | undefined {
  // Only what surely runs: not in a branch, a loop or another function.
  let found: Node | undefined;
  visit(statement, source.visitorKeys, (node) => {
    // Work that goes on beside the block, and is waited for in its `finally` whatever comes of it.
    if (node.type === "TryStatement" && node.finalizer && node.finalizer.range[0] <= use && use < node.finalizer.range[1]) return false;
    if (node.type === "CatchClause" || (node.parent?.type === "TryStatement" && node.parent.finalizer === node)) return false;
    if (found || isFunction(node) || /^(?:If|For|ForOf|ForIn|While|DoWhile|Switch)Statement$|^(?:Conditional|Logical)Expression$/.test(node.type)) return false;
    if (node.type === "AwaitExpression" && node.range[0] >= after) found = node;
    return true;
  });
  return found;
}

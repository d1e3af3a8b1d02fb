import type { TSESLint } from "@typescript-eslint/utils";
import { climb, enclosingFunction, type FunctionNode, isFunction, type Node } from "./syntax.js";
import { endsHere, type StartedSpan } from "./spans.js";
import { type Variable, variableOf } from "./variables.js";

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * The functions that do nothing but help the span's own function to end it, `const finish = () => span.end();`, with
 * the calls of each: it is only ever called, and only from there, so that a call of it is an end.
 */
export function endingHelpers(span: StartedSpan, source: SourceCode): Map<FunctionNode, readonly Node[]> {
  const helpers = new Map<FunctionNode, readonly Node[]>();
  for (const { identifier } of span.references) {
    const target = endsHere(identifier) ? enclosingFunction(identifier) : undefined;
    if (!target || target === span.owner || helpers.has(target) || enclosingFunction(target) !== span.owner || !isOnEveryWay(identifier, target)) continue;
    const calls = callsOf(nameOf(target, source), span);
    if (calls) helpers.set(target, calls);
  }
  return helpers;
}

/** A statement of the function's own, not one under a condition. */
function isOnEveryWay(identifier: Node, target: FunctionNode): boolean {
  let at: Node = identifier;
  while (at.parent && at.parent !== target && at.parent !== target.body && !isFunction(at)) at = at.parent;
  if (at === target.body || at.parent === target) return !/^(?:Conditional|Logical)Expression$/.test(at.type);
  return at.type === "ExpressionStatement" && !/^(?:Conditional|Logical)Expression$/.test(at.expression.type);
}

function nameOf(target: FunctionNode, source: SourceCode): Variable | undefined {
  if (target.type === "FunctionDeclaration") return target.id ? variableOf(target.id, source) : undefined;
  const { parent } = climb(target);
  return parent?.type === "VariableDeclarator" && parent.id.type === "Identifier" ? variableOf(parent.id, source) : undefined;
}

/** All uses of the name, where each is a call in the span's own function. */
function callsOf(name: Variable | undefined, span: StartedSpan): Node[] | undefined {
  const calls: Node[] = [];
  for (const { identifier, init } of name?.references ?? []) {
    if (init) continue;
    const { parent, child } = climb(identifier);
    if (parent?.type !== "CallExpression" || parent.callee !== child || enclosingFunction(identifier) !== span.owner) return undefined;
    calls.push(parent);
  }
  return calls.length > 0 ? calls : undefined;
}

import type { TSESLint } from "@typescript-eslint/utils";
import { type Kept, isReduced } from "./causes.js";
import { calleeName, isFunction, type Node, unwrap, visit } from "./syntax.js";
import { type Variable, variableOf } from "./variables.js";

type SourceCode = Readonly<TSESLint.SourceCode>;

/** Something from outside of a handler that the error is put into: a variable, a list or map, a field by its text. */
export interface Store {
  variable: Variable | undefined;
  text: string;
  /** Where in the file it has been put there. */
  from: number;
}

/** What the handler puts the error into: `last = error`, `failures.push(error)`, `this.failed.set(id, error)`. */
export function storesOf(body: Node, isWhole: (value: Node) => boolean, source: SourceCode): Store[] {
  const stores: Store[] = [];
  const put = (target: Node, at: Node): void => {
    const place = unwrap(target);
    if (place.type === "Identifier" || place.type === "MemberExpression") stores.push({ variable: variableOf(place, source), text: source.getText(place), from: at.range[1] });
  };
  visit(body, source.visitorKeys, (node) => {
    if (isFunction(node)) return false;
    if (node.type === "AssignmentExpression" && isWhole(node.right)) put(node.left, node);
    if (node.type === "CallExpression" && node.callee.type === "MemberExpression" && /^(?:push|unshift|set|add)$/.test(calleeName(node)) && node.arguments.some((argument) => isWhole(argument))) put(node.callee.object, node);
    return true;
  });
  return stores;
}

/** How much of the error an expression holds because it names one of the stores. */
export function keptInStores(node: Node, stores: readonly Store[], source: SourceCode): Kept {
  let kept: Kept = "nothing";
  if (stores.length === 0) return kept;
  visit(node, source.visitorKeys, (each) => {
    if (each.type !== "Identifier" && each.type !== "MemberExpression") return kept !== "whole";
    const isStore = stores.some((store) => store.from <= each.range[0] && (each.type === "Identifier" ? store.variable !== undefined && store.variable === variableOf(each, source) : store.text === source.getText(each)));
    // `failures[0]` is all of an error.
    const entry = each.parent.type === "MemberExpression" && each.parent.object === each && each.parent.computed ? each.parent : each;
    if (isStore) kept = kept === "whole" || !isReduced(entry, node) ? "whole" : "part";
    return kept !== "whole";
  });
  return kept;
}

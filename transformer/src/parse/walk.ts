import { childrenOf, isFunctionNode } from "./estree.js";
import type { Node } from "./estree.js";

/**
 * Visits a node and everything below it, parents first, in source order. Keeps its own stack, so the depth of the
 * tree does not matter.
 *
 * @param visit returns `false` to leave out the children of a node
 * @example walk(program, (node, ancestors) => { if (node.type === "WithStatement") report(node, ancestors.at(-1)); });
 */
export function walk(root: Node, visit: (node: Node, ancestors: readonly Node[]) => boolean | void): void {
  const ancestors: Node[] = [];
  // A null closes the node on top of `ancestors`.
  const pending: (Node | null)[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node === null) {
      ancestors.pop();
      continue;
    }
    if (visit(node, ancestors) === false) continue;
    const children = childrenOf(node);
    if (children.length === 0) continue;
    ancestors.push(node);
    pending.push(null);
    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i];
      if (child !== undefined) pending.push(child);
    }
  }
}

/** Like {@link walk}, but stays in the function: nested functions are visited themselves, not what is in them. */
export function walkWithinFunction(root: Node, visit: (node: Node) => boolean | void): void {
  walk(root, (node) => {
    const descend = visit(node);
    return node !== root && isFunctionNode(node) ? false : descend;
  });
}

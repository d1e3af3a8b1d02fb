import type { FunctionSurroundings } from "../lower/lower.js";
import { reverseFrom } from "../parse/children.js";
import type { Class, Decorator, MemberNode, Node } from "../parse/estree.js";
import type { DiscoveredFunction } from "./discovered.js";
import type { NameScope } from "./names.js";

/** What everything inside a node has in common. */
export interface Context {
  readonly strict: boolean;
  readonly insideWith: boolean;
  readonly insideAsm: boolean;
  readonly scope: NameScope | null;
  readonly parent: DiscoveredFunction | null;
  /** Directly in the module, where declarations are what `export { name }` speaks of. */
  readonly moduleLevel: boolean;
  /** Directly in the module or in an exported namespace: an `export` here is visible outside. */
  readonly exporting: boolean;
}

/** How a class, object or function in this place is named and marked. */
export interface Position {
  readonly name: string | null;
  readonly anchors: readonly number[];
  readonly exported: boolean;
  readonly wrapped: boolean;
  readonly member: Member | null;
  /** What stands here is turned into a string: a property key, an operand of `+` or `<`, `String(…)`, `….toString()`. */
  readonly asText: boolean;
}

/** The member of a class or object that a function is. */
export interface Member {
  readonly node: MemberNode;
  readonly className: string | null;
  readonly memberOf: Class | null;
  readonly constructorOf: FunctionSurroundings["constructorOf"];
  readonly method: boolean;
  readonly decorators: readonly Decorator[];
}

/** Of what is nested in expressions. */
export const NOWHERE: Position = {
  name: null,
  anchors: [],
  exported: false,
  wrapped: false,
  asText: false,
  member: null,
};
export const AS_TEXT: Position = { ...NOWHERE, asText: true };
export const WRAPPED: Position = { ...NOWHERE, wrapped: true };

/** Nodes to visit. Three arrays side by side: an object for each node of a tree would cost more than all else. */
export class VisitStack {
  readonly nodes: Node[] = [];
  readonly contexts: Context[] = [];
  readonly positions: Position[] = [];

  push(node: Node, context: Context, position: Position): void {
    this.nodes.push(node);
    this.contexts.push(context);
    this.positions.push(position);
  }

  reverseFrom(from: number): void {
    reverseFrom(this.nodes, from);
    reverseFrom(this.contexts, from);
    reverseFrom(this.positions, from);
  }
}

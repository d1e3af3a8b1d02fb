import type { FunctionSurroundings } from "../lower/lower.js";
import type { Class, Decorator, FunctionNode } from "../parse/estree.js";
import type { NameScope } from "./names.js";

/** A function of the file, with all that is known of it before anybody decides whether to trace it. */
export interface DiscoveredFunction {
  readonly node: FunctionNode;
  /** Its own or inferred name; null for callbacks and other functions without one. */
  readonly name: string | null;
  /** The named classes, objects, functions and namespaces around it. */
  readonly scope: NameScope | null;
  /** The class that it is a member of. */
  readonly memberOf: Class | null;
  readonly className: string | null;
  /** A method, accessor, constructor or function-valued field of a class, or a method or accessor of an object. */
  readonly method: boolean;
  /** A method that a marker on its class speaks for. */
  readonly reachedByClass: boolean;
  /** Reachable from outside the module by a name: exported itself, or a public member of what is exported. */
  readonly exported: boolean;
  /** Offsets at which a doc comment may end to belong to this function: of itself and of what declares it. */
  readonly anchors: readonly number[];
  readonly decorators: readonly Decorator[];
  /** Where people look for it: the member, or the function itself. Decorators are left out. */
  readonly declaration: number;
  readonly surroundings: FunctionSurroundings;
  /** Given to `traced()` or `withSpan()`, which start its span when the program runs. */
  readonly wrapped: boolean;
  /** It stands where it is turned into its text at once. */
  readonly asText: boolean;
  readonly parent: DiscoveredFunction | null;
}

/** A class of the file; markers on it reach its methods. */
export interface DiscoveredClass {
  readonly node: Class;
  readonly name: string | null;
  readonly anchors: readonly number[];
}

export interface Discovery {
  readonly functions: readonly DiscoveredFunction[];
  readonly classes: readonly DiscoveredClass[];
}

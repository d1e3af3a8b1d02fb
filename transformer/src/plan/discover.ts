import type { FunctionSurroundings } from "../lower/lower.js";
import { addChildren, reverseFrom } from "../parse/children.js";
import { isFunctionNode, isTypeOnly } from "../parse/estree.js";
import type { Class, Decorator, FunctionNode, MemberNode, Node, Program } from "../parse/estree.js";
import { afterDecorators, constructorInfo, isReachedByClass } from "./class-members.js";
import type { DiscoveredClass, DiscoveredFunction, Discovery } from "./discovered.js";
import type { ExportedNames } from "./exports.js";
import { assignmentName, hasDirective, keyName, patternName } from "./names.js";
import type { NameScope } from "./names.js";
import type { EarlierRewriting } from "./rewritten.js";
import type { TracedBindings } from "./traced-bindings.js";

/** What is known of the whole file before its functions are looked for. */
export interface FileFacts {
  /** Strict from the first line on. */
  readonly moduleCode: boolean;
  readonly exportedNames: ExportedNames;
  readonly bindings: TracedBindings;
  readonly earlier: EarlierRewriting;
}

/** What everything inside a node has in common. */
interface Context {
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
interface Position {
  readonly name: string | null;
  readonly anchors: readonly number[];
  readonly exported: boolean;
  readonly wrapped: boolean;
  readonly member: Member | null;
  /** What stands here is turned into a string: a property key, an operand of `+` or `<`, `String(…)`, `….toString()`. */
  readonly asText: boolean;
}

interface Member {
  readonly node: MemberNode;
  readonly className: string | null;
  readonly memberOf: Class | null;
  readonly constructorOf: FunctionSurroundings["constructorOf"];
  readonly method: boolean;
  readonly decorators: readonly Decorator[];
}

const NOWHERE: Position = {
  name: null,
  anchors: [],
  exported: false,
  wrapped: false,
  asText: false,
  member: null,
};
/** Operators that take the text of a function. */
const TEXT_OPERATORS: ReadonlySet<string> = new Set(["+", "<", ">", "<=", ">="]);
const AS_TEXT: Position = { ...NOWHERE, asText: true };
const WRAPPED: Position = { ...NOWHERE, wrapped: true };

/** Half of a tree is names and literals, which hold nothing; but parameters may be decorated. */
function isLeaf(node: Node): boolean {
  if (node.type === "Identifier") return node.decorators === undefined || node.decorators.length === 0;
  return node.type === "Literal" || node.type === "ThisExpression" || node.type === "TemplateElement";
}

/** Nodes to visit. Three arrays side by side: an object for each node of a tree would cost more than all else. */
class VisitStack {
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

class Discoverer {
  readonly functions: DiscoveredFunction[] = [];
  readonly classes: DiscoveredClass[] = [];
  readonly #pending = new VisitStack();
  /** Emptied after each use. */
  readonly #children: Node[] = [];

  readonly #source: string;
  readonly #facts: FileFacts;

  constructor(source: string, facts: FileFacts) {
    this.#source = source;
    this.#facts = facts;
  }

  run(program: Program): void {
    const context: Context = {
      strict: this.#facts.moduleCode || hasDirective(program.body, "use strict"),
      insideWith: false,
      insideAsm: hasDirective(program.body, "use asm"),
      scope: null,
      parent: null,
      moduleLevel: true,
      exporting: true,
    };
    for (const statement of program.body) this.#add(statement, context);
    const { nodes, contexts, positions } = this.#pending;
    this.#pending.reverseFrom(0);
    for (;;) {
      const node = nodes.pop();
      const context = contexts.pop();
      const position = positions.pop();
      if (node === undefined || context === undefined || position === undefined) return;
      const rest = nodes.length;
      this.#visit(node, context, position);
      // What comes first in the source is taken first.
      this.#pending.reverseFrom(rest);
    }
  }

  #add(node: Node | null | undefined, context: Context, position: Position = NOWHERE): void {
    if (node && !isLeaf(node) && !isTypeOnly(node)) this.#pending.push(node, context, position);
  }

  #addAll(nodes: readonly (Node | null)[], context: Context): void {
    for (const node of nodes) this.#add(node, context);
  }

  #addArguments({ arguments: values, callee }: Node & { type: "CallExpression" }, context: Context): void {
    let position = NOWHERE;
    if (this.#facts.bindings.startsSpan(callee)) position = WRAPPED;
    else if (callee.type === "Identifier" && callee.name === "String") position = AS_TEXT;
    for (const value of values) this.#add(value, context, position);
  }

  #addChildren(node: Node, context: Context): void {
    const children = this.#children;
    addChildren(node, children);
    for (const child of children) this.#add(child, context);
    children.length = 0;
  }

  #visit(node: Node, context: Context, position: Position): void {
    if (isFunctionNode(node)) return this.#function(node, context, position);
    switch (node.type) {
      case "MemberExpression":
        this.#add(node.object, context, !node.computed && node.property.name === "toString" ? AS_TEXT : NOWHERE);
        if (node.computed) this.#add(node.property, context, AS_TEXT);
        return;
      case "ExportNamedDeclaration":
        return this.#add(node.declaration, context, {
          ...NOWHERE,
          anchors: [...position.anchors, node.start],
          exported: context.exporting,
        });
      case "ExportDefaultDeclaration":
        return this.#add(node.declaration, context, {
          ...NOWHERE,
          name: "default",
          anchors: [node.start],
          exported: true,
        });
      case "TSExportAssignment":
        return this.#add(node.expression, context, { ...NOWHERE, anchors: [node.start], exported: true });
      case "VariableDeclaration":
        if (node.declare === true) return;
        return node.declarations.forEach((declarator, index) => {
          const name = patternName(declarator.id);
          this.#add(declarator.id, context);
          this.#add(declarator.init, context, {
            ...NOWHERE,
            name,
            anchors: index === 0 ? [...position.anchors, node.start, declarator.start] : [declarator.start],
            exported: position.exported || this.#exportedByName(name, context),
          });
        });
      case "ExpressionStatement":
        return this.#add(node.expression, context, { ...NOWHERE, anchors: [node.start] });
      case "AssignmentExpression": {
        this.#add(node.left, context);
        const { name, exported } = assignmentName(node);
        return this.#add(node.right, context, {
          ...NOWHERE,
          name,
          anchors: position.anchors,
          exported: position.exported || (exported && context.moduleLevel),
        });
      }
      case "AssignmentPattern":
        this.#addAll(node.decorators ?? [], context);
        this.#add(node.left, context);
        return this.#add(node.right, context, { ...NOWHERE, name: patternName(node.left) });
      case "CallExpression":
        this.#add(node.callee, context);
        if (this.#facts.earlier.isOwnCall(node)) return;
        return this.#addArguments(node, context);
      case "BinaryExpression":
        if (!TEXT_OPERATORS.has(node.operator)) return this.#addChildren(node, context);
        this.#add(node.left, context, AS_TEXT);
        return this.#add(node.right, context, AS_TEXT);
      case "TSAsExpression":
      case "TSSatisfiesExpression":
      case "TSNonNullExpression":
      case "TSTypeAssertion":
      case "TSInstantiationExpression":
        return this.#add(node.expression, context, position);
      case "ClassDeclaration":
      case "ClassExpression":
        return this.#class(node, context, position);
      case "ObjectExpression":
        return this.#object(node, context, position);
      case "BlockStatement":
        return this.#addAll(node.body, context.moduleLevel ? { ...context, moduleLevel: false } : context);
      case "WithStatement":
        this.#add(node.object, context);
        return this.#add(node.body, { ...context, insideWith: true, moduleLevel: false });
      case "TSModuleDeclaration":
        return this.#namespace(node, context, position);
      case "TSEnumDeclaration":
        if (node.declare) return;
        return this.#addAll(node.body.members, {
          ...context,
          scope: { segment: node.id.name, parent: context.scope },
          moduleLevel: false,
        });
      case "TSAbstractMethodDefinition":
      case "TSAbstractPropertyDefinition":
      case "TSAbstractAccessorProperty":
        return;
      default:
        return this.#addChildren(node, context);
    }
  }

  #exportedByName(name: string | null, context: Context): boolean {
    return name !== null && context.moduleLevel && context.scope === null && this.#facts.exportedNames.has(name);
  }

  #function(node: FunctionNode, context: Context, position: Position): void {
    const ownName = node.id?.name ?? null;
    const { member } = position;
    const name = ownName ?? position.name;
    const block = node.body?.type === "BlockStatement" ? node.body.body : [];
    const strict = context.strict || hasDirective(block, "use strict");
    const insideAsm = context.insideAsm || hasDirective(block, "use asm");
    const declaration = member ? afterDecorators(member.node, member.decorators, this.#source) : node.start;
    const found: DiscoveredFunction = {
      node,
      name,
      scope: context.scope,
      memberOf: member?.memberOf ?? null,
      className: member?.className ?? null,
      method: member?.method ?? false,
      reachedByClass: member !== null && isReachedByClass(member.node),
      exported: position.exported || (node.type === "FunctionDeclaration" && this.#exportedByName(ownName, context)),
      anchors: [...position.anchors, node.start],
      decorators: member?.decorators ?? [],
      declaration,
      surroundings: {
        strict,
        constructorOf: member?.constructorOf ?? null,
        insideWith: context.insideWith,
        insideAsm,
      },
      asText: position.asText,
      wrapped: position.wrapped,
      parent: context.parent,
    };
    this.functions.push(found);
    const inner: Context = {
      ...context,
      strict,
      insideAsm,
      // Functions without a name leave no trace in the names of what is inside them.
      scope: name === null ? context.scope : { segment: name, parent: context.scope },
      parent: found,
      moduleLevel: false,
      exporting: false,
    };
    this.#addAll(node.params, inner);
    if (node.body?.type === "BlockStatement") this.#addAll(node.body.body, inner);
    else this.#add(node.body, inner);
  }

  #class(node: Class, context: Context, position: Position): void {
    // All parts of a class are strict mode code, what it extends and its decorators too.
    const outer = context.strict ? context : { ...context, strict: true };
    this.#addAll(node.decorators, outer);
    this.#add(node.superClass, outer);
    if (node.declare === true) return;
    const name = node.id?.name ?? position.name;
    const exported =
      position.exported ||
      (node.type === "ClassDeclaration" && this.#exportedByName(node.id?.name ?? null, context));
    const start = afterDecorators(node, node.decorators, this.#source);
    this.classes.push({
      node,
      name,
      anchors: [...position.anchors, node.start, node.decorators[0]?.start ?? node.start, start],
    });
    const inner: Context = {
      ...outer,
      scope: { segment: name ?? "<class>", parent: context.scope },
      moduleLevel: false,
      exporting: false,
    };
    const ofConstructor = constructorInfo(node);
    for (const element of node.body.body) {
      switch (element.type) {
        case "MethodDefinition":
        case "PropertyDefinition":
        case "AccessorProperty": {
          this.#addAll(element.decorators, outer);
          if (element.computed) this.#add(element.key, outer, AS_TEXT);
          const key = keyName(element, this.#source);
          const isConstructor = element.type === "MethodDefinition" && element.kind === "constructor";
          const hidden = element.key.type === "PrivateIdentifier" || element.accessibility === "private";
          if (element.type === "MethodDefinition" && element.value.body === null) break;
          this.#add(element.value, inner, {
            ...NOWHERE,
            name: key,
            anchors: [
              element.decorators[0]?.start ?? element.start,
              element.start,
              afterDecorators(element, element.decorators, this.#source),
            ],
            exported: exported && !hidden,
            member: {
              node: element,
              className: name,
              memberOf: node,
              constructorOf: isConstructor ? ofConstructor : null,
              method: true,
              decorators: element.decorators,
            },
          });
          break;
        }
        default:
          this.#add(element, inner);
      }
    }
  }

  #object(node: Node & { type: "ObjectExpression" }, context: Context, position: Position): void {
    const scope = position.name === null ? context.scope : { segment: position.name, parent: context.scope };
    const inner: Context = { ...context, scope, moduleLevel: false, exporting: false };
    for (const property of node.properties) {
      if (property.type === "SpreadElement") {
        this.#add(property, context);
        continue;
      }
      if (property.computed) this.#add(property.key, context, AS_TEXT);
      const method = property.method || property.kind !== "init";
      this.#add(property.value, inner, {
        ...NOWHERE,
        name: keyName(property, this.#source),
        anchors: [property.start],
        exported: position.exported,
        member: {
          node: property,
          className: null,
          memberOf: null,
          constructorOf: null,
          method,
          decorators: [],
        },
      });
    }
  }

  #namespace(node: Node & { type: "TSModuleDeclaration" }, context: Context, position: Position): void {
    // Ambient: nothing in it runs.
    if (node.declare || node.body === null || node.id.type === "Literal" || node.kind === "global") return;
    const scope = { segment: this.#source.slice(node.id.start, node.id.end), parent: context.scope };
    this.#addAll(node.body.body, { ...context, scope, moduleLevel: false, exporting: position.exported });
  }
}

/**
 * Finds every function of a program: declarations, expressions, arrows, methods, accessors, constructors, fields that
 * hold functions, and those inside parameter defaults, decorators, static blocks, namespaces and enums. In source order.
 *
 * @example discover(program, source, facts).functions.map(({ name, scope }) => qualifiedName(name, scope));
 */
export function discover(program: Program, source: string, facts: FileFacts): Discovery {
  const discoverer = new Discoverer(source, facts);
  discoverer.run(program);
  return discoverer;
}

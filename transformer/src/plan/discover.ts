import { Braces } from "../parse/braces.js";
import { addChildren } from "../parse/children.js";
import { isFunctionNode, isTypeOnly } from "../parse/estree.js";
import type { Class, FunctionNode, Node, Program } from "../parse/estree.js";
import { afterDecorators, constructorInfo, isReachedByClass } from "./class-members.js";
import type { DiscoveredClass, DiscoveredFunction, Discovery } from "./discovered.js";
import type { ExportedNames } from "./exports.js";
import { assignmentName, hasDirective, keyName, patternName } from "./names.js";
import type { EarlierRewriting } from "./rewritten.js";
import type { TracedBindings } from "./traced-bindings.js";
import { AS_TEXT, NOWHERE, VisitStack, WRAPPED } from "./visiting.js";
import type { Context, Position } from "./visiting.js";

/** What is known of the whole file before its functions are looked for. */
export interface FileFacts {
  /** Strict from the first line on. */
  readonly moduleCode: boolean;
  readonly exportedNames: ExportedNames;
  readonly bindings: TracedBindings;
  readonly earlier: EarlierRewriting;
}

/** Operators that take the text of a function. */
const TEXT_OPERATORS: ReadonlySet<string> = new Set(["+", "<", ">", "<=", ">="]);

class Discoverer {
  readonly functions: DiscoveredFunction[] = [];
  readonly classes: DiscoveredClass[] = [];
  readonly #pending = new VisitStack();
  /** Emptied after each use. */
  readonly #children: Node[] = [];

  readonly #source: string;
  readonly #facts: FileFacts;
  readonly #braces: Braces;

  constructor(source: string, facts: FileFacts) {
    this.#source = source;
    this.#facts = facts;
    this.#braces = new Braces(source);
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

  /** Whether a function or class may be found in a node. Half of a tree is names and literals, most of the rest puts them together. */
  #matters(node: Node | null | undefined): node is Node {
    return node !== null && node !== undefined && this.#braces.mayHoldFunction(node) && !isTypeOnly(node);
  }

  #add(node: Node | null | undefined, context: Context, position: Position = NOWHERE): void {
    if (this.#matters(node)) this.#pending.push(node, context, position);
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
      // The most frequent first: engines try one after the other.
      case "BlockStatement":
        return this.#addAll(node.body, context.moduleLevel ? { ...context, moduleLevel: false } : context);
      case "ExpressionStatement":
        if (!this.#matters(node.expression)) return;
        return this.#pending.push(node.expression, context, { ...NOWHERE, anchors: [node.start] });
      case "CallExpression":
        this.#add(node.callee, context);
        if (this.#facts.earlier.isOwnCall(node)) return;
        return this.#addArguments(node, context);
      case "MemberExpression":
        this.#add(node.object, context, !node.computed && node.property.name === "toString" ? AS_TEXT : NOWHERE);
        if (node.computed) this.#add(node.property, context, AS_TEXT);
        return;
      case "IfStatement":
      case "ReturnStatement":
        return this.#addChildren(node, context);
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
          if (!this.#matters(declarator)) return;
          const name = patternName(declarator.id);
          this.#add(declarator.id, context);
          this.#add(declarator.init, context, {
            ...NOWHERE,
            name,
            anchors: index === 0 ? [...position.anchors, node.start, declarator.start] : [declarator.start],
            exported: position.exported || this.#exportedByName(name, context),
          });
        });
      case "AssignmentExpression": {
        this.#add(node.left, context);
        if (!this.#matters(node.right)) return;
        const { name, exported } = assignmentName(node);
        return this.#pending.push(node.right, context, {
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
    // Of a parameter only the decorators may stand outside of it.
    for (const parameter of node.params) {
      if (parameter.decorators?.length || this.#matters(parameter)) this.#pending.push(parameter, inner, NOWHERE);
    }
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
          if (!this.#matters(element.value)) break;
          const key = keyName(element, this.#source);
          const isConstructor = element.type === "MethodDefinition" && element.kind === "constructor";
          const hidden = element.key.type === "PrivateIdentifier" || element.accessibility === "private";
          if (element.type === "MethodDefinition" && element.value.body === null) break;
          this.#pending.push(element.value, inner, {
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
      if (!this.#matters(property.value)) continue;
      const method = property.method || property.kind !== "init";
      this.#pending.push(property.value, inner, {
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

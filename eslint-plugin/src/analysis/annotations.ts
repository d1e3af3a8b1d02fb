import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { perFile } from "./memory.js";
import { type FunctionNode, isFunction, memberName, nameOfKey, type Node, unwrap } from "./syntax.js";
import { constantValue, variableOf } from "./variables.js";

type SourceCode = Readonly<TSESLint.SourceCode>;
type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;
type Callable =
  | FunctionNode
  | TSESTree.TSDeclareFunction
  | TSESTree.TSEmptyBodyFunctionExpression
  | TSESTree.TSFunctionType
  | TSESTree.TSMethodSignature;

/** What the file's own annotations say a value is: a written type, an instance of a class of the file, a function. */
type Declared = Callable | ClassNode | TSESTree.ObjectExpression | TSESTree.TypeNode;

const deepest = 6;

/**
 * The type that an expression has by the annotations and declarations of its own file: what can be known without the
 * type checker. A class stands for an instance of it.
 */
export function declaredType(node: Node, source: SourceCode, depth = 0): Declared | undefined {
  if (depth > deepest) return undefined;
  const known = memory(source);
  if (known.has(node)) return known.get(node);
  const type = readType(node, source, depth);
  // What was looked for from far away may not have been followed to its end.
  if (type || depth < 2) known.set(node, type);
  return type;
}

const memory = perFile<Node, Declared | undefined>();

function readType(node: Node, source: SourceCode, depth: number): Declared | undefined {
  if (node.type === "TSAsExpression" || node.type === "TSTypeAssertion") return resolve(node.typeAnnotation, source, depth);
  const value = unwrap(node);
  switch (value.type) {
    case "Identifier":
      return typeOfName(value, source, depth);
    case "ThisExpression":
      return enclosingClass(value);
    case "Super":
      return superClass(enclosingClass(value), source);
    case "MemberExpression": {
      const name = memberName(value) ?? (value.property.type === "PrivateIdentifier" ? value.property.name : undefined);
      const owned = classNamed(unwrap(value.object), source);
      if (owned && name !== undefined) return staticMember(owned, name);
      const owner = name === undefined ? undefined : declaredType(value.object, source, depth + 1);
      return owner && name !== undefined ? memberOf(owner, name, source, depth + 1) : undefined;
    }
    case "CallExpression": {
      const called = declaredType(value.callee, source, depth + 1);
      return called && isCallable(called) ? returned(called, source, depth + 1) : undefined;
    }
    case "NewExpression":
      return value.callee.type === "Identifier" ? classNamed(value.callee, source) : undefined;
    case "AwaitExpression": {
      const promise = declaredType(value.argument, source, depth + 1);
      return promise ? (promised(promise, source, depth + 1) ?? promise) : undefined;
    }
    case "ArrowFunctionExpression":
    case "FunctionExpression":
    case "ObjectExpression":
      return value;
    default:
      return undefined;
  }
}

/** The name of a reference to a type: `Promise<string>` → `Promise`, `Effect.Effect<A>` → `Effect`. */
export function referenceName(type: Declared | undefined): string | undefined {
  if (type?.type !== "TSTypeReference") return undefined;
  const { typeName } = type;
  return typeName.type === "Identifier" ? typeName.name : typeName.type === "TSQualifiedName" ? typeName.right.name : undefined;
}

/** What a declared promise is a promise of. */
export function promised(type: Declared, source: SourceCode, depth = 0): Declared | undefined {
  const inner = type.type === "TSTypeReference" && referenceName(type) === "Promise" ? type.typeArguments?.params[0] : undefined;
  return inner ? resolve(inner, source, depth + 1) : undefined;
}

/** Whether the file itself says that the expression is a promise, or it comes from a module all of whose functions give one. */
export function isDeclaredPromise(node: Node, source: SourceCode): boolean {
  const value = unwrap(node);
  if (value.type === "CallExpression" && isOfPromiseModule(value.callee, source)) return true;
  const type = declaredType(value, source);
  return referenceName(type) === "Promise" && isGlobalName("Promise", node, source);
}

/** The called function says that it may give nothing: `get(key: string): Promise<string> | undefined`. */
export function isDeclaredOptional(node: Node, source: SourceCode): boolean {
  const call = unwrap(node);
  const called = call.type === "CallExpression" ? declaredType(call.callee, source) : undefined;
  return called !== undefined && isCallable(called) && called.returnType?.typeAnnotation.type === "TSUnionType";
}

function isGlobalName(name: string, node: Node, source: SourceCode): boolean {
  for (let scope: TSESLint.Scope.Scope | null = source.getScope(node); scope; scope = scope.upper) {
    if ((scope.set.get(name)?.defs.length ?? 0) > 0) return false;
  }
  return true;
}

const promiseModules = /^(?:node:)?(?:fs\/promises|stream\/promises|dns\/promises|timers\/promises)$|^fs-extra$/;
/** What these modules have besides: iterators, classes and tables. */
const noPromises = /^(?:watch|glob|setInterval|scheduler|constants|Resolver|getServers|setServers|\w+Sync|create(?:Read|Write)Stream)$|^[A-Z]/;

function isOfPromiseModule(callee: Node, source: SourceCode): boolean {
  const called = unwrap(callee);
  if (called.type === "Identifier") {
    const origin = importOf(called, source);
    return origin !== undefined && origin.name !== "*" && promiseModules.test(origin.module) && origin.module !== "fs-extra" && !noPromises.test(origin.name);
  }
  if (called.type !== "MemberExpression" || noPromises.test(memberName(called) ?? "X")) return false;
  const object = unwrap(called.object);
  if (object.type === "Identifier") {
    const origin = importOf(object, source);
    if (!origin) return false;
    if (/^(?:node:)?(?:fs|dns)$/.test(origin.module)) return origin.name === "promises";
    return origin.module !== "fs-extra" && promiseModules.test(origin.module) && /^(?:\*|default)$/.test(origin.name);
  }
  return object.type === "MemberExpression" && memberName(object) === "promises" && /^(?:node:)?(?:fs|dns)$/.test(importOf(unwrap(object.object), source)?.module ?? "");
}

/** The module an identifier is imported from, and the name it has there (`*` for all of it, `default`). */
export function importOf(node: Node, source: SourceCode): { module: string; name: string } | undefined {
  const definition = variableOf(node, source)?.defs[0];
  if (definition?.type !== "ImportBinding" || definition.parent?.type !== "ImportDeclaration") return undefined;
  const specifier = definition.node;
  const module = definition.parent.source.value;
  switch (specifier.type) {
    case "ImportNamespaceSpecifier":
      return { module, name: "*" };
    case "ImportDefaultSpecifier":
      return { module, name: "default" };
    case "ImportSpecifier":
      return { module, name: specifier.imported.type === "Identifier" ? specifier.imported.name : specifier.imported.value };
    default:
      return undefined;
  }
}

function typeOfName(node: TSESTree.Identifier, source: SourceCode, depth: number): Declared | undefined {
  const variable = variableOf(node, source);
  const definition = variable?.defs[0];
  if (!variable || !definition) return undefined;
  const { name } = definition;
  switch (definition.type) {
    case "Parameter":
      return name.type === "Identifier" && name.typeAnnotation ? resolve(name.typeAnnotation.typeAnnotation, source, depth) : undefined;
    case "Variable": {
      if (name.type === "Identifier" && name.typeAnnotation) return resolve(name.typeAnnotation.typeAnnotation, source, depth);
      const value = constantValue(variable);
      return value ? declaredType(value, source, depth + 1) : undefined;
    }
    case "FunctionName":
      return isCallable(definition.node) ? (definition.node) : undefined;
    default:
      return undefined;
  }
}

function isCallable(type: Declared): type is Callable {
  return isFunction(type) || /^TS(?:DeclareFunction|EmptyBodyFunctionExpression|FunctionType|MethodSignature)$/.test(type.type);
}

function returned(called: Callable, source: SourceCode, depth: number): Declared | undefined {
  return called.returnType ? resolve(called.returnType.typeAnnotation, source, depth) : undefined;
}

/** A written type, with aliases of the file, `| undefined` and the like taken off. */
function resolve(type: TSESTree.TypeNode, source: SourceCode, depth: number): Declared | undefined {
  if (depth > deepest) return undefined;
  if (type.type === "TSUnionType") {
    const parts = type.types.filter((part) => part.type !== "TSUndefinedKeyword" && part.type !== "TSNullKeyword");
    const only = parts[0];
    return parts.length === 1 && only ? resolve(only, source, depth + 1) : type;
  }
  if (type.type === "TSTypeQuery" && type.exprName.type === "Identifier") return declaredType(type.exprName, source, depth + 1);
  if (type.type !== "TSTypeReference" || type.typeName.type !== "Identifier") return type;
  const definition = variableOf(type.typeName, source)?.defs[0]?.node;
  if (definition?.type === "TSTypeAliasDeclaration") return definition.typeParameters ? type : resolve(definition.typeAnnotation, source, depth + 1);
  if (definition?.type === "ClassDeclaration") return definition;
  return type;
}

function memberOf(owner: Declared, name: string, source: SourceCode, depth: number): Declared | undefined {
  if (depth > deepest) return undefined;
  switch (owner.type) {
    case "TSTypeLiteral":
      return typeOfMember(owner.members, name, source, depth);
    case "ObjectExpression":
      return valueOfProperty(owner, name, source, depth);
    case "TSIntersectionType":
      return owner.types.reduce<Declared | undefined>((found, part) => {
        const own = found ?? resolve(part, source, depth + 1);
        return found ?? (own ? memberOf(own, name, source, depth + 1) : undefined);
      }, undefined);
    case "ClassDeclaration":
    case "ClassExpression": {
      const parent = superClass(owner, source);
      return typeOfMember(owner.body.body, name, source, depth) ?? (parent ? memberOf(parent, name, source, depth + 1) : undefined);
    }
    case "TSTypeReference": {
      const definition = owner.typeName.type === "Identifier" ? variableOf(owner.typeName, source)?.defs[0]?.node : undefined;
      return definition?.type === "TSInterfaceDeclaration" ? typeOfMember(definition.body.body, name, source, depth) : undefined;
    }
    default:
      return undefined;
  }
}

/** `const jobs = { async nightly() {…} }` */
function valueOfProperty(owner: TSESTree.ObjectExpression, name: string, source: SourceCode, depth: number): Declared | undefined {
  // What is spread in, or set twice, may be anything.
  const own = owner.properties.filter((property) => property.type !== "Property" || nameOfKey(property) === name);
  const [only] = own;
  return own.length === 1 && only?.type === "Property" && only.kind === "init" ? declaredType(only.value, source, depth + 1) : undefined;
}

function typeOfMember(members: readonly Member[], name: string, source: SourceCode, depth: number): Declared | undefined {
  const member = membersByName(members).get(name);
  switch (member?.type) {
    case "TSMethodSignature":
      return member;
    case "MethodDefinition":
    case "TSAbstractMethodDefinition":
      return member.kind === "method" ? member.value : undefined;
    case "TSPropertySignature":
    case "Identifier":
      return member.typeAnnotation ? resolve(member.typeAnnotation.typeAnnotation, source, depth) : undefined;
    case "PropertyDefinition":
      if (member.typeAnnotation) return resolve(member.typeAnnotation.typeAnnotation, source, depth);
      return member.value ? declaredType(member.value, source, depth + 1) : undefined;
    default:
      return undefined;
  }
}

type Member = TSESTree.ClassElement | TSESTree.TypeElement;

const indexes = new WeakMap<readonly Member[], ReadonlyMap<string, Member | TSESTree.Identifier>>();

/** The first member of each name, the constructor's `private readonly log: Logger` among them. */
function membersByName(members: readonly Member[]): ReadonlyMap<string, Member | TSESTree.Identifier> {
  let index = indexes.get(members);
  if (index) return index;
  const made = new Map<string, Member | TSESTree.Identifier>();
  const add = (name: string | undefined, member: Member | TSESTree.Identifier): void => {
    if (name !== undefined && !made.has(name)) made.set(name, member);
  };
  for (const member of members) {
    if (member.type === "MethodDefinition" && member.kind === "constructor") {
      for (const each of member.value.params) {
        if (each.type === "TSParameterProperty" && each.parameter.type === "Identifier" && each.parameter.typeAnnotation) add(each.parameter.name, each.parameter);
      }
    } else if ("key" in member) add(nameOfKey(member), member);
  }
  indexes.set(members, (index = made));
  return index;
}

function enclosingClass(node: Node): ClassNode | undefined {
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === "ClassDeclaration" || at.type === "ClassExpression") return at;
    // `this` in a plain function is whatever it is called on.
    if (at.type === "FunctionDeclaration" || (at.type === "FunctionExpression" && at.parent.type !== "MethodDefinition")) return undefined;
  }
  return undefined;
}

function superClass(node: ClassNode | undefined, source: SourceCode): ClassNode | undefined {
  return node?.superClass?.type === "Identifier" ? classNamed(node.superClass, source) : undefined;
}

/** `Registry.load()`, a method of the class itself. */
function staticMember(owner: ClassNode, name: string): Declared | undefined {
  const member = owner.body.body.find((each) => each.type === "MethodDefinition" && each.static && nameOfKey(each) === name);
  return member?.type === "MethodDefinition" && member.kind === "method" ? member.value : undefined;
}

function classNamed(name: Node, source: SourceCode): ClassNode | undefined {
  const definition = variableOf(name, source)?.defs[0]?.node;
  return definition?.type === "ClassDeclaration" || definition?.type === "ClassExpression" ? definition : undefined;
}

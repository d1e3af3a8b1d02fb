import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { declaredType, referenceName } from "./annotations.js";
import { calleePath, climb, isFunction, isNothing, memberName, type Node, unwrap } from "./syntax.js";
import { derivesFrom, isAny, lineage, partsOf, type Types } from "./types.js";
import { constantValue, variableOf } from "./variables.js";

type SourceCode = Readonly<TSESLint.SourceCode>;

/** A place that takes an error: what it is given, and by which means. */
export interface ErrorSink {
  via: "abort" | "emit" | "reject" | "throw";
  call: TSESTree.CallExpression | TSESTree.ThrowStatement;
  value: Node | undefined;
}

/** The error that a call rejects, emits or aborts with. */
export function errorSinkOf(call: TSESTree.CallExpression, source: SourceCode, types: Types | undefined): ErrorSink | undefined {
  const callee = unwrap(call.callee);
  const first = call.arguments[0];
  if (first?.type === "SpreadElement") return undefined;
  if (callee.type === "Identifier") return isRejectFunction(callee, source, types) ? { via: "reject", call, value: first } : undefined;
  if (callee.type !== "MemberExpression") return undefined;
  const path = calleePath(call);
  switch (path.at(-1)) {
    case "reject":
      return isPromiseConstructor(callee.object, source, types) || isResolvers(callee.object, source, types) ? { via: "reject", call, value: first } : undefined;
    case "throw":
      return first && isGenerator(callee.object, source, types) ? { via: "throw", call, value: first } : undefined;
    case "abort":
      return first && isAborter(callee.object, source, types) ? { via: "abort", call, value: first } : undefined;
    case "emit": {
      if (!first || unwrap(first).type !== "Literal" || (unwrap(first) as TSESTree.Literal).value !== "error") return undefined;
      const given = call.arguments[1];
      return given && given.type !== "SpreadElement" && isEmitter(callee.object, path, source, types) ? { via: "emit", call, value: given } : undefined;
    }
    default:
      return undefined;
  }
}

function isPromiseConstructor(node: Node, source: SourceCode, types: Types | undefined, depth = 0): boolean {
  node = unwrap(node);
  if (node.type === "Identifier") {
    const variable = variableOf(node, source);
    if ((variable?.defs.length ?? 0) === 0) return /^(?:Promise|Bluebird)$/.test(node.name);
    const value = constantValue(variable);
    if (value && depth < 3 && unwrap(value).type === "Identifier") return isPromiseConstructor(value, source, types, depth + 1);
  }
  return types !== undefined && isPromiseClass(node, types);
}

const generatorNames = new Set(["Generator", "AsyncGenerator"]);

/** A generator, whose `throw` throws what it is given inside of it. */
function isGenerator(node: Node, source: SourceCode, types: Types | undefined): boolean {
  const type = types?.typeOf(node);
  return types && type && !isAny(type) ? derivesFrom(type, generatorNames, types) : generatorNames.has(referenceName(declaredType(node, source)) ?? "");
}

const constructorNames = new Set(["PromiseConstructor"]);
const promiseNames = new Set(["Promise"]);

function isPromiseClass(node: Node, types: Types): boolean {
  const type = types.typeOf(node);
  if (isAny(type)) return false;
  return derivesFrom(type, constructorNames, types) || type.getConstructSignatures().some((signature) => derivesFrom(signature.getReturnType(), promiseNames, types));
}

/** The second parameter of a promise's executor, or the `reject` of `Promise.withResolvers()`. */
export function isRejectFunction(node: TSESTree.Identifier, source: SourceCode, types: Types | undefined): boolean {
  const variable = variableOf(node, source);
  // The last of several parameters of one name counts.
  const definition = variable?.defs.at(-1);
  if (!definition) return false;
  if (definition.type === "Parameter" && isFunction(definition.node)) {
    const { parent, child } = climb(definition.node);
    return (
      definition.node.params[1] === definition.name &&
      parent?.type === "NewExpression" &&
      parent.arguments[0] === child &&
      isPromiseConstructor(parent.callee, source, types)
    );
  }
  if (definition.node.type !== "VariableDeclarator" || !definition.node.init) return false;
  const { id, init } = definition.node;
  if (id.type === "ObjectPattern") {
    const own = id.properties.find((property) => property.type === "Property" && property.value === definition.name);
    return own?.type === "Property" && own.key.type === "Identifier" && own.key.name === "reject" && isWithResolvers(init);
  }
  const value = unwrap(init);
  return value.type === "MemberExpression" && memberName(value) === "reject" && isResolvers(value.object, source, types);
}

const resolversNames = new Set(["PromiseWithResolvers"]);

function isResolvers(node: Node, source: SourceCode, types: Types | undefined): boolean {
  const value = constantValue(variableOf(unwrap(node), source));
  if (value !== undefined && isWithResolvers(value)) return true;
  const type = types?.checker.getNonNullableType(types.typeOf(node));
  return types !== undefined && type !== undefined && !isAny(type) && partsOf(type, types).some((part) => lineage(part, types).some((name) => resolversNames.has(name)));
}

function isWithResolvers(node: Node): boolean {
  node = unwrap(node);
  return node.type === "CallExpression" && calleePath(node).join(".") === "Promise.withResolvers";
}

const aborterNames = new Set(["AbortController"]);

function isAborter(node: Node, source: SourceCode, types: Types | undefined): boolean {
  node = unwrap(node);
  const type = types?.typeOf(node);
  if (types && type && !isAny(type) && derivesFrom(type, aborterNames, types)) return true;
  if (referenceName(declaredType(node, source)) === "AbortController") return true;
  if (node.type === "Identifier" && node.name === "AbortSignal") return true;
  const value = constantValue(variableOf(node, source));
  if (value) return unwrap(value).type === "NewExpression" && calleePath(unwrap(value) as TSESTree.NewExpression).at(-1) === "AbortController";
  const name = node.type === "MemberExpression" ? memberName(node) : node.type === "Identifier" ? node.name : undefined;
  return name !== undefined && /^#?_?(?:abort\w*|\w*[aA]bortController|ac)$/.test(name);
}

const emitters = /^(?:EventEmitter|Readable|Writable|Duplex|Transform|PassThrough|Stream|ReadStream|WriteStream|ChildProcess)$/;

/** An emitter by its type, by what the file declares it as, or by what it is called. */
function isEmitter(node: Node, path: readonly string[], source: SourceCode, types: Types | undefined): boolean {
  const type = types?.typeOf(node);
  const names = types && type && !isAny(type) ? lineage(type, types) : [];
  // Socket.IO's sockets send an event named "error" to the other side: that one is data.
  if (names.includes("EventEmitter")) return !names.includes("StrictEventEmitter");
  if (emitters.test(referenceName(declaredType(node, source)) ?? "")) return true;
  const object = path.at(-2) ?? "";
  return /^(?:this|self|super|that)$/.test(object) || /(?:emitter|events|stream|bus|ee|readable|writable|duplex|server|process)$/i.test(object);
}

export function isMissing(value: Node | undefined): boolean {
  return !value || isNothing(value);
}

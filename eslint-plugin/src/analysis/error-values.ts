import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { calleePath, climb, enclosingFunction, type FunctionNode, isFunction, isNothing, memberName, namePath, type Node, unwrap } from "./syntax.js";
import { isAny, lineage, partsOf, type Types } from "./types.js";
import { declaredType, referenceName } from "./annotations.js";
import { listenerOf } from "./listeners.js";
import { constantValue, type Variable, variableOf } from "./variables.js";

type SourceCode = Readonly<TSESLint.SourceCode>;

/** `error`, `other` (surely none), or `open` where the text does not tell. */
export type ErrorGuess = "error" | "open" | "other";

const notErrors = /^(?:Map|Set|WeakMap|WeakSet|Date|String|Number|Boolean|Object|Array|RegExp|URL|Promise|URLSearchParams|Headers|Function|Symbol|BigInt)$/;
const makesString = /^(?:String|JSON\.stringify|Number|Boolean|(?:util\.)?(?:format|inspect)|Symbol|parseInt|Object\.keys)$/;
/** Fields that hold a number or a word wherever they stand. */
const plainFields = new Set(["status", "statusCode", "statusText", "length", "size", "exitCode", "message", "stack"]);
/** Names that nobody gives to an error itself. */
const plainNames = /^(?:code|status|statusCode|exitCode|message|msg|text|errorMessage|errMsg|errorCode)$/;
const stringParts = new Set(["message", "stack", "name"]);

/** Whether an expression gives an Error, as far as its text and the constants of the file tell. */
export function guessError(node: Node, source: SourceCode, depth = 0): ErrorGuess {
  // `throw failure as Error`: whoever casts knows more than a declaration.
  const isCast = (node.type === "TSAsExpression" || node.type === "TSTypeAssertion") && !isText(constantValue(variableOf(unwrap(node), source)));
  if (isCast && unwrap(node).type === "Identifier" && /(?:Error|Exception)$/.test(referenceName(declaredType(node, source)) ?? "")) return "open";
  node = unwrap(node);
  switch (node.type) {
    case "Literal":
    case "TemplateLiteral":
    case "ObjectExpression":
    case "ArrayExpression":
    case "ArrowFunctionExpression":
    case "FunctionExpression":
    case "ClassExpression":
    case "UnaryExpression":
    case "BinaryExpression":
    case "UpdateExpression":
    case "JSXElement":
    case "JSXFragment":
      return "other";
    case "Identifier": {
      if (node.name === "undefined" || node.name === "NaN") return "other";
      const variable = variableOf(node, source);
      // The class itself rather than an instance of it.
      if (variable?.defs[0]?.type === "ClassName") return "other";
      const value = depth > 3 ? undefined : (constantValue(variable) ?? (variable && defaultOf(variable)));
      const guess = value ? guessError(thrownPart(value), source, depth + 1) : "open";
      if (guess !== "open") return guess;
      const isPlain = plainNames.test(node.name) && variable !== undefined && declaredType(node, source) === undefined && !isCaught(node, source);
      return isPlain ? "other" : guessDeclared(node, source);
    }
    case "NewExpression": {
      const name = calleePath(node).at(-1) ?? "";
      if (/(?:Error|Exception)$/.test(name)) return "error";
      return notErrors.test(name) && calleePath(node).length === 1 ? "other" : guessDeclared(node, source);
    }
    case "CallExpression": {
      const path = calleePath(node);
      if (path.length === 1 && /^(?:Error|[A-Z]\w+Error)$/.test(path[0] ?? "")) return "error";
      if (makesString.test(path.join(".")) || (path.length > 1 && path.at(-1) === "toString")) return "other";
      // `Object.assign(new Error("…"), { code })`, `new LoadError(id).withCause(e)`
      const [first] = node.arguments;
      if (path.join(".") === "Object.assign" && first) return guessError(first, source, depth + 1) === "error" ? "error" : "open";
      if (path.join(".") === "Object.freeze" && first) return guessError(first, source, depth + 1);
      const object = node.callee.type === "MemberExpression" ? unwrap(node.callee.object) : undefined;
      if (object?.type === "NewExpression" && guessError(object, source, depth + 1) === "error") return "error";
      const given = guessReturned(node, source, depth);
      return given === "open" ? guessDeclared(node, source) : given;
    }
    case "AwaitExpression": {
      // What a server has answered: `throw await response.json()`.
      const call = unwrap(node.argument);
      if (call.type !== "CallExpression") return "open";
      const path = calleePath(call);
      if (path.length > 1 && /^(?:json|text|arrayBuffer|formData|blob)$/.test(path.at(-1) ?? "") && call.arguments.length === 0) return "other";
      return /^(?:(?:window|globalThis)\.)?fetch$/.test(path.join(".")) && variableOf(unwrap(call.callee), source) === undefined ? "other" : "open";
    }
    case "MemberExpression": {
      const name = memberName(node);
      const object = unwrap(node.object);
      if (name !== undefined && plainFields.has(name)) return "other";
      if (variableOf(object, source)?.defs[0]?.node.type === "TSEnumDeclaration") return "other";
      if (node.computed && name === undefined && depth < 3) {
        // `errors[code]`, of a table of texts.
        const table = constantValue(variableOf(object, source));
        const entries = table && unwrap(table).type === "ObjectExpression" ? (unwrap(table) as TSESTree.ObjectExpression).properties : [];
        if (entries.length > 0 && entries.every((each) => each.type === "Property" && isText(each.value))) return "other";
      }
      const isErrorPart = name !== undefined && stringParts.has(name) && object.type === "Identifier";
      return isErrorPart && (isCaught(object, source) || /^(?:e|err|error|ex|exception)$/.test(object.name)) ? "other" : "open";
    }
    case "ConditionalExpression":
      return bothOf(guessError(node.consequent, source, depth), guessError(node.alternate, source, depth));
    case "LogicalExpression": {
      const right = guessError(node.right, source, depth);
      const left = unwrap(node.left);
      // What is surely falsy on the left of `||` never gets through.
      if (node.operator === "&&" || (left.type === "Literal" && !left.value) || isNothing(left)) return right;
      const first = guessError(left, source, depth);
      return first === "error" ? "error" : bothOf(first, right);
    }
    case "AssignmentExpression":
      // `+=` makes a number or a string of whatever it is given.
      return /^(?:=|\|\|=|&&=|\?\?=)$/.test(node.operator) ? guessError(node.right, source, depth) : "other";
    default:
      return "open";
  }
}

function isText(value: Node | undefined): boolean {
  const plain = value && unwrap(value);
  return plain?.type === "TemplateLiteral" || (plain?.type === "Literal" && typeof plain.value === "string");
}

/** `const failure = bad ? new Error("…") : undefined;`: where it is thrown, it has been asked for. */
function thrownPart(value: Node): Node {
  const choice = unwrap(value);
  if (choice.type !== "ConditionalExpression") return value;
  return isNothing(choice.alternate) ? choice.consequent : isNothing(choice.consequent) ? choice.alternate : value;
}

/** `const { error = "none" } = input`: the text it falls back on. */
function defaultOf(variable: Variable): Node | undefined {
  const definition = variable.defs[0];
  const pattern = definition?.type === "Variable" ? definition.name.parent : undefined;
  return pattern?.type === "AssignmentPattern" && isText(pattern.right) ? pattern.right : undefined;
}

/** What a function of this file gives back, where it gives the same kind of thing everywhere and does not say what. */
function guessReturned(call: TSESTree.CallExpression, source: SourceCode, depth: number): ErrorGuess {
  const declared = depth > 2 ? undefined : declaredType(call.callee, source);
  if (!isFunction(declared) || declared.async || declared.generator || declared.returnType) return "open";
  const { body } = declared;
  if (body.type !== "BlockStatement") return guessError(body, source, depth + 2);
  const [only] = body.body;
  return body.body.length === 1 && only?.type === "ReturnStatement" && only.argument ? guessError(only.argument, source, depth + 2) : "open";
}

/** What the file's own annotations and classes say. */
function guessDeclared(node: Node, source: SourceCode): ErrorGuess {
  const type = declaredType(node, source);
  switch (type?.type) {
    case "TSStringKeyword":
    case "TSNumberKeyword":
    case "TSBooleanKeyword":
    case "TSArrayType":
    case "TSTupleType":
    case "TSLiteralType":
    case "TSTemplateLiteralType":
      return "other";
    case "ClassDeclaration":
    case "ClassExpression":
      return type.superClass === null && type.implements.length === 0 && !hasStack(type.body.body) ? "other" : "open";
    case "TSTypeLiteral":
      return hasStack(type.members) ? "open" : "other";
    case "TSUnionType":
      return type.types.some((part) => /^TS(?:String|Number|Boolean)Keyword$|^TS(?:Literal|Array|Tuple)Type$/.test(part.type)) ? "other" : "open";
    case "TSTypeReference":
      return guessReference(type, source);
    default:
      return "open";
  }
}

const plainTypes = /^(?:Response|Request|Headers|Date|URL|Map|Set|Record|RegExp)$/;

/** An interface of this file that has nothing of an error, or one of the platform's own types. */
function guessReference(type: TSESTree.TSTypeReference, source: SourceCode): ErrorGuess {
  if (type.typeName.type !== "Identifier") return "open";
  const definition = variableOf(type.typeName, source)?.defs[0];
  if (!definition) return plainTypes.test(type.typeName.name) ? "other" : "open";
  const own = definition.node;
  return own.type === "TSInterfaceDeclaration" && own.extends.length === 0 && !hasStack(own.body.body) ? "other" : "open";
}

function hasStack(members: readonly Node[]): boolean {
  return members.some((member) => "key" in member && member.key.type === "Identifier" && member.key.name === "stack");
}

function bothOf(one: ErrorGuess, other: ErrorGuess): ErrorGuess {
  if (one === "other" || other === "other") return "other";
  return one === "open" || other === "open" ? "open" : "error";
}

/** Whether the identifier holds what a `catch`, a `.catch` handler or the like was given, kept in a variable or not. */
export function isCaught(node: Node, source: SourceCode, depth = 0): boolean {
  node = unwrap(node);
  if (node.type === "MemberExpression") return isKeptCaught(node, source, depth);
  const variable = variableOf(node, source);
  const definition = variable?.defs[0];
  if (!variable || !definition || depth > 3) return false;
  const isOriginal =
    definition.type === "CatchClause" ||
    (definition.type === "Parameter" && isFunction(definition.node) && (isGivenError(definition.node, definition.name) || isOnlyGivenCaught(variable, definition.node, source, depth)));
  const values = variable.references.flatMap((reference) => (reference.isWrite() && reference.writeExpr ? [reference.writeExpr] : []));
  if (!isOriginal && (definition.type !== "Variable" || values.length === 0)) return false;
  // `lastError = error` in a loop, thrown after it.
  const kept = values.filter((value) => !isNothing(value));
  return kept.every((value) => guessError(value, source, depth) === "error" || isCaught(value, source, depth + 1)) && (isOriginal || kept.some((value) => isCaught(value, source, depth + 1)));
}

/** `failure = { error }` in the catch, `throw failure.error` behind it. */
function isKeptCaught(node: TSESTree.MemberExpression, source: SourceCode, depth: number): boolean {
  const variable = variableOf(unwrap(node.object), source);
  const name = memberName(node);
  if (variable?.defs[0]?.type !== "Variable" || name === undefined) return false;
  const kept = variable.references.flatMap(({ writeExpr }) => {
    const object = writeExpr ? unwrap(writeExpr) : undefined;
    const property = object?.type === "ObjectExpression" ? object.properties.find((each) => each.type === "Property" && !each.computed && each.key.type === "Identifier" && each.key.name === name) : undefined;
    return property?.type === "Property" ? [property.value] : [];
  });
  return kept.length > 0 && kept.every((value) => isCaught(value, source, depth + 1));
}

/** The function is a rejection handler, an error listener or an error-first callback, and this parameter is its error. */
function isGivenError(target: FunctionNode, name: Node): boolean {
  if (target.params[0] !== name) return false;
  if (isErrorHandler(target)) return true;
  const { parent, child } = climb(target);
  if (parent?.type !== "CallExpression" || parent.callee === child) return false;
  return name.type === "Identifier" && /^(?:e|err|error|ex)$/.test(name.name) && parent.arguments.at(-1) === child;
}

/** An argument that is called with errors: of `catch`, the second of `then`, an error listener. */
function isErrorHandler(handler: Node): boolean {
  const { parent, child } = climb(handler);
  if (parent?.type !== "CallExpression" || parent.callee === child) return false;
  const method = parent.callee.type === "MemberExpression" ? memberName(parent.callee) : undefined;
  if (method === "catch") return parent.arguments[0] === child;
  if (method === "then") return parent.arguments[1] === child;
  return listenerOf(parent)?.handler === child;
}

/** A helper of this file that is only ever given what was caught: `fail(error)`, `load().catch(fail)`, `load().catch(failAs("load"))`. */
function isOnlyGivenCaught(variable: Variable, target: FunctionNode, source: SourceCode, depth: number): boolean {
  const index = target.params.findIndex((param) => variable.identifiers.includes(param as TSESTree.Identifier));
  if (index < 0 || depth > 2) return false;
  const isGiven = (call: Node | undefined, callee: Node): boolean => {
    const given = call?.type === "CallExpression" && call.callee === callee ? call.arguments[index] : undefined;
    return given !== undefined && (isCaught(given, source, depth + 1) || guessError(given, source) === "error");
  };
  const uses = usesOf(target, source);
  if (uses.length > 0) return uses.every(({ parent, child }) => (index === 0 && isErrorHandler(child)) || isGiven(parent, child));
  const maker = makerOf(target);
  const calls = maker ? usesOf(maker, source) : [];
  return index === 0 && calls.length > 0 && calls.every(({ parent, child }) => parent?.type === "CallExpression" && parent.callee === child && isErrorHandler(parent));
}

/** Where a function of this file is named, besides its declaration. */
function usesOf(target: FunctionNode, source: SourceCode): ReturnType<typeof climb>[] {
  const own = target.id ?? (target.parent.type === "VariableDeclarator" && target.parent.id.type === "Identifier" ? target.parent.id : undefined);
  const name = own ? variableOf(own, source) : undefined;
  return (name?.references ?? []).filter((reference) => !reference.init).map(({ identifier }) => climb(identifier));
}

/** The function that gives this one back: `const failAs = (what) => (error) => { … }`. */
function makerOf(target: FunctionNode): FunctionNode | undefined {
  const { parent, child } = climb(target);
  if (parent?.type === "ArrowFunctionExpression") return parent.body === child ? parent : undefined;
  return parent?.type === "ReturnStatement" ? enclosingFunction(parent) : undefined;
}

const reasonOwners = new Set(["AbortSignal", "PromiseRejectedResult", "PromiseRejectionEvent"]);

/** `signal.reason`, whoever aborted it, and the `reason` of what `Promise.allSettled` gives: what was thrown somewhere else. */
export function isForeignReason(node: Node, source: SourceCode, types: Types | undefined): boolean {
  node = unwrap(node);
  if (node.type !== "MemberExpression" || memberName(node) !== "reason") return false;
  const type = types?.typeOf(node.object);
  // By name rather than by origin: Node's types declare an `AbortSignal` of their own.
  if (types && type && !isAny(type)) return partsOf(type, types).some((part) => lineage(part, types).some((name) => reasonOwners.has(name)));
  if (reasonOwners.has(referenceName(declaredType(node.object, source)) ?? "")) return true;
  return /signal/i.test(namePath(node.object).at(-1) ?? "") || /\ballSettled\b|\bPromise(?:Settled|Rejected)Result\b/.test(source.text);
}

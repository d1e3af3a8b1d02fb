import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import type ts from "typescript";
import { guessError, isCaught } from "./error-values.js";
import { perFile } from "./memory.js";
import { calleeName, calleePath, climb, isNothing, memberName, type Node, unwrap, visit } from "./syntax.js";
import { partsOf, type Types } from "./types.js";
import { type Variable, variableOf } from "./variables.js";

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * Whether what is thrown here was caught before and has been kept since: in a field (`state.error`, `this.#failure`), in
 * a React state, a signal or a ref, in a list or a map. All that the file ever puts there has to be such an error.
 */
export function isStoredError(node: Node, source: SourceCode): boolean {
  node = unwrap(node);
  switch (node.type) {
    case "Identifier":
      return isStateOf(variableOf(node, source), source);
    case "MemberExpression": {
      const list = node.computed && !isNamed(node) ? variableOf(unwrap(node.object), source) : undefined;
      if (list) return isFilledWithErrors(list, source);
      const name = fieldName(node);
      return name !== undefined && areCaught(writesOf(name, source), name, source);
    }
    case "CallExpression": {
      const callee = unwrap(node.callee);
      // `const [error, setError] = createSignal()`: the signal is called to be read.
      if (callee.type === "Identifier") return node.arguments.length === 0 && isStateOf(variableOf(callee, source), source);
      const list = callee.type === "MemberExpression" && /^(?:at|pop|shift|find|get)$/.test(memberName(callee) ?? "") ? variableOf(unwrap(callee.object), source) : undefined;
      return list !== undefined && isFilledWithErrors(list, source);
    }
    default:
      return false;
  }
}

function isNamed(node: TSESTree.MemberExpression): boolean {
  return memberName(node) !== undefined;
}

/** `const [failure, setFailure] = useState()`, where the setter is only ever given errors. */
function isStateOf(variable: Variable | undefined, source: SourceCode): boolean {
  const definition = variable?.defs[0];
  const declarator = definition?.node.type === "VariableDeclarator" ? definition.node : undefined;
  const pair = declarator?.id.type === "ArrayPattern" ? declarator.id.elements : undefined;
  const [value, setter] = pair ?? [];
  if (value !== definition?.name || setter?.type !== "Identifier") return false;
  const calls = (variableOf(setter, source)?.references ?? []).flatMap(({ identifier, init }) => {
    const { parent, child } = climb(identifier);
    return init ? [] : [parent?.type === "CallExpression" && parent.callee === child ? parent.arguments[0] : identifier];
  });
  return areCaught(calls, undefined, source);
}

/** `failures.push(error)`, `failed.set(id, error)`, and nothing else is put there. */
function isFilledWithErrors(list: Variable, source: SourceCode): boolean {
  if (list.defs[0]?.type !== "Variable") return false;
  const given: (Node | undefined)[] = [];
  for (const { identifier, writeExpr } of list.references) {
    const made = writeExpr ? unwrap(writeExpr) : undefined;
    if (made) {
      const isEmpty = (made.type === "ArrayExpression" && made.elements.length === 0) || (made.type === "NewExpression" && made.arguments.length === 0);
      if (!isEmpty) return false;
      continue;
    }
    const { parent } = climb(identifier);
    const call = parent?.type === "MemberExpression" ? climb(parent).parent : undefined;
    if (call?.type === "CallExpression" && /^(?:push|unshift|set|add)$/.test(calleeName(call))) given.push(call.arguments.at(-1));
  }
  return areCaught(given, undefined, source);
}

/** At least one of them was caught, and every other is an error as well, nothing, or the same field of something else. */
function areCaught(values: readonly (Node | undefined)[], field: string | undefined, source: SourceCode): boolean {
  const isHandedOn = (value: Node): boolean => {
    const plain = unwrap(value);
    return plain.type === "MemberExpression" && field !== undefined && fieldName(plain) === field;
  };
  const told = values.filter((value) => value !== undefined && !isNothing(value)) as Node[];
  return told.some((value) => isCaught(value, source)) && told.every((value) => isCaught(value, source) || isHandedOn(value) || guessError(value, source) === "error");
}

function fieldName(node: TSESTree.MemberExpression): string | undefined {
  return node.property.type === "PrivateIdentifier" ? `#${node.property.name}` : memberName(node);
}

const fields = perFile<string, Node[]>();
const read = new WeakSet<Map<string, Node[]>>();

/** All that the file writes to fields of this name: `{ error: e }`, `{ error }`, `this.error = e`. */
function writesOf(name: string, source: SourceCode): readonly Node[] {
  const known = fields(source);
  if (!read.has(known)) {
    read.add(known);
    const put = (key: string | undefined, value: Node): void => {
      if (key !== undefined) known.set(key, [...(known.get(key) ?? []), value]);
    };
    visit(source.ast, source.visitorKeys, (node) => {
      if (node.type === "Property" && node.parent.type === "ObjectExpression" && !node.computed && node.key.type === "Identifier") put(node.key.name, node.value);
      if (node.type === "AssignmentExpression" && node.operator === "=" && node.left.type === "MemberExpression") put(fieldName(node.left), node.right);
      if (node.type === "PropertyDefinition" && node.value && !node.computed) put(node.key.type === "PrivateIdentifier" ? `#${node.key.name}` : node.key.type === "Identifier" ? node.key.name : undefined, node.value);
    });
  }
  return known.get(name) ?? [];
}

const telling = /^(?:error|err|reason|cause|exception|failure|thrown)$/;

/**
 * `if (!outcome.ok) throw outcome.error;`: one of several outcomes, told apart by the types, of which the others have no
 * such field. What a parser has given is no outcome.
 */
export function isFailedOutcome(node: Node, source: SourceCode, types: Types): boolean {
  node = unwrap(node);
  if (node.type !== "MemberExpression" || !telling.test(memberName(node) ?? "")) return false;
  const definition = variableOf(unwrap(node.object), source)?.defs[0];
  if (!definition || (definition.type !== "Variable" && definition.type !== "Parameter")) return false;
  const init = definition.node.type === "VariableDeclarator" ? definition.node.init : undefined;
  if (init && isParsed(init, source)) return false;
  const parts: readonly ts.Type[] = partsOf(types.typeOf(definition.name), types);
  const having = parts.filter((part) => part.getProperty(memberName(node) ?? "") !== undefined);
  return having.length > 0 && having.length < parts.filter((part) => part.getProperties().length > 0).length;
}

function isParsed(init: Node, source: SourceCode): boolean {
  let found = false;
  visit(init, source.visitorKeys, (node) => {
    if (node.type === "CallExpression" && /^(?:json|parse|JSON\.parse)$/.test(calleePath(node).at(-1) ?? "")) found = true;
    return !found;
  });
  return found;
}

import type { FunctionNode, Node } from "../parse/estree.js";
import { addChildren } from "../parse/children.js";
import { isFunctionNode, isTypeOnly } from "../parse/estree.js";
import { addBoundNames, mentionsArguments } from "./names.js";
import { refusals } from "./refusal.js";
import type { Refusal } from "./refusal.js";

/** A function declared at the top level of a body: the declaration turns lexical when the body becomes a block. */
interface BodyFunction {
  readonly name: string;
  /** Neither async nor a generator. */
  readonly plain: boolean;
  readonly start: number;
}

function unlabelled(statement: Node): Node {
  let inner = statement;
  while (inner.type === "LabeledStatement") inner = inner.body;
  return inner;
}

function bodyFunctions(statements: readonly Node[]): BodyFunction[] {
  const found: BodyFunction[] = [];
  for (const statement of statements) {
    const inner = unlabelled(statement);
    if (inner.type !== "FunctionDeclaration" || inner.body === null || inner.id === null) continue;
    found.push({ name: inner.id.name, plain: !inner.async && !inner.generator, start: inner.start });
  }
  return found;
}

interface NestedNames {
  readonly variables: Set<string>;
  /** Plain functions declared in nested blocks, which sloppy code also sees as variables of the function. */
  readonly blockFunctions: Set<string>;
  directEval: boolean;
}

function nestedNames(statements: readonly Node[]): NestedNames {
  const names: NestedNames = { variables: new Set(), blockFunctions: new Set(), directEval: false };
  const open: Node[] = [];
  for (const statement of statements) {
    const inner = unlabelled(statement);
    if (inner.type !== "FunctionDeclaration") open.push(inner);
  }
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isFunctionNode(node)) {
      if (node.type === "FunctionDeclaration" && node.id && !node.async && !node.generator) {
        names.blockFunctions.add(node.id.name);
      }
      continue;
    }
    if (isTypeOnly(node)) continue;
    if (node.type === "VariableDeclaration" && node.kind === "var") {
      for (const declarator of node.declarations) addBoundNames(declarator.id, names.variables);
    } else if (node.type === "CallExpression" && node.callee.type === "Identifier" && node.callee.name === "eval" && !node.optional) {
      names.directEval = true;
    }
    addChildren(node, open);
  }
  return names;
}

function parametersOf(node: FunctionNode): { names: Set<string>; simple: boolean } {
  const names = new Set<string>();
  for (const parameter of node.params) addBoundNames(parameter, names);
  return { names, simple: node.params.every((parameter) => parameter.type === "Identifier") };
}

/**
 * The body of a traced function becomes a block, so functions declared at its top level turn from variables of the
 * function into bindings of the block. Finds the programs that would notice; sound modern code is never among them.
 *
 * @param strict whether the body is strict code
 * @param before text of the body in front of the block, if anything runs there (a constructor up to its `super(…)`)
 * @param begin where the block begins
 */
export function refuseBodyFunctions(
  node: FunctionNode,
  statements: readonly Node[],
  strict: boolean,
  before: string,
  begin: number,
): Refusal | undefined {
  const functions = bodyFunctions(statements).filter((declared) => declared.start >= begin);
  if (functions.length === 0) return undefined;
  const seen = new Map<string, BodyFunction>();
  for (const declared of functions) {
    const earlier = seen.get(declared.name);
    if (earlier && (strict || !earlier.plain || !declared.plain)) return refusals.functionTwice(declared.name);
    seen.set(declared.name, declared);
  }
  const nested = nestedNames(statements);
  if (nested.directEval && !strict) return refusals.evalBesideFunctions;
  const parameters = parametersOf(node);
  let usesArguments: boolean | undefined;
  for (const { name } of functions) {
    if (nested.variables.has(name)) return refusals.functionIsVariable(name);
    if (!strict && nested.blockFunctions.has(name)) return refusals.functionInBlock(name);
    if (!strict && parameters.simple && parameters.names.has(name)) {
      usesArguments ??= node.type !== "ArrowFunctionExpression" && statements.some(mentionsArguments);
      if (usesArguments) return refusals.functionIsParameter(name);
    }
    // Read as text: a name in a string or comment refuses a function too many at worst.
    if (before.includes(name)) return refusals.functionBeforeSuper(name);
  }
  return undefined;
}

/**
 * `function f(a) { let a }` is a syntax error that would no longer be one in a block. Leaving such a function alone
 * lets the compiler or engine report it.
 */
export function refuseRedeclaredParameters(node: FunctionNode, statements: readonly Node[]): Refusal | undefined {
  if (node.params.length === 0) return undefined;
  const declared = new Set<string>();
  for (const statement of statements) {
    if (statement.type === "VariableDeclaration" && statement.kind !== "var") {
      for (const declarator of statement.declarations) addBoundNames(declarator.id, declared);
    } else if (statement.type === "ClassDeclaration" && statement.id) {
      declared.add(statement.id.name);
    }
  }
  if (declared.size === 0) return undefined;
  const parameters = parametersOf(node).names;
  for (const name of declared) if (parameters.has(name)) return refusals.parameterRedeclared(name);
  return undefined;
}

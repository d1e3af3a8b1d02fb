import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { type Kept, isReduced } from "./causes.js";
import { calledFunction } from "./rejections.js";
import { type CallLike, climb, contains, enclosingFunction, type FunctionNode, isFunction, keyOf, memberName, type Node, unwrap } from "./syntax.js";
import { boundVariables, functionOf, variableOf } from "./variables.js";

type SourceCode = Readonly<TSESLint.SourceCode>;
type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

const deepest = 4;

/**
 * How much of its argument at this place a call keeps, as far as the file shows: `new DbError("…", error)` of a class
 * whose constructor drops what it is given keeps nothing. What cannot be seen keeps all.
 */
export function keptByCall(call: CallLike, index: number, source: SourceCode, depth = 0): Kept {
  if (depth > deepest || call.arguments.slice(0, index + 1).some((each) => each.type === "SpreadElement")) return "whole";
  if (call.type === "NewExpression") {
    const made = classNamed(call.callee, source);
    return made ? keptByClass(made, index, call.arguments[index], source, depth) : "whole";
  }
  const target = functionCalled(call, source);
  return target && !contains(target, call) ? keptByParameter(target, index, source, depth + 1) : "whole";
}

/** The function of this file that a call runs, private and static methods included. */
export function functionCalled(call: TSESTree.CallExpression, source: SourceCode): FunctionNode | undefined {
  return functionOf(call.callee, source) ?? ownMethod(call, source) ?? calledFunction(call, source);
}

/** `this.#fail("…", error)`, `DbError.from(error)` */
function ownMethod(call: TSESTree.CallExpression, source: SourceCode): FunctionNode | undefined {
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression") return undefined;
  const object = unwrap(callee.object);
  const isOwn = object.type === "ThisExpression";
  const owner = isOwn ? classAround(call) : classNamed(object, source);
  const name = callee.property.type === "PrivateIdentifier" ? `#${callee.property.name}` : memberName(callee);
  const method = owner?.body.body.find((each) => each.type === "MethodDefinition" && each.static !== isOwn && keyOf(each.key) === name);
  return method?.type === "MethodDefinition" && isFunction(method.value) ? method.value : undefined;
}

function classAround(node: Node): ClassNode | undefined {
  let at: Node | undefined = node.parent;
  while (at && at.type !== "ClassDeclaration" && at.type !== "ClassExpression") at = at.parent;
  return at;
}

function classNamed(node: Node, source: SourceCode): ClassNode | undefined {
  const definition = variableOf(unwrap(node), source)?.defs[0]?.node;
  return definition?.type === "ClassDeclaration" ? definition : undefined;
}

function keptByClass(made: ClassNode, index: number, argument: Node | undefined, source: SourceCode, depth: number): Kept {
  const own = made.body.body.find((each) => each.type === "MethodDefinition" && each.kind === "constructor" && isFunction(each.value));
  if (own?.type === "MethodDefinition" && isFunction(own.value)) return keptByParameter(own.value, index, source, depth + 1);
  // Only declared: what its constructor does with its options or its second argument stands elsewhere.
  if (made.declare || made.body.body.some((each) => each.type === "MethodDefinition" && each.kind === "constructor")) return "whole";
  return keptBySuper(made, index, argument, source, depth);
}

/** What the class above keeps; `Error` itself takes a text and then its options. */
function keptBySuper(made: ClassNode, index: number, argument: Node | undefined, source: SourceCode, depth: number): Kept {
  const above = made.superClass ? unwrap(made.superClass) : undefined;
  if (!above || depth > deepest) return "whole";
  if (above.type === "Identifier" && above.name === "Error" && (variableOf(above, source)?.defs.length ?? 0) === 0) {
    return index === 0 ? "part" : index === 1 && (!argument || unwrap(argument).type !== "Identifier" || isOptions(unwrap(argument), source)) ? "whole" : "nothing";
  }
  const next = classNamed(above, source);
  return next ? keptByClass(next, index, argument, source, depth + 1) : "whole";
}

/** A parameter or variable that is not simply what was caught. */
function isOptions(node: Node, source: SourceCode): boolean {
  const definition = variableOf(node, source)?.defs[0];
  return definition?.type !== "CatchClause" && !(definition?.type === "Parameter" && node.type === "Identifier" && /^(?:e|err|error|cause|reason|ex|exception|inner|original)$/.test(node.name));
}

function keptByParameter(target: FunctionNode, index: number, source: SourceCode, depth: number): Kept {
  const parameter = target.params[index];
  // More is given than it takes, unless it looks at all of its arguments.
  if (!parameter) return target.params.some((each) => each.type === "RestElement") || /\barguments\b/.test(source.getText(target.body)) ? "whole" : "nothing";
  if (parameter.type === "TSParameterProperty" || parameter.type === "RestElement") return "whole";
  const variables = boundVariables(parameter, source).filter((variable) => variable.identifiers.some((id) => contains(parameter, id)));
  let kept: Kept = "nothing";
  for (const { identifier, init } of variables.flatMap((variable) => variable.references)) {
    if (init) continue;
    const own = isReduced(identifier, target.body) ? "part" : keptAt(identifier, target, source, depth);
    if (own === "whole") return "whole";
    kept = own === "part" ? "part" : kept;
  }
  return kept;
}

function keptAt(identifier: Node, target: FunctionNode, source: SourceCode, depth: number): Kept {
  const { parent, child } = climb(identifier);
  if (parent?.type === "ExpressionStatement" || parent?.type === "UnaryExpression") return "nothing";
  if (parent?.type !== "CallExpression" && parent?.type !== "NewExpression") return "whole";
  const index = (parent.arguments as Node[]).indexOf(child);
  if (index < 0) return "whole";
  if (parent.callee.type === "Super") {
    const made = enclosingFunction(identifier) === target ? classAround(target) : undefined;
    return made ? keptBySuper(made, index, child, source, depth + 1) : "whole";
  }
  if (parent.type === "NewExpression" && unwrap(parent.callee).type === "Identifier" && source.getText(parent.callee) === "Error") return index === 0 ? "part" : "whole";
  return keptByCall(parent, index, source, depth + 1);
}

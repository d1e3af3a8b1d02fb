import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { climb, enclosingFunction, type FunctionNode, functionName, memberName, type Node } from "./syntax.js";
import type { Variable } from "./variables.js";
import { isPredicateName } from "./vocabulary.js";

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * `.catch((error) => error)`: the promise is fulfilled with its own error, which neither its type nor the code that gets
 * it knows of.
 */
export function isErrorAsValue(handler: FunctionNode, call: TSESTree.CallExpression, source: SourceCode): boolean {
  const [param] = handler.params;
  const value = returnedValue(handler);
  if (param?.type !== "Identifier" || value?.type !== "Identifier" || value.name !== param.name) return false;
  // `(error: Error) => error`: the type of the result says it.
  if (param.typeAnnotation && !/^TS(?:Any|Unknown)Keyword$/.test(param.typeAnnotation.typeAnnotation.type)) return false;
  return isTakenForResult(call, source);
}

function returnedValue(handler: FunctionNode): Node | undefined {
  if (handler.body.type !== "BlockStatement") return handler.body;
  const [only, ...rest] = handler.body.body;
  return rest.length === 0 && only?.type === "ReturnStatement" && only.argument ? only.argument : undefined;
}

/** Whether all who get the value take it for what success gives. */
function isTakenForResult(node: Node, source: SourceCode): boolean {
  const { parent } = climb(node);
  switch (parent?.type) {
    case "AwaitExpression":
      return isTakenForResult(parent, source);
    case "ReturnStatement":
      return isUndeclared(enclosingFunction(parent), source);
    case "ArrowFunctionExpression":
      return isUndeclared(parent, source);
    case "MemberExpression":
      return !isErrorPart(memberName(parent)) && memberName(parent) !== "then";
    case "VariableDeclarator":
      if (parent.id.type === "ObjectPattern") return !parent.id.properties.some((each) => each.type === "Property" && each.key.type === "Identifier" && isErrorPart(each.key.name));
      return parent.id.type === "Identifier" && !parent.id.typeAnnotation && !isErrorName(parent.id.name) && source.getDeclaredVariables(parent).every((variable) => isNeverExamined(variable, source));
    default:
      return false;
  }
}

function isErrorName(name: string): boolean {
  return /^(?:e|ex|err|error|exception|reason|thrown|caught|failure|rejection|result|outcome|settled)$|(?:Err|Error|OrError)$/.test(name);
}

function isErrorPart(name: string | undefined): boolean {
  return /^(?:message|stack|code|name|cause|errors?|status|ok|success|issues)$/.test(name ?? "");
}

/** The function does not say that it may give an error: not by its type, nor its name, nor to who called for it. */
function isUndeclared(owner: FunctionNode | undefined, source: SourceCode): boolean {
  if (!owner || isPredicateName(functionName(owner))) return false;
  // `items.map((item) => load(item).catch((error) => error))` is looked through later.
  if (climb(owner).parent?.type === "CallExpression") return false;
  return !owner.returnType || !/\b(?:\w*Error|Exception|unknown|any)\b/.test(source.getText(owner.returnType));
}

/** No condition, check or function is ever given the variable, and it goes nowhere from here. */
function isNeverExamined(variable: Variable, source: SourceCode): boolean {
  const reads = variable.references.filter((reference) => reference.isRead());
  return (
    reads.length > 0 &&
    reads.every(({ identifier }) => {
      const { parent, child } = climb(identifier);
      if (parent?.type === "MemberExpression" && parent.object === child) return !isErrorPart(memberName(parent));
      if (parent?.type === "ReturnStatement") return isUndeclared(enclosingFunction(parent), source);
      return parent?.type === "TemplateLiteral" || parent?.type === "SpreadElement" || (parent?.type === "BinaryExpression" && /^[-+*/%]$/.test(parent.operator)) || (parent?.type === "ForOfStatement" && parent.right === child);
    })
  );
}

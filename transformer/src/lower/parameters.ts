import type { Expression, FunctionNode, Node } from "../parse/estree.js";
import { addChildren } from "../parse/children.js";
import { isFunctionNode, isTypeOnly, unwrapTypes } from "../parse/estree.js";
import type { Operation } from "../plan/plan.js";

/** Whether evaluating an expression may run foreign code or fail, as far as its syntax tells; names count as harmless. */
function mayThrow(expression: Expression): boolean {
  let throwing = false;
  const open: Node[] = [expression];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isFunctionNode(node) || isTypeOnly(node)) continue;
    switch (node.type) {
      case "CallExpression":
        // What it declares must go on being declared where it stands.
        if (node.callee.type === "Identifier" && node.callee.name === "eval") return false;
        throwing = true;
        break;
      case "AwaitExpression":
      case "YieldExpression":
        // An error in a parameter list, which is not ours to hide.
        return false;
      case "NewExpression":
      case "TaggedTemplateExpression":
      case "MemberExpression":
      case "SpreadElement":
        throwing = true;
        break;
      case "BinaryExpression":
        throwing ||= node.operator === "in" || node.operator === "instanceof";
        break;
      default:
    }
    addChildren(node, open);
  }
  return throwing;
}

/** Classes without a name take that of the parameter, which they would not get from a `return`. */
function takesName(expression: Expression): boolean {
  const inner = unwrapTypes(expression);
  return inner.type === "ClassExpression" && inner.id === null;
}

/**
 * Finds the expressions of a parameter list that may throw: default values, and the computed keys of patterns. They run
 * before the body, where nothing of ours could see it.
 */
export function parameterOperations({ params }: FunctionNode): Operation[] {
  const operations: Operation[] = [];
  if (params.every(({ type }) => type === "Identifier")) return operations;
  const add = (expression: Expression): void => {
    if (takesName(expression) || !mayThrow(expression)) return;
    operations.push({ type: "parameter", node: { start: expression.start, end: expression.end } });
  };
  const open: (Node | null)[] = [...params];
  for (let pattern = open.pop(); pattern !== undefined; pattern = open.pop()) {
    switch (pattern?.type) {
      case "AssignmentPattern":
        add(pattern.right);
        open.push(pattern.left);
        break;
      case "ObjectPattern":
        for (const property of pattern.properties) {
          if (property.type === "RestElement") {
            open.push(property.argument);
          } else {
            if (property.computed) add(property.key as Expression);
            open.push(property.value);
          }
        }
        break;
      case "ArrayPattern":
        open.push(...pattern.elements);
        break;
      case "RestElement":
        open.push(pattern.argument);
        break;
      case "TSParameterProperty":
        open.push(pattern.parameter);
        break;
      default:
    }
  }
  return operations;
}

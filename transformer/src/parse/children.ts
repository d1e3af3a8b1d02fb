import { forEachChild, isTypeOnly } from "./estree.js";
import type { Node } from "./estree.js";

function addEach(nodes: readonly (Node | null)[], into: Node[]): void {
  for (const node of nodes) if (node !== null) into.push(node);
}

/**
 * Appends the children of a node that take part in what runs, in source order. What only describes types is left out.
 *
 * The kinds of node that most of a program is made of are spelt out, since reading a known property of a known kind of
 * node is many times cheaper than asking for it by its name.
 */
export function addChildren(node: Node, into: Node[]): void {
  switch (node.type) {
    case "Identifier":
    case "Literal":
    case "ThisExpression":
    case "TemplateElement":
    case "PrivateIdentifier":
      // Of these, only parameters have children: their decorators.
      if (node.type === "Identifier" && node.decorators !== undefined) addEach(node.decorators, into);
      return;
    case "MemberExpression":
      into.push(node.object, node.property);
      return;
    case "CallExpression":
    case "NewExpression":
      into.push(node.callee);
      addEach(node.arguments, into);
      return;
    case "ExpressionStatement":
    case "ChainExpression":
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
      into.push(node.expression);
      return;
    case "VariableDeclaration":
      addEach(node.declarations, into);
      return;
    case "VariableDeclarator":
      into.push(node.id);
      if (node.init !== null) into.push(node.init);
      return;
    case "ReturnStatement":
    case "ThrowStatement":
    case "UnaryExpression":
    case "UpdateExpression":
    case "AwaitExpression":
    case "YieldExpression":
    case "SpreadElement":
      if (node.argument !== null) into.push(node.argument);
      return;
    case "BinaryExpression":
    case "LogicalExpression":
    case "AssignmentExpression":
      into.push(node.left, node.right);
      return;
    case "BlockStatement":
      addEach(node.body, into);
      return;
    case "IfStatement":
    case "ConditionalExpression":
      into.push(node.test, node.consequent);
      if (node.alternate !== null) into.push(node.alternate);
      return;
    case "ArrayExpression":
      addEach(node.elements, into);
      return;
    case "ObjectExpression":
      addEach(node.properties, into);
      return;
    case "ObjectPattern":
      // As a parameter it may be decorated.
      if (node.decorators !== undefined) addEach(node.decorators, into);
      addEach(node.properties, into);
      return;
    case "Property":
      into.push(node.key, node.value);
      return;
    case "TemplateLiteral":
      addEach(node.expressions, into);
      return;
    case "SwitchCase":
      if (node.test !== null) into.push(node.test);
      addEach(node.consequent, into);
      return;
    default:
      forEachChild(node, (child) => {
        if (!isTypeOnly(child)) into.push(child);
      });
  }
}

/** Appends the statements that are nested in a statement, in source order; of those that functions and classes hold, none. */
export function addStatements(node: Node, into: Node[]): void {
  switch (node.type) {
    case "BlockStatement":
      addEach(node.body, into);
      return;
    case "IfStatement":
      into.push(node.consequent);
      if (node.alternate !== null) into.push(node.alternate);
      return;
    case "ForStatement":
    case "ForInStatement":
    case "ForOfStatement":
    case "WhileStatement":
    case "DoWhileStatement":
    case "LabeledStatement":
    case "WithStatement":
      into.push(node.body);
      return;
    case "SwitchStatement":
      for (const { consequent } of node.cases) addEach(consequent, into);
      return;
    case "TryStatement":
      into.push(node.block);
      if (node.handler !== null) into.push(node.handler.body);
      if (node.finalizer !== null) into.push(node.finalizer);
      return;
    default:
  }
}

/** Turns what was appended to a list behind an index, so that a stack gives it back in source order. */
export function reverseFrom(list: unknown[], from: number): void {
  for (let low = from, high = list.length - 1; low < high; low++, high--) {
    const first = list[low];
    const last = list[high];
    if (first === undefined || last === undefined) return;
    list[low] = last;
    list[high] = first;
  }
}

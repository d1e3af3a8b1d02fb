import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { enclosingFunction, isFunction, memberName, type Node, unwrap } from "./syntax.js";

/**
 * A place where the promise itself is taken for what it will give: as a `condition`, `spread` into an object, put into a
 * `text`, used as a number; or returned out of a block that nobody waits in, be it `tried` or only `finalized`.
 */
export type Misuse = "condition" | "finalized" | "number" | "spread" | "text" | "tried";

/** Listeners that hand over each call in a place where a promise would be misused. Whether it is one is asked there. */
export function misuseListeners(check: (call: TSESTree.CallExpression, how: Misuse, at: Node) => void): TSESLint.RuleListener {
  const asked = new Set<Node>();

  function ask(node: Node, how: Misuse): void {
    const value = unwrap(node);
    if (value.type !== "CallExpression" || asked.has(value) || isSynchronous(value)) return;
    asked.add(value);
    check(value, how, node);
  }

  function askCondition(test: Node | null): void {
    if (!test) return;
    const value = unwrap(test);
    if (value.type === "UnaryExpression" && value.operator === "!") askCondition(value.argument);
    else if (value.type === "LogicalExpression" && value.operator !== "??") {
      askCondition(value.left);
      askCondition(value.right);
    } else ask(value, "condition");
  }

  /** `return cached ? await near() : far()`: each branch goes its own way. */
  function askReturned(returned: Node, how: Misuse): void {
    const value = unwrap(returned);
    if (value.type === "ConditionalExpression") {
      askReturned(value.consequent, how);
      askReturned(value.alternate, how);
    } else if (value.type === "LogicalExpression") askReturned(value.right, how);
    else ask(value, how);
  }

  return {
    IfStatement: (node) => askCondition(node.test),
    ConditionalExpression: (node) => askCondition(node.test),
    WhileStatement: (node) => askCondition(node.test),
    DoWhileStatement: (node) => askCondition(node.test),
    ForStatement: (node) => askCondition(node.test),
    LogicalExpression: (node) => {
      // As a statement, each side of it is looked at as one.
      if (node.operator !== "??" && node.parent.type !== "ExpressionStatement") askCondition(node.left);
    },
    UnaryExpression: (node) => {
      if (node.operator === "!") askCondition(node.argument);
    },
    SpreadElement: (node) => {
      if (node.parent.type === "ObjectExpression") ask(node.argument, "spread");
    },
    TemplateLiteral: (node) => {
      if (node.parent.type !== "TaggedTemplateExpression") for (const each of node.expressions) ask(each, "text");
    },
    BinaryExpression: (node) => {
      if (!/^(?:[-+*/%]|\*\*|[<>]=?)$/.test(node.operator)) return;
      ask(node.left, "number");
      ask(node.right, "number");
    },
    ReturnStatement: (node) => {
      const how = node.argument ? blockLeft(node) : undefined;
      if (node.argument && how) askReturned(node.argument, how);
    },
  };
}

const synchronousGlobals = /^(?:Array|Boolean|Date|JSON|Math|Number|Object|Reflect|String|Symbol|isNaN|isFinite|parseFloat|parseInt|require)$/;

/** Most calls there are: methods of strings, arrays and sets. Asking the checker about each would cost. */
function isSynchronous(call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  if (callee.type === "Identifier") return synchronousGlobals.test(callee.name);
  if (callee.type !== "MemberExpression") return false;
  const object = unwrap(callee.object);
  if (object.type === "Identifier" && synchronousGlobals.test(object.name)) return true;
  const name = memberName(callee);
  return name !== undefined && (name in String.prototype || name in RegExp.prototype || plainMethods.has(name));
}

const plainMethods = new Set(["every", "forEach", "hasOwnProperty", "indexOf", "join", "keys", "pop", "push", "shift", "some", "sort", "values"]);

/** `return load()` in the `try` of an async function: the promise is away before its `catch` or `finally` could mean it. */
function blockLeft(node: TSESTree.ReturnStatement): "finalized" | "tried" | undefined {
  if (enclosingFunction(node)?.async !== true) return undefined;
  let how: "finalized" | undefined;
  for (let at: Node = node; at.parent && !isFunction(at); at = at.parent) {
    if (at.parent.type !== "TryStatement" || at.parent.block !== at) continue;
    if (at.parent.handler !== null) return "tried";
    how = "finalized";
  }
  return how;
}

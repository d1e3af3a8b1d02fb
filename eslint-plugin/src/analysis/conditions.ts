import type { TSESTree } from "@typescript-eslint/utils";
import { calleeName, isNothing, memberName, namePath, type Node, unwrap } from "./syntax.js";
import { isDebugName, isLivingName, isStoppingName } from "./vocabulary.js";

/**
 * What a condition tells about the error when it holds and when it does not:
 * `known` – this very error was expected here; `other` – some other error than the one asked for; `all` – nothing new.
 */
export interface Narrowing {
  whenTrue: "all" | "known";
  whenFalse: "all" | "known";
}

const known = "known";
const all = "all";
const broadClass = /^(?:Error|Object|Exception|Function|AggregateError|DOMException|BaseError)$/;
const broadQuestion = /^(?:isError|isNativeError|isErrorLike|isObject|isString|isPlainObject|isRecord|isNil|isNull|isUndefined|Boolean|isErrorObject)$/;

/** How a condition that mentions the error narrows it. `isError` tells whether an expression is the error itself. */
export function narrowing(test: Node, isError: (node: Node) => boolean): Narrowing {
  test = unwrap(test);
  if (isError(test)) return { whenTrue: all, whenFalse: known };
  switch (test.type) {
    case "BinaryExpression":
      return comparison(test, isError);
    case "CallExpression": {
      const name = calleeName(test);
      if (broadQuestion.test(name)) return { whenTrue: all, whenFalse: known };
      return { whenTrue: known, whenFalse: all };
    }
    default:
      return { whenTrue: known, whenFalse: all };
  }
}

function comparison(test: TSESTree.BinaryExpression, isError: (node: Node) => boolean): Narrowing {
  const narrow: Narrowing = { whenTrue: known, whenFalse: all };
  const swapped: Narrowing = { whenTrue: all, whenFalse: known };
  switch (test.operator) {
    case "instanceof":
      return broadClass.test(namePath(test.right).at(-1) ?? "") ? swapped : narrow;
    case "in":
      return { whenTrue: all, whenFalse: all };
    case "==":
    case "===":
    case "!=":
    case "!==": {
      const negated = test.operator.startsWith("!");
      const left = unwrap(test.left);
      const right = unwrap(test.right);
      const isTypeof = [left, right].some((side) => side.type === "UnaryExpression" && side.operator === "typeof");
      const missing = [left, right].some((side) => isNothing(side));
      if (isTypeof) return negated ? narrow : swapped;
      if (missing && (isError(left) || isError(right))) return negated ? swapped : narrow;
      return negated ? swapped : narrow;
    }
    default:
      // `e.status >= 500`: both sides were told apart on purpose.
      return { whenTrue: known, whenFalse: known };
  }
}

/** All names in a condition, to tell what it is about. */
export function namesIn(test: Node): readonly string[] {
  test = unwrap(test);
  switch (test.type) {
    case "UnaryExpression":
    case "AwaitExpression":
      return namesIn(test.argument);
    case "LogicalExpression":
    case "BinaryExpression":
      return [...namesIn(test.left), ...namesIn(test.right)];
    case "CallExpression":
      return [...namePath(test.callee), ...test.arguments.flatMap((argument) => namesIn(argument))];
    case "MemberExpression":
      return test.computed ? [...namePath(test.object), memberName(test) ?? "?"] : namePath(test);
    case "Identifier":
      return [test.name];
    case "Literal":
      return typeof test.value === "string" ? [test.value] : [];
    default:
      return [];
  }
}

/** Whether the condition is about how talkative the program is or where it runs. */
export function isDebugCondition(test: Node): boolean {
  return namesIn(test).some((name) => isDebugName(name) || /^(?:LOG|DEBUG|NODE_ENV)/.test(name));
}

/**
 * Whether the condition, taken as true, says that somebody still waits: `mounted`, `request === latest.current`.
 * `undefined` where it does not speak of that.
 */
export function asksForLife(test: Node): boolean | undefined {
  if (!namesIn(test).some((name) => isLivingName(name))) return undefined;
  return !(test.type === "BinaryExpression" && test.operator.startsWith("!"));
}

/** Whether the condition, taken as true, says that nobody waits for the outcome any more. */
export function isStoppingCondition(test: Node): boolean {
  return namesIn(test).some((name) => isStoppingName(name));
}

import type { TSESLint } from "@typescript-eslint/utils";
import { contains, type FunctionNode, type Node, unwrap, visit } from "./syntax.js";
import { variableOf } from "./variables.js";
import { isFailureName } from "./vocabulary.js";

/**
 * `unlink(part, () => reject(error))`, where `error` was caught or given before: what is tidied up on its way may fail as
 * it likes, for the one error that counts is told.
 */
export function tellsEarlierFailure(callback: FunctionNode, source: Readonly<TSESLint.SourceCode>): boolean {
  let tells = false;
  visit(callback.body, source.visitorKeys, (node) => {
    if (node.type === "ThrowStatement" && isEarlierError(node.argument, callback, source)) tells = true;
    if (node.type === "CallExpression" && node.arguments.some((argument) => isEarlierError(argument, callback, source))) tells = true;
    return !tells;
  });
  return tells;
}

function isEarlierError(node: Node, callback: FunctionNode, source: Readonly<TSESLint.SourceCode>): boolean {
  const name = unwrap(node);
  const definition = name.type === "Identifier" ? variableOf(name, source)?.defs[0] : undefined;
  if (name.type !== "Identifier" || !definition || contains(callback, definition.name)) return false;
  if (definition.type === "CatchClause") return true;
  // `reject` and `onError` take errors and are none.
  const holdsError = /^_?(?:e|er|reason|problem|cause)$/.test(name.name) || (isFailureName(name.name) && !/^_?(?:reject|fail|abort|on[A-Z]\w*)$/.test(name.name));
  return definition.type === "Parameter" && holdsError;
}

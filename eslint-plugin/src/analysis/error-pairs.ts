import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import type ts from "typescript";
import { importOf } from "./annotations.js";
import { unwrap } from "./syntax.js";
import { derivesFrom, isAny, partsOf, type Types } from "./types.js";

const errorNames = new Set(["Error"]);

/** `const [, user] = await to(load());`: of a pair of an error and a result only the result is taken. */
export function leavesErrorOut(pattern: TSESTree.ArrayPattern, init: TSESTree.Expression, source: Readonly<TSESLint.SourceCode>, types: Types | undefined): boolean {
  const [first, second] = pattern.elements;
  if (first !== null || !second || second.type === "AssignmentPattern" || pattern.elements.length !== 2 || init.type !== "AwaitExpression") return false;
  const call = unwrap(init.argument);
  if (call.type !== "CallExpression") return false;
  if (importOf(unwrap(call.callee), source)?.module === "await-to-js") return true;
  const type = types?.typeOf(init);
  if (!types || !type || isAny(type)) return false;
  const pairs = partsOf(type, types);
  return pairs.every((pair) => types.checker.isTupleType(pair)) && isErrorOrNothing(pairs, types);
}

/** Among the first of each pair there is an error, and among them there is nothing. */
function isErrorOrNothing(pairs: readonly ts.Type[], types: Types): boolean {
  const firsts = pairs.flatMap((pair) => {
    const [first] = types.checker.getTypeArguments(pair as ts.TypeReference);
    return first ? partsOf(first, types) : [];
  });
  const isError = (part: ts.Type): boolean => derivesFrom(types.checker.getApparentType(part), errorNames, types);
  return firsts.length > 1 && firsts.some(isError) && !firsts.every(isError);
}

import type { TSESTree } from "@typescript-eslint/utils";
import type ts from "typescript";
import { derivesFrom, isAny, isThenable, isUnknown, isVoid, partsOf, type Types } from "./types.js";

/** Whether the value is, or may be, a promise: the built-in one or a class of it; with `anyThenable` all thenables. */
export function isPromise(node: TSESTree.Node, types: Types, anyThenable: boolean): boolean {
  const type = types.typeOf(node);
  if (isVoid(type, types) || isAny(type) || isUnknown(type)) return false;
  if (anyThenable) return isThenable(type, node, types);
  return partsOf(types.checker.getApparentType(type), types).some((part) => isBuiltInPromise(part, types));
}

const promiseNames = new Set(["Promise"]);

function isBuiltInPromise(type: ts.Type, types: Types): boolean {
  if (type.isUnion()) return type.types.some((each) => isBuiltInPromise(each, types));
  return derivesFrom(type, promiseNames, types);
}

const collectionNames = new Set(["Set", "Map", "ReadonlySet", "ReadonlyMap"]);

/** Whether the value is an array or a tuple in which there may be promises; with `orCollection`, or a set or map of them. */
export function isPromiseArray(
  node: TSESTree.Node,
  types: Types,
  anyThenable: boolean,
  isSafe: (member: ts.Type) => boolean,
  orCollection = false,
): boolean {
  const { checker } = types;
  const type = types.typeOf(node);
  if (isVoid(type, types) || isAny(type)) return false;
  return partsOf(type, types).some((part) => {
    const apparent = checker.getApparentType(part);
    const isList = checker.isArrayType(apparent) || checker.isTupleType(apparent);
    if (!isList && !(orCollection && derivesFrom(apparent, collectionNames, types))) return false;
    return checker.getTypeArguments(apparent as ts.TypeReference).some((member) => {
      if (isAny(member) || isUnknown(member) || isSafe(member)) return false;
      return anyThenable
        ? isThenable(member, node, types)
        : partsOf(checker.getApparentType(member), types).some((each) => isBuiltInPromise(each, types));
    });
  });
}

import { forEachChild } from "./estree.js";
import type { FunctionNode, Node, Program } from "./estree.js";

function isOfTypes(node: Node): boolean {
  if (node.type.startsWith("TS")) return true;
  return (node.type === "ImportDeclaration" && node.importKind === "type") || (node.type === "ExportNamedDeclaration" && node.exportKind === "type");
}

/** Whether the head of a function has types, as most have in TypeScript: soon told, where a whole program would have to be walked. */
export function hasTypedHead({ params, returnType, typeParameters }: FunctionNode): boolean {
  if (returnType || typeParameters) return true;
  return params.some((parameter) => parameter.type === "TSParameterProperty" || Boolean(parameter.typeAnnotation));
}

/**
 * Whether anything in a program is TypeScript's alone. A file's name does not tell: a host may hand on what a compiler
 * made of it, under the name that it had.
 */
export function holdsTypes(program: Program): boolean {
  const waiting: Node[] = [program];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (isOfTypes(node)) return true;
    forEachChild(node, (child) => waiting.push(child));
  }
  return false;
}

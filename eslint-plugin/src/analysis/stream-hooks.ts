import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { waitsOnlyGuarded } from "./async-callbacks.js";
import { cannotReject } from "./rejections.js";
import { calleePath, type FunctionNode, isFunction, nameOfKey, namePath, unwrap } from "./syntax.js";

type SourceCode = Readonly<TSESLint.SourceCode>;

const streams = /^(?:Readable|Writable|Duplex|Transform|PassThrough)$/;
const methods = /^_(?:read|write|writev|transform)$/;
const options = /^(?:read|write|writev|transform)$/;

/** A function that a stream calls and does not wait for: it takes what went wrong from a callback, or from `destroy`. */
export interface StreamHook {
  target: FunctionNode;
  name: string;
}

function hook(name: string | undefined, value: TSESTree.Node | null, source: SourceCode): StreamHook[] {
  const target = value ? unwrap(value) : undefined;
  if (name === undefined || !isFunction(target) || !target.async) return [];
  return waitsOnlyGuarded(target, source) || cannotReject(target, source) ? [] : [{ target, name }];
}

/** `class Enrich extends Transform { async _transform(row, encoding, done) { … } }`, where that may reject. */
export function asyncStreamMethods(node: TSESTree.ClassDeclaration | TSESTree.ClassExpression, source: SourceCode): StreamHook[] {
  if (!node.superClass || !streams.test(namePath(node.superClass).at(-1) ?? "")) return [];
  return node.body.body.flatMap((member) => {
    const name = member.type === "MethodDefinition" ? nameOfKey(member) : undefined;
    return member.type === "MethodDefinition" && methods.test(name ?? "") ? hook(name, member.value, source) : [];
  });
}

/** `new Writable({ async write(row, encoding, done) { … } })`, likewise. */
export function asyncStreamOptions(node: TSESTree.NewExpression, source: SourceCode): StreamHook[] {
  const first = node.arguments[0] ? unwrap(node.arguments[0]) : undefined;
  if (first?.type !== "ObjectExpression" || !streams.test(calleePath(node).at(-1) ?? "")) return [];
  return first.properties.flatMap((property) => {
    const name = property.type === "Property" ? nameOfKey(property) : undefined;
    return property.type === "Property" && options.test(name ?? "") ? hook(name, property.value, source) : [];
  });
}

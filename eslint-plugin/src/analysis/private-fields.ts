import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { climb, memberName, type Node, visit } from "./syntax.js";

/** `this.#failures++` in a class that never reads the field: what is kept there, nobody else can see. */
export function isWriteOnly(member: TSESTree.MemberExpression, source: Readonly<TSESLint.SourceCode>): boolean {
  const name = nameOf(member);
  const owner = name === undefined ? undefined : classAround(member);
  if (name === undefined || !owner || !isPrivate(member, name, owner)) return false;
  let read = false;
  visit(owner.body, source.visitorKeys, (node) => {
    if (node.type === "MemberExpression" && nameOf(node) === name && isRead(node)) read = true;
    // `const { failures } = this`
    if (node.type === "Property" && node.parent.type === "ObjectPattern" && node.key.type === "Identifier" && node.key.name === name) read = true;
    return !read;
  });
  return !read;
}

function nameOf(member: TSESTree.MemberExpression): string | undefined {
  return member.property.type === "PrivateIdentifier" ? `#${member.property.name}` : memberName(member);
}

function classAround(node: Node): TSESTree.ClassDeclaration | TSESTree.ClassExpression | undefined {
  for (let at = node.parent; at; at = at.parent) if (at.type === "ClassDeclaration" || at.type === "ClassExpression") return at;
  return undefined;
}

function isPrivate(member: TSESTree.MemberExpression, name: string, owner: TSESTree.ClassDeclaration | TSESTree.ClassExpression): boolean {
  if (member.property.type === "PrivateIdentifier") return true;
  return owner.body.body.some((each) => each.type === "PropertyDefinition" && each.accessibility === "private" && each.key.type === "Identifier" && each.key.name === name);
}

/** Not a mere write, nor a count or a `push` whose value is dropped. */
function isRead(node: TSESTree.MemberExpression): boolean {
  const { parent, child } = climb(node);
  if (parent?.type === "AssignmentExpression" && parent.left === child) return climb(parent).parent?.type !== "ExpressionStatement";
  if (parent?.type === "UpdateExpression") return climb(parent).parent?.type !== "ExpressionStatement";
  return true;
}

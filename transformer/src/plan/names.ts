import type { MemberNode, Node } from "../parse/estree.js";

/** A named class, object, function or namespace, and those around it. */
export interface NameScope {
  readonly segment: string;
  readonly parent: NameScope | null;
}

/** Stands for functions without a name of their own. */
export const ANONYMOUS = "<anonymous>";

// Bounds what hostile nesting costs; people stop reading long before.
const MAXIMUM_SEGMENTS = 8;

/** `Class.method`, `outer.inner`, `outer.<anonymous>`: the name of a function with the names around it. */
export function qualifiedName(name: string | null, scope: NameScope | null): string {
  let qualified = name ?? ANONYMOUS;
  let segments = 1;
  for (let outer = scope; outer !== null && segments < MAXIMUM_SEGMENTS; outer = outer.parent) {
    qualified = `${outer.segment}.${qualified}`;
    segments++;
  }
  return qualified;
}

/** Whether a directive prologue holds this directive. */
export function hasDirective(body: readonly Node[], directive: string): boolean {
  for (const statement of body) {
    if (statement.type !== "ExpressionStatement" || typeof statement.directive !== "string") return false;
    if (statement.directive === directive) return true;
  }
  return false;
}

/** The name that a function takes from the variable or parameter it initialises. */
export function patternName(pattern: Node): string | null {
  return pattern.type === "Identifier" ? pattern.name : null;
}

const LONGEST_COMPUTED_KEY = 40;

function plainKey(member: MemberNode, source: string): string {
  const { key } = member;
  if (key.type === "PrivateIdentifier") return `#${key.name}`;
  if (key.type === "Identifier" && !member.computed) return key.name;
  if (key.type === "Literal" && key.value !== null && typeof key.value !== "object") return String(key.value);
  const text = source.slice(key.start, key.end);
  return text.length > LONGEST_COMPUTED_KEY || /[\r\n\u2028\u2029]/.test(text) ? "[computed]" : `[${text}]`;
}

/** The name of a member: `charge`, `#secret`, `get total`, `[Symbol.iterator]`. */
export function keyName(member: MemberNode, source: string): string {
  const key = plainKey(member, source);
  const accessor =
    (member.type === "MethodDefinition" || member.type === "Property") &&
    (member.kind === "get" || member.kind === "set");
  return accessor ? `${member.kind} ${key}` : key;
}

/** `a.b.c` as its parts, or null where it is not made of names alone. */
function memberPath(node: Node): string[] | null {
  const path: string[] = [];
  let inner = node;
  while (inner.type === "MemberExpression") {
    if (!inner.computed && (inner.property.type === "Identifier" || inner.property.type === "PrivateIdentifier")) {
      path.unshift(inner.property.type === "PrivateIdentifier" ? `#${inner.property.name}` : inner.property.name);
    } else if (inner.computed && inner.property.type === "Literal" && typeof inner.property.value === "string") {
      path.unshift(inner.property.value);
    } else {
      return null;
    }
    inner = inner.object;
  }
  if (inner.type === "Identifier") path.unshift(inner.name);
  else if (inner.type !== "ThisExpression") return null;
  return path;
}

/**
 * The name that an assigned function goes by, and whether the assignment exports it the CommonJS way:
 * `exports.charge =`, `module.exports =`, `module.exports.charge =`. `Order.prototype.total =` gives `Order.total`.
 */
export function assignmentName(
  node: Node & { type: "AssignmentExpression" },
): { name: string | null; exported: boolean } {
  if (!["=", "??=", "||=", "&&="].includes(node.operator)) return { name: null, exported: false };
  const path = memberPath(node.left);
  if (path === null) return { name: null, exported: false };
  if (node.left.type === "Identifier") return { name: node.left.name, exported: false };
  const [first, second] = path;
  const exportsLength = first === "exports" ? 1 : first === "module" && second === "exports" ? 2 : 0;
  const rest = path.slice(exportsLength).filter((part) => part !== "prototype");
  return { name: rest.join(".") || (exportsLength > 0 ? "module.exports" : null), exported: exportsLength > 0 };
}

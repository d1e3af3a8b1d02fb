import type { Expression, Node, Program } from "../parse/estree.js";

const RUNTIME = "@errspan/runtime";

/** Local names under which a file knows the runtime's `traced` and `withSpan`. */
export interface TracedBindings {
  /** Whether an expression is the runtime's `traced`: `traced`, its alias, or `errspan.traced`. */
  isTraced(expression: Expression): boolean;
  /** Whether a call starts the span of the function that it is given: `traced(fn)`, `withSpan(name, fn)`. */
  startsSpan(callee: Node): boolean;
}

function requiredModule(node: Node | null): string | null {
  if (node?.type !== "CallExpression" || node.callee.type !== "Identifier" || node.callee.name !== "require") return null;
  const [argument] = node.arguments;
  return argument?.type === "Literal" && typeof argument.value === "string" ? argument.value : null;
}

/** Finds what a file imports, or requires, from the runtime, under whatever name. */
export function findTracedBindings(program: Program): TracedBindings {
  const locals = new Map<string, string>();
  const namespaces = new Set<string>();
  for (const statement of program.body) {
    if (statement.type === "ImportDeclaration" && statement.source.value === RUNTIME) {
      for (const specifier of statement.specifiers) {
        if (specifier.type === "ImportSpecifier") {
          const { imported, local } = specifier;
          locals.set(local.name, imported.type === "Literal" ? imported.value : imported.name);
        } else {
          namespaces.add(specifier.local.name);
        }
      }
    } else if (statement.type === "VariableDeclaration") {
      for (const { id, init } of statement.declarations) {
        if (requiredModule(init) !== RUNTIME) continue;
        if (id.type === "Identifier") namespaces.add(id.name);
        if (id.type !== "ObjectPattern") continue;
        for (const property of id.properties) {
          if (property.type !== "Property" || property.key.type !== "Identifier") continue;
          if (property.value.type === "Identifier") locals.set(property.value.name, property.key.name);
        }
      }
    } else if (statement.type === "TSImportEqualsDeclaration") {
      const { moduleReference } = statement;
      if (moduleReference.type === "TSExternalModuleReference" && moduleReference.expression.value === RUNTIME) {
        namespaces.add(statement.id.name);
      }
    }
  }
  const importedName = (node: Node): string | undefined => {
    if (node.type === "Identifier") return locals.get(node.name);
    if (node.type !== "MemberExpression" || node.computed || node.property.type !== "Identifier") return undefined;
    return node.object.type === "Identifier" && namespaces.has(node.object.name) ? node.property.name : undefined;
  };
  const known = locals.size > 0 || namespaces.size > 0;
  return {
    isTraced: (expression) => importedName(expression) === "traced",
    startsSpan: (callee) => known && ["traced", "withSpan"].includes(importedName(callee) ?? ""),
  };
}

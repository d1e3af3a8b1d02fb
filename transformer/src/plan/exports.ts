import { unwrapTypes } from "../parse/estree.js";
import type { Expression, Program } from "../parse/estree.js";
import { assignmentName } from "./names.js";

/** Names of module-level bindings that other modules can reach. */
export type ExportedNames = ReadonlySet<string>;

/** Names that an exported value refers to: itself, or the shorthand and plain members of an object. */
function referredNames(value: Expression, names: Set<string>): void {
  const inner = unwrapTypes(value);
  if (inner.type === "Identifier") {
    names.add(inner.name);
  } else if (inner.type === "ObjectExpression") {
    for (const property of inner.properties) {
      if (property.type === "Property" && property.value.type === "Identifier") names.add(property.value.name);
    }
  } else if (inner.type === "AssignmentExpression") {
    referredNames(inner.right, names);
  }
}

/**
 * Follows `export { a as b }`, `export default a`, `export = a`, `module.exports = { a }` and `exports.b = a` to the
 * module's own names. What is exported where it is declared is not listed: its declaration says so.
 */
export function exportedNames(program: Program): ExportedNames {
  const names = new Set<string>();
  for (const statement of program.body) {
    switch (statement.type) {
      case "ExportNamedDeclaration":
        if (statement.source !== null || statement.exportKind === "type") break;
        for (const { local } of statement.specifiers) if (local.type === "Identifier") names.add(local.name);
        break;
      case "ExportDefaultDeclaration": {
        const { declaration } = statement;
        if (declaration.type === "Identifier" || declaration.type === "ObjectExpression") referredNames(declaration, names);
        break;
      }
      case "TSExportAssignment":
        referredNames(statement.expression, names);
        break;
      case "ExpressionStatement": {
        const { expression } = statement;
        if (expression.type !== "AssignmentExpression") break;
        // `module.exports = exports.a = a` exports through either assignment.
        for (let assigned: Expression = expression; assigned.type === "AssignmentExpression"; assigned = assigned.right) {
          if (!assignmentName(assigned).exported) continue;
          referredNames(assigned.right, names);
          break;
        }
        break;
      }
      default:
    }
  }
  return names;
}

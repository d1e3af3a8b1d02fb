import { isFunctionNode, isTypeOnly } from "../parse/estree.js";
import type { Node, Program } from "../parse/estree.js";
import { extensionOf } from "../parse/language.js";
import type { ParsedFile } from "../parse/parse.js";
import { walk } from "../parse/walk.js";
import type { ModuleFormat } from "./plan.js";

const COMMONJS_WORDS = /\b(?:require|exports|module|__dirname|__filename)\b/;

/** Whether a node only makes sense in CommonJS, wherever it stands. */
function isCommonJs(node: Node): boolean {
  switch (node.type) {
    case "TSExternalModuleReference":
      return true;
    case "CallExpression":
      return node.callee.type === "Identifier" && node.callee.name === "require" && node.arguments.length === 1;
    case "MemberExpression":
      if (node.object.type !== "Identifier" || node.computed) return false;
      return node.object.name === "exports" || (node.object.name === "module" && node.property.name === "exports");
    case "Identifier":
      return node.name === "__dirname" || node.name === "__filename";
    default:
      return false;
  }
}

/** Whether something in the program only makes sense in CommonJS. */
function hasCommonJsSyntax(program: Program, source: string): boolean {
  let found = false;
  walk(program, (node) => {
    // Only CommonJS returns outside of functions.
    found ||= node.type === "ReturnStatement";
    return !found && !isFunctionNode(node);
  });
  if (found || !COMMONJS_WORDS.test(source)) return found;
  walk(program, (node) => {
    found ||= isCommonJs(node);
    return !found && (!isTypeOnly(node) || node.type === "TSImportEqualsDeclaration");
  });
  return found;
}

/**
 * The module system of a file. In this order: `export =` can only be CommonJS; `import`, `export`, `import.meta` and
 * top-level `await` only a module; what the caller says; the extension (`.mts`, `.mjs`, `.cts`, `.cjs`); what only
 * CommonJS has; TypeScript and JSX are modules. Null where nothing tells: plain JavaScript without a mark may be a
 * module, CommonJS or a script.
 */
export function detectFormat(
  { program, hasModuleSyntax }: ParsedFile,
  source: string,
  filename: string,
  stated: ModuleFormat | undefined,
): ModuleFormat | null {
  // The parser counts TypeScript's `export =` as module syntax too.
  if (program.body.some((statement) => statement.type === "TSExportAssignment")) return "commonjs";
  if (hasModuleSyntax) return "module";
  if (stated !== undefined) return stated;
  const extension = extensionOf(filename);
  if (extension === ".mts" || extension === ".mjs") return "module";
  if (extension === ".cts" || extension === ".cjs") return "commonjs";
  if (hasCommonJsSyntax(program, source)) return "commonjs";
  return extension === ".ts" || extension === ".tsx" || extension === ".jsx" ? "module" : null;
}

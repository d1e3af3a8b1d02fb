import { childrenOf, isFunctionNode, isTypeOnly } from "../parse/estree.js";
import type { Node, Program } from "../parse/estree.js";
import { extensionOf } from "../parse/language.js";
import type { ParsedFile } from "../parse/parse.js";
import type { ModuleFormat } from "./plan.js";

const COMMONJS_WORDS = /\b(?:require|exports|module|__dirname|__filename)\b/;

const IMPORTS = new Set(["TSImportEqualsDeclaration", "TSExternalModuleReference"]);

/** Whether something in the program only makes sense in CommonJS. */
function hasCommonJsSyntax(program: Program, source: string): boolean {
  if (!COMMONJS_WORDS.test(source)) return program.body.some((node) => node.type === "ReturnStatement");
  const pending: { node: Node; topLevel: boolean }[] = [{ node: program, topLevel: true }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node } = next;
    switch (node.type) {
      case "TSExportAssignment":
      case "TSExternalModuleReference":
        return true;
      case "ReturnStatement":
        if (next.topLevel) return true;
        break;
      case "CallExpression":
        if (node.callee.type === "Identifier" && node.callee.name === "require" && node.arguments.length === 1) return true;
        break;
      case "MemberExpression":
        if (node.object.type !== "Identifier" || node.computed) break;
        if (node.object.name === "exports") return true;
        if (node.object.name === "module" && node.property.name === "exports") return true;
        break;
      case "Identifier":
        if (node.name === "__dirname" || node.name === "__filename") return true;
        break;
      default:
    }
    const topLevel = next.topLevel && !isFunctionNode(node);
    for (const child of childrenOf(node)) {
      if (!isTypeOnly(child) || IMPORTS.has(child.type)) pending.push({ node: child, topLevel });
    }
  }
  return false;
}

/**
 * The module system of a file. In this order: `import`, `export`, `import.meta` or top-level `await` can only be a
 * module; then what the caller says; the extension (`.mts`, `.mjs`, `.cts`, `.cjs`); what only CommonJS has; TypeScript
 * and JSX are modules. Null where nothing tells: plain JavaScript without a mark may be a module, CommonJS or a script.
 */
export function detectFormat(
  { program, hasModuleSyntax }: ParsedFile,
  source: string,
  filename: string,
  stated: ModuleFormat | undefined,
): ModuleFormat | null {
  if (hasModuleSyntax) return "module";
  if (stated !== undefined) return stated;
  const extension = extensionOf(filename);
  if (extension === ".mts" || extension === ".mjs") return "module";
  if (extension === ".cts" || extension === ".cjs") return "commonjs";
  if (hasCommonJsSyntax(program, source)) return "commonjs";
  return extension === ".ts" || extension === ".tsx" || extension === ".jsx" ? "module" : null;
}

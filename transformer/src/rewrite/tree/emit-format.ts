import type ts from "typescript";
import type { ModuleFormat } from "../../plan/plan.js";
import type { TypeScript } from "./typescript.js";

/** What TypeScript knows of a file's module format and declares for its own use only. */
interface FormatOracle {
  getEmitModuleFormatOfFile?(sourceFile: ts.SourceFile): ts.ModuleKind;
}

interface PackageScope {
  readonly packageJsonScope?: {
    readonly contents?: { readonly packageJsonContent?: { readonly type?: string } };
  };
}

/**
 * How a file leaves the compiler, which decides whether the helpers are imported or required. Undefined where the
 * compiler leaves the file's format as it is: neither `import` nor `export` in it, and no CommonJS output.
 */
export function emittedFormat(
  ts: TypeScript,
  sourceFile: ts.SourceFile,
  options: ts.CompilerOptions,
  program: ts.Program | undefined,
): ModuleFormat | undefined {
  const oracle = program as FormatOracle | undefined;
  const kind = oracle?.getEmitModuleFormatOfFile?.(sourceFile) ?? formatByRules(ts, sourceFile, options);
  if (kind === ts.ModuleKind.None) return "script";
  if (kind === ts.ModuleKind.CommonJS) return "commonjs";
  // AMD, UMD and System too: the compiler turns an import of a namespace into what these need.
  if (ts.isExternalModule(sourceFile)) return "module";
  return sourceFile.impliedNodeFormat === ts.ModuleKind.ESNext ? "module" : undefined;
}

/** The rules of `getEmitModuleFormatOfFile`, for compilers without it (TypeScript 5.4 and 5.5) and hosts without a program. */
function formatByRules(
  ts: TypeScript,
  sourceFile: ts.SourceFile,
  options: ts.CompilerOptions,
): ts.ModuleKind {
  const { ModuleKind, ScriptTarget } = ts;
  const kind =
    options.module ??
    ((options.target ?? ScriptTarget.ES5) >= ScriptTarget.ES2015 ? ModuleKind.ES2015 : ModuleKind.CommonJS);
  const implied = sourceFile.impliedNodeFormat;
  if (kind >= ModuleKind.Node16 && kind <= ModuleKind.NodeNext) return implied ?? ModuleKind.CommonJS;
  const type = (sourceFile as PackageScope).packageJsonScope?.contents?.packageJsonContent?.type;
  const { fileName } = sourceFile;
  const followsFile = Number.parseFloat(ts.versionMajorMinor) >= 5.6;
  if (followsFile && implied === ModuleKind.CommonJS && (type === "commonjs" || /\.c[jt]s$/.test(fileName)))
    return implied;
  if (followsFile && implied === ModuleKind.ESNext && (type === "module" || /\.m[jt]s$/.test(fileName)))
    return implied;
  return kind;
}

import type ts from "typescript";
import type { ErrspanConfig } from "../config/config.js";
import { plan } from "../plan/create-plan.js";
import type { Diagnostic, PlannedFunction } from "../plan/plan.js";
import { emittedFormat } from "../rewrite/tree/emit-format.js";
import { rewriteTree } from "../rewrite/tree/rewrite-tree.js";
import type { TypeScript } from "../rewrite/tree/typescript.js";

/** What a host that runs the TypeScript compiler gives to the rewriting of its files. */
export interface CompilerHost {
  readonly ts: TypeScript;
  /** Absent where files are transpiled one by one. */
  readonly program?: ts.Program | undefined;
  readonly config: ErrspanConfig;
  /** Directory that globs and reported paths are relative to, absolute. */
  readonly root: string;
  /** Told of everything the user must know about a file. */
  report(diagnostic: Diagnostic, sourceFile: ts.SourceFile): void;
  /** Asked once for each file with something to trace; with `false` the file stays as it is. */
  accept?(sourceFile: ts.SourceFile): boolean;
  /** Told of the functions of a file that were rewritten, and of the selectors that picked something in it. */
  done?(sourceFile: ts.SourceFile, rewritten: readonly PlannedFunction[], usedSelectors: readonly number[]): void;
}

/** A transformer for the `before` stage of a TypeScript 5 or 6 compiler. */
export function createTransformer(host: CompilerHost): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (sourceFile) => transformFile(host, context, sourceFile);
}

function transformFile(host: CompilerHost, context: ts.TransformationContext, sourceFile: ts.SourceFile): ts.SourceFile {
  const { ts, program, config, root } = host;
  const { fileName, text } = sourceFile;
  if (!isCode(sourceFile)) return sourceFile;
  const emitted = emittedFormat(ts, sourceFile, context.getCompilerOptions(), program);
  // How the text is to be read: import and export make a module of it, whatever the compiler makes of them.
  const written = ts.isExternalModule(sourceFile) ? "module" : emitted;
  const planned = plan(text, { filename: fileName, config, root, ...(written === undefined ? {} : { format: written }) });
  for (const diagnostic of planned.diagnostics) host.report(diagnostic, sourceFile);
  if (planned.functions.length === 0 || host.accept?.(sourceFile) === false) {
    host.done?.(sourceFile, [], planned.usedSelectors);
    return sourceFile;
  }
  const result = rewriteTree(ts, sourceFile, planned, emitted ?? planned.format, context);
  for (const diagnostic of result.diagnostics) host.report(diagnostic, sourceFile);
  host.done?.(sourceFile, result.rewritten, planned.usedSelectors);
  return result.sourceFile;
}

/** Whether a file is one that is emitted and can have functions. */
export function isCode({ isDeclarationFile, fileName }: ts.SourceFile): boolean {
  return !isDeclarationFile && !fileName.endsWith(".json");
}

import type ts from "typescript";
import type { ErrspanConfig } from "../config/config.js";
import { plan, type PlanWithSelection } from "../plan/create-plan.js";
import type { Diagnostic, PlannedFunction } from "../plan/plan.js";
import { emittedFormat } from "../rewrite/tree/emit-format.js";
import { rewriteTree } from "../rewrite/tree/rewrite-tree.js";
import type { TypeScript } from "../rewrite/tree/typescript.js";
import { isOfTracing } from "./tracing-packages.js";

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
  /** Told of the functions of a file that were rewritten. */
  done?(sourceFile: ts.SourceFile, rewritten: readonly PlannedFunction[]): void;
}

/** The rewriting of a program's files. */
export interface CompilerRewriting {
  /** For the `before` stage of a TypeScript 5 or 6 compiler. */
  readonly transformer: ts.TransformerFactory<ts.SourceFile>;
  /** Plans a file and reports what is wrong in it, once; null for files that have no code to emit. */
  plan(sourceFile: ts.SourceFile, options: ts.CompilerOptions): PlanWithSelection | null;
}

/** Rewrites the files of one program as its host's compiler emits them. */
export function createRewriting(host: CompilerHost): CompilerRewriting {
  const plans = new WeakMap<ts.Node, PlanWithSelection>();
  const planOnce: CompilerRewriting["plan"] = (sourceFile, options) => {
    if (sourceFile.isDeclarationFile || sourceFile.fileName.endsWith(".json") || isOfTracing(sourceFile.fileName)) return null;
    // Earlier transformers hand over another object for the same text.
    const original = host.ts.getOriginalNode(sourceFile);
    const known = plans.get(original);
    if (known) return known;
    const planned = planFile(host, sourceFile, options);
    plans.set(original, planned);
    for (const diagnostic of planned.diagnostics) host.report(diagnostic, sourceFile);
    return planned;
  };
  return {
    plan: planOnce,
    transformer: (context) => (sourceFile) => {
      const planned = planOnce(sourceFile, context.getCompilerOptions());
      return planned === null ? sourceFile : carryOut(host, planned, sourceFile, context);
    },
  };
}

function planFile(
  { ts, program, config, root }: CompilerHost,
  sourceFile: ts.SourceFile,
  options: ts.CompilerOptions,
): PlanWithSelection {
  // How the text is to be read: import and export make a module of it, whatever the compiler makes of them.
  const format = ts.isExternalModule(sourceFile) ? "module" : emittedFormat(ts, sourceFile, options, program);
  return plan(sourceFile.text, {
    filename: sourceFile.fileName,
    config,
    root,
    ...(format === undefined ? {} : { format }),
  });
}

function carryOut(
  host: CompilerHost,
  planned: PlanWithSelection,
  sourceFile: ts.SourceFile,
  context: ts.TransformationContext,
): ts.SourceFile {
  const { ts, program } = host;
  const format = emittedFormat(ts, sourceFile, context.getCompilerOptions(), program) ?? planned.format;
  const result = rewriteTree(ts, sourceFile, planned, format, context);
  for (const diagnostic of result.diagnostics) host.report(diagnostic, sourceFile);
  host.done?.(sourceFile, result.rewritten);
  return result.sourceFile;
}

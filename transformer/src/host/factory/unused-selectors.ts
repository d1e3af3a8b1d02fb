import type ts from "typescript";
import { compileConfig } from "../../config/compile.js";
import type { LoadedConfig } from "../../config/load.js";
import { relativePath } from "../../plan/file-path.js";
import type { Diagnostic } from "../../plan/plan.js";
import { createSelectionReport } from "../../plan/selection-report.js";
import type { TypeScript } from "../../rewrite/tree/typescript.js";
import { createRewriting } from "../compiler.js";

/** A program that a tool compiles with its own compiler. */
export interface SurveyedProgram {
  readonly ts: TypeScript;
  readonly program: ts.Program;
  readonly loaded: LoadedConfig;
  /** Whether a file would be rewritten if there was something to trace in it. */
  readonly isOurs: (file: string) => boolean;
}

/** Of projects that refer to one another, each sees its own files, and a config above them may be for all. */
function isPart(program: ts.Program, { composite }: ts.CompilerOptions): boolean {
  return composite === true || (program.getProjectReferences() ?? []).length > 0;
}

/**
 * A warning for each selector that picks nothing in any file of a program. The tools hand out the files one by one, and
 * none says which is the last; but the program has them all. Of its files those are read that may still settle something.
 */
export function unusedSelectors({ ts, program, loaded, isOurs }: SurveyedProgram): readonly Diagnostic[] {
  const { config, root } = loaded;
  const { accepts, selectors } = compileConfig(config);
  const open = new Map(selectors.map((selector) => [selector.index, selector]));
  const options = program.getCompilerOptions();
  if (open.size === 0 || isPart(program, options)) return [];
  // What is wrong in a file is told when its turn comes.
  const rewriting = createRewriting({ ts, program, config, root, report: () => undefined });
  const report = createSelectionReport(loaded);
  for (const sourceFile of program.getSourceFiles()) {
    if (sourceFile.isDeclarationFile || !isOurs(sourceFile.fileName)) continue;
    const path = relativePath(sourceFile.fileName, root);
    const mayTell = accepts(path) && [...open.values()].some((selector) => selector.matchesFile(path));
    const usedSelectors = mayTell ? (rewriting.plan(sourceFile, options)?.usedSelectors ?? []) : [];
    report.add({ usedSelectors }, sourceFile.fileName);
    for (const index of usedSelectors) open.delete(index);
    if (open.size === 0) return [];
  }
  return report.diagnostics();
}

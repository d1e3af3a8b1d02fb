import type ts from "typescript";
import type { Diagnostic } from "../plan/plan.js";
import type { TypeScript } from "../rewrite/tree/typescript.js";
import { toCompilerDiagnostic } from "./compiler-diagnostic.js";

/** What ts-patch gives to a plugin beside its options. */
export interface PluginExtras {
  readonly ts: TypeScript;
  /** The program that runs: `tsc` under `tspc`, `typescript` where a tool calls the compiler's API. */
  readonly library?: string;
  readonly addDiagnostic?: (diagnostic: ts.Diagnostic) => unknown;
  readonly removeDiagnostic?: (index: number) => void;
  readonly diagnostics?: readonly ts.Diagnostic[];
}

/** Brings diagnostics to where the user sees the compiler's own. */
export class DiagnosticSink {
  readonly #program: ts.Program;
  readonly #extras: PluginExtras;
  readonly #reported = new Set<ts.Diagnostic>();

  constructor(program: ts.Program, extras: PluginExtras) {
    this.#program = program;
    this.#extras = extras;
  }

  /** Errors go to the compiler, which then fails. It would for warnings too, so `tspc` prints those and goes on. */
  report(diagnostic: Diagnostic, file?: ts.SourceFile): void {
    const { ts, library, addDiagnostic } = this.#extras;
    const reported = toCompilerDiagnostic(ts, diagnostic, file);
    if (addDiagnostic && (diagnostic.severity === "error" || library !== "tsc")) {
      this.#reported.add(reported);
      addDiagnostic(reported);
    } else {
      this.#print(reported);
    }
  }

  /**
   * Takes back what was reported of other files. ts-patch adds all that was ever reported to each file's result, where
   * an incremental build would take it for that file's, and show it for as long as that does not change.
   */
  keepOnly(sourceFile: ts.SourceFile): void {
    const { diagnostics, removeDiagnostic } = this.#extras;
    if (!diagnostics || !removeDiagnostic) return;
    for (let index = diagnostics.length - 1; index >= 0; index--) {
      const diagnostic = diagnostics[index];
      if (diagnostic && this.#reported.has(diagnostic) && diagnostic.file !== sourceFile)
        removeDiagnostic(index);
    }
  }

  #print(diagnostic: ts.Diagnostic): void {
    const { ts } = this.#extras;
    const host: ts.FormatDiagnosticsHost = {
      getCurrentDirectory: () => this.#program.getCurrentDirectory(),
      getCanonicalFileName: (fileName) => fileName,
      getNewLine: () => ts.sys.newLine,
    };
    const isPretty = this.#program.getCompilerOptions()["pretty"] ?? ts.sys.writeOutputIsTTY?.() ?? false;
    ts.sys.write(
      isPretty
        ? ts.formatDiagnosticsWithColorAndContext([diagnostic], host)
        : ts.formatDiagnostics([diagnostic], host),
    );
  }
}

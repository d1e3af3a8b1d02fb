import { createRequire } from "node:module";
import type ts from "typescript";
import type { ErrspanConfig } from "../config/config.js";
import type { Diagnostic } from "../plan/plan.js";
import { createSelectionReport, type SelectionReport } from "../plan/selection-report.js";
import { EMIT_MODULE } from "../rewrite/text/rewrite-text.js";
import type { TypeScript } from "../rewrite/tree/typescript.js";
import { toCompilerDiagnostic } from "./compiler-diagnostic.js";
import { createTransformer, isCode } from "./compiler.js";
import { HOST_CODES } from "./codes.js";
import { readPluginConfig, type PluginOptions } from "./plugin-config.js";
import { explainVersion } from "./typescript-version.js";

export type { PluginOptions };

/** What ts-patch gives to a plugin beside its options. */
export interface PluginExtras {
  readonly ts: TypeScript;
  /** The program that runs: `tsc` under `tspc`, `typescript` where a tool calls the compiler's API. */
  readonly library?: string;
  addDiagnostic?(diagnostic: ts.Diagnostic): unknown;
}

/** What is found out once for a program, however many files are emitted one by one. */
interface Project {
  readonly root: string;
  /** Null where the project is set up wrong, which was told: its files are then compiled as they are. */
  readonly config: ErrspanConfig | null;
  /** Whether rewritten code will find its runtime; undefined until there is something to rewrite. */
  runtimeFound?: boolean;
  /** Files whose turn has not come yet, and what the others had to do with the selectors. */
  readonly awaited: Set<string>;
  readonly selection: SelectionReport | undefined;
}

type Report = (diagnostic: Diagnostic, file: ts.SourceFile | undefined) => void;

const projects = new WeakMap<ts.Program, Project>();

/**
 * The plugin for ts-patch (`tspc`): rewrites the functions of a TypeScript 5 or 6 program that are marked `@traced`, or
 * selected by the config, while they are compiled.
 *
 * @param options What stands beside `"transform"` in the plugin entry: a config, or `config`: the path of one.
 * @example
 * // tsconfig.json
 * { "compilerOptions": { "plugins": [{ "transform": "@errspan/transformer" }] } }
 */
export function tsPatchPlugin(program: ts.Program, options: PluginOptions, extras: PluginExtras): ts.TransformerFactory<ts.SourceFile> {
  if (typeof extras?.ts?.createSourceFile !== "function") {
    throw new Error(
      '@errspan/transformer was called with other arguments than ts-patch\'s. Take "type" and "transformProgram" out of ' +
        "its entry in the plugins of the tsconfig.",
    );
  }
  const { ts } = extras;
  const report: Report = (diagnostic, file) => tell(extras, program, toCompilerDiagnostic(ts, diagnostic, file));
  const project = projects.get(program) ?? openProject(program, options, ts, report);
  projects.set(program, project);
  const { config, root } = project;
  if (config === null) return () => (sourceFile) => sourceFile;
  return createTransformer({
    ts,
    program,
    config,
    root,
    report,
    accept: (sourceFile) => (project.runtimeFound ??= findRuntime(sourceFile, root, report)),
    done: (sourceFile, _rewritten, usedSelectors) => noteSelection(project, sourceFile, usedSelectors, report),
  });
}

function openProject(program: ts.Program, options: PluginOptions, ts: TypeScript, report: Report): Project {
  const unsupported = explainVersion(ts.version);
  if (unsupported !== undefined) {
    report({ code: HOST_CODES.compilerVersion, severity: "error", message: unsupported, file: "", line: 1, column: 1 }, undefined);
    return { root: "", config: null, awaited: new Set(), selection: undefined };
  }
  const { config, root, file, diagnostics } = readPluginConfig(ts, program, options);
  for (const placed of diagnostics) report(placed.diagnostic, placed.file);
  if (diagnostics.length > 0) return { root, config: null, awaited: new Set(), selection: undefined };
  const awaited = program.getSourceFiles().filter((each) => isCode(each) && !program.isSourceFileFromExternalLibrary(each));
  return {
    root,
    config,
    awaited: new Set(awaited.map(({ fileName }) => fileName)),
    selection: config.select === undefined ? undefined : createSelectionReport(config, file ?? "tsconfig.json"),
  };
}

/** A selector that picks nothing is known when the last file of a full build was seen; an incremental one does not tell. */
function noteSelection({ awaited, selection }: Project, { fileName }: ts.SourceFile, usedSelectors: readonly number[], report: Report): void {
  selection?.add({ usedSelectors });
  if (!awaited.delete(fileName) || awaited.size > 0) return;
  for (const diagnostic of selection?.diagnostics() ?? []) report(diagnostic, undefined);
}

/** Errors go to the compiler, which then fails; it would for a warning too, so those are only printed. */
function tell({ ts, library, addDiagnostic }: PluginExtras, program: ts.Program, diagnostic: ts.Diagnostic): void {
  const isError = diagnostic.category === ts.DiagnosticCategory.Error;
  if (addDiagnostic && (isError || library !== "tsc")) {
    addDiagnostic(diagnostic);
    return;
  }
  const host: ts.FormatDiagnosticsHost = {
    getCurrentDirectory: () => program.getCurrentDirectory(),
    getCanonicalFileName: (fileName) => fileName,
    getNewLine: () => "\n",
  };
  const isPretty = program.getCompilerOptions().pretty ?? ts.sys?.writeOutputIsTTY?.() ?? false;
  const text = isPretty ? ts.formatDiagnosticsWithColorAndContext([diagnostic], host) : ts.formatDiagnostics([diagnostic], host);
  if (ts.sys) ts.sys.write(text);
  else console.error(text);
}

function findRuntime(sourceFile: ts.SourceFile, root: string, report: Report): boolean {
  try {
    createRequire(sourceFile.fileName).resolve(EMIT_MODULE);
    return true;
  } catch {
    const message =
      `Functions are to be traced, and "${EMIT_MODULE}", which traced code imports, cannot be found from ${root}. ` +
      "Install it as a dependency of the project: npm install @errspan/runtime @opentelemetry/api. Until then nothing is traced";
    report({ code: HOST_CODES.runtimeMissing, severity: "error", message, file: sourceFile.fileName, line: 1, column: 1 }, sourceFile);
    return false;
  }
}

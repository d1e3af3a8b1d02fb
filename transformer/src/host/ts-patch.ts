import { createRequire } from "node:module";
import { dirname } from "node:path";
import type ts from "typescript";
import type { ErrspanConfig } from "../config/config.js";
import type { Diagnostic } from "../plan/plan.js";
import { EMIT_MODULE } from "../rewrite/text/rewrite-text.js";
import type { TypeScript } from "../rewrite/tree/typescript.js";
import { toCompilerDiagnostic } from "./compiler-diagnostic.js";
import { createTransformer } from "./compiler.js";
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
}

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
  const report = (diagnostic: Diagnostic, file: ts.SourceFile | undefined): void => tell(extras, program, toCompilerDiagnostic(ts, diagnostic, file));
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
  });
}

function openProject(
  program: ts.Program,
  options: PluginOptions,
  ts: TypeScript,
  report: (diagnostic: Diagnostic, file: ts.SourceFile | undefined) => void,
): Project {
  const configFile = program.getCompilerOptions()["configFilePath"];
  const root = typeof configFile === "string" ? dirname(configFile) : program.getCurrentDirectory();
  const unsupported = explainVersion(ts.version);
  if (unsupported !== undefined) {
    report({ code: HOST_CODES.compilerVersion, severity: "error", message: unsupported, file: "", line: 1, column: 1 }, undefined);
    return { root, config: null };
  }
  const { config, diagnostics } = readPluginConfig(ts, program, options, root);
  for (const { diagnostic, file } of diagnostics) report(diagnostic, file);
  return { root, config };
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

function findRuntime(sourceFile: ts.SourceFile, root: string, report: (diagnostic: Diagnostic, file: ts.SourceFile | undefined) => void): boolean {
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

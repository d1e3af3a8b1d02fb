import type ts from "typescript";
import { createSelectionReport } from "../plan/selection-report.js";
import type { TypeScript } from "../rewrite/tree/typescript.js";
import { HOST_CODES } from "./codes.js";
import { createRewriting } from "./compiler.js";
import { guardEmit, withholdBuildInfo } from "./emit-guard.js";
import { DiagnosticSink, type PluginExtras } from "./diagnostic-sink.js";
import { readPluginConfig, type PluginConfig, type PluginOptions } from "./plugin-config.js";
import { explainMissingRuntime, RuntimeLookup } from "./runtime-lookup.js";
import { explainVersion } from "./typescript-version.js";

export type { PluginExtras, PluginOptions };

type Transformer = ts.TransformerFactory<ts.SourceFile>;

// The compiler may emit a program file by file, and asks for the transformers anew each time.
const transformers = new WeakMap<ts.Program, Transformer>();

/**
 * The plugin for ts-patch (`tspc`): rewrites the functions of a TypeScript 5 or 6 program that are marked `@traced`, or
 * selected by the config, while they are compiled. Whatever is wrong with markers or config fails the compilation.
 *
 * @param options What stands beside `"transform"` in the plugin entry: a config, or `config`: the path of one.
 * @throws where ts-patch calls it as another kind of plugin
 * @example
 * // tsconfig.json
 * { "compilerOptions": { "plugins": [{ "transform": "@errspan/transformer" }] } }
 */
export function tsPatchPlugin(
  program: ts.Program,
  options: PluginOptions,
  extras: PluginExtras,
): Transformer {
  if (typeof extras?.ts?.createSourceFile !== "function") {
    throw new Error(
      "@errspan/transformer was not called as a plugin that transforms sources. " +
        'Take "type", "after", "afterDeclarations" and "transformProgram" out of its entry in the plugins of the tsconfig.',
    );
  }
  let transformer = transformers.get(program);
  if (!transformer) {
    transformer = openProject(program, options, extras);
    transformers.set(program, transformer);
  }
  return transformer;
}

function openProject(program: ts.Program, options: PluginOptions, extras: PluginExtras): Transformer {
  const { ts } = extras;
  const sink = new DiagnosticSink(program, extras);
  const unsupported = explainVersion(ts.version);
  if (unsupported !== undefined)
    sink.report({
      code: HOST_CODES.compilerVersion,
      severity: "error",
      message: unsupported,
      file: "",
      line: 1,
      column: 1,
    });
  const config = unsupported === undefined ? readPluginConfig(ts, program, options) : null;
  for (const { diagnostic, file } of config?.diagnostics ?? []) sink.report(diagnostic, file);
  if (config === null || config.diagnostics.length > 0) {
    withholdBuildInfo(program);
    guardEmit(program, () => false);
    return () => (sourceFile) => sourceFile;
  }
  return traceProject(ts, program, config, sink);
}

function traceProject(
  ts: TypeScript,
  program: ts.Program,
  loaded: PluginConfig,
  sink: DiagnosticSink,
): Transformer {
  const { config, root, place } = loaded;
  const rewriting = createRewriting({
    ts,
    program,
    config,
    root,
    report: (diagnostic, sourceFile) => sink.report(diagnostic, sourceFile),
  });
  const options = program.getCompilerOptions();
  let runtimeFound: boolean | undefined;
  const mayEmit = (sourceFile: ts.SourceFile): boolean => {
    const planned = rewriting.plan(sourceFile, options);
    if (planned && planned.functions.length > 0 && runtimeFound === undefined) {
      runtimeFound = new RuntimeLookup().isThere(sourceFile.fileName);
      if (!runtimeFound) sink.report(explainMissingRuntime(sourceFile.fileName, root), sourceFile);
    }
    if (runtimeFound === false) withholdBuildInfo(program);
    return (
      runtimeFound !== false && planned?.diagnostics.some(({ severity }) => severity === "error") !== true
    );
  };
  guardEmit(program, (target) => {
    if (target) {
      sink.keepOnly(target);
      return mayEmit(target);
    }
    // A selector that picks nothing is known only where all files are seen at once.
    const selection = createSelectionReport(loaded);
    let allowed = true;
    for (const sourceFile of program.getSourceFiles()) {
      allowed = mayEmit(sourceFile) && allowed;
      const planned = rewriting.plan(sourceFile, options);
      if (planned) selection.add(planned, sourceFile.fileName);
    }
    for (const diagnostic of selection.diagnostics()) sink.report(diagnostic, place);
    return allowed;
  });
  return rewriting.transformer;
}

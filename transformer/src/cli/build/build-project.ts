import { existsSync } from "node:fs";
import { dirname, relative } from "node:path";
import type { LoadedConfig } from "../../config/load.js";
import { PackageTypes } from "../../host/package-types.js";
import { explainMissingRuntime, RuntimeLookup } from "../../host/runtime-lookup.js";
import { languageOf } from "../../parse/language.js";
import type { Diagnostic } from "../../plan/plan.js";
import { createSelectionReport } from "../../plan/selection-report.js";
import type { SourceMapObject } from "../../rewrite/text/rewrite-text.js";
import { transform } from "../../transform.js";
import { reasonOf, writeAtomically, WriteError } from "../atomic-write.js";
import { UsageError } from "../io.js";
import { hasErrors } from "../report.js";
import { isInside, readSource } from "../source-files.js";
import { Layout } from "./layout.js";
import type { ProjectCompiler } from "./project-compiler.js";
import { Shadow } from "./shadow.js";
import { isTraced, tracedOutput } from "./traced-output.js";

/** A project that is to be built. */
export interface BuildProject {
  readonly compiler: ProjectCompiler;
  /** Absolute path. */
  readonly tsconfig: string;
  readonly config: LoadedConfig;
  /** Prints what the compiler prints, as it comes. */
  readonly print: (text: string) => void;
  /** Arguments for how the compiler prints. */
  readonly printing: readonly string[];
}

/** What came of a build. */
export interface BuildResult {
  /** The compiler's. */
  readonly code: number;
  readonly diagnostics: readonly Diagnostic[];
  /** The files of the program. */
  readonly sources: readonly string[];
}

interface RewrittenSource {
  readonly code: string;
  readonly map: SourceMapObject;
}

const INSTALLED = /[\\/]node_modules[\\/]/;

/**
 * Builds a project: the compiler checks the original and writes what it always writes; then the JavaScript of files with
 * something to trace is replaced by that of the rewritten text.
 *
 * @throws CompilerFailure where there is no program
 */
export async function buildProject({ compiler, tsconfig, config, print, printing }: BuildProject): Promise<BuildResult> {
  const directory = dirname(tsconfig);
  const settings = await compiler.settings(tsconfig);
  if ((settings.references ?? []).length > 0) {
    throw new UsageError("Project references are not followed. Build with tsc -b, and then errspan instrument <output directories>.");
  }
  const files = await compiler.files(tsconfig);
  const own = files.filter((file) => !INSTALLED.test(file));
  const sources = own.filter((file) => languageOf(file) !== "dts" && !file.endsWith(".json"));
  const { rewritten, diagnostics } = rewriteSources(sources, config);
  const wanted = ["-p", tsconfig, ...printing];
  if (hasErrors(diagnostics)) {
    await compiler.run([...wanted, "--noEmit"], print);
    return { code: 1, diagnostics, sources };
  }
  const layout = new Layout(directory, sources, settings, compiler.major);
  const { noEmit, emitDeclarationOnly, noEmitOnError } = settings.compilerOptions;
  const stale = sources.filter((source) => rewritten.has(source) || isTraced(layout.outputOf(source)));
  if (stale.length === 0 || noEmit === true || emitDeclarationOnly === true) {
    const { code } = await compiler.run(wanted, print);
    return { code, diagnostics, sources };
  }
  const inside = own.filter((file) => isInside(file, layout.top));
  using shadow = copied(layout.top, (shadow) => {
    for (const file of inside) shadow.add(file, rewritten.get(file)?.code);
    shadow.addSurroundings(new Set([directory, ...inside.map((file) => dirname(file))]));
  });
  const canSkipChecks = compiler.major > 5 || Number(compiler.version.split(".")[1]) >= 6;
  const copy = shadow.configure(tsconfig, settings, inside, canSkipChecks);
  const emitted = await compiler.run(["-p", copy]);
  const missing = stale.filter((source) => !existsSync(layout.shadowOutputOf(source, shadow.outDir)));
  if (missing.length > 0) {
    const names = missing.map((source) => relative(directory, source)).join(", ");
    throw new Error(`The compiler has written nothing for ${names} when these were rewritten: ${emitted.output.trim()}`);
  }
  const { code } = await compiler.run(wanted, print);
  // What is there is then what an earlier build has written.
  if (noEmitOnError === true && code !== 0) return { code, diagnostics, sources };
  for (const source of stale) {
    const output = layout.outputOf(source);
    if (existsSync(output)) {
      writeAtomically(tracedOutput(output, layout.shadowOutputOf(source, shadow.outDir), rewritten.get(source)?.map));
    }
  }
  return { code, diagnostics, sources };
}

/** A copy of the sources, with what `fill` puts into it; none where that fails. */
function copied(top: string, fill: (shadow: Shadow) => void): Shadow {
  let shadow: Shadow | undefined;
  try {
    shadow = new Shadow(top);
    fill(shadow);
    return shadow;
  } catch (error) {
    shadow?.[Symbol.dispose]();
    throw new WriteError(`A copy of the sources, which is compiled in their place, cannot be written into ${top}: ${reasonOf(error)}. Nothing was built.`, { cause: error });
  }
}

function rewriteSources(
  sources: readonly string[],
  loaded: LoadedConfig,
): { readonly rewritten: ReadonlyMap<string, RewrittenSource>; readonly diagnostics: readonly Diagnostic[] } {
  const rewritten = new Map<string, RewrittenSource>();
  const diagnostics: Diagnostic[] = [];
  const types = new PackageTypes();
  const runtime = new RuntimeLookup();
  const { config, root } = loaded;
  const report = createSelectionReport(loaded);
  for (const source of sources) {
    const text = readSource(source, source);
    if (typeof text !== "string") {
      diagnostics.push(text);
      continue;
    }
    const format = types.formatOf(source);
    const result = transform(text, { filename: source, root, config, ...(format === undefined ? {} : { format }) });
    report.add(result, source);
    diagnostics.push(...result.diagnostics);
    if (result.map === null) continue;
    rewritten.set(source, { code: result.code, map: result.map });
    if (!runtime.isThere(source) && !diagnostics.some(({ code }) => code === "ERRSPAN4102")) diagnostics.push(explainMissingRuntime(source, root));
  }
  return { rewritten, diagnostics: [...diagnostics, ...report.diagnostics()] };
}

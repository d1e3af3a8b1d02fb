import { realpathSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { ErrspanConfig } from "../../config/config.js";
import { relativePath } from "../../plan/file-path.js";
import type { Diagnostic, ModuleFormat } from "../../plan/plan.js";
import type { SourceMapObject } from "../../rewrite/text/rewrite-text.js";
import type { TransformResult } from "../../transform.js";
import { transform } from "../../transform.js";
import { recover, writeAtomically, WriteError } from "../atomic-write.js";
import type { PendingFile } from "../atomic-write.js";
import { uninterrupted } from "../interruption.js";
import type { InterruptedCode } from "../interruption.js";
import { EXIT, UsageError } from "../io.js";
import type { CommandIo, ExitCode } from "../io.js";
import { PackageTypes } from "../../host/package-types.js";
import { explainMissingRuntime, RuntimeLookup } from "../../host/runtime-lookup.js";
import { NamedFiles } from "../named-files.js";
import { Progress } from "../progress.js";
import { openProject, readFormat } from "../project.js";
import { hasErrors, plural, printDiagnostics, shownPath } from "../report.js";
import { dataUrl, findAttachedMap, mapFileText, withReference } from "../source-map-files.js";
import type { AttachedMap } from "../source-map-files.js";
import { findSourceFiles, isInside, readSource, unreadableFile } from "../source-files.js";
import type { SourceFiles } from "../source-files.js";
import { styleFor } from "../style.js";

export const INSTRUMENT_USAGE = `errspan instrument <files and directories> [options]

Rewrites JavaScript or TypeScript files in place: what is marked or selected runs in spans. Each file is replaced as a
whole or not at all; what was rewritten before stays as it is. Source maps, in the file or beside it, are composed.
Interrupted, it ends between two files; run again, it does the rest.

  --out-dir <dir>  write there, under the same paths, and leave the files alone
  --config <file>  instead of the nearest errspan.config.json
  --format <name>  module, commonjs or script, for files that do not tell

Exit codes: 0 all went well; 1 something is wrong with the code or the config, a file cannot be written, or one that was
named cannot be read as code (in a directory that is a warning); 2 called wrongly; 130, 143 or 129 ended by ^C, SIGTERM
or SIGHUP.

Examples:
  tsc && errspan instrument dist                 after any compiler
  errspan instrument src --out-dir instrumented  leave the sources as they are
  errspan instrument server.js --format commonjs
`;

interface Run {
  readonly config: ErrspanConfig;
  readonly root: string;
  readonly outDir: string | undefined;
  readonly format: ModuleFormat | undefined;
  readonly types: PackageTypes;
  readonly runtime: RuntimeLookup;
}

/** Sources as the map's own place sees them, so that the directory can be moved as a whole. */
function relativeSources(map: SourceMapObject, mapDirectory: string): SourceMapObject {
  const sources = map.sources.map((source) =>
    source !== null && isAbsolute(source) ? relative(mapDirectory, source).replaceAll("\\", "/") : source,
  );
  return { ...map, sources };
}

/** A relative path as the URL of a reference. */
function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

function outputOf(
  file: string,
  target: string,
  { code, map }: TransformResult,
  attached: AttachedMap,
  { outDir, root }: Run,
): readonly PendingFile[] {
  if (map === null) return [{ path: target, text: code, like: file }];
  // What was rewritten stands in front of the reference, so its place is looked up anew.
  const { reference } = findAttachedMap(code, file);
  if (attached.inline) {
    const text = withReference(code, reference, dataUrl(relativeSources(map, dirname(target))));
    return [{ path: target, text, like: file }];
  }
  const away = relative(dirname(file), attached.file ?? `${file}.map`);
  // A reference may lead anywhere; what is written stays where it was asked for.
  const mapFile = isInside(join(dirname(target), away), outDir ?? root) ? join(dirname(target), away) : `${target}.map`;
  const url = relative(dirname(target), mapFile).replaceAll("\\", "/");
  // The map comes behind the file: `recover` goes by that.
  return [
    { path: target, text: withReference(code, reference, encodePath(url)), like: file },
    { path: mapFile, text: mapFileText(relativeSources(map, dirname(mapFile)), target), like: file },
  ];
}

/** Where a file's output goes. */
function targetOf(file: string, { outDir, root }: Run): string {
  return outDir === undefined ? file : join(outDir, relative(root, file));
}

/** The files may well run elsewhere, where the runtime is. */
function warnOfMissingRuntime(file: string, target: string, root: string): Diagnostic {
  const diagnostic = explainMissingRuntime(relativePath(file, root), dirname(target));
  return { ...diagnostic, severity: "warning", message: `${diagnostic.message}, or where these files are going to run` };
}

interface Instrumented {
  readonly traced: number;
  readonly diagnostics: readonly Diagnostic[];
  /** Null where the runtime is found, or nothing needs it. */
  readonly missingRuntime: Diagnostic | null;
}

/** Rewrites one file. */
function instrumentFile(file: string, run: Run): Instrumented {
  const { config, format, outDir, root, types } = run;
  const source = readSource(file, relativePath(file, root));
  if (typeof source !== "string") return { traced: 0, diagnostics: [source], missingRuntime: null };
  const attached = findAttachedMap(source, file);
  const stated = format ?? types.formatOf(file);
  const result = transform(source, {
    filename: file,
    root,
    config,
    ...(stated === undefined ? {} : { format: stated }),
    ...(attached.json === undefined ? {} : { inputMap: attached.json }),
  });
  const { diagnostics, traced } = result;
  const target = targetOf(file, run);
  if (result.map !== null || outDir !== undefined) {
    if (outDir !== undefined) forbidWayOut(target, outDir);
    writeAtomically(outputOf(file, target, result, attached, run));
  }
  const missingRuntime = result.map === null || run.runtime.isThere(target) ? null : warnOfMissingRuntime(file, target, root);
  return { traced: traced.length, diagnostics, missingRuntime };
}

/** Where a path that need not be there leads to, links followed as far as it is there. */
function realWay(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // It is not there: then its parent tells.
    return dirname(path) === path ? path : join(realWay(dirname(path)), relative(dirname(path), path));
  }
}

/** Links in the directory that is written to may lead anywhere, to the sources for one. */
function forbidWayOut(target: string, outDir: string): void {
  if (isInside(realWay(dirname(target)), realWay(outDir))) return;
  throw new WriteError(`${target} cannot be written: a link leads out of ${outDir}. Nothing was written there.`);
}

interface Outcome {
  readonly diagnostics: readonly Diagnostic[];
  readonly functions: number;
  readonly changed: number;
  /** What ended it before its time. */
  readonly stopped: WriteError | InterruptedCode | null;
  readonly done: number;
}

function instrumentAll(files: readonly string[], named: NamedFiles, run: Run, io: CommandIo): Promise<Outcome> {
  const progress = new Progress(io, files.length);
  return uninterrupted(async (ask) => {
    recover(new Set(files.map((file) => dirname(targetOf(file, run)))));
    const diagnostics: Diagnostic[] = [];
    let [functions, changed, done] = [0, 0, 0];
    let stopped: Outcome["stopped"] = null;
    let missingRuntime: Diagnostic | null = null;
    try {
      for (const file of files) {
        stopped = await ask();
        if (stopped !== null) break;
        progress.step(relativePath(file, run.root));
        const result = instrumentFile(file, run);
        diagnostics.push(...named.judge(result.diagnostics, file));
        missingRuntime ??= result.missingRuntime;
        functions += result.traced;
        if (result.traced > 0) changed++;
        done++;
      }
    } catch (error) {
      if (!(error instanceof WriteError)) throw error;
      stopped = error;
    } finally {
      progress.end();
    }
    return { diagnostics: missingRuntime === null ? diagnostics : [...diagnostics, missingRuntime], functions, changed, stopped, done };
  });
}

/** Whether nobody may write there, which no second run mends. */
function isForbidden({ cause }: { readonly cause?: unknown }): boolean {
  return cause instanceof Error && "code" in cause && /^(?:EROFS|EACCES|EPERM)$/.test(String(cause.code));
}

/** What is written is the file that was named: where a link leads, somebody else may read it, under another path. */
function forbidLink(path: string, cwd: string, root: string): void {
  const named = resolve(cwd, path);
  const real = realpathSync(named);
  const realRoot = realpathSync(root);
  if (real === join(realRoot, relative(root, named))) return;
  throw new UsageError(`"${path}" is a link, or leads through one. Name what it leads to: "${shownPath(join(root, relative(realRoot, real)), cwd)}".`);
}

function filesOf(paths: readonly string[], io: CommandIo, root: string, outDir: string | undefined): SourceFiles {
  const found = findSourceFiles(paths, io.cwd, root, outDir);
  if (outDir === undefined) {
    for (const path of paths) forbidLink(path, io.cwd, root);
    return found;
  }
  const realOutDir = realWay(outDir);
  if (found.files.some((file) => isInside(realWay(file), realOutDir))) {
    throw new UsageError("The files to instrument are in the directory to write to. Choose another --out-dir.");
  }
  return found;
}

/** `errspan instrument` */
export async function instrument(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { "out-dir": { type: "string" }, config: { type: "string" }, format: { type: "string" } },
  });
  const format = readFormat(values.format);
  if (positionals.length === 0) throw new UsageError("Name the files or directories to instrument.");
  const { config, diagnostics: configDiagnostics, root } = openProject(io, values.config);
  printDiagnostics(configDiagnostics, io, root);
  if (hasErrors(configDiagnostics)) return EXIT.problems;
  const outDir = values["out-dir"] === undefined ? undefined : resolve(io.cwd, values["out-dir"]);
  const { files, unreadable } = filesOf(positionals, io, root, outDir);
  const named = new NamedFiles(positionals, io.cwd);
  const unread = [...unreadable].flatMap(([path, error]) => named.judge([unreadableFile(error, relativePath(path, root))], path));
  const run: Run = { config, root, outDir, format, types: new PackageTypes(), runtime: new RuntimeLookup() };
  const { changed, diagnostics: found, done, functions, stopped } = await instrumentAll(files, named, run, io);
  const diagnostics = [...unread, ...found];
  printDiagnostics(diagnostics, io, root);
  const summary = `${plural(functions, "function")} traced in ${plural(changed, "file")} of ${files.length}`;
  if (stopped !== null) {
    const what = stopped instanceof WriteError ? stopped.message.replaceAll(`${io.cwd}/`, "") : "Interrupted.";
    const rest = `${plural(files.length - done, "file")} of ${files.length} left alone; the others are whole. Run it again to do the rest.`;
    const elsewhere = outDir === undefined && stopped instanceof WriteError && isForbidden(stopped) ? "With --out-dir it writes elsewhere.\n" : "";
    io.err.write(`errspan instrument: ${what}\n${elsewhere}${rest}\n`);
    return stopped instanceof WriteError ? EXIT.problems : stopped;
  }
  if (io.out.isTTY) io.out.write(`${styleFor(io.out, io.env).bold(summary)}\n`);
  return hasErrors(diagnostics) ? EXIT.problems : EXIT.ok;
}

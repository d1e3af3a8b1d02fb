import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { ErrspanConfig } from "../../config/config.js";
import { relativePath } from "../../plan/file-path.js";
import type { Diagnostic, ModuleFormat } from "../../plan/plan.js";
import type { SourceMapObject } from "../../rewrite/text/rewrite-text.js";
import type { TransformResult } from "../../transform.js";
import { transform } from "../../transform.js";
import { writeAtomically } from "../atomic-write.js";
import type { PendingFile } from "../atomic-write.js";
import { EXIT, UsageError } from "../io.js";
import type { CommandIo, ExitCode } from "../io.js";
import { PackageTypes } from "../../host/package-types.js";
import { notText, openProject, readFormat } from "../project.js";
import { hasErrors, printDiagnostics } from "../report.js";
import { dataUrl, findAttachedMap, mapFileText, withReference } from "../source-map-files.js";
import type { AttachedMap } from "../source-map-files.js";
import { findSourceFiles, isInside, isLink, readSource } from "../source-files.js";
import { styleFor } from "../style.js";

export const INSTRUMENT_USAGE = `errspan instrument <files and directories> [options]

Rewrites JavaScript or TypeScript files in place: what is marked or selected runs in spans. Each file is replaced as a
whole or not at all; what was rewritten before stays as it is. Source maps, in the file or beside it, are composed.

  --out-dir <dir>  write there, under the same paths, and leave the files alone
  --config <file>  instead of the nearest errspan.config.json
  --format <name>  module, commonjs or script, for files that do not tell
`;

interface Run {
  readonly config: ErrspanConfig;
  readonly root: string;
  readonly outDir: string | undefined;
  readonly format: ModuleFormat | undefined;
  readonly types: PackageTypes;
}

/** Sources as the map's own place sees them, so that the directory can be moved as a whole. */
function relativeSources(map: SourceMapObject, mapDirectory: string): SourceMapObject {
  const sources = map.sources.map((source) =>
    source !== null && isAbsolute(source) ? relative(mapDirectory, source).replaceAll("\\", "/") : source,
  );
  return { ...map, sources };
}

function outputOf(
  file: string,
  target: string,
  { code, map }: TransformResult,
  attached: AttachedMap,
): readonly PendingFile[] {
  if (map === null) return [{ path: target, text: code, like: file }];
  // What was rewritten stands in front of the reference, so its place is looked up anew.
  const { reference } = findAttachedMap(code, file);
  if (attached.inline) {
    const text = withReference(code, reference, dataUrl(relativeSources(map, dirname(target))));
    return [{ path: target, text, like: file }];
  }
  const mapFile = join(dirname(target), relative(dirname(file), attached.file ?? `${file}.map`));
  const url = relative(dirname(target), mapFile).replaceAll("\\", "/");
  return [
    { path: mapFile, text: mapFileText(relativeSources(map, dirname(mapFile)), target), like: file },
    { path: target, text: withReference(code, reference, encodeURI(url)), like: file },
  ];
}

/** Rewrites one file. */
function instrumentFile(file: string, { config, format, outDir, root, types }: Run): { traced: number; diagnostics: readonly Diagnostic[] } {
  const source = readSource(file);
  if (source === null) return { traced: 0, diagnostics: [notText(relativePath(file, root))] };
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
  const target = outDir === undefined ? file : join(outDir, relative(root, file));
  if (result.map !== null || outDir !== undefined) writeAtomically(outputOf(file, target, result, attached));
  return { traced: traced.length, diagnostics };
}

/** `errspan instrument` */
export function instrument(args: readonly string[], io: CommandIo): ExitCode {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { "out-dir": { type: "string" }, config: { type: "string" }, format: { type: "string" } },
  });
  const format = readFormat(values.format);
  if (positionals.length === 0) throw new UsageError("Name the files or directories to instrument.");
  const { config, diagnostics: configDiagnostics, root } = openProject(io, values.config);
  printDiagnostics(configDiagnostics, io);
  if (hasErrors(configDiagnostics)) return EXIT.problems;
  const outDir = values["out-dir"] === undefined ? undefined : resolve(io.cwd, values["out-dir"]);
  const files = findSourceFiles(positionals, io.cwd, root, outDir);
  if (outDir === undefined) {
    const link = files.find(isLink);
    if (link !== undefined) throw new UsageError(`"${link}" is a link. Name the file that it leads to.`);
  } else if (files.some((file) => isInside(file, outDir))) {
    throw new UsageError("The files to instrument are in the directory to write to. Choose another --out-dir.");
  }
  const run: Run = { config, root, outDir, format, types: new PackageTypes() };
  const diagnostics: Diagnostic[] = [];
  let functions = 0;
  let changed = 0;
  for (const file of files) {
    const result = instrumentFile(file, run);
    diagnostics.push(...result.diagnostics);
    functions += result.traced;
    if (result.traced > 0) changed++;
  }
  printDiagnostics(diagnostics, io);
  if (io.out.isTTY) {
    const style = styleFor(io.out, io.env);
    const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
    io.out.write(`${style.bold(plural(functions, "function"))} traced in ${plural(changed, "file")} of ${files.length}\n`);
  }
  return hasErrors(diagnostics) ? EXIT.problems : EXIT.ok;
}

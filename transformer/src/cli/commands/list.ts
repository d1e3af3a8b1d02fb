import { resolve } from "node:path";
import { parseArgs } from "node:util";
import type { LoadedConfig } from "../../config/load.js";
import { plan } from "../../plan/create-plan.js";
import { relativePath } from "../../plan/file-path.js";
import type { Diagnostic, PlannedFunction } from "../../plan/plan.js";
import { createSelectionReport } from "../../plan/selection-report.js";
import { ignoredPlugin } from "../ignored-plugin.js";
import { EXIT } from "../io.js";
import type { CommandIo, ExitCode } from "../io.js";
import { PackageTypes } from "../../host/package-types.js";
import { NamedFiles } from "../named-files.js";
import { Progress } from "../progress.js";
import { ignoredNestPlugin } from "../nest-builder.js";
import { openProject, readFormat } from "../project.js";
import { hasErrors, plural, printDiagnostics, shownPath } from "../report.js";
import { findSourceFiles, readSource, unreadableFile } from "../source-files.js";
import { styleFor } from "../style.js";

export const LIST_USAGE = `errspan list [files and directories] [options]

Shows what would be traced and why, and what would not be and why. Writes nothing.
Without arguments: everything below the directory of the config, or below the working directory.

  --json           one JSON document: { root, config, functions, diagnostics }
  --config <file>  instead of the nearest errspan.config.json
  --format <name>  module, commonjs or script, for files that do not tell

Exit codes: 0 all went well; 1 something is wrong with the code or the config, or a file that was named cannot be read as
code; 2 called wrongly.

Examples:
  errspan list                              everything
  errspan list src/services                 one directory
  errspan list --json | jq '.functions[].name'
`;

/** A traced function as `--json` shows it. */
interface ListedFunction {
  readonly name: string;
  readonly spanName: string;
  readonly kind: PlannedFunction["kind"];
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly because: string;
}

function listed({ kind, site, because }: PlannedFunction): ListedFunction {
  const { file, line, column } = site.location;
  return { name: site.functionName, spanName: site.spanName, kind, file, line, column, because };
}

/** The table of one file's functions. */
function printFile(file: string, functions: readonly ListedFunction[], io: CommandIo): void {
  const style = styleFor(io.out, io.env);
  const rows = functions.map(({ because, column, kind, line, name, spanName }) => ({
    place: `${line}:${column}`,
    name: spanName === name ? name : `${name} as ${JSON.stringify(spanName)}`,
    kind,
    because,
  }));
  const width = (key: "place" | "name" | "kind"): number => Math.max(...rows.map((row) => row[key].length));
  const [place, name, kind] = [width("place"), width("name"), width("kind")];
  io.out.write(`${style.bold(file)}\n`);
  for (const row of rows) {
    const cells = [style.dim(row.place.padEnd(place)), row.name.padEnd(name), style.cyan(row.kind.padEnd(kind)), style.dim(row.because)];
    io.out.write(`  ${cells.join("  ")}\n`);
  }
}

function print(functions: readonly ListedFunction[], io: CommandIo, root: string): void {
  const byFile = Map.groupBy(functions, ({ file }) => file);
  let first = true;
  for (const [file, inFile] of byFile) {
    if (!first) io.out.write("\n");
    first = false;
    printFile(shownPath(resolve(root, file), io.cwd), inFile, io);
  }
  if (io.out.isTTY && functions.length > 0) io.out.write(`\n${plural(functions.length, "function")} in ${plural(byFile.size, "file")}\n`);
}

/** `errspan list` */
export function list(args: readonly string[], io: CommandIo): ExitCode {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: "boolean" }, config: { type: "string" }, format: { type: "string" } },
  });
  const format = readFormat(values.format);
  const loaded = openProject(io, values.config);
  const { diagnostics: configDiagnostics, file: configFile, root } = loaded;
  const functions: ListedFunction[] = [];
  const diagnostics: Diagnostic[] = [...configDiagnostics, ...ignoredPlugin(root), ...ignoredNestPlugin(root)];
  if (!hasErrors(configDiagnostics)) {
    const everything = positionals.length === 0;
    const { files, unreadable } = findSourceFiles(everything ? [root] : positionals, io.cwd, root);
    const named = new NamedFiles(positionals, io.cwd);
    for (const [path, error] of unreadable) diagnostics.push(...named.judge([unreadableFile(error, relativePath(path, root))], path));
    const progress = new Progress(io, files.length);
    collect(files, { loaded, format, named, isWhole: everything && configFile !== null, progress }, functions, diagnostics);
    progress.end();
  }
  if (values.json) {
    const config = configFile === null ? null : shownPath(configFile, root);
    io.out.write(`${JSON.stringify({ root, config, functions, diagnostics }, null, 2)}\n`);
  } else {
    print(functions, io, root);
    printDiagnostics(diagnostics, io, root);
    if (functions.length === 0 && diagnostics.length === 0 && io.err.isTTY) {
      io.err.write("Nothing is traced: no marker was found, and no selector picks anything.\n");
    }
  }
  return hasErrors(diagnostics) ? EXIT.problems : EXIT.ok;
}

interface Listing {
  readonly loaded: LoadedConfig;
  readonly named: NamedFiles;
  readonly format: ReturnType<typeof readFormat>;
  /** All files are looked at, so that the selectors of the config can be judged. */
  readonly isWhole: boolean;
  readonly progress: Progress;
}

function collect(
  files: readonly string[],
  { format, isWhole, loaded, named, progress }: Listing,
  functions: ListedFunction[],
  diagnostics: Diagnostic[],
): void {
  const types = new PackageTypes();
  const { config, root } = loaded;
  const report = createSelectionReport(loaded);
  for (const file of files) {
    progress.step(relativePath(file, root));
    const source = readSource(file, relativePath(file, root));
    if (typeof source !== "string") {
      diagnostics.push(...named.judge([source], file));
      continue;
    }
    const stated = format ?? types.formatOf(file);
    const planned = plan(source, { filename: file, root, config, ...(stated === undefined ? {} : { format: stated }) });
    report.add(planned, file);
    functions.push(...planned.functions.map(listed));
    diagnostics.push(...named.judge(planned.diagnostics, file));
  }
  if (isWhole) diagnostics.push(...report.diagnostics());
}

import { statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { loadConfig, loadConfigFile, type LoadedConfig } from "../../config/load.js";
import { buildProject, type BuildResult } from "../build/build-project.js";
import { CompilerFailure, ProjectCompiler } from "../build/project-compiler.js";
import { watchProject } from "../build/watch-project.js";
import { uninterrupted } from "../interruption.js";
import { UsageError, type CommandIo, type ExitCode } from "../io.js";
import { hasErrors, printDiagnostics } from "../report.js";
import { isColoured } from "../style.js";

export const BUILD_USAGE = `errspan build [options]

Compiles a project with its own TypeScript, of version 5.4 to 7: tsc checks what you wrote and writes what it always writes,
then the JavaScript of files with something to trace is replaced. Declaration files are tsc's.

  -p, --project <tsconfig>  the tsconfig, or its directory; without it the tsconfig.json of the working directory
  -w, --watch               build again whenever a file of the project changes
  --config <file>           instead of the nearest errspan.config.json

Messages and exit codes are those of tsc: 0 all went well, 1 something is wrong and nothing was traced or written, 2
something is wrong and the output was written all the same. Projects that refer to others: tsc -b && errspan instrument dist

  errspan build -p tsconfig.build.json
  errspan build --watch
`;

/** `errspan build` */
export async function build(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  if (args.includes("-b") || args.includes("--build")) {
    throw new UsageError("Project references are not followed. Build with tsc -b, and then errspan instrument <output directories>.");
  }
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      project: { type: "string", short: "p" },
      watch: { type: "boolean", short: "w" },
      config: { type: "string" },
    },
  });
  if (positionals.length > 0) throw new UsageError(`Name a project with -p, not the file "${positionals[0] ?? ""}".`);
  const tsconfig = findTsconfig(io.cwd, values.project);
  const compiler = new ProjectCompiler(dirname(tsconfig));
  const open = (): LoadedConfig =>
    values.config === undefined ? loadConfig(dirname(tsconfig)) : loadConfigFile(resolve(io.cwd, values.config));
  const once = (): Promise<BuildResult> => buildOnce(compiler, tsconfig, open(), io);
  if (values.watch === true) return watchProject({ tsconfig, build: once, configFile: () => open().file, io });
  return uninterrupted(async (ask) => {
    try {
      const { code } = await once();
      return (await ask()) ?? toExitCode(code);
    } catch (error) {
      // ^C ends the compiler, too.
      const ended = await ask();
      if (ended === null) throw error;
      return ended;
    }
  });
}

async function buildOnce(compiler: ProjectCompiler, tsconfig: string, config: LoadedConfig, io: CommandIo): Promise<BuildResult> {
  if (hasErrors(config.diagnostics)) {
    printDiagnostics(config.diagnostics, io, config.root);
    return { code: 1, diagnostics: config.diagnostics, sources: [] };
  }
  const print = (text: string): void => {
    io.out.write(text);
  };
  const printing = isColoured(io.out, io.env) ? ["--pretty"] : [];
  try {
    const result = await buildProject({ compiler, tsconfig, config, print, printing });
    printDiagnostics(
      result.diagnostics.filter(({ severity }) => severity !== "info"),
      io,
      config.root,
    );
    return result;
  } catch (error) {
    if (!(error instanceof CompilerFailure)) throw error;
    print(error.run.output);
    return { code: error.run.code, diagnostics: [], sources: [] };
  }
}

function findTsconfig(cwd: string, project: string | undefined): string {
  const path = resolve(cwd, project ?? ".");
  const stats = statSync(path, { throwIfNoEntry: false });
  const file = stats?.isDirectory() === true ? join(path, "tsconfig.json") : path;
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) throw new UsageError(`There is no tsconfig "${file}".`);
  return file;
}

/** The compiler's codes beyond those are of builds of several projects. */
function toExitCode(code: number): ExitCode {
  return code === 0 || code === 1 || code === 2 || code === 3 ? code : 1;
}

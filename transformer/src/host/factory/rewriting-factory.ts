import { createRequire } from "node:module";
import { dirname, isAbsolute, join, resolve } from "node:path";
import type ts from "typescript";
import type { ErrspanConfig } from "../../config/config.js";
import type { LoadedConfig } from "../../config/load.js";
import type { Diagnostic } from "../../plan/plan.js";
import type { TypeScript } from "../../rewrite/tree/typescript.js";
import { requireOptions } from "../bundler/explain-options.js";
import { BundlerProject } from "../bundler/project.js";
import { HOST_CODES } from "../codes.js";
import { createRewriting } from "../compiler.js";
import { explainMissingRuntime, RuntimeLookup } from "../runtime-lookup.js";
import { explainVersion } from "../typescript-version.js";
import { unusedSelectors } from "./unused-selectors.js";

/** A config, which then takes the place of `errspan.config.json`, or where that is; and the compiler. */
export interface FactoryOptions extends ErrspanConfig {
  /** Path of the config file, relative to `root`. Default: the nearest `errspan.config.json`, from `root` upwards. */
  readonly config?: string;
  /** Directory to work from. Default: the tsconfig's, or else the working directory. */
  readonly root?: string;
  /** The compiler that runs. Default: the `typescript` that is found from `root`. */
  readonly typescript?: TypeScript;
}

/** How a host that takes transformer factories tells its user what is wrong. */
export interface FactoryReport {
  /** Makes the build fail, whether at once or at its end. */
  readonly error: (message: string) => void;
  readonly warning: (message: string) => void;
  /** Whether all files of a program are compiled, so that a selector that picks nothing in any of them is a mistake. */
  readonly isWhole: boolean;
}

/** Reports as most hosts need it: what is thrown ends their build, and warnings have no way of their own. */
export const throwing: FactoryReport = {
  error: (message) => {
    throw new Error(message);
  },
  warning: (message) => {
    process.stderr.write(`errspan: ${message}\n`);
  },
  isWhole: true,
};

/** What was said of selectors, which is not said again for each round of a watch. */
const said = new Set<string>();

function loadTypeScript(directory: string): TypeScript {
  try {
    return createRequire(join(directory, "package.json"))("typescript") as TypeScript;
  } catch (error) {
    throw new Error(
      `${HOST_CODES.compilerVersion} TypeScript cannot be loaded from ${directory}. Install it (npm install --save-dev typescript@6), ` +
        'or pass the one that runs as the option "typescript"',
      { cause: error },
    );
  }
}

function directoryOf(program: ts.Program | undefined): string {
  if (program === undefined) return process.cwd();
  const { configFilePath } = program.getCompilerOptions();
  return typeof configFilePath === "string" ? dirname(configFilePath) : program.getCurrentDirectory();
}

/**
 * A transformer factory for the `before` stage of a compiler that another tool runs.
 *
 * @param program absent where files are transpiled one by one
 * @throws Error where the compiler is not there, or is of a version without transformers, or the options are no object
 */
export function createFactory(
  program: ts.Program | undefined,
  given: FactoryOptions,
  report: FactoryReport,
): ts.TransformerFactory<ts.SourceFile> {
  requireOptions(given);
  const { typescript, ...options } = given;
  const directory = options.root === undefined ? directoryOf(program) : resolve(options.root);
  const compiler = typescript ?? loadTypeScript(directory);
  const unsupported = explainVersion(compiler.version);
  if (unsupported !== undefined) throw new Error(`${HOST_CODES.compilerVersion} ${unsupported}`);
  const project = new BundlerProject(options, directory, "commonjs");
  const runtime = new RuntimeLookup();
  const warned = new Set<string>();
  let surveyed: LoadedConfig | null = null;
  /** Once for each config. What is compiled file by file, or added to later, is not in the program. */
  const survey = (file: string): void => {
    const { loaded } = project;
    if (!report.isWhole || surveyed === loaded || program?.getSourceFile(file) === undefined) return;
    surveyed = loaded;
    const isOurs = (path: string): boolean => project.codeOf(path) !== null;
    for (const diagnostic of unusedSelectors({ ts: compiler, program, loaded, isOurs })) {
      const message = shown(diagnostic, project);
      if (!said.has(message)) report.warning(message);
      said.add(message);
    }
  };
  return (context) => {
    // In a watch the factory stays, and what it makes is made anew for each round.
    project.refresh();
    const tell = (diagnostic: Diagnostic): void => {
      const message = shown(diagnostic, project);
      if (diagnostic.severity === "error") report.error(message);
      if (diagnostic.severity !== "warning" || warned.has(message)) return;
      warned.add(message);
      report.warning(message);
    };
    const { config, root } = project.loaded;
    for (const problem of project.problems) tell(problem);
    if (project.problems.length > 0) return (sourceFile) => sourceFile;
    const rewriting = createRewriting({
      ts: compiler,
      program,
      config,
      root,
      report: tell,
      done: (sourceFile, rewritten) => {
        if (rewritten.length > 0 && !runtime.isThere(sourceFile.fileName)) tell(explainMissingRuntime(sourceFile.fileName, root));
      },
    });
    const rewrite = rewriting.transformer(context);
    return (sourceFile) => {
      if (project.codeOf(sourceFile.fileName) === null) return sourceFile;
      survey(sourceFile.fileName);
      return rewrite(sourceFile);
    };
  };
}

function shown(diagnostic: Diagnostic, project: BundlerProject): string {
  const { code, severity, message, line, column } = diagnostic;
  const file = isAbsolute(diagnostic.file) ? diagnostic.file : project.fileOf(diagnostic);
  return `${file === "" ? "" : `${file}:${line}:${column} `}${severity} ${code} ${message}`;
}

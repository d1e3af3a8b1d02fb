import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type ts from "typescript";
import { loadConfig, loadConfigFile, type ConfigPosition } from "../config/load.js";
import type { ErrspanConfig } from "../config/config.js";
import { validateConfig, type ConfigProblem } from "../config/validate.js";
import { CODES } from "../plan/diagnostics.js";
import type { Diagnostic } from "../plan/plan.js";
import type { TypeScript } from "../rewrite/tree/typescript.js";
import { locateInPlugin } from "./plugin-location.js";

/** What may stand in the plugin entry beside `"transform"`: a config, which then takes the place of errspan.config.json. */
export interface PluginOptions extends ErrspanConfig {
  /**
   * Path of the config file, relative to the tsconfig. Default: the `errspan.config.json` beside the tsconfig, or else
   * in the nearest directory above.
   */
  readonly config?: string;
}

/** A diagnostic with the file that it is printed for, which is a JSON file. */
export interface PlacedDiagnostic {
  readonly diagnostic: Diagnostic;
  readonly file: ts.SourceFile | undefined;
}

/** The config of a project that is compiled with the plugin. */
export interface PluginConfig {
  readonly config: ErrspanConfig;
  readonly root: string;
  /** The config file, where there is one. */
  readonly file: string | null;
  /** What diagnostics about the config as such are printed for. */
  readonly place: ts.SourceFile | undefined;
  /** Where in it each selector stands. */
  readonly selectors: readonly ConfigPosition[];
  /** Not empty: nothing must be traced with this config. */
  readonly diagnostics: readonly PlacedDiagnostic[];
}

/** Keys of a plugin entry that are ts-patch's own; it leaves some of them in what it hands over. */
const KEYS_OF_TS_PATCH: ReadonlySet<string> = new Set([
  "transform",
  "import",
  "type",
  "name",
  "after",
  "afterDeclarations",
  "transformProgram",
  "tsConfig",
  "resolvePathAliases",
  "isEsm",
]);

/** Reads the config from the plugin entry of the tsconfig, or from the config file. */
export function readPluginConfig(ts: TypeScript, program: ts.Program, options: PluginOptions): PluginConfig {
  const { configFilePath } = program.getCompilerOptions();
  const directory =
    typeof configFilePath === "string" ? dirname(configFilePath) : program.getCurrentDirectory();
  const own = Object.fromEntries(Object.entries(options).filter(([key]) => !KEYS_OF_TS_PATCH.has(key)));
  const { config: path, ...inline } = own;
  if (Object.keys(inline).length === 0) return readFile(ts, directory, path, program);
  const problems: readonly ConfigProblem[] =
    path === undefined
      ? validateConfig(inline, ["config"])
      : [
          {
            path: ["config"],
            ofKey: true,
            message: `"config" names a config file, and the plugin entry has ${Object.keys(inline).join(", ")} of its own. Keep one of them.`,
          },
        ];
  const diagnostics = problems.map((problem) => inPlugin(ts, program, problem));
  const { select = [] }: ErrspanConfig = diagnostics.length > 0 ? {} : inline;
  const places = select.map((_, index) => locateInPlugin(ts, program, ["select", index], false));
  return {
    config: inline,
    root: directory,
    file: null,
    place: places[0]?.file,
    selectors: places.filter((place) => place !== undefined),
    diagnostics,
  };
}

function readFile(ts: TypeScript, directory: string, path: unknown, program: ts.Program): PluginConfig {
  if (path !== undefined && typeof path !== "string") {
    const problem = {
      path: ["config"],
      ofKey: false,
      message: '"config" must be the path of a config file.',
    };
    return {
      config: {},
      root: directory,
      file: null,
      place: undefined,
      selectors: [],
      diagnostics: [inPlugin(ts, program, problem)],
    };
  }
  const { config, root, file, selectors, diagnostics } =
    path === undefined ? loadConfig(directory) : loadConfigFile(resolve(directory, path));
  const place = file === null ? undefined : jsonFile(ts, file);
  return {
    config,
    root,
    file,
    place,
    selectors,
    diagnostics: diagnostics.map((diagnostic) => ({ diagnostic, file: place })),
  };
}

function inPlugin(
  ts: TypeScript,
  program: ts.Program,
  { path, ofKey, message }: ConfigProblem,
): PlacedDiagnostic {
  const place = locateInPlugin(ts, program, path, ofKey);
  const diagnostic: Diagnostic = {
    code: ofKey ? CODES.configUnknownKey : CODES.configWrongValue,
    severity: "error",
    message: place ? message : `In the plugin entry of @errspan/transformer: ${message}`,
    file: place?.file.fileName ?? "",
    line: place?.line ?? 1,
    column: place?.column ?? 1,
  };
  return { diagnostic, file: place?.file };
}

function jsonFile(ts: TypeScript, path: string): ts.SourceFile {
  let text = "";
  try {
    text = readFileSync(path, "utf8");
  } catch {
    // A file that cannot be read is what the diagnostic is about.
  }
  return ts.parseJsonText(path, text);
}

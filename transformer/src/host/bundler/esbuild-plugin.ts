import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, extname } from "node:path";
import type { Loader, OnLoadArgs, OnLoadResult, PartialMessage, PluginBuild } from "esbuild";
import type { UnpluginOptions } from "unplugin";
import type { Diagnostic } from "../../plan/plan.js";
import type { SourceMapObject } from "../../rewrite/text/rewrite-text.js";
import { bySeverity, located } from "./message.js";
import type { BundlerOptions } from "./options.js";
import { BundlerProject } from "./project.js";

const LOADERS: Readonly<Record<string, Loader>> = {
  ".ts": "ts",
  ".mts": "ts",
  ".cts": "ts",
  ".tsx": "tsx",
  ".jsx": "jsx",
  ".js": "js",
  ".mjs": "js",
  ".cjs": "js",
};

/** Loaders whose input is code. */
const READS_CODE: ReadonlySet<Loader> = new Set(["js", "jsx", "ts", "tsx", "default"]);

function toMessage(diagnostic: Diagnostic, project: BundlerProject): PartialMessage {
  const { message, pluginCode, loc } = located(diagnostic, project);
  const text = { id: pluginCode, text: message };
  return loc === undefined ? text : { ...text, location: { ...loc, ...lineOf(loc) } };
}

/** The line of the source that esbuild shows under a message. */
function lineOf({ file, line }: { readonly file: string; readonly line: number }): { readonly lineText?: string } {
  try {
    const lineText = readFileSync(file, "utf8").split(/\r\n|[\n\r\u2028\u2029]/, line)[line - 1];
    return lineText === undefined ? {} : { lineText };
  } catch {
    // That the file cannot be read may be what the message is about.
    return {};
  }
}

function withMap(code: string, map: SourceMapObject): string {
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString("base64")}`;
}

/** One build with esbuild. */
class EsbuildBuild {
  readonly #project: BundlerProject;
  readonly #loaders: Readonly<Record<string, Loader>>;
  readonly #wantsMap: boolean;

  constructor(options: BundlerOptions, { initialOptions }: PluginBuild) {
    const { absWorkingDir, loader, sourcemap } = initialOptions;
    this.#project = new BundlerProject(options, absWorkingDir ?? process.cwd(), "commonjs");
    this.#loaders = { ...LOADERS, ...loader };
    this.#wantsMap = sourcemap !== undefined && sourcemap !== false;
  }

  start(): { readonly errors: PartialMessage[] } {
    this.#project.refresh();
    return { errors: this.#project.problems.map((problem) => toMessage(problem, this.#project)) };
  }

  /** No contents for a file that has nothing to trace: other plugins, or esbuild itself, then load it. */
  async load({ path, suffix, namespace, with: attributes }: OnLoadArgs): Promise<OnLoadResult | undefined> {
    const loader = this.#loaders[extname(path)];
    // An import may ask for the text of a file: `with { type: "text" }`. Before esbuild 0.19.7 there are no attributes.
    if (namespace !== "file" || attributes?.["type"] !== undefined || loader === undefined || !READS_CODE.has(loader)) return undefined;
    const project = this.#project;
    const module = project.codeOf(path + suffix);
    if (module === null) return undefined;
    // With another config something may be traced in this file.
    const watched = { watchFiles: [project.configFile, project.absentConfigFile].filter((file) => file !== null) };
    const source = await readFile(path, "utf8");
    const result = project.transform(source, module);
    if (result === null) return watched;
    const { errors, warnings } = bySeverity(result.diagnostics);
    const messages = {
      errors: errors.map((error) => toMessage(error, project)),
      warnings: warnings.map((warning) => toMessage(warning, project)),
    };
    if (result.map === null) return { ...watched, ...messages };
    const contents = this.#wantsMap ? withMap(result.code, result.map) : result.code;
    return { ...watched, ...messages, contents, loader, resolveDir: dirname(path) };
  }

  /** esbuild passes on what is said at the end, but has stopped printing by then. */
  async end({ esbuild, initialOptions }: PluginBuild): Promise<{ readonly warnings: PartialMessage[] }> {
    const warnings = this.#project.unusedSelectors().map((warning) => toMessage(warning, this.#project));
    if (warnings.length > 0 && !/^(?:silent|error)$/.test(initialOptions.logLevel ?? "warning")) {
      const named = warnings.map((warning) => ({ ...warning, pluginName: "errspan" }));
      process.stderr.write((await esbuild.formatMessages(named, { kind: "warning", color: process.stderr.isTTY })).join(""));
    }
    return { warnings };
  }
}

/**
 * For esbuild. What unplugin makes of `transform` there loads every file for esbuild, with a loader guessed from its
 * name, also where `loader` or an import attribute asks for another; here that is left to esbuild.
 */
export function esbuildPlugin(options: BundlerOptions): UnpluginOptions {
  return {
    name: "errspan",
    esbuild: {
      setup(build) {
        const traced = new EsbuildBuild(options, build);
        build.onStart(() => traced.start());
        build.onLoad({ filter: /\.[cm]?[jt]sx?$/ }, (args) => traced.load(args));
        build.onEnd((result) => (result.errors.length > 0 ? undefined : traced.end(build)));
      },
    },
  };
}

import { readFileSync } from "node:fs";
import { basename, dirname, extname } from "node:path";
import type { Loader, OnLoadArgs, OnLoadResult, PartialMessage, Plugin, PluginBuild } from "esbuild";
import type { Diagnostic } from "../../plan/plan.js";
import type { SourceMapObject } from "../../rewrite/text/rewrite-text.js";
import { DeferredProject } from "./deferred-project.js";
import { bySeverity, located } from "./message.js";
import type { BundlerOptions } from "./options.js";
import type { BundlerProject } from "./project.js";

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

/** Before 0.25 esbuild puts every name in a source map behind the directory of the file, also one that is absolute. */
function takesOnlyRelativeSources(version: string): boolean {
  const [major, minor] = version.split(".");
  return major === "0" && Number(minor) < 25;
}

function withMap(code: string, map: SourceMapObject): string {
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString("base64")}`;
}

/** One build with esbuild. */
class EsbuildBuild {
  readonly #project: DeferredProject;
  readonly #loaders: Readonly<Record<string, Loader>>;
  readonly #wantsMap: boolean;
  readonly #hasRelativeSources: boolean;

  constructor(options: BundlerOptions, { esbuild, initialOptions }: PluginBuild) {
    const { absWorkingDir, loader, sourcemap } = initialOptions;
    this.#project = new DeferredProject(options, absWorkingDir ?? process.cwd(), "commonjs");
    this.#loaders = { ...LOADERS, ...loader };
    this.#wantsMap = sourcemap !== undefined && sourcemap !== false;
    this.#hasRelativeSources = takesOnlyRelativeSources(esbuild.version);
  }

  async start(): Promise<{ readonly errors: PartialMessage[] }> {
    this.#project.refresh();
    if (this.#project.goesByMarkers) return { errors: [] };
    const project = await this.#project.open();
    return { errors: project.problems.map((problem) => toMessage(problem, project)) };
  }

  /** No contents for a file that has nothing to trace: other plugins, or esbuild itself, then load it. */
  async load({ path, suffix, namespace, with: attributes }: OnLoadArgs): Promise<OnLoadResult | undefined> {
    const loader = this.#loaders[extname(path)];
    // An import may ask for the text of a file: `with { type: "text" }`. Before esbuild 0.19.7 there are no attributes.
    if (namespace !== "file" || attributes?.["type"] !== undefined || loader === undefined || !READS_CODE.has(loader)) return undefined;
    if (this.#project.codeOf(path + suffix) === null) return undefined;
    const { absentConfigFile, configFile } = this.#project;
    // With another config something may be traced in this file.
    const watched = { watchFiles: [configFile, absentConfigFile].filter((file) => file !== null) };
    // Many small files: to wait for each takes longer than to read it.
    const code = readFileSync(path, "utf8");
    if (!this.#project.mayConcern(code)) return watched;
    const project = await this.#project.open();
    const module = project.codeOf(path + suffix);
    if (module === null) return undefined;
    const result = project.transform(code, module);
    if (result === null) return watched;
    const { errors, warnings } = bySeverity(result.diagnostics);
    const messages = {
      errors: errors.map((error) => toMessage(error, project)),
      warnings: warnings.map((warning) => toMessage(warning, project)),
    };
    if (result.map === null) return { ...watched, ...messages };
    const map = this.#hasRelativeSources ? { ...result.map, sources: [basename(path)] } : result.map;
    const contents = this.#wantsMap ? withMap(result.code, map) : result.code;
    return { ...watched, ...messages, contents, loader, resolveDir: dirname(path) };
  }

  /** esbuild passes on what is said at the end, but has stopped printing by then. */
  async end({ esbuild, initialOptions }: PluginBuild): Promise<{ readonly warnings: PartialMessage[] }> {
    const project = this.#project.opened;
    const warnings = project === null ? [] : project.unusedSelectors().map((warning) => toMessage(warning, project));
    if (warnings.length > 0 && !/^(?:silent|error)$/.test(initialOptions.logLevel ?? "warning")) {
      const named = warnings.map((warning) => ({ ...warning, pluginName: "errspan" }));
      process.stderr.write((await esbuild.formatMessages(named, { kind: "warning", color: process.stderr.isTTY })).join(""));
    }
    return { warnings };
  }
}

/**
 * For esbuild, with its own hooks: a loader guessed from the name, as unplugin's, is wrong where `loader` or an import
 * attribute asks for another.
 */
export function esbuildPlugin(options: BundlerOptions = {}): Plugin {
  return {
    name: "errspan",
    setup(build) {
      const traced = new EsbuildBuild(options, build);
      build.onStart(() => traced.start());
      build.onLoad({ filter: /\.[cm]?[jt]sx?$/ }, (args) => traced.load(args));
      build.onEnd((result) => (result.errors.length > 0 ? undefined : traced.end(build)));
    },
  };
}

import { basename, resolve } from "node:path";
import type { UnpluginBuildContext, UnpluginContext, UnpluginOptions } from "unplugin";
import { CONFIG_FILE } from "../../config/load.js";
import type { Diagnostic } from "../../plan/plan.js";
import { EMIT_MODULE } from "../../rewrite/text/rewrite-text.js";
import { explainMissingRuntime, RuntimeLookup } from "../runtime-lookup.js";
import { bySeverity, combined, located, placed } from "./message.js";
import { MAY_BE_CODE } from "./module-id.js";
import type { CodeModule } from "./module-id.js";
import type { BundlerOptions } from "./options.js";
import { BundlerProject } from "./project.js";
import { transformedModule } from "./transformed-module.js";
import type { TransformedModule } from "./transformed-module.js";
import { keyedByConfig } from "./vitest-cache.js";

/** What Rollup's own contexts can besides what unplugin promises for every bundler. */
type Context = UnpluginBuildContext &
  Partial<UnpluginContext> & { resolve?(id: string, importer: string): Promise<unknown> };

type TransformContext = UnpluginBuildContext & UnpluginContext & Context;

/** How a host shows messages: with their places, without those of warnings, or as bare text. */
export type Display = "places" | "places of errors" | "text";

/** One build with a bundler whose plugins have Rollup's hooks. */
class RollupLikeBuild {
  readonly #options: BundlerOptions;
  readonly #display: Display;
  readonly #runtime = new RuntimeLookup();
  #directory = process.cwd();
  #project: BundlerProject | null = null;
  /** A development server sees the files that the browser asks for, never all. */
  isServer = false;

  constructor(options: BundlerOptions, display: Display) {
    this.#options = options;
    this.#display = display;
  }

  get project(): BundlerProject {
    this.#project ??= new BundlerProject(this.#options, this.#directory, "module");
    return this.#project;
  }

  /** The bundler says what it works from. */
  workFrom(directory: string): void {
    this.#directory = directory;
    this.#project = null;
  }

  start(context: Context): void {
    this.project.refresh();
    const { configFile, problems } = this.project;
    // None of these bundlers sees a file come that was not there: Rollup looks away, and Vite would import it.
    if (configFile !== null) context.addWatchFile(configFile);
    this.#fail(context, problems);
  }

  async transform(context: TransformContext, code: string, id: string): Promise<TransformedModule | null> {
    const { project } = this;
    const module = project.codeOf(id);
    if (module === null) return null;
    // With another config something may be traced in this file.
    if (project.configFile !== null) context.addWatchFile(project.configFile);
    const result = project.transform(code, module);
    if (result === null) return null;
    const { errors, warnings } = bySeverity(result.diagnostics);
    for (const warning of warnings) this.#warn(context, warning);
    const missing = errors.length === 0 && result.map !== null && !(await this.#findsRuntime(context, module));
    this.#fail(context, missing ? [explainMissingRuntime(module.file, this.#directory)] : errors);
    return errors.length > 0 || missing ? null : transformedModule(result);
  }

  end(context: Context, error: unknown): void {
    if (this.isServer || error !== undefined) return;
    for (const diagnostic of this.project.unusedSelectors()) this.#warn(context, diagnostic);
  }

  /** Rollup and its kin take an import that they do not find for somebody else's business. */
  async #findsRuntime(context: Context, { file }: CodeModule): Promise<boolean> {
    if (context.resolve === undefined || this.#runtime.isThere(file)) return true;
    const found = await context.resolve(EMIT_MODULE, file);
    return found !== null && found !== undefined;
  }

  #warn(context: Context, warning: Diagnostic): void {
    const text = placed(warning, this.project);
    // Farm takes only text, which unplugin does not give it, and only where it transforms.
    if (this.#display === "text") console.warn(`[errspan] ${text}`);
    else context.warn?.(this.#display === "places" ? located(warning, this.project) : text);
  }

  #fail(context: Context, errors: readonly Diagnostic[]): void {
    const message = combined(errors, this.project);
    if (message === null) return;
    if (this.#display !== "text" && context.error !== undefined) return context.error(message);
    throw new Error(errors.map((error) => placed(error, this.project)).join("\n"));
  }
}

/**
 * For Vite, Rollup and Rolldown, and for Farm, which unplugin gives the same hooks but which prints no places.
 * Before every other plugin where the bundler allows that: markers are comments, which compilers take away.
 */
export function rollupLike(options: BundlerOptions, display: Display): UnpluginOptions {
  const build = new RollupLikeBuild(options, display);
  return {
    name: "errspan",
    enforce: "pre",
    buildStart() {
      build.start(this);
    },
    watchChange() {
      build.project.refresh();
    },
    transform: {
      filter: { id: MAY_BE_CODE },
      handler(code, id) {
        return build.transform(this, code, id);
      },
    },
    // Rollup tells here what went wrong.
    buildEnd(error?: unknown) {
      build.end(this, error);
    },
    vite: {
      // Found only in code that the browser asks for, they would have the page loaded once more.
      config: (_config, { command }) => (command === "serve" ? { optimizeDeps: { include: [EMIT_MODULE, "@errspan/runtime/capture"] } } : undefined),
      configResolved({ root, command }) {
        build.workFrom(root);
        build.isServer = command === "serve";
      },
      configureServer({ environments, moduleGraph, watcher, ws }) {
        if (build.project.configFile !== null) watcher.add(build.project.configFile);
        watcher.on("all", (_, path) => {
          if (basename(path) !== CONFIG_FILE && resolve(path) !== build.project.configFile) return;
          build.project.refresh();
          // Whatever was transformed before; Vite 5 has one graph for all.
          for (const graph of [moduleGraph, ...Object.values(environments ?? {}).map((each) => each.moduleGraph)]) graph.invalidateAll();
          ws.send({ type: "full-reload" });
        });
      },
      ...keyedByConfig(() => build.project),
    },
    farm: {
      configResolved: ({ root }) => {
        if (root !== undefined) build.workFrom(root);
      },
    },
  };
}

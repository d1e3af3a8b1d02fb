import type { UnpluginBuildContext, UnpluginContext, UnpluginOptions } from "unplugin";
import type { Diagnostic } from "../../plan/plan.js";
import { EMIT_MODULE } from "../../rewrite/text/rewrite-text.js";
import type { TransformResult } from "../../transform.js";
import { explainMissingRuntime, RuntimeLookup } from "../runtime-lookup.js";
import { bySeverity, combined, located, placed } from "./message.js";
import { MAY_BE_CODE } from "./module-id.js";
import type { CodeModule } from "./module-id.js";
import type { BundlerOptions } from "./options.js";
import { BundlerProject } from "./project.js";

/** What Rollup's own contexts can besides what unplugin promises for every bundler. */
type Context = UnpluginBuildContext &
  Partial<UnpluginContext> & { resolve?(id: string, importer: string): Promise<unknown> };

type TransformContext = UnpluginBuildContext & UnpluginContext & Context;

/** One build with a bundler whose plugins have Rollup's hooks. */
class RollupLikeBuild {
  readonly #options: BundlerOptions;
  readonly #printsPlaces: boolean;
  readonly #runtime = new RuntimeLookup();
  #directory = process.cwd();
  #project: BundlerProject | null = null;
  /** A development server sees the files that the browser asks for, never all. */
  isServer = false;

  constructor(options: BundlerOptions, printsPlaces: boolean) {
    this.#options = options;
    this.#printsPlaces = printsPlaces;
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
    if (configFile !== null) context.addWatchFile(configFile);
    this.#fail(context, problems);
  }

  async transform(context: TransformContext, code: string, id: string): Promise<Pick<TransformResult, "code" | "map"> | null> {
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
    return errors.length > 0 || missing || result.map === null ? null : { code: result.code, map: result.map };
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
    const native = context.warn === undefined ? context.getNativeBuildContext?.() : undefined;
    if (native?.framework === "farm") native.context.warn(placed(warning, this.project));
    else context.warn?.(this.#printsPlaces ? located(warning, this.project) : placed(warning, this.project));
  }

  #fail(context: Context, errors: readonly Diagnostic[]): void {
    const message = combined(errors, this.project);
    if (message === null) return;
    if (this.#printsPlaces && context.error !== undefined) return context.error(message);
    throw new Error(errors.map((error) => placed(error, this.project)).join("\n"));
  }
}

/**
 * For Vite, Rollup and Rolldown, and for Farm and Bun, which unplugin gives the same hooks but which print no places.
 * Before every other plugin where the bundler allows that: markers are comments, which compilers take away.
 */
export function rollupLike(options: BundlerOptions, printsPlaces: boolean): UnpluginOptions {
  const build = new RollupLikeBuild(options, printsPlaces);
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
      async handler(code, id) {
        const result = await build.transform(this, code, id);
        return result && { code: result.code, map: JSON.stringify(result.map) };
      },
    },
    // Rollup tells here what went wrong.
    buildEnd(error?: unknown) {
      build.end(this, error);
    },
    vite: {
      // Found in the code only when the browser asks for it, it would have the page loaded once more.
      config: (_config, { command }) => (command === "serve" ? { optimizeDeps: { include: [EMIT_MODULE] } } : undefined),
      configResolved({ root, command }) {
        build.workFrom(root);
        build.isServer = command === "serve";
      },
    },
    farm: {
      configResolved: ({ root }) => {
        if (root !== undefined) build.workFrom(root);
      },
    },
  };
}

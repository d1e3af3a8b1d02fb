import { MARKER_WORD } from "../../plan/comment-markers.js";
import type { Diagnostic } from "../../plan/plan.js";
import { EMIT_MODULE } from "../../rewrite/enter-code.js";
import { explainMissingRuntime, RuntimeLookup } from "../runtime-lookup.js";
import { DeferredProject } from "./deferred-project.js";
import { bySeverity, combined, located, placed } from "./message.js";
import type { LocatedMessage } from "./message.js";
import { MAY_BE_CODE } from "./module-id.js";
import type { CodeModule } from "./module-id.js";
import type { BundlerOptions } from "./options.js";
import type { BundlerProject } from "./project.js";
import { transformedModule } from "./transformed-module.js";
import type { TransformedModule } from "./transformed-module.js";

/** Of what Rollup and its kin give to hooks as `this`, what is needed here; Farm has less than the others. */
export interface HookContext {
  addWatchFile(file: string): void;
  error?(message: LocatedMessage): void;
  warn?(message: LocatedMessage | string): void;
  resolve?(id: string, importer: string): Promise<unknown>;
}

/** How a host shows messages: with their places, without those of warnings, or as bare text. */
export type Display = "places" | "places of errors" | "text";

/** What these bundlers look at by themselves before they call a hook. */
interface TransformFilter {
  readonly id: RegExp;
  readonly code?: string;
}

/** One build with a bundler whose plugins have Rollup's hooks. */
export class RollupLikeBuild {
  readonly #options: BundlerOptions;
  readonly #display: Display;
  readonly #runtime = new RuntimeLookup();
  #directory = process.cwd();
  #project: DeferredProject | null = null;
  /** A development server sees the files that the browser asks for, never all. */
  isServer = false;

  constructor(options: BundlerOptions, display: Display) {
    this.#options = options;
    this.#display = display;
  }

  get project(): DeferredProject {
    this.#project ??= new DeferredProject(this.#options, this.#directory, "module");
    return this.#project;
  }

  /** The bundler says what it works from. */
  workFrom(directory: string): void {
    this.#directory = directory;
    this.#project = null;
  }

  /** Where something is watched, a config may come, with selectors; the filter cannot be another one then. */
  filter(isWatched: boolean): TransformFilter {
    const goesByMarkers = !isWatched && !this.isServer && this.project.goesByMarkers;
    return { id: MAY_BE_CODE, ...(goesByMarkers ? { code: MARKER_WORD } : {}) };
  }

  async start(context: HookContext): Promise<void> {
    this.project.refresh();
    // None of these bundlers sees a file come that was not there: Rollup looks away, and Vite would import it.
    const { configFile, goesByMarkers } = this.project;
    if (goesByMarkers) return;
    if (configFile !== null) context.addWatchFile(configFile);
    const project = await this.project.open();
    this.#fail(context, project.problems, project);
  }

  async transform(context: HookContext, code: string, id: string): Promise<TransformedModule | null> {
    if (this.project.codeOf(id) === null || !this.project.mayConcern(code)) return null;
    const project = await this.project.open();
    const module = project.codeOf(id);
    if (module === null) return null;
    // With another config something may be traced in this file.
    if (project.configFile !== null) context.addWatchFile(project.configFile);
    const result = project.transform(code, module);
    if (result === null) return null;
    const { errors, warnings } = bySeverity(result.diagnostics);
    for (const warning of warnings) this.#warn(context, warning, project);
    const missing = errors.length === 0 && result.map !== null && !(await this.#findsRuntime(context, module));
    this.#fail(context, missing ? [explainMissingRuntime(module.file, this.#directory)] : errors, project);
    return errors.length > 0 || missing ? null : transformedModule(result);
  }

  end(context: HookContext, error: unknown): void {
    const project = this.project.opened;
    if (this.isServer || error !== undefined || project === null) return;
    for (const diagnostic of project.unusedSelectors()) this.#warn(context, diagnostic, project);
  }

  /** Rollup and its kin take an import that they do not find for somebody else's business. */
  async #findsRuntime(context: HookContext, { file }: CodeModule): Promise<boolean> {
    if (context.resolve === undefined || this.#runtime.isThere(file)) return true;
    const found = await context.resolve(EMIT_MODULE, file);
    return found !== null && found !== undefined;
  }

  #warn(context: HookContext, warning: Diagnostic, project: BundlerProject): void {
    const text = placed(warning, project);
    // Farm takes only text, which unplugin does not give it, and only where it transforms.
    if (this.#display === "text") console.warn(`[errspan] ${text}`);
    else context.warn?.(this.#display === "places" ? located(warning, project) : text);
  }

  #fail(context: HookContext, errors: readonly Diagnostic[], project: BundlerProject): void {
    const message = combined(errors, project);
    if (message === null) return;
    if (this.#display !== "text" && context.error !== undefined) return context.error(message);
    throw new Error(errors.map((error) => placed(error, project)).join("\n"));
  }
}

/** The hooks that Vite, Rollup, Rolldown and Farm share. */
export interface RollupLikePlugin {
  readonly name: string;
  options(this: { readonly meta?: { readonly watchMode?: boolean } }): null;
  buildStart(this: HookContext): Promise<void>;
  watchChange(): void;
  readonly transform: {
    filter: TransformFilter;
    handler(this: HookContext, code: string, id: string): Promise<TransformedModule | null>;
  };
  buildEnd(this: HookContext, error?: unknown): void;
}

/** A plugin of a build, with Rollup's hooks alone. */
export function rollupLike(build: RollupLikeBuild): RollupLikePlugin {
  const transform: RollupLikePlugin["transform"] = {
    filter: build.filter(true),
    handler(code, id) {
      return build.transform(this, code, id);
    },
  };
  return {
    name: "errspan",
    options() {
      transform.filter = build.filter(this.meta?.watchMode !== false);
      return null;
    },
    buildStart() {
      return build.start(this);
    },
    watchChange() {
      build.project.refresh();
    },
    transform,
    // Rollup tells here what went wrong.
    buildEnd(error) {
      build.end(this, error);
    },
  };
}

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { VERSION } from "../../version.js";
import { DeferredProject } from "./deferred-project.js";
import loaderPath from "./loader-path.cjs";
import { loaderOptionsOf } from "./loader-project.js";
import { placed } from "./message.js";
import { isInstalled } from "./module-id.js";
import type { BundlerOptions } from "./options.js";
import type { BundlerProject } from "./project.js";

interface Hook<Argument> {
  tap(name: string, callback: (argument: Argument) => void): void;
}

interface Compilation {
  readonly modules: Iterable<object>;
  readonly fileDependencies: { add(file: string): unknown };
  readonly missingDependencies: { add(file: string): unknown };
  readonly errors: { push(error: Error): unknown };
  readonly warnings: { push(error: Error): unknown };
  readonly hooks: { readonly finishModules: Hook<Iterable<object>> };
}

/** What a rule's `use` is asked about: a module that is to be built. */
interface ModuleData {
  /** The path of its file. */
  readonly resource?: string;
  readonly resourceQuery?: string;
}

/** What webpack's and Rspack's compilers have in common, of that which is needed here. */
export interface WebpackLikeCompiler {
  readonly context: string;
  readonly watchMode?: boolean;
  readonly options: { readonly cache?: unknown; readonly experiments?: object; readonly module: { readonly rules: unknown[] } };
  readonly hooks: {
    readonly beforeCompile: { tapPromise(name: string, callback: () => Promise<void>): void };
    readonly thisCompilation: Hook<Compilation>;
  };
}

const NAME = "errspan";

/** A cache on the disk knows of files, but neither of our options nor of our version. */
function stampCache({ options: { cache } }: WebpackLikeCompiler, options: BundlerOptions): void {
  if (typeof cache !== "object" || cache === null || !("type" in cache) || cache.type === "memory") return;
  const hash = createHash("sha256").update(JSON.stringify([VERSION, options])).digest("hex").slice(0, 16);
  const version = "version" in cache && typeof cache.version === "string" ? cache.version : "";
  Object.assign(cache, { version: `${version}|${NAME}:${hash}` });
}

/** A selector counts as unused only where every module was looked at: those from a cache were not. */
function hasSeenAll(compilation: Compilation, project: BundlerProject): boolean {
  return [...compilation.modules].every((module) => {
    const resource = "resource" in module && typeof module.resource === "string" ? module.resource : "";
    const code = project.codeOf(resource);
    return code === null || project.hasSeen(code.file);
  });
}

function watch(compiler: WebpackLikeCompiler, deferred: DeferredProject): void {
  compiler.hooks.beforeCompile.tapPromise(NAME, async () => {
    deferred.refresh();
    if (!deferred.goesByMarkers) await deferred.open();
  });
  compiler.hooks.thisCompilation.tap(NAME, (compilation) => {
    const { absentConfigFile, configFile, opened } = deferred;
    if (configFile !== null) compilation.fileDependencies.add(configFile);
    if (absentConfigFile !== null) compilation.missingDependencies.add(absentConfigFile);
    if (opened !== null) for (const problem of opened.problems) compilation.errors.push(new Error(placed(problem, opened)));
    compilation.hooks.finishModules.tap(NAME, () => {
      const project = deferred.opened;
      if (project === null || !hasSeenAll(compilation, project)) return;
      for (const warning of project.unusedSelectors()) compilation.warnings.push(new Error(placed(warning, project)));
    });
  });
}

/** Whether modules may outlive the config that they were built with, and whose file they must then depend on. */
function keepsModules({ options: { cache, experiments }, watchMode }: WebpackLikeCompiler): boolean {
  const isOnDisk = (setting: unknown): boolean =>
    typeof setting === "object" && setting !== null && "type" in setting && setting.type !== "memory";
  return watchMode === true || isOnDisk(cache) || (experiments !== undefined && "cache" in experiments && isOnDisk(experiments.cache));
}

/**
 * Puts the loader in front of all others: markers are comments, which compilers take away. The rule asks about every
 * module, and to hand one through a loader costs more than a look into its file; in Rspack, more than all the rest of
 * its work.
 */
function addRule(compiler: WebpackLikeCompiler, project: DeferredProject, options: BundlerOptions): void {
  const loader = { loader: loaderPath, options: loaderOptionsOf(project, options) };
  // What is wrong with the config is told once, and not again by each module.
  const hasFailed = (): boolean => project.opened !== null && project.opened.problems.length > 0;
  const use = (data: ModuleData): readonly object[] =>
    !hasFailed() && (keepsModules(compiler) || mayConcern(data, project)) ? [loader] : [];
  const asked = { enforce: "pre", use };
  const partOfFile = { resourceQuery: /[?&]lang[.=][jt]sx?(?:&|$)/i, ...asked };
  compiler.options.module.rules.unshift({ oneOf: [{ test: /\.[cm]?[jt]sx?$/i, ...asked }, partOfFile] });
}

function mayConcern({ resource }: ModuleData, project: DeferredProject): boolean {
  if (!project.goesByMarkers || resource === undefined) return true;
  if (isInstalled(resource)) return false;
  try {
    return project.mayConcern(readFileSync(resource, "utf8"));
  } catch {
    // Made by a plugin: the loader will be given its text.
    return true;
  }
}

/** The plugin for webpack and Rspack, whose compilers have the same hooks. */
export function webpackLikePlugin(options: BundlerOptions = {}): { readonly name: string; apply(compiler: WebpackLikeCompiler): void } {
  return {
    name: NAME,
    apply(compiler) {
      const project = new DeferredProject(options, compiler.context, "commonjs");
      stampCache(compiler, options);
      addRule(compiler, project, options);
      watch(compiler, project);
    },
  };
}

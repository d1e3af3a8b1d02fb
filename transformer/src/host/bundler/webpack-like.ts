import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { UnpluginBuildContext, UnpluginContext, UnpluginOptions } from "unplugin";
import { VERSION } from "../../version.js";
import { DeferredProject } from "./deferred-project.js";
import { bySeverity, placed } from "./message.js";
import { isAsset, isInstalled, MAY_BE_CODE } from "./module-id.js";
import type { BundlerOptions } from "./options.js";
import type { BundlerProject } from "./project.js";
import { transformedModule } from "./transformed-module.js";

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

/** As unplugin makes it. */
interface Rule {
  readonly enforce?: unknown;
  readonly use?: (data: ModuleData) => unknown;
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
 * Narrows the rule that unplugin has put in front. It asks us about every module, and to hand one through a loader costs more
 * than a look into its file; in Rspack, more than all the rest of its work.
 */
function narrowRule(compiler: WebpackLikeCompiler, project: DeferredProject): void {
  const { rules } = compiler.options.module;
  const rule = rules[0] as Rule | undefined;
  const use = rule?.use;
  if (rule === undefined || use === undefined) return;
  const narrowed = (data: ModuleData): unknown => (keepsModules(compiler) || mayConcern(data, project) ? use(data) : []);
  const asked = { enforce: rule.enforce, use: narrowed };
  const partOfFile = { resourceQuery: /[?&]lang[.=][jt]sx?(?:&|$)/i, ...asked };
  rules[0] = { oneOf: [{ test: /\.[cm]?[jt]sx?$/i, ...asked }, partOfFile] };
}

function mayConcern({ resource }: ModuleData, project: DeferredProject): boolean {
  if (!project.goesByMarkers || resource === undefined) return true;
  if (isInstalled(resource)) return false;
  try {
    return project.mayConcern(readFileSync(resource));
  } catch {
    // Made by a plugin: the loader will be given its text.
    return true;
  }
}

/** What webpack and Rspack give to a loader, which is what unplugin makes of the plugin's hook. */
function loaderOf(context: UnpluginBuildContext) {
  const native = context.getNativeBuildContext?.();
  return native !== undefined && "loaderContext" in native ? native.loaderContext : undefined;
}

async function transform(deferred: DeferredProject, context: UnpluginBuildContext & UnpluginContext, code: string, id: string) {
  const loader = loaderOf(context);
  // The type that the bundler has decided on.
  if (deferred.codeOf(id) === null || isAsset(loader?._module?.type)) return null;
  // With another config something may be traced in this file.
  const { absentConfigFile, configFile } = deferred;
  if (configFile !== null) context.addWatchFile(configFile);
  if (absentConfigFile !== null) loader?.addMissingDependency(absentConfigFile);
  if (!deferred.mayConcern(code)) return null;
  const project = await deferred.open();
  const module = project.codeOf(id);
  if (module === null) return null;
  const result = project.transform(code, module);
  if (result === null) return null;
  const { errors, warnings } = bySeverity(result.diagnostics);
  for (const warning of warnings) context.warn(placed(warning, project));
  for (const error of errors) context.error(placed(error, project));
  return errors.length > 0 ? null : transformedModule(result);
}

/** For webpack and Rspack. Before other loaders: markers are comments, which compilers take away. */
export function webpackLike(options: BundlerOptions, compiler: WebpackLikeCompiler): UnpluginOptions {
  const project = new DeferredProject(options, compiler.context, "commonjs");
  const attach = (): void => {
    stampCache(compiler, options);
    narrowRule(compiler, project);
    watch(compiler, project);
  };
  return {
    name: NAME,
    enforce: "pre",
    transform: {
      filter: { id: MAY_BE_CODE },
      handler(code, id) {
        return transform(project, this, code, id);
      },
    },
    webpack: attach,
    rspack: attach,
  };
}

import { createHash } from "node:crypto";
import type { UnpluginBuildContext, UnpluginContext, UnpluginOptions } from "unplugin";
import { VERSION } from "../../version.js";
import { bySeverity, placed } from "./message.js";
import { isAsset, MAY_BE_CODE } from "./module-id.js";
import type { BundlerOptions } from "./options.js";
import { BundlerProject } from "./project.js";
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

/** What webpack's and Rspack's compilers have in common, of that which is needed here. */
export interface WebpackLikeCompiler {
  readonly context: string;
  readonly options: { readonly cache?: unknown };
  readonly hooks: { readonly thisCompilation: Hook<Compilation> };
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

function watch(compiler: WebpackLikeCompiler, project: BundlerProject): void {
  compiler.hooks.thisCompilation.tap(NAME, (compilation) => {
    project.refresh();
    const { absentConfigFile, configFile, problems } = project;
    if (configFile !== null) compilation.fileDependencies.add(configFile);
    if (absentConfigFile !== null) compilation.missingDependencies.add(absentConfigFile);
    for (const problem of problems) compilation.errors.push(new Error(placed(problem, project)));
    compilation.hooks.finishModules.tap(NAME, () => {
      if (!hasSeenAll(compilation, project)) return;
      for (const warning of project.unusedSelectors()) compilation.warnings.push(new Error(placed(warning, project)));
    });
  });
}

/** What webpack and Rspack give to a loader, which is what unplugin makes of the plugin's hook. */
function loaderOf(context: UnpluginBuildContext) {
  const native = context.getNativeBuildContext?.();
  return native !== undefined && "loaderContext" in native ? native.loaderContext : undefined;
}

function transform(project: BundlerProject, context: UnpluginBuildContext & UnpluginContext, code: string, id: string) {
  const module = project.codeOf(id);
  const loader = loaderOf(context);
  // The type that the bundler has decided on.
  if (module === null || isAsset(loader?._module?.type)) return null;
  // With another config something may be traced in this file.
  const { absentConfigFile, configFile } = project;
  if (configFile !== null) context.addWatchFile(configFile);
  if (absentConfigFile !== null) loader?.addMissingDependency(absentConfigFile);
  const result = project.transform(code, module);
  if (result === null) return null;
  const { errors, warnings } = bySeverity(result.diagnostics);
  for (const warning of warnings) context.warn(placed(warning, project));
  for (const error of errors) context.error(placed(error, project));
  return errors.length > 0 ? null : transformedModule(result);
}

/** For webpack and Rspack. Before other loaders: markers are comments, which compilers take away. */
export function webpackLike(options: BundlerOptions, compiler: WebpackLikeCompiler): UnpluginOptions {
  const project = new BundlerProject(options, compiler.context, "commonjs");
  const attach = (): void => {
    stampCache(compiler, options);
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

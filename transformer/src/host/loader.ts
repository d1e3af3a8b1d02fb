import { join } from "node:path";
import type { SourceMapObject } from "../rewrite/text/rewrite-text.js";
import type { Diagnostic } from "../plan/plan.js";
import type { DeferredProject } from "./bundler/deferred-project.js";
import { projectOfLoader } from "./bundler/loader-project.js";
import { bySeverity, placed } from "./bundler/message.js";
import { isAsset } from "./bundler/module-id.js";
import type { BundlerOptions } from "./bundler/options.js";
import type { BundlerProject } from "./bundler/project.js";

export type { BundlerOptions };

/** Of what bundlers give a loader as `this`, what is needed here. */
export interface LoaderContext {
  readonly resourcePath: string;
  /** `?…`, or nothing. */
  readonly resourceQuery?: string;
  /** The project's directory. */
  readonly rootContext?: string;
  /** False where nobody wants a source map. */
  readonly sourceMap?: boolean;
  readonly _module?: { readonly type?: string } | undefined;
  /** The chain of loaders, and where in it this one stands. */
  readonly loaders?: readonly { readonly path: string }[];
  readonly loaderIndex?: number;
  getOptions(): unknown;
  cacheable?(flag?: boolean): void;
  addDependency(file: string): void;
  addMissingDependency?(file: string): void;
  emitWarning(warning: Error): void;
  callback(error: Error | null, code?: string, map?: string | SourceMapObject): void;
  /** Says that the callback, which it gives, will be called later. */
  async(): LoaderContext["callback"];
}

/** Tells what the result depends on besides the file: bundlers keep it, also on the disk. */
function dependOn(context: LoaderContext, { absentConfigFile, configFile }: DeferredProject): void {
  // With another config something may be traced in this file.
  if (configFile !== null) context.addDependency(configFile);
  if (absentConfigFile !== null) context.addMissingDependency?.(absentConfigFile);
  // Turbopack does not look whether a loader is another one by now. From …/dist/esm/host/loader.js to the package.
  const own = context.loaders?.[context.loaderIndex ?? 0]?.path;
  if (own !== undefined) context.addDependency(join(own, "../../../../package.json"));
}

/** Bundlers print the stack of an error as well; ours would lead into this file, which has done nothing wrong. */
function withoutFrames(diagnostics: readonly Diagnostic[], project: BundlerProject): Error {
  const error = new Error(diagnostics.map((diagnostic) => placed(diagnostic, project)).join("\n"));
  error.stack = `Error: ${error.message}`;
  return error;
}

/** Loaders before this one may hand over no map, or an empty one, or text. */
function usableMap(map: unknown): { readonly inputMap?: SourceMapObject | string } {
  const parsed: unknown = typeof map === "string" ? JSON.parse(map) : map;
  const isMap = typeof parsed === "object" && parsed !== null && "mappings" in parsed && parsed.mappings !== "";
  return isMap ? { inputMap: parsed as SourceMapObject } : {};
}

/** What the loader is given, and what it hands on. */
interface Source {
  readonly code: string;
  readonly map: string | SourceMapObject | undefined;
}

/** @throws Error where the build has to fail */
function rewrite(context: LoaderContext, project: BundlerProject, id: string, source: Source): Source {
  const module = project.codeOf(id);
  if (module === null) return source;
  const result = project.transform(source.code, module, usableMap(source.map));
  const { errors, warnings } = bySeverity([...project.problems, ...(result?.diagnostics ?? [])]);
  for (const warning of warnings) context.emitWarning(withoutFrames([warning], project));
  if (errors.length > 0) throw withoutFrames(errors, project);
  return result === null || result.map === null ? source : { code: result.code, map: result.map };
}

/**
 * The loader for webpack and Rspack: rewrites the functions that are marked `@traced`, or selected by the
 * config. It has to run before the loaders that compile, that is, be the last one in the list of a rule, or stand in a
 * rule with `enforce: "pre"`. Errors in markers or config fail the build. Not in front of ts-loader, which would check
 * the types of the rewritten code: it takes the transformer of `@errspan/transformer/factory`.
 *
 * Its options are a config that takes the place of `errspan.config.json`, or `config`: the path of one.
 *
 * @example
 * // webpack.config.js
 * export default {
 *   module: { rules: [{ test: /\.tsx?$/, use: ["swc-loader", "@errspan/transformer/loader"] }] },
 * };
 */
export default function errspanLoader(this: LoaderContext, source: string, inputMap?: unknown): void {
  this.cacheable?.();
  const options = (this.getOptions() ?? {}) as BundlerOptions;
  const deferred = projectOfLoader(options, this.rootContext ?? process.cwd());
  dependOn(this, deferred);
  const id = this.resourcePath + (this.resourceQuery ?? "");
  if (isAsset(this._module?.type) || deferred.codeOf(id) === null || !deferred.mayConcern(source)) {
    this.callback(null, source, inputMap as string | undefined);
    return;
  }
  const callback = this.async();
  deferred
    .open()
    .then((project) => rewrite(this, project, id, { code: source, map: inputMap as Source["map"] }))
    .then(({ code, map }) => {
      callback(null, code, map);
    }, callback);
}

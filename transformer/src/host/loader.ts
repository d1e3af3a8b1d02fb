import { join } from "node:path";
import type { SourceMapObject } from "../rewrite/text/rewrite-text.js";
import type { Diagnostic } from "../plan/plan.js";
import { bySeverity, placed } from "./bundler/message.js";
import { isAsset } from "./bundler/module-id.js";
import type { BundlerOptions } from "./bundler/options.js";
import { BundlerProject } from "./bundler/project.js";

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
}

/** Projects are read once for all files; options tell them apart, as a build may have several rules. */
const projects = new Map<string, BundlerProject>();

function openProject(context: LoaderContext): BundlerProject {
  const options = (context.getOptions() ?? {}) as BundlerOptions;
  const directory = context.rootContext ?? process.cwd();
  const key = JSON.stringify([directory, options]);
  let project = projects.get(key);
  if (project === undefined) {
    project = new BundlerProject(options, directory, "commonjs");
    projects.set(key, project);
  } else {
    project.refresh();
  }
  return project;
}

/** Tells what the result depends on besides the file: bundlers keep it, also on the disk. */
function dependOn(context: LoaderContext, { absentConfigFile, configFile }: BundlerProject): void {
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

/**
 * The loader for webpack and Rspack: rewrites the functions that are marked `@traced`, or selected by the
 * config. It has to run before the loaders that compile, that is, be the last one in the list of a rule, or stand in a
 * rule with `enforce: "pre"`. Errors in markers or config fail the build.
 *
 * Its options are a config that takes the place of `errspan.config.json`, or `config`: the path of one.
 *
 * @example
 * // webpack.config.js
 * export default {
 *   module: { rules: [{ test: /\.tsx?$/, use: ["ts-loader", "@errspan/transformer/loader"] }] },
 * };
 */
export default function errspanLoader(this: LoaderContext, source: string, inputMap?: unknown): void {
  this.cacheable?.();
  const project = openProject(this);
  dependOn(this, project);
  const module = isAsset(this._module?.type) ? null : project.codeOf(this.resourcePath + (this.resourceQuery ?? ""));
  const result = module === null ? null : project.transform(source, module, usableMap(inputMap));
  const { errors, warnings } = bySeverity(module === null ? [] : [...project.problems, ...(result?.diagnostics ?? [])]);
  for (const warning of warnings) this.emitWarning(withoutFrames([warning], project));
  if (errors.length > 0) this.callback(withoutFrames(errors, project));
  else if (result === null || result.map === null) this.callback(null, source, inputMap as string | undefined);
  else this.callback(null, result.code, result.map);
}

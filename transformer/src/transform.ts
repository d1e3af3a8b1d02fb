import remapping from "@jridgewell/remapping";
import type { ErrspanConfig } from "./config/config.js";
import { cleanFilename } from "./parse/language.js";
import { plan } from "./plan/create-plan.js";
import type { PlanOptions } from "./plan/create-plan.js";
import type { Diagnostic, FunctionKind, ModuleFormat, Plan } from "./plan/plan.js";
import { rewriteText } from "./rewrite/text/rewrite-text.js";
import type { RewrittenText, SourceMapObject } from "./rewrite/text/rewrite-text.js";

/** What to transform a file with. */
export interface TransformOptions {
  /** Absolute, or relative to `root`. Its extension tells the language; what stands behind `?` or `#` is ignored. */
  readonly filename: string;
  /** As in `errspan.config.json`. Without one, markers alone decide. */
  readonly config?: ErrspanConfig;
  /** The module system of the output, where neither the name nor the text tells. */
  readonly format?: ModuleFormat;
  /** Source map from `code` back to what it was made from, as an object or as JSON text. The result's map then leads there. */
  readonly inputMap?: SourceMapObject | string;
  /** Directory that the config's globs and all reported paths are relative to. */
  readonly root?: string;
}

/** One function that was rewritten. */
export interface TracedFunction {
  /** Qualified name: `Orders.charge`. */
  readonly name: string;
  readonly kind: FunctionKind;
  /** Relative to `root`, with `/` between its parts. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  readonly spanName: string;
}

/** What became of one file. */
export interface TransformResult {
  /** The rewritten text; the very text that was given where nothing in it is traced. */
  readonly code: string;
  /** High-resolution map, or null where the text is unchanged. */
  readonly map: SourceMapObject | null;
  /** In source order. */
  readonly traced: readonly TracedFunction[];
  /** Functions that were to be traced and are not, unusable markers and options, and why. */
  readonly diagnostics: readonly Diagnostic[];
  /** Positions (in the config's `select`) of the selectors that picked something in this file. */
  readonly usedSelectors: readonly number[];
}

function describe(planned: Plan["functions"][number]): TracedFunction {
  const { functionName, spanName, location } = planned.site;
  const { file, line, column } = location;
  return { name: functionName, kind: planned.kind, file, line, column, spanName };
}

function mapOf(rewritten: RewrittenText, { filename, inputMap }: TransformOptions): SourceMapObject {
  const map = rewritten.map(cleanFilename(filename));
  if (inputMap === undefined) return map;
  const input = typeof inputMap === "string" ? inputMap : JSON.stringify(inputMap);
  // Asked for our own source first, then for the sources that the input map names, behind which nothing is known.
  const composed = remapping(JSON.stringify(map), (_source, { depth }) => (depth === 1 ? input : null));
  const { sources, sourcesContent = [], names, mappings } = composed;
  return { version: 3, sources, sourcesContent, names, mappings: String(mappings) };
}

/**
 * Rewrites one file, so that every call of a function that is marked `@traced` or selected by the config runs in a span.
 * Pure and synchronous: reads no other file, keeps nothing. Insertions only, on existing lines; what cannot be parsed
 * comes back untouched with a diagnostic.
 *
 * @param code JavaScript or TypeScript, with or without JSX
 * @returns the same string and a null map where there is nothing to trace, also when the text has been rewritten before
 * @throws TypeError if the config is not one, Error if the input map is no source map; never because of the code
 * @example
 * const { code, map } = transform("/** @traced *\/ export const half = (n) => n / 2;", { filename: "src/half.js" });
 */
export function transform(code: string, options: TransformOptions): TransformResult {
  const { filename, config, format, root } = options;
  const planOptions: PlanOptions = {
    filename,
    ...(config === undefined ? {} : { config }),
    ...(format === undefined ? {} : { format }),
    ...(root === undefined ? {} : { root }),
  };
  const planned = plan(code, planOptions);
  const rewritten = rewriteText(code, planned);
  const { diagnostics, usedSelectors } = planned;
  if (rewritten === null) return { code, map: null, traced: [], diagnostics, usedSelectors };
  const traced = planned.functions.map(describe);
  return { code: rewritten.code, map: mapOf(rewritten, options), traced, diagnostics, usedSelectors };
}

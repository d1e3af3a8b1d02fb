import { createHash } from "node:crypto";
import { relative } from "node:path";
import { dataUrl, findAttachedMap, withReference } from "../cli/source-map-files.js";
import type { SourceMapObject } from "../rewrite/text/rewrite-text.js";
import { VERSION } from "../version.js";
import { bySeverity, placed } from "./bundler/message.js";
import { requireOptions } from "./bundler/explain-options.js";
import type { BundlerOptions } from "./bundler/options.js";
import { BundlerProject } from "./bundler/project.js";
import { composeMaps } from "./compose-maps.js";
import { leaveOutOfCoverage } from "./jest/coverage.js";
import type { JestTransformer, Transformed, TransformRequest } from "./jest/types.js";
import { WrappedTransformer, type TransformerEntry } from "./jest/wrapped-transformer.js";
import { withoutAdded } from "./sourceless-map.js";
import { explainMissingRuntime, RuntimeLookup } from "./runtime-lookup.js";

export type { JestTransformer, Transformed, TransformerEntry, TransformRequest };

/** A config, which then takes the place of `errspan.config.json`, or where that is; and what compiles. */
export interface JestOptions extends BundlerOptions {
  /**
   * The transformer that compiles what was rewritten, as it stands in Jest's own `transform`. Default: `babel-jest`, as
   * in Jest. Null: none, for JavaScript that runs as it is.
   */
  readonly transform?: TransformerEntry | null;
}

/** What we made of a file, before it is compiled. */
interface Rewritten {
  readonly code: string;
  readonly map: SourceMapObject;
}

class TracingTransformer implements JestTransformer {
  readonly #entry: TransformerEntry | null;
  readonly #options: BundlerOptions;
  readonly #runtime = new RuntimeLookup();
  readonly #warned = new Set<string>();
  #project: BundlerProject | undefined;
  #wrapped: WrappedTransformer | null | undefined;

  constructor({ transform = "babel-jest", ...options }: JestOptions) {
    this.#entry = transform;
    this.#options = options;
  }

  /** Jest asks for it behind `process`, when it is known what is wrapped. */
  get canInstrument(): boolean {
    return this.#wrapped?.canInstrument === true;
  }

  process(source: string, path: string, request: TransformRequest): Transformed {
    const wrapped = this.#open(request);
    const rewritten = this.#rewrite(source, path, request);
    const compiled = wrapped?.process(inputOf(source, rewritten, wrapped), path, request);
    return this.#finish(compiled, source, path, rewritten, request);
  }

  async processAsync(source: string, path: string, request: TransformRequest): Promise<Transformed> {
    const wrapped = this.#open(request);
    const rewritten = this.#rewrite(source, path, request);
    const compiled = await wrapped?.processAsync(inputOf(source, rewritten, wrapped), path, request);
    return this.#finish(compiled, source, path, rewritten, request);
  }

  getCacheKey(source: string, path: string, request: TransformRequest): string {
    const wrapped = this.#open(request);
    return this.#key(source, path, request, wrapped?.cacheKey(source, path, request));
  }

  async getCacheKeyAsync(source: string, path: string, request: TransformRequest): Promise<string> {
    const wrapped = this.#open(request);
    return this.#key(source, path, request, await wrapped?.cacheKeyAsync(source, path, request));
  }

  /** Only with the first file it is known where the project is. */
  #open({ config: { rootDir } }: TransformRequest): WrappedTransformer | null {
    this.#project ??= new BundlerProject(this.#options, rootDir, "commonjs");
    this.#wrapped ??= this.#entry === null ? null : new WrappedTransformer(this.#entry, rootDir, this.#options);
    return this.#wrapped;
  }

  #key(source: string, path: string, request: TransformRequest, wrapped: string | undefined): string {
    const { config, root, diagnostics } = this.#openedProject.loaded;
    const { instrument, supportsStaticESM, configString } = request;
    const parts = [VERSION, config, diagnostics, relative(root, path), source, instrument, supportsStaticESM, configString, wrapped];
    return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
  }

  get #openedProject(): BundlerProject {
    if (this.#project === undefined) throw new Error("The project is opened before anything is done in it");
    return this.#project;
  }

  #rewrite(source: string, path: string, request: TransformRequest): Rewritten | null {
    const project = this.#openedProject;
    if (project.problems.length > 0) throw new Error(project.problems.map((problem) => placed(problem, project)).join("\n"));
    const module = this.#wrapped?.rewrites === true ? null : project.codeOf(path);
    const result = module === null ? null : project.transform(source, module);
    if (result === null) return null;
    const { errors, warnings } = bySeverity(result.diagnostics);
    if (errors.length > 0) throw new Error(errors.map((error) => placed(error, project)).join("\n"));
    for (const warning of warnings) this.#warn(placed(warning, project));
    if (result.map === null) return null;
    if (!this.#runtime.isThere(path)) throw new Error(placed(explainMissingRuntime(path, project.loaded.root), project));
    const { code } = result;
    const map = request.instrument ? withoutAdded(result.map, code, source) : result.map;
    // A transformer that counts coverage by itself must be told before.
    if (!request.instrument || this.#wrapped?.canInstrument !== true) return { code, map };
    const hinted = leaveOutOfCoverage({ code, map }, path);
    return { code: hinted.code, map: hinted.map as SourceMapObject };
  }

  #finish(
    compiled: Transformed | undefined,
    source: string,
    path: string,
    rewritten: Rewritten | null,
    { instrument }: TransformRequest,
  ): Transformed {
    if (compiled === undefined) return rewritten ?? { code: source };
    if (this.#wrapped?.canInstrument === true) return compiled;
    const attached = findAttachedMap(compiled.code, path);
    const inline = attached.inline ? attached.json : undefined;
    const own = hasMap(compiled.map) ? compiled.map : inline;
    const map = rewritten === null ? own : own === undefined ? rewritten.map : composeMaps(own, rewritten.map);
    if (map === undefined) return compiled;
    const traced = { code: compiled.code, map };
    const result = instrument ? leaveOutOfCoverage(traced, path) : traced;
    if (inline === undefined) return result;
    const { reference } = findAttachedMap(result.code, path);
    const object = (typeof result.map === "string" ? JSON.parse(result.map) : result.map) as SourceMapObject;
    return { code: withReference(result.code, reference, dataUrl(object)), map: object };
  }

  #warn(message: string): void {
    if (this.#warned.has(message)) return;
    this.#warned.add(message);
    process.stderr.write(`errspan: ${message}\n`);
  }
}

function hasMap(map: Transformed["map"]): map is string | object {
  return map !== undefined && map !== null && map !== "";
}

/** What the wrapped transformer is given. Where it counts coverage, it must know where the words come from. */
function inputOf(source: string, rewritten: Rewritten | null, { canInstrument }: WrappedTransformer): string {
  if (rewritten === null) return source;
  const { code, map } = rewritten;
  return canInstrument ? withReference(code, findAttachedMap(code, "").reference, dataUrl(map)) : code;
}

/**
 * Makes the transformer for Jest: it rewrites each file and has another transformer compile it. What is wrong with
 * markers or config fails the tests that need the file; warnings go to standard error.
 *
 * @param options What stands behind the transformer's name in Jest's config.
 * @throws TypeError where that is no object
 * @example
 * // jest.config.js
 * { transform: { "\\.[jt]sx?$": ["@errspan/transformer/jest", { transform: ["@swc/jest", {}] }] } }
 */
export function createTransformer(options: JestOptions = {}): JestTransformer {
  requireOptions(options);
  return new TracingTransformer(options);
}

export default { createTransformer };

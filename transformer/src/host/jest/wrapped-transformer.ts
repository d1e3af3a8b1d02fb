import { createRequire } from "node:module";
import { join } from "node:path";
import type { BundlerOptions } from "../bundler/options.js";
import type { JestTransformer, Transformed, TransformRequest } from "./types.js";

/** Name or path of a transformer, alone or with its options, as in Jest's own `transform`. */
export type TransformerEntry = string | readonly [name: string, options?: unknown];

/** What a module may be that Jest takes as a transformer. */
interface TransformerModule extends JestTransformer {
  readonly default?: TransformerModule;
  createTransformer?(options?: unknown): JestTransformer | Promise<JestTransformer>;
}

const TS_JEST = /(?:^|[\\/])ts-jest(?:[\\/]|$)/;
const OWN_TREE_TRANSFORMER = "@errspan/transformer/ts-jest";

/** The transformer that compiles what we have rewritten. */
export class WrappedTransformer {
  readonly #transformer: JestTransformer;
  readonly #options: unknown;
  readonly #name: string;
  /** It rewrites by itself, with our help, so that it can check the types of what the user wrote. */
  readonly rewrites: boolean;

  /** @throws Error where it cannot be loaded */
  constructor(entry: TransformerEntry, rootDir: string, own: BundlerOptions) {
    const [name, options] = typeof entry === "string" ? [entry] : entry;
    this.#name = name.replace("<rootDir>", rootDir);
    this.rewrites = TS_JEST.test(this.#name);
    const require = createRequire(join(rootDir, "package.json"));
    this.#options = this.rewrites ? withTreeTransformer(options, require.resolve(OWN_TREE_TRANSFORMER), own) : options;
    this.#transformer = load(require, this.#name, this.#options);
  }

  get canInstrument(): boolean {
    return this.#transformer.canInstrument === true;
  }

  process(source: string, path: string, request: TransformRequest): Transformed {
    if (this.#transformer.process === undefined) throw new Error(`${this.#name} has no "process", which Jest calls for CommonJS`);
    return this.#transformer.process(source, path, this.#requestOf(request));
  }

  async processAsync(source: string, path: string, request: TransformRequest): Promise<Transformed> {
    return this.#transformer.processAsync === undefined
      ? this.process(source, path, request)
      : this.#transformer.processAsync(source, path, this.#requestOf(request));
  }

  cacheKey(source: string, path: string, request: TransformRequest): string {
    return this.#transformer.getCacheKey?.(source, path, this.#requestOf(request)) ?? this.#ownKey(request);
  }

  async cacheKeyAsync(source: string, path: string, request: TransformRequest): Promise<string> {
    return this.#transformer.getCacheKeyAsync === undefined
      ? this.cacheKey(source, path, request)
      : this.#transformer.getCacheKeyAsync(source, path, this.#requestOf(request));
  }

  #requestOf(request: TransformRequest): TransformRequest {
    return { ...request, transformerConfig: this.#options };
  }

  #ownKey({ configString, instrument }: TransformRequest): string {
    return JSON.stringify([this.#name, this.#options, configString, instrument]);
  }
}

function load(require: NodeJS.Require, name: string, options: unknown): JestTransformer {
  const loaded = require(name) as TransformerModule;
  const module = loaded.createTransformer === undefined && loaded.process === undefined ? (loaded.default ?? loaded) : loaded;
  const transformer = module.createTransformer?.(options) ?? module;
  if (transformer instanceof Promise) {
    throw new Error(`${name} makes its transformer asynchronously, which cannot be waited for here`);
  }
  return transformer;
}

/** The options of ts-jest, with our transformer of trees in front of the user's. */
function withTreeTransformer(options: unknown, path: string, own: BundlerOptions): object {
  const given = (options ?? {}) as { readonly astTransformers?: { readonly before?: readonly unknown[] } };
  const before = [{ path, options: own }, ...(given.astTransformers?.before ?? [])];
  return { ...given, astTransformers: { ...given.astTransformers, before } };
}

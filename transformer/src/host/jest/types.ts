/** What Jest says of a file that is to be transformed, as far as we look at it. */
export interface TransformRequest {
  readonly config: { readonly rootDir: string };
  /** The whole config as text. */
  readonly configString: string;
  /** Whether coverage is counted by what Babel adds to the code. */
  readonly instrument: boolean;
  readonly supportsStaticESM?: boolean;
  /** The options of the transformer that is called. */
  readonly transformerConfig?: unknown;
}

/** What a transformer makes of a file. The map may stand in the code instead. */
export interface Transformed {
  readonly code: string;
  readonly map?: string | object | null;
}

/** A transformer of Jest, whose `process` may be missing where all is asynchronous, or the other way round. */
export interface JestTransformer {
  readonly canInstrument?: boolean;
  process?(source: string, path: string, request: TransformRequest): Transformed;
  processAsync?(source: string, path: string, request: TransformRequest): Promise<Transformed>;
  getCacheKey?(source: string, path: string, request: TransformRequest): string;
  getCacheKeyAsync?(source: string, path: string, request: TransformRequest): Promise<string>;
}

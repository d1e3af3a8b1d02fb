import type { SourceMapCompact } from "unplugin";
import type { TransformResult } from "../../transform.js";

/** A rewritten module as plugins return it. */
export interface TransformedModule {
  readonly code: string;
  /** An object: some bundlers drop, and some loaders misread, the same as text. */
  readonly map: SourceMapCompact;
}

/** Null where the text is what it was. */
export function transformedModule({ code, map }: TransformResult): TransformedModule | null {
  if (map === null) return null;
  const { version, sources, sourcesContent, names, mappings } = map;
  return {
    code,
    map: { version, sources: sources.map((source) => source ?? ""), sourcesContent: [...sourcesContent], names: [...names], mappings },
  };
}

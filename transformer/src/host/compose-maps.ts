import remapping from "@jridgewell/remapping";
import type { SourceMapObject } from "../rewrite/text/rewrite-text.js";

/** The map of what was made of what was made: from the code of `outer` to the sources of `inner`. */
export function composeMaps(outer: string | object, inner: string | object): SourceMapObject {
  const text = (map: string | object): string => (typeof map === "string" ? map : JSON.stringify(map));
  const { sources, sourcesContent = [], names, mappings } = remapping(text(outer), (_source, { depth }) =>
    depth === 1 ? text(inner) : null,
  );
  return { version: 3, sources, sourcesContent, names, mappings: String(mappings) };
}

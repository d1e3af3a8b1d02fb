import remapping from "@jridgewell/remapping";
import type { SourceMapObject } from "../rewrite/text/rewrite-text.js";

/** Begins with the column in the generated line; the others are the source, its line and its column. */
type Segment = [number] | [number, number, number, number] | [number, number, number, number, number];

const OPENING = "try{";
const RETURNED = `${OPENING}return`;
const STATEMENTS = /[;{}]$|\btry\{/;

/**
 * The map of a rewritten text in which what was added leads nowhere. Coverage is then counted of what people wrote: without
 * that, what is added counts as a part of the words in front of it.
 *
 * @param code the rewritten text, made from `original` by insertions on its lines
 */
export function withoutAdded(map: SourceMapObject, code: string, original: string): SourceMapObject {
  const { mappings } = remapping(JSON.stringify(map), () => null, { decodedMappings: true });
  if (typeof mappings === "string") return map;
  const lines = code.split("\n");
  const originals = original.split("\n");
  const decoded = mappings.map((segments, line) => markAdded(segments as Segment[], lines[line] ?? "", originals));
  const { sources, sourcesContent, names } = map;
  const marked = remapping({ version: 3, sources: [...sources], sourcesContent: [...sourcesContent], names: [...names], mappings: decoded }, () => null);
  return { ...map, mappings: String(marked.mappings) };
}

function markAdded(segments: readonly Segment[], line: string, originals: readonly string[]): Segment[] {
  const marked: Segment[] = [];
  segments.forEach((segment, index) => {
    marked.push(segment);
    if (segment.length === 1) return;
    const [start, , sourceLine, column] = segment;
    const next = segments[index + 1];
    // Each piece of the original begins with a segment, so that what is added ends where the next one begins.
    const end = next === undefined ? line.length : next[0];
    const length = (next === undefined ? originals[sourceLine]?.length : columnOn(sourceLine, next)) ?? 0;
    const added = end - start - (length - column);
    if (length <= column || added <= 0) return;
    const text = line.slice(end - added, end);
    // What is put round a part of a statement goes on being a part of it.
    if (!STATEMENTS.test(text)) return;
    marked.push([end - added]);
    const returned = text.indexOf(RETURNED);
    // The value of an arrow function is counted as a statement.
    if (returned >= 0 && next !== undefined && next.length > 1) {
      marked.push([end - added + returned + OPENING.length, next[1] ?? 0, next[2] ?? 0, next[3] ?? 0]);
    }
  });
  return marked;
}

/** The column that a segment leads to, where that is on this line. */
function columnOn(line: number, segment: Segment): number | undefined {
  return segment.length > 1 && segment[2] === line ? segment[3] : undefined;
}

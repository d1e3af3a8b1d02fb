import { existsSync, readFileSync } from "node:fs";
import { composeMaps } from "../../host/compose-maps.js";
import { EMIT_MODULE } from "../../rewrite/enter-code.js";
import type { SourceMapObject } from "../../rewrite/text/rewrite-text.js";
import type { PendingFile } from "../atomic-write.js";
import { findAttachedMap } from "../source-map-files.js";

/** As tsc writes it. */
const DATA = "data:application/json;base64,";

/** Whether a file that was written before is one of ours. */
export function isTraced(file: string): boolean {
  return existsSync(file) && readFileSync(file, "utf8").includes(EMIT_MODULE);
}

/**
 * What stands in place of what the compiler wrote for a file: made of the rewritten text, and with the maps that the
 * compiler made, leading to the original.
 *
 * @param output what the compiler wrote for the original
 * @param compiled what it wrote for the rewritten text, with its map beside it
 * @param rewriting from the rewritten text to the original; absent where nothing was rewritten
 */
export function tracedOutput(output: string, compiled: string, rewriting: SourceMapObject | undefined): readonly PendingFile[] {
  const original = readFileSync(output, "utf8");
  const attached = findAttachedMap(original, output);
  const code = readFileSync(compiled, "utf8");
  const own = findAttachedMap(code, compiled);
  const text = own.reference === null ? code : code.slice(0, own.reference.start);
  if (attached.reference === null || own.json === undefined) return [{ path: output, text, like: output }];
  const composed = rewriting === undefined ? (JSON.parse(own.json) as SourceMapObject) : composeMaps(own.json, rewriting);
  // Sources, their texts and the file's name are as the compiler says of the original.
  const map = { ...(JSON.parse(attached.json ?? "{}") as SourceMapObject), names: composed.names, mappings: composed.mappings };
  const reference = attached.inline
    ? `//# sourceMappingURL=${DATA}${Buffer.from(JSON.stringify(map)).toString("base64")}`
    : original.slice(attached.reference.start, attached.reference.end);
  const ending = original.slice(attached.reference.end);
  const files = [{ path: output, text: text + reference + ending, like: output }];
  return attached.file === null || attached.inline
    ? files
    : [{ path: attached.file, text: JSON.stringify(map), like: output }, ...files];
}

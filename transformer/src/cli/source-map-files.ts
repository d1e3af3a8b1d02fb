import { readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import type { SourceMapObject } from "../rewrite/text/rewrite-text.js";

/** The map that a file came with, and how it names it. */
export interface AttachedMap {
  /** JSON text; undefined where there is none, or it cannot be read. */
  readonly json: string | undefined;
  /** Whether the map stands in the file itself. */
  readonly inline: boolean;
  /** The reference, from its `//#` on; null where there is none. */
  readonly reference: { readonly start: number; readonly end: number } | null;
  /** Path of the map's own file; null for an inline one. */
  readonly file: string | null;
}

// The last one counts, and only comments stand behind it.
const REFERENCE = /\/\/[#@][ \t]*sourceMappingURL=([^\s'"]+)[ \t]*$/gm;
const DATA = /^data:application\/json(?:;charset=[^;,]+)?(;base64)?,/i;

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // A map that is named and not there: the file is then as good as without one.
    return undefined;
  }
}

/** A source map's JSON, or undefined where the text is none. Sectioned maps count. */
function asMap(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  // Servers may put `)]}'` in front, so that the text cannot be run.
  const json = text.replace(/^\)\]\}'[^\n]*\n/, "");
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null && ("mappings" in value || "sections" in value) ? json : undefined;
  } catch {
    return undefined;
  }
}

/** Finds the map that a code file refers to, or that stands beside it under its name. */
export function findAttachedMap(code: string, file: string): AttachedMap {
  const last = [...code.matchAll(REFERENCE)].at(-1);
  const besides = `${file}.map`;
  if (last === undefined) return { json: asMap(readText(besides)), inline: false, reference: null, file: besides };
  const url = last[1] ?? "";
  const reference = { start: last.index, end: last.index + last[0].length };
  const data = DATA.exec(url);
  if (data !== null) {
    const body = url.slice(data[0].length);
    let text: string | undefined;
    try {
      text = data[1] === undefined ? decodeURIComponent(body) : Buffer.from(body, "base64").toString("utf8");
    } catch {
      text = undefined;
    }
    return { json: asMap(text), inline: true, reference, file: null };
  }
  // A map on a server is out of reach; ours then goes beside the file.
  if (/^[a-z][a-z\d+.-]+:/i.test(url)) return { json: undefined, inline: false, reference, file: besides };
  let path = url;
  try {
    path = decodeURIComponent(url);
  } catch {
    // A lone percent sign: taken as it stands.
  }
  return { json: asMap(readText(resolve(dirname(file), path))), inline: false, reference, file: resolve(dirname(file), path) };
}

/** The code with its reference to a map replaced, or added at its end. */
export function withReference(code: string, reference: AttachedMap["reference"], url: string): string {
  const comment = `//# sourceMappingURL=${url}`;
  if (reference !== null) return code.slice(0, reference.start) + comment + code.slice(reference.end);
  const newline = code.includes("\r\n") ? "\r\n" : "\n";
  return `${code}${code === "" || code.endsWith("\n") ? "" : newline}${comment}${newline}`;
}

/** A map as the `data:` URL of an inline reference. */
export function dataUrl(map: SourceMapObject): string {
  return `data:application/json;charset=utf-8;base64,${Buffer.from(JSON.stringify(map)).toString("base64")}`;
}

/** A map that names its code file. */
export function mapFileText(map: SourceMapObject, codeFile: string): string {
  return JSON.stringify({ ...map, file: basename(codeFile) });
}

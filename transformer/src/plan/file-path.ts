import { cleanFilename } from "../parse/language.js";

function slashed(path: string): string {
  return path.replaceAll("\\", "/");
}

/**
 * The path that people and OpenTelemetry are told: relative to the root, with `/`. Pure text work, the same on every
 * system; what is outside of the root keeps its absolute path.
 */
export function relativePath(filename: string, root: string | undefined): string {
  const file = slashed(cleanFilename(filename)).replace(/^file:\/\/(?=\/)/, "");
  if (root === undefined) return file.replace(/^\.\//, "");
  const base = slashed(root).replace(/\/+$/, "");
  const windows = /^[A-Za-z]:/.test(base);
  const inside = windows
    ? file.toLowerCase().startsWith(`${base.toLowerCase()}/`)
    : file.startsWith(`${base}/`);
  return inside ? file.slice(base.length + 1) : file.replace(/^\.\//, "");
}

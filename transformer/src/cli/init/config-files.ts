import { existsSync } from "node:fs";
import { join } from "node:path";

/** The first of some files that is there; null where none is. */
export function findFile(root: string, names: readonly string[]): string | null {
  return names.find((name) => existsSync(join(root, name))) ?? null;
}

/** Names that a script may have: `vite.config.ts`, `vite.config.mjs`, … */
export function scriptNames(base: string): string[] {
  return ["ts", "mts", "cts", "js", "mjs", "cjs"].map((extension) => `${base}.${extension}`);
}

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { HOST_CODES } from "../host/codes.js";
import { explainVersion } from "../host/typescript-version.js";
import { createLineTable } from "../parse/lines.js";
import type { Diagnostic } from "../plan/plan.js";

/** Our entry in a tsconfig. */
export const PLUGIN_ENTRY = /"transform"\s*:\s*"@errspan\/transformer"/;

/**
 * Finds our plugin entry in a project whose compiler takes no plugins. TypeScript 7 ignores the entry without a word,
 * and ts-patch does not start with it, so that nobody else can tell.
 *
 * @param root directory of the tsconfig, absolute
 */
export function ignoredPlugin(root: string): readonly Diagnostic[] {
  const file = join(root, "tsconfig.json");
  const text = readIfThere(file);
  const entry = PLUGIN_ENTRY.exec(text ?? "");
  const version = versionOfTypeScript(root);
  const message = version === undefined ? undefined : explainVersion(version);
  if (text === undefined || entry === null || message === undefined) return [];
  return [{ code: HOST_CODES.compilerVersion, severity: "error", message, file, ...createLineTable(text).at(entry.index) }];
}

function versionOfTypeScript(root: string): string | undefined {
  let manifest: string;
  try {
    manifest = createRequire(join(root, "package.json")).resolve("typescript/package.json");
  } catch {
    // No TypeScript: then there is nothing that could ignore the entry.
    return undefined;
  }
  return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // Without a tsconfig there is no entry.
    return undefined;
  }
}

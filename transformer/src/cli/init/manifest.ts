import { readFileSync } from "node:fs";
import { JsonText } from "./json-edit.js";

/** What is read of a package.json; anything may be missing, or of another type than it should be. */
export interface Manifest {
  /** Names of everything that is depended on. */
  readonly dependencies: ReadonlySet<string>;
  readonly scripts: ReadonlyMap<string, string>;
  readonly isModule: boolean;
  /** Name before the `@` of `packageManager`, or of `devEngines`. */
  readonly packageManager: string | undefined;
  readonly hasWorkspaces: boolean;
  readonly keys: ReadonlySet<string>;
}

/** The text of a file, or undefined where there is none. */
export function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) return undefined;
    throw error;
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/**
 * Reads a package.json.
 *
 * @param file how messages name it
 * @throws UnreadableFile where it is not JSON
 */
export function readManifest(text: string, file: string): Manifest {
  const contents = objectOf(new JsonText(text, file).get([]));
  const kinds = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];
  const named = objectOf(objectOf(contents["devEngines"])["packageManager"])["name"] ?? contents["packageManager"];
  const scripts = Object.entries(objectOf(contents["scripts"]));
  return {
    dependencies: new Set(kinds.flatMap((kind) => Object.keys(objectOf(contents[kind])))),
    scripts: new Map(scripts.filter((entry): entry is [string, string] => typeof entry[1] === "string")),
    isModule: contents["type"] === "module",
    packageManager: typeof named === "string" ? named.split("@")[0] : undefined,
    hasWorkspaces: contents["workspaces"] !== undefined,
    keys: new Set(Object.keys(contents)),
  };
}

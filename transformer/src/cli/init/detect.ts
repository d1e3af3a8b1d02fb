import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PLUGIN_ENTRY } from "../ignored-plugin.js";
import { nestBuilder } from "../nest-builder.js";
import type { NestBuilder } from "../nest-builder.js";
import { findBundler } from "./bundlers.js";
import type { FoundBundler } from "./bundlers.js";
import { findFile, scriptNames } from "./config-files.js";
import { readIfThere, readManifest } from "./manifest.js";
import type { Manifest } from "./manifest.js";
import { findPackageManager } from "./package-manager.js";
import type { PackageManager } from "./package-manager.js";

/** A linter that runs before a commit, and the file that says so. */
export interface CommitHook {
  readonly tool: "lint-staged" | "lefthook" | "pre-commit";
  /** Relative to the project. */
  readonly file: string;
}

/** What `errspan init` finds in a directory. */
export interface Surroundings {
  /** Absolute. */
  readonly root: string;
  /** Null where there is no package.json. */
  readonly manifest: Manifest | null;
  readonly packageManager: PackageManager;
  /** Version of the TypeScript that is installed, or undefined. */
  readonly typescript: string | undefined;
  /** Whether the tsconfig names us. */
  readonly isPluginOfCompiler: boolean;
  readonly hasTypeScriptFiles: boolean;
  readonly hasJavaScriptFiles: boolean;
  readonly framework: "nest" | "next" | null;
  /** Where the framework is Nest. */
  readonly builderOfNest: NestBuilder;
  readonly bundler: FoundBundler | null;
  readonly testRunner: "vitest" | "jest" | null;
  readonly eslint: { readonly config: string | null; readonly legacy: string | null; readonly installed: boolean };
  readonly oxlint: boolean;
  readonly commitHooks: readonly CommitHook[];
  /** Whether a package that records spans is depended on. */
  readonly hasSdk: boolean;
  /** Version of OpenTelemetry's API, if the project depends on it and it is installed. */
  readonly openTelemetryApi: string | undefined;
}

/** The manifest of a package, also where what the package exports does not include it. */
function readInstalled(root: string, name: string): unknown {
  const require = createRequire(join(root, "package.json"));
  try {
    return require(`${name}/package.json`);
  } catch {
    const files = (require.resolve.paths(name) ?? []).map((directory) => join(directory, name, "package.json"));
    const text = files.map(readIfThere).find((each) => each !== undefined);
    return text === undefined ? undefined : JSON.parse(text);
  }
}

function installedVersion(root: string, name: string): string | undefined {
  try {
    const contents = readInstalled(root, name);
    return typeof contents === "object" && contents !== null && "version" in contents ? String(contents.version) : undefined;
  } catch {
    // It cannot be read.
    return undefined;
  }
}

const SOURCE_DIRECTORIES = ["", "src", "lib", "app", "server", "bin"];

/** Whether the places where people keep their sources hold files that a pattern fits; config files do not count. */
function hasFiles(root: string, pattern: RegExp): boolean {
  return SOURCE_DIRECTORIES.some((directory) => {
    let names: string[];
    try {
      names = readdirSync(join(root, directory));
    } catch {
      // There is no such directory.
      return false;
    }
    return names.some((name) => pattern.test(name) && !/\.config\.|^\.|\.d\.[cm]?ts$/.test(name));
  });
}

function findCommitHooks(root: string, manifest: Manifest | null): CommitHook[] {
  const hooks: CommitHook[] = [];
  const lintStaged = findFile(root, [".lintstagedrc", ".lintstagedrc.json", ".lintstagedrc.yaml", ".lintstagedrc.yml", ...scriptNames("lint-staged.config"), ...scriptNames(".lintstagedrc")]);
  if (manifest?.keys.has("lint-staged") === true) hooks.push({ tool: "lint-staged", file: "package.json" });
  else if (lintStaged !== null) hooks.push({ tool: "lint-staged", file: lintStaged });
  const lefthook = findFile(root, ["lefthook.yml", "lefthook.yaml", ".lefthook.yml", ".lefthook.yaml", "lefthook.toml", "lefthook.json"]);
  if (lefthook !== null) hooks.push({ tool: "lefthook", file: lefthook });
  const preCommit = findFile(root, [".pre-commit-config.yaml"]);
  if (preCommit !== null) hooks.push({ tool: "pre-commit", file: preCommit });
  return hooks;
}

/**
 * Looks at a project; reads only.
 *
 * @param root absolute
 * @throws UnreadableFile where its package.json is not JSON
 */
export function detect(root: string, env: Readonly<Record<string, string | undefined>>): Surroundings {
  const text = readIfThere(join(root, "package.json"));
  const manifest = text === undefined ? null : readManifest(text, "package.json");
  const dependencies = manifest?.dependencies ?? new Set<string>();
  const legacy = findFile(root, ["", ".json", ".js", ".cjs", ".yaml", ".yml"].map((extension) => `.eslintrc${extension}`));
  return {
    root,
    manifest,
    packageManager: findPackageManager(root, env["npm_config_user_agent"]),
    typescript: installedVersion(root, "typescript"),
    isPluginOfCompiler: PLUGIN_ENTRY.test(readIfThere(join(root, "tsconfig.json")) ?? ""),
    hasTypeScriptFiles: hasFiles(root, /\.[cm]?tsx?$/),
    hasJavaScriptFiles: hasFiles(root, /\.[cm]?jsx?$/),
    framework: existsSync(join(root, "nest-cli.json")) ? "nest" : dependencies.has("next") ? "next" : null,
    builderOfNest: nestBuilder(readIfThere(join(root, "nest-cli.json")) ?? "{}", manifest?.scripts.values() ?? []),
    bundler: findBundler(root, dependencies, manifest?.scripts.values() ?? []),
    testRunner: dependencies.has("vitest") ? "vitest" : dependencies.has("jest") ? "jest" : null,
    eslint: {
      config: findFile(root, ["js", "mjs", "cjs", "ts", "mts", "cts"].map((extension) => `eslint.config.${extension}`)),
      legacy: legacy ?? (manifest?.keys.has("eslintConfig") === true ? "package.json" : null),
      installed: dependencies.has("eslint") || installedVersion(root, "eslint") !== undefined,
    },
    oxlint: dependencies.has("oxlint"),
    commitHooks: findCommitHooks(root, manifest),
    hasSdk: [...dependencies].some((name) => /^@(?:opentelemetry\/(?:sdk-(?:node|trace)|auto-instrumentations)|vercel\/otel$)/.test(name)),
    openTelemetryApi: dependencies.has("@opentelemetry/api") ? installedVersion(root, "@opentelemetry/api") : undefined,
  };
}

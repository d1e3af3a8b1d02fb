import { findFile, scriptNames } from "./config-files.js";

/** What has to be known of a bundler to give it our plugin. */
interface BundlerFacts {
  readonly package: string;
  /** Entry of this package that has the plugin for it. */
  readonly entry: string;
  /** What its config calls the list of plugins. */
  readonly plugins: string;
}

/** Bundlers that there is a plugin for. `<name>.config.*` is their config file; esbuild has none. */
export const BUNDLERS = {
  tsup: { package: "tsup", entry: "esbuild", plugins: "esbuildPlugins" },
  tsdown: { package: "tsdown", entry: "rolldown", plugins: "plugins" },
  vite: { package: "vite", entry: "vite", plugins: "plugins" },
  rspack: { package: "@rspack/core", entry: "rspack", plugins: "plugins" },
  rolldown: { package: "rolldown", entry: "rolldown", plugins: "plugins" },
  rollup: { package: "rollup", entry: "rollup", plugins: "plugins" },
  webpack: { package: "webpack", entry: "webpack", plugins: "plugins" },
  farm: { package: "@farmfe/core", entry: "farm", plugins: "plugins" },
  esbuild: { package: "esbuild", entry: "esbuild", plugins: "plugins" },
} as const satisfies Readonly<Record<string, BundlerFacts>>;

export type Bundler = keyof typeof BUNDLERS;

/** A bundler that was found, and its config file, relative to the project. */
export interface FoundBundler {
  readonly name: Bundler;
  readonly config: string | null;
}

/** The config with which a bundler that people drive without one gets our plugin; null for the others. */
export function newConfig(name: Bundler, isTypeScript: boolean): { readonly file: string; readonly text: string } | null {
  if (name !== "vite" && name !== "tsup" && name !== "tsdown") return null;
  const { entry, plugins } = BUNDLERS[name];
  return {
    file: `${name}.config.${isTypeScript && name !== "vite" ? "ts" : "mjs"}`,
    text: `import errspan from "@errspan/transformer/${entry}";\nimport { defineConfig } from "${name}";\n\nexport default defineConfig({\n  ${plugins}: [errspan()],\n});\n`,
  };
}

/** Whether a script runs a bundler. */
export function isRun(name: Bundler, scripts: Iterable<string>): boolean {
  const pattern = new RegExp(`(?<![\\w@/-])${name}(?![\\w-])`);
  return [...scripts].some((script) => pattern.test(script));
}

/**
 * The bundler of a project: one that a script runs rather than one that only has a config (a Vite config may be
 * Vitest's), that rather than one that is only depended on. What others bring along does not count.
 */
export function findBundler(root: string, dependencies: ReadonlySet<string>, scripts: Iterable<string>): FoundBundler | null {
  const names = Object.keys(BUNDLERS) as Bundler[];
  const all = [...scripts];
  const found = names
    .map((name) => ({ name, config: name === "esbuild" ? null : findFile(root, scriptNames(`${name}.config`)) }))
    .filter(({ config, name }) => config !== null || dependencies.has(BUNDLERS[name].package));
  return found.find(({ name }) => isRun(name, all)) ?? found.find(({ config }) => config !== null) ?? found[0] ?? null;
}

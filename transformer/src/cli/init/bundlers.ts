import { findFile, scriptNames } from "./config-files.js";

/** Where a list of plugins stands in a config: the names of members, from the outside inwards. */
export type PluginList = string | readonly [string, ...string[]];

/** What has to be known of a bundler, or of a framework that runs one, to give it our plugin. */
export interface BundlerFacts {
  readonly package: string;
  /** Entry of this package that has the plugin for it. */
  readonly entry: string;
  readonly plugins: PluginList;
  /** A second bundler that it runs, for other code. */
  readonly other?: { readonly entry: string; readonly plugins: PluginList };
  /** Programs that run it, besides the one of its name. */
  readonly runBy?: string;
}

/** Bundlers that there is a plugin for. `<name>.config.*` is their config file; esbuild has none. */
export const BUNDLERS = {
  astro: { package: "astro", entry: "vite", plugins: ["vite", "plugins"] },
  nuxt: {
    package: "nuxt",
    entry: "vite",
    plugins: ["vite", "plugins"],
    // What stands in server/ is bundled by Nitro.
    other: { entry: "rollup", plugins: ["nitro", "rollupConfig", "plugins"] },
  },
  tsup: { package: "tsup", entry: "esbuild", plugins: "esbuildPlugins" },
  tsdown: { package: "tsdown", entry: "rolldown", plugins: "plugins" },
  vite: { package: "vite", entry: "vite", plugins: "plugins", runBy: "react-router" },
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
    text: `import errspan from "@errspan/transformer/${entry}";\nimport { defineConfig } from "${name}";\n\nexport default defineConfig({\n  ${listed(plugins, "errspan()")},\n});\n`,
  };
}

/** A list of plugins as it is written into a config. */
export function listed(plugins: PluginList, element: string): string {
  const [name, next, ...others] = typeof plugins === "string" ? [plugins] : plugins;
  return next === undefined ? `${name}: [${element}]` : `${name}: { ${listed([next, ...others], element)} }`;
}

/** Whether a script runs a bundler. */
export function isRun(name: Bundler, scripts: Iterable<string>): boolean {
  const { runBy }: BundlerFacts = BUNDLERS[name];
  const pattern = new RegExp(`(?<![\\w@/-])${runBy === undefined ? name : `(?:${name}|${runBy})`}(?![\\w-])`);
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

import type { Plugin } from "vite" with { "resolution-mode": "import" };
import type { BundlerOptions } from "./options.js";
import { vitePlugin } from "./vite-plugin.js";

export type { BundlerOptions };

/**
 * The plugin for Vite: rewrites the functions that are marked `@traced`, or selected by the config, before they are
 * compiled. Errors in markers or config fail the build.
 *
 * @param options A config that takes the place of `errspan.config.json`, or `config`: the path of one.
 * @example
 * // vite.config.ts
 * import errspan from "@errspan/transformer/vite";
 *
 * export default { plugins: [errspan()] };
 */
export const errspan: (options?: BundlerOptions) => Plugin = vitePlugin;

export default errspan;

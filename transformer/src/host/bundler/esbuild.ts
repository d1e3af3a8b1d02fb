import type { Plugin } from "esbuild" with { "resolution-mode": "import" };
import { esbuildPlugin } from "./esbuild-plugin.js";
import type { BundlerOptions } from "./options.js";

export type { BundlerOptions };

/**
 * The plugin for esbuild: rewrites the functions that are marked `@traced`, or selected by the config, before they are
 * compiled. Errors in markers or config fail the build.
 *
 * @param options A config that takes the place of `errspan.config.json`, or `config`: the path of one.
 * @example
 * // build.js
 * import errspan from "@errspan/transformer/esbuild";
 *
 * await build({ entryPoints: ["src/main.ts"], bundle: true, plugins: [errspan()] });
 */
export const errspan: (options?: BundlerOptions) => Plugin = esbuildPlugin;

export default errspan;

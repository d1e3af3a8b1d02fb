import type { Plugin } from "rollup" with { "resolution-mode": "import" };
import type { BundlerOptions } from "./options.js";
import { RollupLikeBuild, rollupLike } from "./rollup-like.js";

export type { BundlerOptions };

/**
 * The plugin for Rollup: rewrites the functions that are marked `@traced`, or selected by the config, before they are
 * compiled. Errors in markers or config fail the build.
 *
 * @param options A config that takes the place of `errspan.config.json`, or `config`: the path of one.
 * @example
 * // rollup.config.js
 * import errspan from "@errspan/transformer/rollup";
 *
 * export default { input: "src/main.ts", plugins: [errspan(), typescript()] };
 */
export const errspan: (options?: BundlerOptions) => Plugin = (options = {}) => rollupLike(new RollupLikeBuild(options, "places"));

export default errspan;

import type { Plugin } from "rolldown" with { "resolution-mode": "import" };
import type { BundlerOptions } from "./options.js";
import { RollupLikeBuild, rollupLike } from "./rollup-like.js";

export type { BundlerOptions };

/**
 * The plugin for Rolldown: rewrites the functions that are marked `@traced`, or selected by the config, before they are
 * compiled. Errors in markers or config fail the build.
 *
 * @param options A config that takes the place of `errspan.config.json`, or `config`: the path of one.
 * @example
 * // rolldown.config.ts
 * import errspan from "@errspan/transformer/rolldown";
 *
 * export default { input: "src/main.ts", plugins: [errspan()] };
 */
export const errspan: (options?: BundlerOptions) => Plugin = (options = {}) => rollupLike(new RollupLikeBuild(options, "places"));

export default errspan;

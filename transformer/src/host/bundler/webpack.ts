import type { WebpackPluginInstance } from "webpack" with { "resolution-mode": "import" };
import type { BundlerOptions } from "./options.js";
import { webpackLikePlugin } from "./webpack-like.js";

export type { BundlerOptions };

/**
 * The plugin for webpack: rewrites the functions that are marked `@traced`, or selected by the config, before they are
 * compiled. Errors in markers or config fail the build.
 *
 * @param options A config that takes the place of `errspan.config.json`, or `config`: the path of one.
 * @example
 * // webpack.config.js
 * import errspan from "@errspan/transformer/webpack";
 *
 * export default { plugins: [errspan()] };
 */
export const errspan: (options?: BundlerOptions) => WebpackPluginInstance = webpackLikePlugin;

export default errspan;

import type { RspackPluginInstance } from "@rspack/core" with { "resolution-mode": "import" };
import type { BundlerOptions } from "./options.js";
import { webpackLikePlugin } from "./webpack-like.js";

export type { BundlerOptions };

/**
 * The plugin for Rspack: rewrites the functions that are marked `@traced`, or selected by the config, before they are
 * compiled. Errors in markers or config fail the build.
 *
 * @param options A config that takes the place of `errspan.config.json`, or `config`: the path of one.
 * @example
 * // rspack.config.js
 * import errspan from "@errspan/transformer/rspack";
 *
 * export default { plugins: [errspan()] };
 */
export const errspan: (options?: BundlerOptions) => RspackPluginInstance = webpackLikePlugin;

export default errspan;

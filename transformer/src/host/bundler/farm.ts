import type { JsPlugin } from "@farmfe/core" with { "resolution-mode": "import" };
import type { BundlerOptions } from "./options.js";
import { unplugin } from "./unplugin.js";

export type { BundlerOptions };

/**
 * The plugin for Farm: rewrites the functions that are marked `@traced`, or selected by the config, before they are
 * compiled. Errors in markers or config fail the build.
 *
 * @param options A config that takes the place of `errspan.config.json`, or `config`: the path of one.
 * @example
 * // farm.config.ts
 * import errspan from "@errspan/transformer/farm";
 *
 * export default { plugins: [errspan()] };
 */
export const errspan: (options?: BundlerOptions) => JsPlugin = unplugin.farm;

export default errspan;

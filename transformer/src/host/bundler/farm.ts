import type { JsPlugin } from "@farmfe/core" with { "resolution-mode": "import" };
import { createFarmPlugin } from "unplugin";
import type { UnpluginOptions } from "unplugin";
import type { BundlerOptions } from "./options.js";
import { RollupLikeBuild, rollupLike } from "./rollup-like.js";

export type { BundlerOptions };

/** Farm's own hooks are others than Rollup's; unplugin leads them to those. */
function farmLike(options: BundlerOptions = {}): UnpluginOptions {
  const build = new RollupLikeBuild(options, "text");
  return {
    ...rollupLike(build),
    // Before every other plugin: markers are comments, which compilers take away.
    enforce: "pre",
    farm: {
      configResolved: ({ root }) => {
        if (root !== undefined) build.workFrom(root);
      },
    },
  };
}

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
export const errspan: (options?: BundlerOptions) => JsPlugin = createFarmPlugin(farmLike);

export default errspan;

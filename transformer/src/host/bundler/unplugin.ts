import { createUnplugin } from "unplugin";
import type { UnpluginInstance, UnpluginOptions } from "unplugin";
import type { BundlerOptions } from "./options.js";
import { RollupLikeBuild, rollupLike } from "./rollup-like.js";
import { webpackLike } from "./webpack-like.js";

/** The plugin for the bundlers whose plugins are made of other hooks than Rollup's, to which unplugin leads those. */
export const unplugin: UnpluginInstance<BundlerOptions | undefined, false> = createUnplugin((options = {}, meta) => {
  switch (meta.framework) {
    case "webpack":
      return webpackLike(options, meta.webpack.compiler);
    case "rspack":
      return webpackLike(options, meta.rspack.compiler);
    default:
      return farmLike(options);
  }
});

function farmLike(options: BundlerOptions): UnpluginOptions {
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

import { createUnplugin } from "unplugin";
import type { UnpluginInstance } from "unplugin";
import { bunPlugin } from "./bun-plugin.js";
import { esbuildPlugin } from "./esbuild-plugin.js";
import type { BundlerOptions } from "./options.js";
import { rollupLike } from "./rollup-like.js";
import { webpackLike } from "./webpack-like.js";

/** The plugin for every bundler that unplugin knows; one entry of the package gives out each. */
export const unplugin: UnpluginInstance<BundlerOptions | undefined, false> = createUnplugin((options = {}, meta) => {
  switch (meta.framework) {
    case "esbuild":
      return esbuildPlugin(options);
    case "webpack":
      return webpackLike(options, meta.webpack.compiler);
    case "rspack":
      return webpackLike(options, meta.rspack.compiler);
    case "vite":
      return rollupLike(options, "places of errors");
    case "bun":
      return bunPlugin(options);
    case "farm":
      return rollupLike(options, "text");
    default:
      return rollupLike(options, "places");
  }
});

import { bunPlugin } from "./bun-plugin.js";
import type { BunPlugin } from "./bun-plugin.js";
import type { BundlerOptions } from "./options.js";

export type { BundlerOptions, BunPlugin };

/**
 * The plugin for Bun: rewrites the functions that are marked `@traced`, or selected by the config, before they are
 * compiled. Errors in markers or config fail the build. It is for `Bun.build`, not for `Bun.plugin`.
 *
 * @param options A config that takes the place of `errspan.config.json`, or `config`: the path of one.
 * @throws where it is called by another runtime than Bun
 * @example
 * // build.ts
 * import errspan from "@errspan/transformer/bun";
 *
 * await Bun.build({ entrypoints: ["src/main.ts"], outdir: "dist", target: "bun", plugins: [errspan()] });
 */
export const errspan: (options?: BundlerOptions) => BunPlugin = bunPlugin;

export default errspan;

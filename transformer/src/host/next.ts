import { requireOptions } from "./bundler/explain-options.js";
import type { BundlerOptions } from "./bundler/options.js";

export type { BundlerOptions };

/** Of Next.js's config, what is added to. */
interface NextConfig {
  readonly turbopack?: { readonly rules?: Readonly<Record<string, unknown>> };
  readonly webpack?: ((config: WebpackConfig, context: never) => unknown) | null;
}

interface WebpackConfig {
  readonly module: { readonly rules: unknown[] };
}

const LOADER = "@errspan/transformer/loader";

function extend(config: NextConfig, options: BundlerOptions): object {
  // Turbopack takes names and plain values only.
  const loaders = [{ loader: LOADER, options }];
  const { turbopack, webpack } = config;
  return {
    ...config,
    turbopack: {
      ...turbopack,
      // Each rule whose pattern fits a file is applied, so that rules of the project's own stay what they are.
      rules: { ...turbopack?.rules, "*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}": { condition: { not: "foreign" }, loaders } },
    },
    webpack(given: WebpackConfig, context: never): unknown {
      given.module.rules.push({ test: /\.[cm]?[jt]sx?$/, exclude: /[\\/]node_modules[\\/]/, enforce: "pre", use: loaders });
      return typeof webpack === "function" ? webpack(given, context) : given;
    },
  };
}

/**
 * For Next.js 16, built by Turbopack or by webpack: adds [the loader](./loader.ts) to its config, so that the functions
 * that are marked `@traced`, or selected by the config, are rewritten before they are compiled. Code of packages is left
 * as it is. Errors in markers or config fail the build.
 *
 * @param config What `next.config` exports: an object, or a function that gives one, or a promise of one.
 * @param options A config that takes the place of `errspan.config.json`, or `config`: the path of one. Plain values only.
 * @returns The same with the loader in it.
 * @throws TypeError where the options are no object
 * @example
 * // next.config.ts
 * import errspan from "@errspan/transformer/next";
 *
 * export default errspan({ reactStrictMode: true });
 */
export function errspan<Config extends object>(config: Config, options: BundlerOptions = {}): Config {
  requireOptions(options);
  if (typeof config !== "function") return extend(config, options) as Config;
  const extended = async (...parameters: unknown[]): Promise<object> => {
    const given: unknown = await (config as (...given: unknown[]) => unknown)(...parameters);
    return extend(given as NextConfig, options);
  };
  return extended as unknown as Config;
}

export default errspan;

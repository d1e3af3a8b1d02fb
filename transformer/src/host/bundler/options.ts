import type { ErrspanConfig } from "../../config/config.js";

/** What a bundler's plugin, or our loader, is given: a config, which then takes the place of errspan.config.json, or where that is. */
export interface BundlerOptions extends ErrspanConfig {
  /** Path of the config file, relative to `root`. Default: the nearest `errspan.config.json`, from `root` upwards. */
  readonly config?: string;
  /** Directory to work from, relative to the working directory. Default: what the bundler works from. */
  readonly root?: string;
}

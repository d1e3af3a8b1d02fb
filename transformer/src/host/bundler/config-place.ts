import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { CONFIG_FILE, findConfigFile } from "../../config/find.js";
import type { ErrspanConfig } from "../../config/config.js";
import { explainOptions } from "./explain-options.js";
import type { BundlerOptions } from "./options.js";

/** Where a build has its config from: a file, the plugin's options, or nowhere. */
export interface ConfigPlace {
  /** The config among the options; null where they have none. */
  readonly inline: ErrspanConfig | null;
  readonly file: string | null;
  /** Where a config file would be found first, but is none. */
  readonly absent: string | null;
  /** Another one when the file is another, or has changed. */
  readonly stamp: string;
}

/** The directory that a build's config is looked for from. */
export function directoryOf(options: BundlerOptions, directory: string): string {
  return explainOptions(options) !== null || options.root === undefined ? directory : resolve(options.root);
}

/** Looks where the config is, and reads nothing. */
export function locateConfig(options: BundlerOptions, directory: string): ConfigPlace {
  // There is a config then, and it is wrong.
  if (explainOptions(options) !== null) return { inline: {}, file: null, absent: null, stamp: "" };
  const { config: path, root: _, ...inline } = options;
  if (Object.keys(inline).length > 0) return { inline, file: null, absent: null, stamp: "" };
  const file = path === undefined ? findConfigFile(directory) : resolve(directory, path);
  const nearest = path === undefined ? join(directory, CONFIG_FILE) : file;
  const absent = nearest === null || existsSync(nearest) ? null : nearest;
  return { inline: null, file, absent, stamp: file === null ? "" : `${file}:${stampOf(file)}` };
}

function stampOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? "missing" : `${stats.mtimeMs}:${stats.size}`;
}

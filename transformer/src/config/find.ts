import { statSync } from "node:fs";
import { dirname, join } from "node:path";

/** Name of the config file. */
export const CONFIG_FILE = "errspan.config.json";

/** The config file in a directory or the nearest one above it, by a look at the file system. */
export function findConfigFile(directory: string): string | null {
  for (let at = directory; ; at = dirname(at)) {
    const file = join(at, CONFIG_FILE);
    if (statSync(file, { throwIfNoEntry: false }) !== undefined) return file;
    if (dirname(at) === at) return null;
  }
}

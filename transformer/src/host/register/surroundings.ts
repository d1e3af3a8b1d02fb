import { dirname, resolve } from "node:path";
import { findConfigFile } from "../../config/find.js";

/** Where a program is started, as far as the config is looked for from there. */
export interface Surroundings {
  /** Working directory, absolute. */
  readonly cwd: string;
  /** The program's file, where Node was given one. */
  readonly entry: string | undefined;
  /** Path of the config file, relative to the working directory: the variable `ERRSPAN_CONFIG`. */
  readonly configPath: string | undefined;
}

/** Whether there is a config, by a look at the file system alone. */
export function hasConfig({ cwd, entry, configPath }: Surroundings): boolean {
  if (configPath !== undefined && configPath !== "") return true;
  return findConfigFile(cwd) !== null || (entry !== undefined && findConfigFile(dirname(resolve(cwd, entry))) !== null);
}

import { statSync } from "node:fs";
import { resolve } from "node:path";
import { loadConfig, loadConfigFile } from "../config/load.js";
import type { LoadedConfig } from "../config/load.js";
import type { ModuleFormat } from "../plan/plan.js";
import { UsageError } from "./io.js";
import type { CommandIo } from "./io.js";
import { isInside } from "./source-files.js";

/** The config that a command works with: named, or found from the working directory upwards. */
export function openProject(io: CommandIo, configPath: string | undefined): LoadedConfig {
  if (configPath === undefined) return loadConfig(io.cwd);
  const file = resolve(io.cwd, configPath);
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new UsageError(`There is no config file "${configPath}".`);
  }
  const loaded = loadConfigFile(file);
  if (!isInside(io.cwd, loaded.root) && !isInside(loaded.root, io.cwd)) {
    throw new UsageError(
      `The config "${configPath}" belongs to the directory ${loaded.root}, and its globs are relative to that: it picks nothing ` +
        "here. Run errspan there, or put a config into this directory or one above.",
    );
  }
  return loaded;
}

/** The value of `--format`. */
export function readFormat(value: string | undefined): ModuleFormat | undefined {
  if (value === undefined || value === "module" || value === "commonjs" || value === "script") return value;
  throw new UsageError(`--format must be module, commonjs or script, but is "${value}".`);
}

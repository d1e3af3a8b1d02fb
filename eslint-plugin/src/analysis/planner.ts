import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** What the rules need of `@errspan/transformer`: the planner behind its `transform`. */
export interface Planner {
  transform: (
    code: string,
    options: { filename: string; config?: object; root?: string },
  ) => {
    traced: readonly { name: string; line: number; column: number; spanName: string }[];
    diagnostics: readonly { code: string; severity: string; message: string; line: number; column: number }[];
  };
}

const planners = new Map<string, Planner | undefined>();

/**
 * The transformer that the linted project has installed: what the editor says is then what its build does.
 *
 * @param directory where the project is
 * @returns undefined where none is installed
 */
export function plannerFor(directory: string): Planner | undefined {
  if (!planners.has(directory)) planners.set(directory, load(directory));
  return planners.get(directory);
}

function load(directory: string): Planner | undefined {
  try {
    return createRequire(join(directory, "package.json"))("@errspan/transformer") as Planner;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}

/** The config file that governs a source file, with the directory its globs are relative to. */
export function projectConfig(filename: string): { config: object; root: string } | undefined {
  for (let directory = dirname(filename); ; directory = dirname(directory)) {
    const file = join(directory, "errspan.config.json");
    if (existsSync(file)) {
      try {
        return { config: JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, "")) as object, root: directory };
      } catch (error) {
        // The transformer reports a broken config, with its place; here there is nothing to compare with.
        if (error instanceof SyntaxError) return undefined;
        throw error;
      }
    }
    if (dirname(directory) === directory) return undefined;
  }
}

import { compileConfig } from "../config/compile.js";
import type { CompiledSelector } from "../config/compile.js";
import type { LoadedConfig } from "../config/load.js";
import { CODES } from "./diagnostics.js";
import type { PlanWithSelection } from "./create-plan.js";
import { relativePath } from "./file-path.js";
import { meantGlob } from "./meant-glob.js";
import type { Diagnostic } from "./plan.js";

/** Collects over a whole build which selectors ever picked a function. */
export interface SelectionReport {
  /** Takes note of one file's plan. */
  add(plan: Pick<PlanWithSelection, "usedSelectors">, file: string): void;
  /** A warning for each selector that picked nothing in any of the files. */
  diagnostics(): Diagnostic[];
}

const FILE_CONDITIONS = ["files", "exclude"] as const;
const FUNCTION_CONDITIONS = ["names", "classes", "functions"] as const;

/** The conditions that a selector has, as people read them: `"names" and "classes"`. */
function named(keys: readonly string[]): string {
  return keys.map((key) => `"${key}"`).join(" and ");
}

/** What is outside of the root keeps its absolute path. */
function isOutside(path: string): boolean {
  return /^(?:\/|[A-Za-z]:\/)/.test(path);
}

class Selection implements SelectionReport {
  readonly #loaded: Omit<LoadedConfig, "diagnostics">;
  readonly #used = new Set<number>();
  readonly #files = new Set<string>();

  constructor(loaded: Omit<LoadedConfig, "diagnostics">) {
    this.#loaded = loaded;
  }

  add({ usedSelectors }: Pick<PlanWithSelection, "usedSelectors">, file: string): void {
    for (const index of usedSelectors) this.#used.add(index);
    this.#files.add(relativePath(file, this.#loaded.root));
  }

  diagnostics(): Diagnostic[] {
    const { config, file, selectors } = this.#loaded;
    return compileConfig(config)
      .selectors.filter(({ index }) => !this.#used.has(index))
      .map((selector) => ({
        code: CODES.selectorMatchedNothing,
        severity: "warning" as const,
        message: this.#explain(selector),
        file: file ?? "",
        ...(selectors[selector.index] ?? { line: 1, column: 1 }),
      }));
  }

  #explain({ index, matchesFile, selector }: CompiledSelector): string {
    const { config, selectors } = this.#loaded;
    const what = `${selectors[index] === undefined ? "In the options of @errspan/transformer: " : ""}select[${index}] picks no function`;
    const accepted = [...this.#files].filter(compileConfig(config).accepts);
    const fitting = accepted.filter(matchesFile).length;
    if (fitting > 0) {
      const conditions = FUNCTION_CONDITIONS.filter((key) => selector[key] !== undefined && selector[key] !== "all");
      const where = fitting === 1 ? "1 file that it fits" : `${fitting} files that it fits`;
      if (conditions.length === 0) return `${what}: there are none in the ${where}.`;
      return `${what}: none in the ${where} is what its ${named(conditions)} ask for.${conditions.includes("functions") ? "" : " These are patterns as of files, such as \"load*\", not regular expressions."}`;
    }
    const outer = [config.include === undefined ? [] : ["include"], config.exclude === undefined ? [] : ["exclude"]].flat();
    const own = FILE_CONDITIONS.filter((key) => selector[key] !== undefined);
    const whose = [own.length > 0 ? `its ${named(own)}` : "", outer.length > 0 ? `${named(outer)} of the config` : ""].filter((text) => text !== "");
    if (this.#files.size === 0 || whose.length === 0) return `${what}: there was no file to look at.`;
    return `${what}: no file fits ${whose.join(", and ")}.${this.#hint(selector.files ?? [])}`;
  }

  /** How paths look that globs are held against, for those who have other ones in mind. */
  #hint(globs: readonly string[]): string {
    const [example] = this.#files;
    if ([...this.#files].every(isOutside)) return ` Globs are relative to the config, and it is no place above the files, such as ${JSON.stringify(example)}.`;
    const meant = meantGlob(globs, this.#files, this.#loaded.root.replaceAll("\\", "/"));
    if (meant !== undefined) return ` Did you mean ${JSON.stringify(meant)}?`;
    return ` Globs are relative to ${this.#loaded.file === null ? "the root" : "the config"}; seen from there one of the files is ${JSON.stringify(example)}.`;
  }
}

/**
 * A selector that picks nothing is a misspelt glob or name more often than not, but only a host that has seen all files
 * can tell.
 *
 * @example
 * const loaded = loadConfig(process.cwd());
 * const report = createSelectionReport(loaded);
 * for (const file of files) report.add(plan(read(file), { filename: file, config: loaded.config, root: loaded.root }), file);
 * print(report.diagnostics());
 */
export function createSelectionReport(loaded: Omit<LoadedConfig, "diagnostics">): SelectionReport {
  return new Selection(loaded);
}

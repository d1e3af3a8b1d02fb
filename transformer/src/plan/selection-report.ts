import type { ErrspanConfig } from "../config/config.js";
import { CODES } from "./diagnostics.js";
import type { PlanWithSelection } from "./create-plan.js";
import type { Diagnostic } from "./plan.js";

/** Collects over a whole build which selectors ever picked a function. */
export interface SelectionReport {
  /** Takes note of one file's plan. */
  add(plan: Pick<PlanWithSelection, "usedSelectors">): void;
  /** A warning for each selector that picked nothing in any of the files. */
  diagnostics(): Diagnostic[];
}

/**
 * A selector that picks nothing is a misspelt glob or name more often than not, but only a host that has seen all files
 * can tell.
 *
 * @param configFile how the diagnostics name the config
 * @example
 * const report = createSelectionReport(config, "errspan.config.json");
 * for (const file of files) report.add(plan(read(file), { filename: file, config, root }));
 * print(report.diagnostics());
 */
export function createSelectionReport(config: ErrspanConfig, configFile: string): SelectionReport {
  const used = new Set<number>();
  return {
    add: ({ usedSelectors }) => {
      for (const index of usedSelectors) used.add(index);
    },
    diagnostics: () =>
      (config.select ?? []).flatMap((_, index) =>
        used.has(index)
          ? []
          : [
              {
                code: CODES.selectorMatchedNothing,
                severity: "warning" as const,
                message: `select[${index}] picks no function in any file. Check its globs, which are relative to the config file, and its names.`,
                file: configFile,
                line: 1,
                column: 1,
              },
            ],
      ),
  };
}

import { resolve } from "node:path";
import { CODES } from "../plan/diagnostics.js";
import type { Diagnostic } from "../plan/plan.js";

/** What is said of a file that is then left alone as a whole. */
const LEFT_ALONE: ReadonlySet<string> = new Set([
  CODES.syntaxError,
  CODES.nestedTooDeep,
  CODES.parserFailed,
  CODES.unreadable,
  CODES.notUtf8,
]);

/**
 * Below a directory there may be files that nobody means, and a warning is enough where one of them is left alone. A
 * file that was named is meant: to leave it alone is to have failed.
 */
export class NamedFiles {
  readonly #files: ReadonlySet<string>;

  /** @param paths arguments of the command, files and directories */
  constructor(paths: readonly string[], cwd: string) {
    this.#files = new Set(paths.map((path) => resolve(cwd, path)));
  }

  /** What is found in a file, as severe as it is for who called. */
  judge(diagnostics: readonly Diagnostic[], file: string): readonly Diagnostic[] {
    if (!this.#files.has(file)) return diagnostics;
    return diagnostics.map((diagnostic) => (LEFT_ALONE.has(diagnostic.code) ? { ...diagnostic, severity: "error" } : diagnostic));
  }
}

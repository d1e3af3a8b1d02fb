import { isAbsolute, relative, resolve } from "node:path";
import type { Diagnostic } from "../plan/plan.js";
import type { CommandIo } from "./io.js";
import { styleFor } from "./style.js";

/**
 * The path as the person who called the command would type it.
 *
 * @param file absolute
 */
export function shownPath(file: string, cwd: string): string {
  const path = relative(cwd, file) || ".";
  return path.startsWith("..") || isAbsolute(path) ? file : path.replaceAll("\\", "/");
}

/**
 * Prints diagnostics to standard error, `file:line:column` first, as editors and terminals make links of.
 *
 * @param root what their files are relative to, absolute
 */
export function printDiagnostics(diagnostics: readonly Diagnostic[], io: CommandIo, root: string): void {
  const style = styleFor(io.err, io.env);
  const paint = { error: style.red, warning: style.yellow, info: style.cyan };
  for (const { file, line, column, severity, code, message } of diagnostics) {
    const place = `${shownPath(resolve(root, file), io.cwd)}:${line}:${column}`;
    io.err.write(`${style.bold(place)} ${paint[severity](severity)} ${style.dim(code)} ${message}\n`);
  }
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

/** A number of things in words: `1 file`, `2 files`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

import type { Diagnostic } from "../../plan/plan.js";
import type { BundlerProject } from "./project.js";

/** A diagnostic in the shape that Rollup and its kin take, from which they print the place themselves. */
export interface LocatedMessage {
  readonly message: string;
  readonly pluginCode: string;
  readonly id?: string;
  readonly loc?: { readonly file: string; readonly line: number; readonly column: number };
}

/** For hosts that print the place themselves. Their columns begin with 0. */
export function located(diagnostic: Diagnostic, project: BundlerProject): LocatedMessage {
  const { code, message, line, column } = diagnostic;
  const file = project.fileOf(diagnostic);
  const text = { message: `${code} ${message}`, pluginCode: code };
  return file === "" ? text : { ...text, id: file, loc: { file, line, column: column - 1 } };
}

/** For hosts that print no place: it comes first, as editors and terminals make links of. */
export function placed(diagnostic: Diagnostic, project: BundlerProject): string {
  const { code, message, line, column } = diagnostic;
  const file = project.fileOf(diagnostic);
  return `${file === "" ? "" : `${file}:${line}:${column} `}${code} ${message}`;
}

/** Several errors as one, for hosts that stop at the first. */
export function combined(errors: readonly Diagnostic[], project: BundlerProject): LocatedMessage | null {
  const [first, ...others] = errors;
  if (first === undefined) return null;
  const message = located(first, project);
  return { ...message, message: [message.message, ...others.map((other) => placed(other, project))].join("\n") };
}

/** What fails a build, and what is said all the same. Hints are for `errspan list`: a build is not the place to read them. */
export function bySeverity(diagnostics: readonly Diagnostic[]): {
  readonly errors: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
} {
  return {
    errors: diagnostics.filter(({ severity }) => severity === "error"),
    warnings: diagnostics.filter(({ severity }) => severity === "warning"),
  };
}

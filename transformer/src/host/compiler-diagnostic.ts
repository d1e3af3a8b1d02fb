import type ts from "typescript";
import type { Diagnostic, DiagnosticSeverity } from "../plan/plan.js";
import type { TypeScript } from "../rewrite/tree/typescript.js";

/** `ERRSPAN1001` is told as `TS991001`: the compiler knows numbers only, and none of its own begins with 99. */
const CODE_BASE = 990_000;

/** A diagnostic as the compiler prints it: `src/order.ts(3,1): error TS992001: …`. */
export function toCompilerDiagnostic(
  ts: TypeScript,
  { code, severity, message, line, column }: Diagnostic,
  file: ts.SourceFile | undefined,
): ts.Diagnostic {
  return {
    file,
    start: file && offsetOf(file, line, column),
    length: file && 0,
    category: categoryOf(ts, severity),
    code: CODE_BASE + Number(code.replace(/\D/g, "")),
    messageText: `${message} [${code}]`,
    source: "errspan",
  };
}

function offsetOf(file: ts.SourceFile, line: number, column: number): number {
  const starts = file.getLineStarts();
  const start = starts[line - 1] ?? 0;
  return Math.min(start + column - 1, starts[line] ?? file.text.length);
}

function categoryOf({ DiagnosticCategory }: TypeScript, severity: DiagnosticSeverity): ts.DiagnosticCategory {
  switch (severity) {
    case "error":
      return DiagnosticCategory.Error;
    case "warning":
      return DiagnosticCategory.Warning;
    case "info":
      return DiagnosticCategory.Message;
  }
}

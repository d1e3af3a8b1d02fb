import { plan } from "../../src/plan/create-plan.js";
import type { Diagnostic, ModuleFormat, Operation, PlannedFunction, Range } from "../../src/plan/plan.js";

interface Lowered {
  readonly functions: readonly PlannedFunction[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Lowers every function of a text. */
export function lowerAll(source: string, format: ModuleFormat = "script", filename = "program.js"): Lowered {
  return plan(source, { filename, format, config: { select: [{ functions: "all" }] } });
}

/** The codes of the refusals in a text, with the names of the functions that are refused. */
export function refusalsIn(source: string, format?: ModuleFormat, filename?: string): string[] {
  return lowerAll(source, format, filename).diagnostics.map(({ code, name }) => `${name ?? ""} ${code}`);
}

function describeOperation(source: string, operation: Operation): string {
  const text = ({ start, end }: Range): string => source.slice(start, end);
  switch (operation.type) {
    case "return":
      return operation.argument ? `${operation.helper} ${text(operation.argument)}` : "exit";
    case "for-await":
      return `${operation.suspendEachTurn ? "for-await each" : "for-await"} ${text(operation.node)}`;
    case "resume-block":
    case "resume-after":
      return `${operation.type} ${text(operation.block)}`;
    default:
      return `${operation.type} ${text(operation.node)}`;
  }
}

/** The function `f` of a text. */
export function lowered(source: string, format?: ModuleFormat, filename?: string): PlannedFunction {
  const { functions, diagnostics } = lowerAll(source, format, filename);
  const found = functions.find(({ site }) => site.functionName === "f" || site.functionName.endsWith(".f"));
  if (!found) throw new Error(`f is not lowered: ${diagnostics.map(({ message }) => message).join("; ")}`);
  return found;
}

/** What is done in the function `f` of a text, one line per operation. */
export function operationsOf(source: string, format?: ModuleFormat, filename?: string): string[] {
  return lowered(source, format, filename).operations.map((operation) => describeOperation(source, operation));
}

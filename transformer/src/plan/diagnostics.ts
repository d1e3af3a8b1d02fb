import type { LineTable } from "../parse/lines.js";
import type { Diagnostic, DiagnosticSeverity } from "./plan.js";

/** Every diagnostic that the planner and the config reader themselves give; docs/diagnostics.md explains each. */
export const CODES = {
  syntaxError: "ERRSPAN1901",
  nestedTooDeep: "ERRSPAN1902",
  parserFailed: "ERRSPAN1903",
  unreadable: "ERRSPAN1904",
  markerOnNoFunction: "ERRSPAN2001",
  unknownOption: "ERRSPAN2002",
  wrongValue: "ERRSPAN2003",
  unknownParameter: "ERRSPAN2004",
  unknownName: "ERRSPAN2005",
  badFieldExpression: "ERRSPAN2006",
  unreadableOptions: "ERRSPAN2007",
  duplicateMarker: "ERRSPAN2008",
  markerWithoutBody: "ERRSPAN2009",
  classOption: "ERRSPAN2010",
  decoratorStays: "ERRSPAN2011",
  optionWithoutEffect: "ERRSPAN2012",
  configUnreadable: "ERRSPAN3001",
  configSyntax: "ERRSPAN3002",
  configUnknownKey: "ERRSPAN3003",
  configWrongValue: "ERRSPAN3004",
  selectorMatchedNothing: "ERRSPAN3005",
  moduleSystemUnknown: "ERRSPAN4001",
  notUtf8: "ERRSPAN4002",
} as const;

/** A problem at an offset, before it is known as which line and column people see that. */
export interface Problem {
  readonly code: string;
  readonly severity: DiagnosticSeverity;
  readonly message: string;
  readonly offset: number;
  readonly name?: string;
}

/** Gives a problem its place. */
export function toDiagnostic(problem: Problem, file: string, lines: LineTable): Diagnostic {
  const { code, severity, message, offset, name } = problem;
  return { code, severity, message, file, ...lines.at(offset), ...(name === undefined ? {} : { name }) };
}

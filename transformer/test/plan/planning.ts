import { plan } from "../../src/plan/create-plan.js";
import type { PlanOptions, PlanWithSelection } from "../../src/plan/create-plan.js";

export const ALL = { select: [{ functions: "all" }] } as const;

/** Plans a text as a TypeScript module, unless told otherwise. */
export function planOf(source: string, options: Partial<PlanOptions> = {}): PlanWithSelection {
  return plan(source, { filename: "/project/src/file.ts", root: "/project", ...options });
}

/** Qualified names of what is traced when everything is selected. */
export function allNames(source: string, options: Partial<PlanOptions> = {}): string[] {
  return planOf(source, { config: ALL, ...options }).functions.map(({ site }) => site.functionName);
}

/** Qualified names of what is traced by markers. */
export function markedNames(source: string, options: Partial<PlanOptions> = {}): string[] {
  return planOf(source, options).functions.map(({ site }) => site.functionName);
}

/** `line:column code message` of each diagnostic. */
export function said(source: string, options: Partial<PlanOptions> = {}): string[] {
  return planOf(source, options).diagnostics.map(
    ({ line, column, code, message }) => `${line}:${column} ${code} ${message}`,
  );
}

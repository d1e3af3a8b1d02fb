import type { Operation, Plan, PlannedFunction } from "../../../transformer/src/plan/plan.js";
import { bundleRuntime } from "../bundle.js";
import type { Rewriter } from "../harness/rewriters.js";
import { textRewriter, treeRewriter } from "../harness/rewriters.js";

/** One rule broken on purpose, and the programs that must notice. */
export interface Mutation {
  /** What is broken, with the rule of the contract in front. */
  readonly name: string;
  /** Files of programs in which it must be noticed. */
  readonly programs: readonly string[];
  readonly rewriters: readonly Rewriter[];
  /** Source of the broken helpers, where it is these that are broken. */
  readonly runtime?: () => Promise<string>;
}

type FunctionChange = (planned: PlannedFunction, source: string) => PlannedFunction;

function inFunctions(change: FunctionChange): (plan: Plan, source: string) => Plan {
  return (plan, source) => ({ ...plan, functions: plan.functions.map((planned) => change(planned, source)) });
}

/** Breaks the plan, so both rewriters. */
export function plans(name: string, programs: readonly string[], change: (plan: Plan, source: string) => Plan): Mutation {
  return { name, programs, rewriters: [textRewriter(change), treeRewriter(change)] };
}

/** Breaks each planned function. */
export function functions(name: string, programs: readonly string[], change: FunctionChange): Mutation {
  return plans(name, programs, inFunctions(change));
}

/** Leaves out the operations of one type. */
export function without(name: string, programs: readonly string[], type: Operation["type"]): Mutation {
  return functions(name, programs, (planned) => ({ ...planned, operations: planned.operations.filter((operation) => operation.type !== type) }));
}

/** The same for the text rewriter alone. */
export function inText(mutation: Mutation): Mutation {
  return { ...mutation, rewriters: mutation.rewriters.filter(({ name }) => name === "text") };
}

type CodeChange = (code: string) => string;

function breaking(whole: Rewriter, change: CodeChange): Rewriter {
  return { ...whole, rewrite: (file, format) => change(whole.rewrite(file, format)) };
}

/** Breaks the text that the text rewriter has made. */
export function output(name: string, programs: readonly string[], change: CodeChange): Mutation {
  return { name, programs, rewriters: [breaking(textRewriter(), change)] };
}

/** Breaks what the compiler has printed of the rewritten tree. */
export function printed(name: string, programs: readonly string[], change: CodeChange): Mutation {
  return { name, programs, rewriters: [breaking(treeRewriter(), change)] };
}

/** Breaks what either rewriter has made. */
export function outputs(name: string, programs: readonly string[], change: CodeChange): Mutation {
  return { name, programs, rewriters: [breaking(textRewriter(), change), breaking(treeRewriter(), change)] };
}

/** Replaces helpers; `overrides` is the source of an object, in which `emit` are the helpers as they are. */
export function helpers(name: string, programs: readonly string[], overrides: string): Mutation {
  const runtime = async (): Promise<string> => `((emit) => ({ ...emit, ${overrides} }))(${await bundleRuntime()})`;
  return { name, programs, rewriters: [textRewriter()], runtime };
}

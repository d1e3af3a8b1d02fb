import type { Plan, PlannedFunction, Range } from "../../plan/plan.js";
import { enterCode, helperModules, helperNames } from "../enter-code.js";
import type { HelperNames } from "../enter-code.js";
import { EditedText } from "./edited-text.js";
import { Insertions } from "./insertions.js";
import { insertOperation, insertParameter, insertReturn, returnedExpression } from "./operations.js";

/** A source map of version 3 ({@link https://tc39.es/ecma426/ ECMA-426}), as bundlers and compilers hand it on. */
export interface SourceMapObject {
  readonly version: 3;
  readonly sources: readonly (string | null)[];
  /** Text of each source; empty where an input map has none. */
  readonly sourcesContent: readonly (string | null)[];
  readonly names: readonly string[];
  /** Variable-length quantities in base 64, as they stand in a `.map` file. */
  readonly mappings: string;
}

/** Rewritten text and how to map it back. */
export interface RewrittenText {
  readonly code: string;
  /** From `code` to the text that was given, resolved to every word; made when asked for. */
  map(filename: string): SourceMapObject;
}

function insertFunction(insertions: Insertions, planned: PlannedFunction, source: string, prefix: string, names: HelperNames): void {
  const { runtime, state, error } = names;
  const { begin, exit, expressionBody } = planned;
  const expression = expressionBody ? returnedExpression(planned, names) : { open: "", close: "" };
  const left = `${runtime}.exit(${state})`;
  const leave = { finally: `finally{${left}}`, end: left, return: "" };
  // A directive or `super(…)` that was ended by its line break would run on into what follows on its line.
  const separator = expressionBody ? "{" : begin === planned.body.start + 1 || source[begin - 1] === ";" ? "" : ";";
  insertions.around(
    begin,
    // The range of an arrow function ends behind the parentheses of its expression.
    expressionBody ? planned.node.end : planned.body.end - 1,
    `${separator}const ${state}=${enterCode(planned, prefix)};try{${expression.open}`,
    // Called without its object, `fail` takes a register less of each frame: a recursion goes 5 % deeper.
    `${expression.close}}catch(${error}){(0,${runtime}.fail)(${state},${error});throw ${error}}${leave[exit]}${expressionBody ? "}" : ""}`,
  );
  for (const operation of planned.operations) {
    if (operation.type === "parameter") insertParameter(insertions, operation, planned, prefix, names);
    else if (operation.type !== "return") insertOperation(insertions, operation, source, names);
    else if (!expressionBody) insertReturn(insertions, operation, source, names);
  }
}

/** The statement that brings the helpers in, on the line of what follows it. */
function importCode({ format, functions, typed }: Plan, names: HelperNames): string {
  const modules = helperModules(functions, names);
  // Under `strict` the compiler finds no type for a variable that is only assigned in functions (TS7034).
  const type = typed ? ":any" : "";
  const sites: string[] = [];
  let highest = -1;
  for (const { index } of functions) {
    // Functions of one text share a site: all but the first come with an index that has been there.
    if (index <= highest) continue;
    highest = index;
    sites.push(names.site(index) + type);
  }
  return format === "module"
    ? `${modules.map(([name, specifier]) => `import * as ${name} from ${JSON.stringify(specifier)};`).join("")}var ${sites.join(",")};`
    : `var ${modules.map(([name, specifier]) => `${name}=require(${JSON.stringify(specifier)})`).join(",")},${sites.join(",")};`;
}

/** White space of the same shape: line ends stay, so every line and column behind it does. */
function blank(text: string): string {
  return text.replace(/[^\n\r\u2028\u2029]/g, " ");
}

function edit(source: string, insertions: Insertions, removed: readonly Range[]): EditedText {
  const text = new EditedText(source);
  const blanks = removed.toSorted((a, b) => a.start - b.start);
  let next = 0;
  const blankUpTo = (offset: number): void => {
    for (let range = blanks[next]; range !== undefined && range.end <= offset; range = blanks[++next]) {
      text.replace(range, blank(source.slice(range.start, range.end)));
    }
  };
  for (const { at, text: inserted } of insertions.sorted()) {
    blankUpTo(at);
    // Functions in the options of a removed decorator go with it.
    if (at <= (blanks[next]?.start ?? Infinity)) text.insert(at, inserted);
  }
  blankUpTo(source.length);
  return text;
}

/**
 * Carries out a plan on source text. Only inserts, never a line break, so lines, comments and formatting stay what they
 * are; a decorator that was compiled away is blanked out.
 *
 * @returns null where the plan has nothing to trace
 */
export function rewriteText(source: string, plan: Plan): RewrittenText | null {
  if (plan.functions.length === 0) return null;
  const names = helperNames(plan.prefix);
  const insertions = new Insertions();
  const { importAt } = plan;
  const separator = /["']/.test(source[importAt - 1] ?? "") ? ";" : "";
  insertions.open(importAt, source.length + 1, separator + importCode(plan, names));
  const removed: Range[] = [];
  for (const planned of plan.functions) {
    insertFunction(insertions, planned, source, plan.prefix, names);
    if (planned.removeDecorator) removed.push(planned.removeDecorator);
  }
  const text = edit(source, insertions, removed);
  return {
    code: text.toString(),
    map(filename) {
      return { version: 3, sources: [filename], sourcesContent: [source], names: [], mappings: text.mappings() };
    },
  };
}

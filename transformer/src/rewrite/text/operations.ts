import { skipTrivia } from "../../lower/trivia.js";
import type { Operation, PlannedFunction } from "../../plan/plan.js";
import { failParametersCode, propertyKey } from "../enter-code.js";
import type { HelperNames } from "../enter-code.js";
import type { Insertions } from "./insertions.js";

const AWAIT = "await".length;
const YIELD = "yield".length;
const RETURN = "return".length;

/** The offset behind the closing parentheses that follow an expression. */
function behindParentheses(source: string, offset: number): number {
  let end = offset;
  for (let at = skipTrivia(source, end); source[at] === ")"; at = skipTrivia(source, end)) end = at + 1;
  return end;
}

/**
 * `yield⏎(a)` and `await a++⏎[b]` are two statements, since neither operand goes on; what replaces them is a call, which
 * would. (Not `await a⏎+b`, which is one.)
 */
function needsSemicolon(source: string, end: number, continues: RegExp): boolean {
  return continues.test(source[skipTrivia(source, end)] ?? "");
}

const BEHIND_AWAIT = /[([`]/;
const BEHIND_YIELD = /[([`+\-/<]/;

/** Writes one operation as insertions. Everything goes right behind keywords and tokens, so comments keep their neighbours. */
export function insertOperation(
  insertions: Insertions,
  operation: Exclude<Operation, { type: "return" | "parameter" }>,
  source: string,
  { runtime, state, disposal }: HelperNames,
): void {
  const call = (helper: string): string => `${runtime}.${helper}(${state}`;
  const resumeAfter = `}finally{${call("resume")})}`;
  switch (operation.type) {
    case "await":
    case "yield":
    case "yield-delegate": {
      const { start, end } = operation.node;
      const form = operation.type === "await" ? operation.form : "call";
      if (form === "statement") insertions.around(start, end, "", `,${call("resume")})`);
      else if (form !== "last") insertions.around(start, end, form === "bare" ? `(0,${runtime}.resumed)(` : `${runtime}.resumed(`, `,${state})`);
      if (operation.argument === null) {
        insertions.close(start, end, ` ${call("suspend")})`);
      } else {
        let keywordEnd = start + (operation.type === "await" ? AWAIT : YIELD);
        // Nothing but white space and comments stands between `yield` and its asterisk.
        if (operation.type === "yield-delegate") keywordEnd = skipTrivia(source, keywordEnd) + 1;
        const helper = call(operation.type === "yield-delegate" ? "delegate" : "suspend");
        insertions.around(keywordEnd, end, ` ${helper},`, ")");
      }
      if (needsSemicolon(source, end, operation.type === "await" ? BEHIND_AWAIT : BEHIND_YIELD)) {
        // Behind everything else that ends here.
        insertions.close(-1, end, ";");
      }
      break;
    }
    case "for-await": {
      const { node, iterable, body, suspendEachTurn } = operation;
      insertions.around(node.start, node.end, "try{", resumeAfter);
      if (iterable) insertions.around(iterable.start, iterable.end, ` ${call("delegate")},(`, "))");
      const turn = suspendEachTurn ? ["try{", `}finally{${call("suspend")})}}`] : ["", "}"];
      insertions.around(body.start, body.end, `{${call("resume")});${turn[0]}`, turn[1] ?? "");
      break;
    }
    case "resume-block":
      insertions.open(operation.block.start + 1, operation.block.end - 1, `${call("resume")});`);
      break;
    case "resume-after":
      insertions.around(operation.block.start + 1, operation.block.end - 1, "try{", resumeAfter);
      break;
    case "await-using": {
      const { start, end } = operation.node;
      const separator = source[end - 1] === ";" ? "" : ";";
      insertions.close(start, end, `${separator}using ${disposal(start)}=${call("suspendAtDispose")});`);
      break;
    }
  }
}

/** Evaluates an expression of the parameter list in a `try`. */
export function insertParameter(
  insertions: Insertions,
  { node }: Extract<Operation, { type: "parameter" }>,
  planned: PlannedFunction,
  prefix: string,
  { error }: HelperNames,
): void {
  const { functionName } = planned.site;
  const handler = `catch(${error}){${failParametersCode(planned, prefix)};throw ${error}}`;
  insertions.around(node.start, node.end, `(0,{${propertyKey(functionName)}:()=>{try{return(`, `)}${handler}}}[${JSON.stringify(functionName)}])()`);
}

type Return = Extract<Operation, { type: "return" }>;

/** What stands before and after the operand of a `return`. Called without its object, a helper takes a register less of each frame. */
function returnedOperand({ helper }: Return, { runtime, state }: HelperNames): { open: string; close: string } {
  return helper === "suspend"
    ? { open: `${runtime}.suspend(${state},(`, close: "))" }
    : { open: `(0,${runtime}.${helper})((`, close: `),${state})` };
}

/** `return X` → `return returned((X),s);`. The semicolon is there for `return a++⏎(b)`, which are two statements. */
export function insertReturn(insertions: Insertions, operation: Return, source: string, names: HelperNames): void {
  const { node, argument } = operation;
  if (argument === null) {
    insertions.around(node.start, node.end, `{${names.runtime}.exit(${names.state});`, "}");
    return;
  }
  const { open, close } = returnedOperand(operation, names);
  const end = behindParentheses(source, argument.end);
  const semicolon = source[node.end - 1] === ";" ? "" : ";";
  insertions.around(node.start + RETURN, end, ` ${open}`, `${close}${semicolon}`);
}

/** The text before and after the expression body of an arrow function, which becomes a `return` statement. */
export function returnedExpression(planned: PlannedFunction, names: HelperNames): { open: string; close: string } {
  const operation = planned.operations.find(
    (each) => each.type === "return" && each.node.start === planned.body.start && each.node.end === planned.body.end,
  );
  if (operation?.type !== "return") return { open: "return(", close: ")" };
  const { open, close } = returnedOperand(operation, names);
  return { open: `return ${open}`, close };
}

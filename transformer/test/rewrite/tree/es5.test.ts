import ts from "typescript";
import { expect, test } from "vitest";
import { compilePlainly, compileTraced, olderCompilers } from "./compile.js";
import { runProgram, runTraced } from "./run.js";

/** Errors that pass through functions of which TypeScript makes state machines where the target has neither. */
const program = `
async function charge(order: { price(): Promise<number> }) {
  const price = await order.price();
  return price * 2;
}
function* lines(values: any[]): any {
  const check = (value: any) => { if (value < 0) throw new Error("negative"); return value; };
  for (const value of values) {
    try { yield check(value); } catch (error) { throw new Error("line: " + (error as Error).message); }
  }
}
export async function main(log: (...values: unknown[]) => void) {
  log(await charge({ price: async () => 4 }));
  try { await charge({ price: async () => { throw new Error("no price") } }); } catch (error) { log((error as Error).message); }
  const each = lines([1, -1]);
  log(each.next().value);
  try { each.next(); } catch (error) { log((error as Error).message); }
  return [await charge({ price: async () => 1 }), ...(await Promise.all([1]))];
}
`;

test.each([{ version: ts.version, compiler: ts }, ...olderCompilers])(
  "should pass errors on where TypeScript $version compiles for ES5",
  async ({ compiler }) => {
    const options = { target: ts.ScriptTarget.ES5, downlevelIteration: true };
    const traced = compileTraced(program, { compiler, options });
    expect(traced.code).toContain("__generator");
    const { log, outcome, spans } = await runTraced(traced.code);
    expect({ log, outcome }, traced.code).toEqual(await runProgram(compilePlainly(program, { compiler, options }).code));
    expect(log).toEqual([[8], ["no price"], [1], ["line: negative"]]);
    expect(spans.filter((span) => span.includes("!"))).toHaveLength(4);
  },
);

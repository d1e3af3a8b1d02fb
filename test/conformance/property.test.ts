import { randomInt } from "node:crypto";
import { Script } from "node:vm";
import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { Child } from "./harness/child.js";
import { differences, report } from "./harness/differential.js";
import type { Program } from "./harness/program.js";
import { textRewriter, treeRewriter } from "./harness/rewriters.js";
import { programs } from "./property/program.js";

// ERRSPAN_SEED repeats a run, ERRSPAN_RUNS makes it longer.
const seed = Number(process.env["ERRSPAN_SEED"] ?? randomInt(2 ** 31));
const numRuns = Number(process.env["ERRSPAN_RUNS"] ?? 100);

const child = new Child();
afterAll(() => child.stop());

function asProgram(code: string): Program {
  return { title: "generated", format: "script", spans: undefined, files: [{ name: "main.js", code }] };
}

it(`behaves the same in ${numRuns} generated programs, seed ${seed}`, async () => {
  const rewriters = [textRewriter(), treeRewriter()];
  await fc.assert(
    fc.asyncProperty(programs, async (code) => {
      const found = await differences(asProgram(code), rewriters, child);
      if (found.length > 0) throw new Error(`${report(found)}\n\noriginal:\n${code}`);
    }),
    { seed, numRuns },
  );
}, 300_000);

it("generates programs that are valid and do something", async () => {
  const samples = fc.sample(programs, { seed, numRuns: 100 });
  for (const code of samples) expect(() => new Script(code), code).not.toThrow();
  let most = 0;
  for (const code of samples.slice(0, 20)) {
    const { effects } = await child.run({ files: asProgram(code).files, format: "script", tracing: "off", rewritten: false });
    most = Math.max(most, effects.length);
  }
  expect(most).toBeGreaterThan(10);
}, 300_000);

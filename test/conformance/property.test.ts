import { randomInt } from "node:crypto";
import { Script } from "node:vm";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { Child } from "./harness/child.js";
import { differences, report } from "./harness/differential.js";
import type { Program, ProgramFile } from "./harness/program.js";
import { textRewriter, treeRewriter } from "./harness/rewriters.js";
import { programs, typedPrograms } from "./property/program.js";

// The same programs each time, so that a test that passed passes; ERRSPAN_SEED=random or a number makes others,
// ERRSPAN_RUNS more of them.
const given = process.env["ERRSPAN_SEED"] ?? "20261122";
const seed = given === "random" ? randomInt(2 ** 31) : Number(given);
const numRuns = Number(process.env["ERRSPAN_RUNS"] ?? 60);
const timeout = 300_000 + numRuns * 5_000;

const child = new Child();
afterAll(() => child.stop());

const inJavaScript = (file: ProgramFile): Program => ({ title: "generated", format: "script", spans: undefined, files: [file] });
const inTypeScript = (file: ProgramFile): Program => ({ ...inJavaScript(file), format: "module" });

/** The engine quotes the code in some messages: `f(...) is not iterable`, `Cannot destructure '(intermediate value)'`. */
const withoutQuotedCode = (effect: string): string =>
  effect
    .replace(/(Cannot destructure (?:property '[^']*' of )?)'[^']*'/g, "$1…")
    .replace(/TypeError: [^:]*? (is not (?:iterable|async iterable|a function|a constructor))/g, "TypeError: … $1");

describe.each([
  ["JavaScript", programs, inJavaScript],
  ["TypeScript", typedPrograms, inTypeScript],
] as const)("generated programs in %s", (_language, generated, asProgram) => {
  it(`behave the same: ${numRuns}, seed ${seed}`, async () => {
    const rewriters = [textRewriter(), treeRewriter()];
    await fc.assert(
      fc.asyncProperty(generated, async (file) => {
        const found = await differences(asProgram(file), rewriters, child, withoutQuotedCode);
        if (found.length > 0) throw new Error(`${report(found)}\n\noriginal:\n${file.code}`);
      }),
      { seed, numRuns },
    );
  }, timeout);

  it("are valid and do something", async () => {
    const samples = fc.sample(generated, { seed, numRuns: 100 }).map((file) => textRewriter().compile(file, "script"));
    for (const code of samples) expect(() => new Script(code), code).not.toThrow();
    let most = 0;
    for (const code of samples.slice(0, 20)) {
      const { effects } = await child.run({ files: [{ name: "main.js", code }], format: "script", tracing: "off", rewritten: false });
      most = Math.max(most, effects.length);
    }
    expect(most).toBeGreaterThan(10);
  }, timeout);
});

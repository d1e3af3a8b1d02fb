import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Outcome } from "../../command.js";
import type { Project } from "../../project.js";
import { copyFixture } from "../fixture.js";
import { coverageOf } from "../jest/coverage.js";
import { testedSpans } from "../spans.js";

let project: Project;

beforeAll(async () => {
  const tools = ["vitest", "@vitest/coverage-v8", "@vitest/coverage-istanbul", "@types/node", "undici-types"];
  project = await copyFixture("vitest", tools, ["jest/src/checkout.ts", "jest/src/spans.ts", "jest/errspan.config.json"]);
});

afterAll(async () => {
  await project.remove();
});

const vitest = (variables: string): Promise<Outcome> => project.run(`${variables} node node_modules/vitest/vitest.mjs run`);

/** Standard error of the tests that begins with a word. */
const lines = ({ stderr }: Outcome, word: string): string[] => stderr.split("\n").filter((line) => line.startsWith(`${word} `));

describe.each(["v8", "istanbul"])("tests that Vitest runs, with coverage by %s", (provider) => {
  it("should record spans, and have the same places in stack traces and the same coverage", async () => {
    const plain = await vitest(`PLAIN=1 PROVIDER=${provider}`);
    const traced = await vitest(`PROVIDER=${provider}`);
    expect([plain.code, traced.code]).toEqual([0, 0]);
    expect(lines(plain, "span")).toEqual([]);
    expect(lines(traced, "span")).toEqual(testedSpans.map((span) => `span ${span}`));
    expect(lines(traced, "stack")).toEqual(lines(plain, "stack"));
    expect(lines(traced, "stack")[1]).toContain("src/checkout.ts:11:35");
    const before = coverageOf(await project.read("coverage/plain/coverage-final.json"), "checkout.ts");
    expect(before.lines).toMatchObject({ 11: true, 24: false, 33: false });
    expect(coverageOf(await project.read("coverage/traced/coverage-final.json"), "checkout.ts")).toEqual(before);
  });
});

it("should not take from Vitest's cache what another config made", async () => {
  expect((await vitest("")).code).toBe(0);
  const config = await project.read("errspan.config.json");
  await project.write("errspan.config.json", '{ "select": [{ "names": ["round"] }] }');
  expect(lines(await vitest(""), "span")).toContain("span round 0 src/checkout.ts:6 in take money");
  await project.write("errspan.config.json", config);
});

import { rename } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Outcome } from "../../command.js";
import type { Project } from "../../project.js";
import { copyFixture } from "../fixture.js";
import { testedSpans } from "../spans.js";
import { coverageOf } from "./coverage.js";

const tools = [
  "jest",
  "ts-jest",
  "typescript",
  "@types/node",
  "undici-types",
  "@swc/core",
  "@swc/jest",
  "babel-jest",
  "@babel/core",
  "@babel/plugin-transform-modules-commonjs",
  "@babel/preset-typescript",
];

let project: Project;

beforeAll(async () => {
  project = await copyFixture("jest", tools);
});

afterAll(async () => {
  await project.remove();
});

/** Standard error of the tests that begins with a word. */
const lines = ({ stderr }: Outcome, word: string): string[] => stderr.split("\n").filter((line) => line.startsWith(`${word} `));

const spans = testedSpans.map((span) => `span ${span}`);

const jest = (variables: string, more = ""): Promise<Outcome> =>
  project.run(`${variables} node node_modules/jest/bin/jest.js --runInBand ${more}`);

describe.each(["babel", "ts-jest", "swc"])("tests that Jest compiles with %s", (name) => {
  let plain: Outcome;
  let traced: Outcome;

  beforeAll(async () => {
    plain = await jest(`PLAIN=1 TRANSFORM=${name}`, "--coverage");
    traced = await jest(`TRANSFORM=${name}`, "--coverage");
  });

  it("should pass, and record spans", () => {
    expect([plain.code, traced.code]).toEqual([0, 0]);
    expect(lines(plain, "span")).toEqual([]);
    expect(lines(traced, "span")).toEqual(spans);
  });

  it("should have the same places in stack traces", () => {
    expect(lines(traced, "stack")).toEqual(lines(plain, "stack"));
    expect(lines(traced, "stack")[1]).toContain("src/checkout.ts:11:35");
  });

  it("should have the same lines, branches and functions covered", async () => {
    const before = coverageOf(await project.read("coverage/plain/coverage-final.json"), "checkout.ts");
    const after = coverageOf(await project.read("coverage/traced/coverage-final.json"), "checkout.ts");
    // The first line of a traced function counts as well, and where the helpers are brought in.
    expect(after.lines).toMatchObject(before.lines);
    expect(before.lines).toMatchObject({ 11: true, 24: false, 33: false });
    expect(after.branches).toEqual(before.branches);
    // What the compiler makes of functions is not counted in one way under ts-jest.
    if (name !== "ts-jest") expect(after.functions).toEqual(before.functions);
  });
});

describe("the transformer of Jest", () => {
  it("should trace a call once where ts-jest, which it wraps, was given our transformer of trees as well", async () => {
    const transform = ["ts-jest", { astTransformers: { before: ["@errspan/transformer/ts-jest"] } }];
    const settings = { testEnvironment: "node", transform: { "\\.ts$": ["@errspan/transformer/jest", { transform }] } };
    await project.write("twice.json", JSON.stringify(settings));
    const run = await jest("", "--config twice.json");
    expect([run.code, lines(run, "span")]).toEqual([0, spans]);
  });

  it("should count lines as V8 does", async () => {
    expect((await jest("PROVIDER=v8 TRANSFORM=swc", "--coverage")).code).toBe(0);
    const { lines: covered } = coverageOf(await project.read("coverage/traced/coverage-final.json"), "checkout.ts");
    const missed = Object.entries(covered).filter(([, ran]) => !ran).map(([line]) => Number(line));
    expect(missed).toEqual([24, 25, 26, 33, 34]);
  });

  it("should compile anew what another config makes something else of", async () => {
    const span = "span round 0 src/checkout.ts:6 in take money";
    const config = await project.read("errspan.config.json");
    expect(lines(await jest("TRANSFORM=ts-jest"), "span")).not.toContain(span);
    await project.write("errspan.config.json", '{ "select": [{ "names": ["round"] }] }');
    expect(lines(await jest("TRANSFORM=swc"), "span")).toContain(span);
    // It has a cache key of its own.
    expect(lines(await jest("TRANSFORM=ts-jest"), "span")).toContain(span);
    await project.write("errspan.config.json", config);
  });

  it("should fail the tests when a marker is wrong, and say where", async () => {
    const source = await project.read("src/checkout.ts");
    await project.write("src/checkout.ts", source.replace("name:", "nmae:"));
    const { code, stderr } = await jest("TRANSFORM=swc");
    await project.write("src/checkout.ts", source);
    expect(code).toBe(1);
    expect(stderr).toMatch(/src[\\/]checkout\.ts:8:\d+ .*ERRSPAN2002 .*nmae/);
  });

  it("should fail the tests when the config is wrong", async () => {
    const config = await project.read("errspan.config.json");
    await project.write("errspan.config.json", '{ "selekt": [] }');
    const { code, stderr } = await jest("TRANSFORM=swc");
    await project.write("errspan.config.json", config);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/errspan\.config\.json:1:3 ERRSPAN3003 .*selekt/)]);
  });

  it("should say what to install when the runtime is not there", async () => {
    const runtime = join(project.directory, "node_modules/@errspan/runtime");
    await rename(runtime, `${runtime}-elsewhere`);
    const { code, stderr } = await jest("TRANSFORM=swc", "--no-cache");
    await rename(`${runtime}-elsewhere`, runtime);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/ERRSPAN4102.*npm install @errspan\/runtime/)]);
  });
});

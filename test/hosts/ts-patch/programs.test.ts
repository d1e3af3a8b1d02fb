import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Outcome } from "../../command.js";
import type { Project } from "../../project.js";
import { compilerPackages, copyFixture, tsc, tspc } from "../fixture.js";

const expectedSpans: Record<string, readonly string[]> = {
  "ts-patch-module": [
    "2 × Counter.constructor 0 src/counter.ts:9",
    "1 × Counter.count 0 src/counter.ts:18",
    "1 × Counter.fail 2 src/counter.ts:29",
    "2 × Item 0 src/view.tsx:16",
    "1 × describe 0 src/legacy.cts:1",
    "3 × element 0 src/view.tsx:12",
    "4 × even 0 src/even.ts:3",
    "2 × odd 0 src/odd.ts:6",
    "1 × render 0 src/view.tsx:19",
  ],
  "ts-patch-commonjs": [
    "2 × Orders.check 0 src/orders.ts:40",
    "1 × Orders.check 2 src/orders.ts:40",
    "1 × Orders.constructor 0 src/orders.ts:26",
    "1 × Orders.get size 0 src/orders.ts:46",
    "4 × even 0 src/even.ts:3",
    "1 × main 0 src/main.ts:5",
    "6 × metadata 0 src/orders.ts:7",
    "6 × metadata.<anonymous> 0 src/orders.ts:7",
    "6 × metadata.<anonymous> 0 src/orders.ts:8",
    "2 × odd 0 src/odd.ts:6",
    "2 × register 0 src/orders.ts:13",
    "1 × total of orders 0 src/orders.ts:33",
    "1 × total of orders 2 src/orders.ts:33",
  ],
};

describe.each(["ts-patch-module", "ts-patch-commonjs"])("%s, compiled with tspc", (name) => {
  let project: Project;
  let traced: Outcome;
  let plain: Outcome;

  beforeAll(async () => {
    project = await copyFixture(name);
    const build = await project.run(tspc);
    expect(build.stdout + build.stderr).toBe("");
    expect(build.code).toBe(0);
    expect((await project.run(`${tsc} --outDir plain`)).stdout).toBe("");
    traced = await project.run("node --enable-source-maps traced/main.js");
    plain = await project.run("node --enable-source-maps plain/main.js");
  });

  afterAll(async () => {
    await project.remove();
  });

  it("should print what it prints when it is compiled with tsc, with the same places in stack traces", () => {
    expect(traced.stdout).not.toBe("");
    expect(withoutWords(traced.stdout)).toBe(withoutWords(plain.stdout));
    expect(traced.stdout).toMatch(/src\/(counter|orders)\.ts:\d+:\d+/);
    expect([traced.code, plain.code]).toEqual([0, 0]);
  });

  it("should record a span for every call of a function", () => {
    expect(plain.stderr).not.toContain("src/");
    expect(counted(traced.stderr.trim().split("\n").sort())).toEqual(expectedSpans[name]);
  });

  it("should have the same declaration files, to the byte", async () => {
    const declarations = (await readdir(join(project.directory, "plain"))).filter((file) =>
      /\.d\.[cm]?ts$/.test(file),
    );
    expect(declarations.length).toBeGreaterThan(4);
    for (const file of declarations)
      expect(await project.read(`traced/${file}`)).toBe(await project.read(`plain/${file}`));
  });

  it("should import nothing more than the helpers", async () => {
    const files = (await readdir(join(project.directory, "plain"))).filter((file) => /\.[cm]?js$/.test(file));
    for (const file of files) {
      const imports = (code: string): string[] => code.match(/(?:from |require\(|^import )"[^"]+"/gm) ?? [];
      const added = imports(await project.read(`traced/${file}`)).filter(
        (each) => !each.includes("@errspan/runtime/emit"),
      );
      const before = imports(await project.read(`plain/${file}`));
      // The decorator's import goes with the decorator.
      expect([file, added]).toEqual([file, before.filter((each) => !each.includes('"@errspan/runtime"'))]);
    }
  });
});

it("ts-node with ts-patch's compiler: a program that is run without being built should record the same spans", async () => {
  const project = await copyFixture("ts-patch-commonjs", [...compilerPackages, "ts-node"]);
  try {
    const tsconfig = await project.read("tsconfig.json");
    await project.write("tsconfig.json", tsconfig.replace("{", '{\n  "ts-node": { "compiler": "ts-patch/compiler" },'));
    const { code, stderr, stdout } = await project.run("node node_modules/ts-node/dist/bin.js src/main.ts");
    expect([code, stdout]).toEqual([0, expect.stringContaining("RangeError: -1 is not an amount")]);
    expect(counted(stderr.trim().split("\n").sort())).toEqual(expectedSpans["ts-patch-commonjs"]);
  } finally {
    await project.remove();
  }
});

function counted(spans: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const span of spans) counts.set(span, (counts.get(span) ?? 0) + 1);
  return [...counts].map(([span, count]) => `${count} × ${span}`);
}

/** Without what the fixture's other transformers did, which tsc does not run, and the directory of the output. */
function withoutWords(output: string): string {
  return output.replace(/\bBEFORE BEHIND\b/, "before behind");
}

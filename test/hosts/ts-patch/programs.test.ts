import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Outcome } from "../../command.js";
import type { Project } from "../../project.js";
import { copyFixture, tsc, tspc } from "./fixture.js";

const expectedSpans: Record<string, readonly string[]> = {
  "ts-patch-module": [
    "Counter.constructor 0 src/counter.ts:9",
    "Counter.constructor 0 src/counter.ts:9",
    "Counter.count 0 src/counter.ts:15",
    "Counter.fail 2 src/counter.ts:26",
    "Item 0 src/view.tsx:16",
    "Item 0 src/view.tsx:16",
    "describe 0 src/legacy.cts:1",
    "element 0 src/view.tsx:12",
    "element 0 src/view.tsx:12",
    "element 0 src/view.tsx:12",
    "even 0 src/even.ts:3",
    "even 0 src/even.ts:3",
    "even 0 src/even.ts:3",
    "even 0 src/even.ts:3",
    "odd 0 src/odd.ts:6",
    "odd 0 src/odd.ts:6",
    "render 0 src/view.tsx:19",
  ],
  "ts-patch-commonjs": [
    "Orders.check 0 src/orders.ts:41",
    "Orders.check 0 src/orders.ts:41",
    "Orders.check 2 src/orders.ts:41",
    "Orders.constructor 0 src/orders.ts:27",
    "Orders.size 0 src/orders.ts:48",
    "even 0 src/even.ts:3",
    "even 0 src/even.ts:3",
    "even 0 src/even.ts:3",
    "even 0 src/even.ts:3",
    "main 0 src/main.ts:5",
    "metadata 0 src/orders.ts:7",
    "odd 0 src/odd.ts:6",
    "odd 0 src/odd.ts:6",
    "register 0 src/orders.ts:14",
    "register 0 src/orders.ts:14",
    "total of orders 0 src/orders.ts:33",
    "total of orders 2 src/orders.ts:33",
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
    const spans = traced.stderr.trim().split("\n").sort();
    expect(spans).toEqual(expectedSpans[name]);
  });

  it("should have the same declaration files, to the byte", async () => {
    const declarations = (await readdir(join(project.directory, "plain"))).filter((file) => /\.d\.[cm]?ts$/.test(file));
    expect(declarations.length).toBeGreaterThan(4);
    for (const file of declarations) expect(await project.read(`traced/${file}`)).toBe(await project.read(`plain/${file}`));
  });

  it("should import nothing more than the helpers", async () => {
    const files = (await readdir(join(project.directory, "plain"))).filter((file) => /\.[cm]?js$/.test(file));
    for (const file of files) {
      const imports = (code: string): string[] => code.match(/(?:from |require\(|^import )"[^"]+"/gm) ?? [];
      const added = imports(await project.read(`traced/${file}`)).filter((each) => !each.includes("@errspan/runtime/emit"));
      const before = imports(await project.read(`plain/${file}`));
      // The decorator's import goes with the decorator.
      expect([file, added]).toEqual([file, before.filter((each) => !each.includes('"@errspan/runtime"'))]);
    }
  });
});

/** Without what the fixture's other transformers did, which tsc does not run, and the directory of the output. */
function withoutWords(output: string): string {
  return output.replace(/\bBEFORE BEHIND\b/, "before behind");
}

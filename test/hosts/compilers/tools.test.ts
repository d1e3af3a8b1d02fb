import { cp } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Outcome } from "../../command.js";
import type { Project } from "../../project.js";
import { compilerPackages, copyFixture, tsc } from "../fixture.js";
import { compiledSpans } from "../spans.js";

const fixtures = fileURLToPath(new URL("../../../fixtures", import.meta.url));

/** A tool that compiles the program of the fixture, by the fixture with its settings. */
interface Tool {
  readonly packages: readonly string[];
  readonly build: string;
  readonly entry: string;
}

const tools: Readonly<Record<string, Tool>> = {
  "ts-loader": {
    packages: ["webpack", "ts-loader"],
    build: "node build.cjs",
    entry: "dist/main.js",
  },
  "rollup-typescript": {
    packages: ["rollup", "@rollup/plugin-typescript", "tslib"],
    build: "node node_modules/rollup/dist/bin/rollup -c",
    entry: "dist/main.js",
  },
};

const inFiles = (text: string, directory: string): string =>
  text.replaceAll(/\(.*?(src\/[\w/]+\.ts:\d+:\d+)\)/g, "($1)").replaceAll(directory, "");

describe.each(Object.entries(tools))("a program that %s compiles", (name, { packages, build, entry }) => {
  let project: Project;
  let traced: Outcome;

  beforeAll(async () => {
    project = await copyFixture("compiled", [...compilerPackages, ...packages]);
    await cp(`${fixtures}/${name}`, project.directory, { recursive: true, filter: (path) => !/(?:node_modules|package\.json)$/.test(path) });
  });

  afterAll(async () => {
    await project.remove();
  });

  it("should print what it prints when tsc compiles it, with the same places in stack traces, and record spans", async () => {
    const built = await project.run(build);
    expect([built.code, built.stdout + built.stderr]).toEqual([0, expect.not.stringContaining("rror")]);
    expect((await project.run(`${tsc} --outDir plain`)).stdout).toBe("");
    const plain = await project.run("node --enable-source-maps plain/main.js");
    traced = await project.run(`node --enable-source-maps ${entry}`);
    expect(inFiles(traced.stdout, project.directory)).toBe(inFiles(plain.stdout, project.directory));
    expect(traced.stdout).toMatch(/Till\.take \(.*src\/checkout\.ts:17:35\)/);
    expect(traced.stderr.trim().split("\n").sort()).toEqual(compiledSpans);
    expect([traced.code, plain.stderr]).toEqual([0, "take money 0 undefined:undefined in undefined\ntake money 2 undefined:undefined in undefined RangeError\n"]);
  });

  it("should fail to build when a marker is wrong, and be told of a selector that picks nothing", async () => {
    const source = await project.read("src/checkout.ts");
    const config = await project.read("errspan.config.json");
    await project.write("errspan.config.json", '{ "select": [{ "files": ["src/lib/**"] }, { "names": ["nobody"] }] }');
    await project.write("src/checkout.ts", source.replace("fields:", "feilds:"));
    const { code, stdout, stderr } = await project.run(build);
    await project.write("src/checkout.ts", source);
    await project.write("errspan.config.json", config);
    expect(code).not.toBe(0);
    expect(stdout + stderr).toMatch(/src[\\/]checkout\.ts:22:\d+ error ERRSPAN2002 .*feilds/);
    expect(stderr.match(/errspan\.config\.json:1:\d+ warning ERRSPAN3005 select\[\d\]/g)).toEqual(["errspan.config.json:1:43 warning ERRSPAN3005 select[1]"]);
  });

  it("should not be built with a TypeScript that has no transformers", async () => {
    const factory = await project.run(
      `node -e "require('@errspan/transformer/factory').errspan(undefined, { typescript: { version: '7.0.2' } })"`,
    );
    expect([factory.code, factory.stderr]).toEqual([1, expect.stringContaining("ERRSPAN4103 TypeScript 7.0.2 has no transformers")]);
  });
});

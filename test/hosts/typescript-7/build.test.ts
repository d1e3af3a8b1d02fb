import { spawn } from "node:child_process";
import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Project } from "../../project.js";
import { compilerPackages, copyFixture, tsc, tspc } from "../fixture.js";
import { compiledSpans } from "../spans.js";

const modulesOf = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const errspan = "node node_modules/@errspan/transformer/dist/esm/cli/main.js";
const withoutCompiler = compilerPackages.filter((name) => name !== "typescript" && name !== "ts-patch");

const sorted = (text: string): string[] => text.trim().split("\n").sort();

/** A copy of the program with a compiler of its own. */
async function copyWith(modules: string): Promise<Project> {
  const project = await copyFixture("compiled", withoutCompiler);
  await project.linkFrom(modulesOf(modules), ["typescript"]);
  return project;
}

const compilers = {
  "7": "fixtures/typescript-7/node_modules",
  "6": "node_modules",
  "5.4": "fixtures/typescript-5.4/node_modules",
};

describe.each(Object.entries(compilers))("errspan build with TypeScript %s", (version, modules) => {
  let project: Project;

  beforeEach(async () => {
    project = await copyWith(modules);
  });

  afterEach(async () => {
    await project.remove();
  });

  it("should build the program as tsc does, but traced", async () => {
    expect((await project.run(`${tsc} --version`)).stdout).toContain(`Version ${version}`);
    const built = await project.run(`${errspan} build -p tsconfig.json`);
    expect([built.stdout, built.stderr, built.code]).toEqual(["", "", 0]);
    await project.run(`${tsc} --outDir plain`);
    const traced = await project.run("node --enable-source-maps dist/main.js");
    const plain = await project.run("node --enable-source-maps plain/main.js");
    expect(traced.stdout).toBe(plain.stdout);
    expect(traced.stdout).toMatch(/Till\.take \(.*src\/checkout\.ts:17:35\)/);
    expect(sorted(traced.stderr)).toEqual(compiledSpans);
    // Nothing more and nothing less is written, and what has nothing to trace is as it was.
    expect(await project.files("dist")).toEqual(await project.files("plain"));
    for (const file of ["main.js", "main.js.map", "checkout.d.ts", "lib/round.d.ts"])
      expect(await project.read(`dist/${file}`)).toBe(await project.read(`plain/${file}`));
    const map = JSON.parse(await project.read("dist/lib/round.js.map")) as object;
    expect(map).toMatchObject({ file: "round.js", sources: ["../../src/lib/round.ts"] });
    expect((await readdir(project.directory)).filter((name) => name.startsWith(".errspan"))).toEqual([]);
  });
});

describe("errspan build with TypeScript 7", () => {
  let project: Project;

  beforeEach(async () => {
    project = await copyWith(compilers["7"]);
  });

  afterEach(async () => {
    await project.remove();
  });

  it("should record the spans that tspc's output records under TypeScript 6", async () => {
    const other = await copyFixture("compiled");
    const settings = await other.read("tsconfig.json");
    await other.write("tsconfig.json", settings.replace('"strict"', '"plugins": [{ "transform": "@errspan/transformer" }], "strict"'));
    expect((await other.run(tspc)).stdout).toBe("");
    expect(sorted((await other.run("node dist/main.js")).stderr)).toEqual(compiledSpans);
    await other.remove();
  });

  it("should print what tsc prints of the original when its types are wrong, and write or not write as it does", async () => {
    await project.write("src/wrong.ts", '/** @traced */\nexport function wrong(n: number): string {\n  return n;\n}\n');
    const plain = await project.run(`${tsc} --outDir plain`);
    const traced = await project.run(`${errspan} build`);
    expect(traced.stdout).toBe(plain.stdout);
    expect(traced.stdout).toMatch(/^src\/wrong\.ts\(3,3\): error TS2322/);
    expect([traced.code, plain.code]).toEqual([2, 2]);
    expect(await project.read("dist/wrong.js")).toContain("@errspan/runtime/emit");
    const settings = await project.read("tsconfig.json");
    await project.write("tsconfig.json", settings.replace('"dist"', '"second"').replace('"strict"', '"noEmitOnError": true, "strict"'));
    expect((await project.run(`${errspan} build`)).code).toBe((await project.run(tsc)).code);
    expect(await project.files("second")).toEqual([]);
  });

  it("should write nothing when a marker or the config is wrong, or the runtime is not there", async () => {
    const source = await project.read("src/checkout.ts");
    await project.write("src/checkout.ts", source.replace("fields:", "feilds:"));
    const marker = await project.run(`${errspan} build`);
    expect([marker.code, marker.stderr]).toEqual([1, expect.stringMatching(/^src\/checkout\.ts:22:\d+ error ERRSPAN2002 .*feilds/)]);
    await project.write("src/checkout.ts", source);
    await project.write("errspan.config.json", '{ "selekt": [] }');
    const config = await project.run(`${errspan} build`);
    expect([config.code, config.stderr]).toEqual([1, expect.stringMatching(/^errspan\.config\.json:1:3 error ERRSPAN3003/)]);
    await project.write("tsconfig.json", "{");
    expect((await project.run(`${errspan} build`)).code).not.toBe(0);
    expect(await project.files("dist")).toEqual([]);
  });

  it("should say what it does not do, and what is missing", async () => {
    const references = await project.run(`${errspan} build -b`);
    expect([references.code, references.stderr]).toEqual([2, expect.stringContaining("tsc -b, and then errspan instrument")]);
    const missing = await project.run(`${errspan} build -p nowhere.json`);
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringMatching(/There is no tsconfig ".*nowhere\.json"/)]);
  });

  it("should keep maps in the file, build incrementally, and leave no trace of what is no longer selected", async () => {
    const settings = await project.read("tsconfig.json");
    await project.write("tsconfig.json", settings.replace('"sourceMap": true', '"inlineSourceMap": true, "inlineSources": true, "incremental": true'));
    expect((await project.run(`${errspan} build`)).stdout).toBe("");
    const run = await project.run("node --enable-source-maps dist/main.js");
    expect(run.stdout).toMatch(/Till\.take \(.*src\/checkout\.ts:17:35\)/);
    expect(sorted(run.stderr)).toEqual(compiledSpans);
    await project.write("errspan.config.json", "{}");
    expect((await project.run(`${errspan} build`)).stdout).toBe("");
    expect(sorted((await project.run("node dist/main.js")).stderr)).toEqual(compiledSpans.filter((span) => !/coins|round /.test(span)));
    await project.run(`${tsc} --outDir plain --incremental false`);
    expect(await project.read("dist/lib/round.js")).toBe(await project.read("plain/lib/round.js"));
  });

  it("should build again what is changed under --watch", async () => {
    const args = ["node_modules/@errspan/transformer/dist/esm/cli/main.js", "build", "--watch"];
    const watch = spawn(process.execPath, args, { cwd: project.directory });
    let output = "";
    let look = (): void => undefined;
    for (const stream of [watch.stdout, watch.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        look();
      });
    }
    /** Waits for a round that ends with these words. */
    const round = (words: RegExp): Promise<void> => {
      output = "";
      return new Promise((resolve) => {
        look = () => {
          if (words.test(output)) resolve();
        };
      });
    };
    const closed = new Promise((resolve) => watch.on("close", resolve));
    try {
      await round(/Found 0 errors\. Watching/);
      expect(await project.read("dist/lib/round.js")).toContain("@errspan/runtime/emit");
      const source = await project.read("src/lib/round.ts");
      const failed = round(/Found errors\. Watching/);
      await project.write("src/lib/round.ts", source.replace("Math.round(cents)", '"no number"'));
      await failed;
      expect(output).toMatch(/src\/lib\/round\.ts\(2,\d+\): error TS2322/);
      const mended = round(/Found 0 errors\. Watching/);
      await project.write("src/lib/round.ts", source.replace("Math.round", "Math.ceil"));
      await mended;
      expect(await project.read("dist/lib/round.js")).toMatch(/@errspan\/runtime\/emit[^]*Math\.ceil/);
      const configured = round(/Found 0 errors\. Watching/);
      await project.write("errspan.config.json", "{}");
      await configured;
      expect(await project.read("dist/lib/round.js")).not.toContain("@errspan/runtime/emit");
    } finally {
      watch.kill();
      await closed;
    }
  });
});

describe("errspan instrument behind TypeScript 7", () => {
  it("should record the same spans, with the places of the output", async () => {
    const project = await copyWith(compilers["7"]);
    const config = await project.read("errspan.config.json");
    await project.write("errspan.config.json", config.replace("src/lib", "dist/lib"));
    expect((await project.run(`${tsc} && ${errspan} instrument dist`)).stderr).toBe("");
    const { stdout, stderr } = await project.run("node --enable-source-maps dist/main.js");
    const names = (lines: readonly string[]): string[] => lines.map((line) => line.replace(/ \S+(?= in )/, "")).sort();
    expect(names(sorted(stderr))).toEqual(names(compiledSpans));
    expect(stderr).toMatch(/^checkout 2 dist\/checkout\.js:/m);
    expect(stdout).toMatch(/Till\.take \(.*src\/checkout\.ts:17:35\)/);
    await project.remove();
  });
});

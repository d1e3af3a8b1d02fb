import { mkdir, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Project } from "../../project.js";
import { copyFixture } from "../fixture.js";
import { node, register, telemetry } from "./nodes.js";

const marked = "/** @traced */\nfunction half(n) {\n  return n / 2;\n}\nconsole.log(half(4));\n";

let project: Project;

beforeEach(async () => {
  project = await copyFixture("node", []);
});

afterEach(async () => {
  await project.remove();
});

describe("what cannot be done", () => {
  it("should stop before the program runs when the config is wrong, and say so once", async () => {
    await project.write("errspan.config.json", '{\n  "selekt": []\n}\n');
    const { stdout, stderr, code } = await project.run(`${node} ${register} src/plain.js`);
    expect([stdout, code]).toEqual(["", 1]);
    expect(stderr).toMatch(/^errspan: \S+errspan\.config\.json:2:3 error ERRSPAN3003 .*selekt.*\n$/);
  });

  it("should name a config that is not there", async () => {
    const { stderr, code } = await project.run(`ERRSPAN_CONFIG=other.json ${node} ${register} src/plain.js`);
    expect(stderr).toMatch(/^errspan: \S+other\.json:1:1 error ERRSPAN3001 .*\n$/);
    expect(code).toBe(1);
  });

  it("should run the program as it is, and say so once, when the runtime is not there", async () => {
    await rm(join(project.directory, "node_modules/@errspan/runtime"));
    await project.write("src/a.cjs", `${marked}require("./b.cjs");\n`);
    await project.write("src/b.cjs", marked);
    const { stdout, stderr, code } = await project.run(`${node} ${register} src/a.cjs`);
    expect([stdout, code]).toEqual(["2\n2\n", 0]);
    expect(stderr.match(/ERRSPAN4102.*npm install @errspan\/runtime/g)).toHaveLength(1);
  });

  it("should report a marker that is wrong, and run the program", async () => {
    await project.write("src/a.cjs", marked.replace("@traced", "@traced({ nmae: 1 })"));
    const { stdout, stderr, code } = await project.run(`${node} ${register} src/a.cjs`);
    expect([stdout, code]).toEqual(["2\n", 0]);
    expect(stderr).toMatch(/^errspan: src\/a\.cjs:1:\d+ error ERRSPAN2002 .*nmae.*\n$/);
  });

  it("should leave to Node what is no JavaScript, and what has syntax errors", async () => {
    await project.write("src/a.cjs", `${marked}const;\n`);
    const { stderr, code } = await project.run(`${node} ${register} src/a.cjs`);
    expect(stderr).toMatch(/a\.cjs:6[^]*SyntaxError/);
    expect(code).toBe(1);
    await project.write("src/b.cjs", 'console.log(require("./data.json").traced);\n');
    await project.write("src/data.json", '{ "traced": "@traced" }\n');
    expect((await project.run(`${node} ${register} src/b.cjs`)).stdout).toBe("@traced\n");
  });
});

describe("where a program stands", () => {
  const span = (file: string): string => `span half 0 ${file}:2:1\n`;

  it("should trace files with Windows line ends, and those whose path has spaces and percent signs", async () => {
    await project.write("src/a b/100%25 c.cjs", marked.replaceAll("\n", "\r\n"));
    const { stdout, stderr } = await project.run(`${node} ${register} ${telemetry} "src/a b/100%25 c.cjs"`);
    expect([stdout, stderr]).toEqual(["2\n", span("src/a b/100%25 c.cjs")]);
  });

  it("should trace what a link leads to where that is below the root, by its real path, and nothing else", async () => {
    await project.write("src/real/a.cjs", marked);
    await symlink(join(project.directory, "src/real"), join(project.directory, "src/link"));
    expect((await project.run(`${node} ${register} ${telemetry} src/link/a.cjs`)).stderr).toBe(span("src/real/a.cjs"));
    await mkdir(join(project.directory, "other"));
    await project.write("other/errspan.config.json", "{}");
    const { stdout, stderr } = await project.run(`cd other && ${node} ${register} --import ../src/telemetry.mjs ../src/real/a.cjs`);
    expect([stdout, stderr]).toEqual(["2\n", ""]);
  });

  it("should find the config beside the program when it is started from elsewhere", async () => {
    const from = `--import ${project.directory}/node_modules/@errspan/transformer/dist/cjs/host/register.js`;
    const { stderr } = await project.run(
      `cd / && ${node} ${from} --import ${project.directory}/src/telemetry.mjs ${project.directory}/src/required.cts`,
    );
    expect(stderr).toBe("");
    await project.write("errspan.config.json", '{ "select": [{ "names": ["half"] }] }');
    await project.write("src/a.cjs", marked.replace("/** @traced */", "//"));
    const second = await project.run(`cd / && ${node} ${from} --import ${project.directory}/src/telemetry.mjs ${project.directory}/src/a.cjs`);
    expect(second.stderr).toBe(span("src/a.cjs"));
  });

  it("should take the config that ERRSPAN_CONFIG names", async () => {
    await project.write("src/a.cjs", marked.replace("/** @traced */", "//"));
    await project.write("observed.json", '{ "select": [{ "names": ["half"] }] }');
    const { stderr } = await project.run(`ERRSPAN_CONFIG=observed.json ${node} ${register} ${telemetry} src/a.cjs`);
    expect(stderr).toBe(span("src/a.cjs"));
  });
});

describe("what another host has done before", () => {
  it("should not be done again, and its source map should be followed", async () => {
    await project.write("src/a.cts", marked.replace("(n)", "(n: number): number").replace("return n / 2", "throw new Error(`${n}`)"));
    await project.run(`${node} node_modules/@errspan/transformer/dist/esm/cli/main.js instrument src/a.cts`);
    const built = await project.read("src/a.cts");
    expect(built).toContain("@errspan/runtime/emit");
    const { stderr } = await project.run(`${node} --enable-source-maps ${register} ${telemetry} src/a.cts`);
    expect(stderr.match(/^span half 2 src\/a\.cts:2:1$/gm)).toHaveLength(1);
    expect(stderr).toMatch(/at half \(.*src\/a\.cts:3:9\)/);
  });

  it("should lead through the map of a compiler to the source", async () => {
    await project.write("build/a.cjs", '"use strict";\n/** @traced */\nfunction fail() { throw new Error("x"); }\nfail();\n//# sourceMappingURL=a.cjs.map\n');
    // From each word of line 3 to line 10 of the source.
    await project.write(
      "build/a.cjs.map",
      JSON.stringify({ version: 3, sources: ["../lib/a.cts"], names: [], mappings: ";;AASA,kBAAkB" }),
    );
    const { stderr } = await project.run(`${node} --enable-source-maps ${register} ${telemetry} build/a.cjs`);
    expect(stderr).toContain("span fail 2 build/a.cjs:3:1");
    expect(stderr).toMatch(/at fail \(.*lib\/a\.cts:10:\d+\)/);
  });
});

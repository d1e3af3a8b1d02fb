import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Project } from "../project.js";

const tsconfig = {
  compilerOptions: {
    target: "ES2023",
    module: "NodeNext",
    strict: true,
    types: [],
    // The type system would find some of it too; here the plugin is to, and soon.
    noCheck: true,
    lib: ["ES2023"],
    rootDir: "src",
    outDir: "dist",
    plugins: [{ transform: "@errspan/transformer" }],
  },
};

/** A file that is in order, so that something could be half written. */
const sound = "/** @traced */\nexport function sound(): void {}\n";

describe("tspc with the errspan plugin", () => {
  let project: Project;

  beforeEach(async () => {
    project = await Project.create();
    await project.write("package.json", '{ "type": "module" }');
    await project.write("tsconfig.json", JSON.stringify(tsconfig));
    await project.write("src/a-sound.ts", sound);
    await project.write("src/z-sound.ts", sound);
    await project.link("@errspan/transformer", "@errspan/runtime", "@opentelemetry/api", "typescript", "ts-patch");
  });

  afterEach(async () => {
    await project.remove();
  });

  /** Compiles, and expects one error with these words, a non-zero exit and no output. */
  async function expectRefusal(...words: readonly (string | RegExp)[]): Promise<void> {
    const { code, stdout, stderr } = await project.run("node node_modules/ts-patch/bin/tspc.js");
    const output = stdout + stderr;
    expect(code, output).not.toBe(0);
    for (const word of words) expect(output).toMatch(word);
    expect(output.match(/\berror\b|ERRSPAN\d{4}/gi) ?? [], output).not.toEqual([]);
    expect(output.match(/ERRSPAN\d{4}/g), output).toHaveLength(1);
    expect(output).not.toMatch(/\n\s+at .+:\d+:\d+/);
    expect(await project.files("dist")).toEqual([]);
  }

  it("should compile a project in order", async () => {
    const { code, stdout, stderr } = await project.run("node node_modules/ts-patch/bin/tspc.js");
    expect(stdout + stderr).toBe("");
    expect(code).toBe(0);
    expect(await project.files("dist")).toEqual(["a-sound.js", "z-sound.js"]);
  });

  it("should refuse an unknown option in a marker and suggest the one that was meant", async () => {
    await project.write(
      "src/pay.ts",
      'export const fee = 2;\n\n/**\n * Pays.\n *\n * @traced({ nmae: "pay" })\n */\nexport function pay(): void {}\n',
    );
    await expectRefusal(/src\/pay\.ts[(:]6[,:]/, "nmae", /did you mean.{0,10}name/i);
  });

  it("should refuse a field that names no parameter", async () => {
    await project.write("src/pay.ts", '/** @traced({ fields: { "order.id": ordr.id } }) */\nexport function pay(order: { id: string }): void {\n  void order;\n}\n');
    await expectRefusal(/src\/pay\.ts[(:]1[,:]/, "ordr", /did you mean.{0,10}order/i);
  });

  it("should refuse a marker on a class property that is not a function", async () => {
    await project.write("src/pay.ts", "export class Payments {\n  /** @traced */\n  limit = 3;\n}\n");
    await expectRefusal(/src\/pay\.ts[(:]2[,:]/, /property holds no function/);
  });

  it("should refuse a decorator with a misspelt option", async () => {
    await project.write(
      "src/pay.ts",
      'import { traced } from "@errspan/runtime";\n\nexport class Payments {\n  @traced({ knid: "client" })\n  pay(): void {}\n}\n',
    );
    await expectRefusal(/src\/pay\.ts[(:]4[,:]/, "knid", /did you mean.{0,10}kind/i);
  });

  it("should refuse a config with a misspelt key", async () => {
    await project.write("errspan.config.json", '{\n  "select": [\n    { "file": ["src/**"], "functions": "all" }\n  ]\n}\n');
    await expectRefusal(/errspan\.config\.json[(:]3[,:]/, '"file"', /did you mean.{0,10}files/i);
  });

  it("should refuse a config with a value that is not one of the choices", async () => {
    await project.write("errspan.config.json", '{\n  "select": [{ "functions": "every" }]\n}\n');
    await expectRefusal(/errspan\.config\.json[(:]2[,:]/, "every", "exported");
  });

  it("should refuse a config that is not JSON and point at the place", async () => {
    await project.write("errspan.config.json", '{\n  "select": [\n    { "functions": "all" },,\n  ]\n}\n');
    await expectRefusal(/errspan\.config\.json[(:]3[,:]/, "JSON");
  });

  it("should refuse to compile where the runtime is not installed and say how to install it", async () => {
    await rm(join(project.directory, "node_modules/@errspan/runtime"));
    await expectRefusal("@errspan/runtime", "npm install @errspan/runtime");
  });

  it("should refuse a misspelt option in the plugin entry", async () => {
    const plugins = [{ transform: "@errspan/transformer", slect: [{ functions: "all" }] }];
    await project.write("tsconfig.json", JSON.stringify({ compilerOptions: { ...tsconfig.compilerOptions, plugins } }, undefined, 2));
    await expectRefusal("tsconfig.json", "slect", /did you mean.{0,10}select/i);
  });

  it("should tell of a selector that matches nothing", async () => {
    await project.write("errspan.config.json", '{\n  "select": [{ "files": ["source/**"], "functions": "all" }]\n}\n');
    const { stdout, stderr } = await project.run("node node_modules/ts-patch/bin/tspc.js");
    expect(stdout + stderr).toMatch(/^errspan\.config\.json\(2,14\): warning .*select\[0\] picks no function: no file fits its "files"/);
  });

  it("should tell of one in the plugin entry, where that stands", async () => {
    const plugins = [{ transform: "@errspan/transformer", select: [{ names: ["sound"] }, { files: ["src"] }] }];
    const text = JSON.stringify({ compilerOptions: { ...tsconfig.compilerOptions, plugins } }, undefined, 2);
    await project.write("tsconfig.json", text);
    const line = text.split("\n").findIndex((each) => each.includes('"files"'));
    const { stdout, stderr } = await project.run("node node_modules/ts-patch/bin/tspc.js");
    expect(stdout + stderr).toMatch(new RegExp(`^tsconfig\\.json\\(${line},\\d+\\): warning .*select\\[1\\] .*Did you mean "src/\\*\\*"`));
  });
});

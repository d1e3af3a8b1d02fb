import { spawn } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Project } from "../../project.js";
import { copyFixture, tspc } from "../fixture.js";

const helpers = "@errspan/runtime/emit";

/** A marker that cannot be carried out. */
const wrong =
  '/** @traced({ nmae: "half" }) */\nexport function half(n: number): number {\n  return n / 2;\n}\n';
const right = wrong.replace("nmae", "name");

describe("projects that refer to each other, compiled with tspc -b", () => {
  let project: Project;

  beforeEach(async () => {
    project = await copyFixture("ts-patch-references");
  });

  afterEach(async () => {
    await project.remove();
  });

  it("should trace them all, and build nothing twice", async () => {
    const first = await project.run(`${tspc} -b`);
    expect(first.stdout + first.stderr).toBe("");
    for (const file of ["lib/dist/half.js", "lib/dist/double.js", "lib/dist/whole.js", "app/dist/main.js"])
      expect(await project.read(file)).toContain(helpers);
    const { stdout } = await project.run(`${tspc} -b --verbose`);
    expect(stdout.match(/is up to date/g)).toHaveLength(2);
    expect((await project.run("node app/dist/main.js")).stdout).toBe("3\n");
  });

  it("should trace again what has changed, and nothing else", async () => {
    await project.run(`${tspc} -b`);
    await project.write("lib/dist/double.js", "// as it was built");
    await project.write("lib/src/half.ts", "export function half(n: number): number {\n  return n / 4;\n}\n");
    const { stdout, code } = await project.run(`${tspc} -b`);
    expect([stdout, code]).toEqual(["", 0]);
    expect(await project.read("lib/dist/half.js")).toMatch(/@errspan\/runtime\/emit[^]*n \/ 4/);
    expect(await project.read("lib/dist/double.js")).toBe("// as it was built");
  });

  it("should fail for as long as a marker is wrong, and build all of it when it is right", async () => {
    await project.write("lib/src/half.ts", wrong);
    for (let time = 0; time < 2; time++) {
      const { stdout, code } = await project.run(`${tspc} -b`);
      expect(code).not.toBe(0);
      expect(stdout).toMatch(/lib\/src\/half\.ts\(1,\d+\): error .*nmae/);
      expect(await project.files("lib/dist")).not.toContain("half.js");
    }
    await project.write("lib/src/half.ts", right);
    const { stdout, code } = await project.run(`${tspc} -b`);
    expect([stdout, code]).toEqual(["", 0]);
    expect(await project.files("lib/dist")).toEqual(expect.arrayContaining(["half.js", "double.js"]));
    for (const file of ["lib/dist/half.js", "lib/dist/double.js", "lib/dist/whole.js", "app/dist/main.js"])
      expect(await project.read(file)).toContain(helpers);
  });

  it("should build all of it once a config is right that was wrong", async () => {
    const config = await project.read("lib/tsconfig.json");
    await project.write("lib/tsconfig.json", config.replace('"exported"', '"exports"'));
    const failed = await project.run(`${tspc} -b`);
    expect(failed.code).not.toBe(0);
    expect(failed.stdout).toMatch(/lib\/tsconfig\.json\(\d+,\d+\): error .*exports/);
    expect((await project.files("lib/dist")).filter((file) => file.endsWith(".js"))).toEqual([]);
    await project.write("lib/tsconfig.json", config);
    const { stdout, code } = await project.run(`${tspc} -b`);
    expect([stdout, code]).toEqual(["", 0]);
    expect(await project.read("lib/dist/double.js")).toContain(helpers);
  });

  it("should trace by the options as they are now with --force", async () => {
    await project.run(`${tspc} -b`);
    const config = await project.read("lib/tsconfig.json");
    await project.write("lib/tsconfig.json", config.replace('"exported"', '"all", "names": ["double"]'));
    const { stdout, code } = await project.run(`${tspc} -b --force`);
    expect([stdout, code]).toEqual(["", 0]);
    expect(await project.read("lib/dist/double.js")).toContain(helpers);
    expect(await project.read("lib/dist/half.js")).not.toContain(helpers);
  });

  it("should trace again what is changed under --watch", async () => {
    const compiler = spawn(
      process.execPath,
      ["node_modules/ts-patch/bin/tspc.js", "-p", "lib", "--watch", "--preserveWatchOutput"],
      {
        cwd: project.directory,
      },
    );
    try {
      let output = "";
      let look = (): void => undefined;
      compiler.stdout.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        look();
      });
      /** Waits for a round of compiling that ends with these words; a change of a file may start more than one. */
      const round = (words: RegExp): Promise<void> => {
        output = "";
        return new Promise((resolve) => {
          look = () => {
            if (words.test(output)) resolve();
          };
        });
      };
      await round(/Found 0 errors/);
      expect(await project.read("lib/dist/half.js")).toContain(helpers);
      const failed = round(/Found 1 error/);
      await project.write("lib/src/half.ts", wrong);
      await failed;
      expect(output).toMatch(/half\.ts\(1,\d+\): error .*nmae/);
      const mended = round(/Found 0 errors/);
      await project.write("lib/src/half.ts", right.replace("/ 2", "/ 8"));
      await mended;
      expect(await project.read("lib/dist/half.js")).toMatch(/@errspan\/runtime\/emit[^]*n \/ 8/);
    } finally {
      compiler.kill();
    }
  });
});

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { run } from "../command.js";
import { Project } from "../project.js";

const command = fileURLToPath(new URL("../../node_modules/@errspan/transformer/dist/esm/cli/main.js", import.meta.url));
const COUNT = 800;
const MARKED = "/** @traced */\nexport function f(a) {\n  return a.b;\n}\n";
const LEFT_OVER = /\.errspan$/;

let project: Project;
afterEach(() => project.remove());

async function manyFiles(): Promise<readonly string[]> {
  project = await Project.create();
  await project.link("@errspan/runtime");
  const names = Array.from({ length: COUNT }, (_, index) => `file-${String(index).padStart(4, "0")}.mjs`);
  await Promise.all(names.map((name) => project.write(`src/${name}`, MARKED)));
  return names;
}

/** Starts the command, and sends a signal when it has begun to write. */
async function interrupt(signal: NodeJS.Signals, first: string): Promise<{ code: number | null; signal: string | null; stderr: string }> {
  const child = spawn(process.execPath, [command, "instrument", "src"], { cwd: project.directory });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  const poll = setInterval(() => {
    if (!existsSync(`${project.directory}/src/${first}.map`)) return;
    clearInterval(poll);
    child.kill(signal);
  }, 1);
  try {
    return await new Promise((resolve, reject) => {
      child.on("error", reject).on("close", (code, ended) => {
        resolve({ code, signal: ended, stderr });
      });
    });
  } finally {
    clearInterval(poll);
  }
}

/** How many files are rewritten; each is as it was, or whole. */
async function countRewritten(names: readonly string[]): Promise<number> {
  const texts = await Promise.all(names.map((name) => project.read(`src/${name}`)));
  const rewritten = texts.filter((text) => text !== MARKED);
  for (const text of rewritten) expect(text).toMatch(/__errspan\.fail\)\([^]*\n\/\/# sourceMappingURL=file-\d{4}\.mjs\.map\n$/);
  return rewritten.length;
}

async function expectCompletion(names: readonly string[]): Promise<void> {
  const { code, stderr } = await run(`"${process.execPath}" "${command}" instrument src`, project.directory);
  expect([code, stderr]).toEqual([0, ""]);
  expect(await countRewritten(names)).toBe(COUNT);
  const files = await project.files("src");
  expect(files.filter((file) => LEFT_OVER.test(file))).toEqual([]);
  expect(files).toHaveLength(2 * COUNT);
}

describe("errspan instrument, ended in the middle", () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("by %s: says how far it came, leaves whole files and nothing else, and does the rest the next time", async (signal, exitCode) => {
    const names = await manyFiles();
    const { code, stderr } = await interrupt(signal, names[0] ?? "");
    expect([code, stderr]).toEqual([
      exitCode,
      expect.stringMatching(/^errspan instrument: Interrupted\.\n\d+ files of 800 left alone; the others are whole\. Run it again to do the rest\.\n$/),
    ]);
    const files = await project.files("src");
    expect(files.filter((file) => LEFT_OVER.test(file))).toEqual([]);
    const rewritten = await countRewritten(names);
    expect(rewritten).toBeGreaterThan(0);
    expect(rewritten).toBeLessThan(COUNT);
    expect(files).toHaveLength(COUNT + rewritten);
    await expectCompletion(names);
  });

  it("by SIGKILL: leaves whole files, and the next run tidies up", async () => {
    const names = await manyFiles();
    expect(await interrupt("SIGKILL", names[0] ?? "")).toMatchObject({ code: null, signal: "SIGKILL" });
    expect(await countRewritten(names)).toBeLessThan(COUNT);
    await expectCompletion(names);
  });
});

describe("errspan instrument, where no more can be written", () => {
  it("says so, keeps every file whole, and does the rest when there is room", async () => {
    project = await Project.create();
    await project.link("@errspan/runtime");
    const large = MARKED + "// a long comment\n".repeat(4000);
    await project.write("a.mjs", MARKED);
    await project.write("b.mjs", large);
    await project.write("c.mjs", MARKED);
    // Writing fails in the middle of a file, as on a full disk, with another code.
    const { code, stderr } = await project.run(`ulimit -f 16; "${process.execPath}" "${command}" instrument .`);
    expect([code, stderr]).toEqual([
      1,
      "errspan instrument: b.mjs cannot be written: it is larger than files may be here (EFBIG). It is as it was.\n" +
        "2 files of 3 left alone; the others are whole. Run it again to do the rest.\n",
    ]);
    expect(await project.files(".")).toEqual(["a.mjs", "a.mjs.map", "b.mjs", "c.mjs"]);
    expect(await project.read("b.mjs")).toBe(large);
    expect((await project.run(`"${process.execPath}" "${command}" instrument .`)).code).toBe(0);
    expect(await project.files(".")).toHaveLength(6);
  });
});

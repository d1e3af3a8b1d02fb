import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { pack, serve, type Registry, type Tarball } from "../packages/registry.js";
import { Project } from "../project.js";

const program = `/** @traced */
async function charge(cents: number): Promise<string> {
  if (cents > 2000) throw new RangeError("The card's limit is 2000");
  return "paid";
}

async function main(): Promise<void> {
  try {
    await charge(2490);
  } catch {}
}

await main();
`;

/** The commands that were printed under a heading, one a line, indented. */
function commandsOf(output: string): readonly string[] {
  const [, block = ""] = /Install what is missing:\n\n((?: {4}.*\n)+)/.exec(output) ?? [];
  return block.split("\n").map((line) => line.trim()).filter((line) => line !== "");
}

describe("errspan init, from the packed packages, followed by the letter", () => {
  let packed: string;
  let tarballs: Tarball[];
  let registry: Registry;
  let project: Project;

  beforeAll(async () => {
    packed = await mkdtemp(join(tmpdir(), "errspan-pack-"));
    tarballs = [];
    for (const name of ["@errspan/runtime", "@errspan/transformer", "@errspan/eslint-plugin"]) tarballs.push(await pack(packed, name));
    registry = await serve(tarballs);
  }, 300_000);

  afterAll(async () => {
    await registry.close();
    await rm(packed, { recursive: true, force: true });
  });

  afterEach(() => project.remove());

  const must = async (command: string): Promise<string> => {
    const { code, stderr, stdout } = await project.run(command);
    if (code !== 0) throw new Error(`${command}\nended with ${String(code)}\n${stdout}${stderr}`);
    return stdout;
  };

  const start = async (): Promise<void> => {
    project = await Project.create();
    await project.write(".npmrc", `@errspan:registry=${registry.address}\n`);
  };

  it("should take an empty directory to spans and findings", async () => {
    await start();
    const output = await must("npx --yes @errspan/transformer init --yes");
    const commands = commandsOf(output);
    expect(commands).toHaveLength(2);
    for (const command of commands) await must(command);
    await project.write("src/main.ts", program);
    expect(await must("npx errspan init")).toBe("Nothing to do: everything is set up.\n");
    expect(await must("npx errspan list")).toMatch(/src\/main\.ts\n {2}2:1 {2}charge {2}async {2}@traced/);
    await must("npm run build");
    expect(await must("node --import ./dist/telemetry.js dist/main.js")).toMatch(/✗ {2}charge .*\n.*RangeError: The card's limit is 2000/);
    const { code, stdout } = await project.run("npm run lint");
    expect(code).toBe(1);
    expect(stdout).toMatch(/main\.ts\n +10:\d+ +error .*errspan\/no-swallowed-error\n/);
  }, 600_000);
});

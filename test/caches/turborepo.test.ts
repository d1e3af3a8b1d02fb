import { createHash } from "node:crypto";
import { readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run } from "../command.js";
import { compilerPackages, copyFixture } from "../hosts/fixture.js";
import type { Project } from "../project.js";

/** Nothing leaves the machine, and nobody is asked anything. */
const quiet = { TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1", TURBO_NO_UPDATE_NOTIFIER: "1", TURBO_DAEMON: "0", CI: "1" };

const SETUP = `import { NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";
const print = (spans, done) => {
  for (const { name, status } of spans) console.log("span", name, status.code);
  done({ code: 0 });
};
new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor({ export: print, shutdown: async () => {} })] }).register();
`;

let project: Project;

beforeEach(async () => {
  project = await copyFixture("monorepo", [...compilerPackages, "turbo", ".bin"]);
  await symlink(join(project.directory, "packages/stock"), join(project.directory, "node_modules/stock"), "junction");
  await project.write("setup.mjs", SETUP);
  // Turborepo asks git what is ignored.
  await run("git init -q", project.directory);
});
afterEach(() => project.remove());

/** Builds, and tells how many of the two packages came from the cache. */
async function build(): Promise<number> {
  const { code, stderr, stdout } = await run("turbo run build --output-logs=errors-only", project.directory, {
    ...quiet,
    PATH: `${project.directory}/node_modules/.bin:${process.env["PATH"] ?? ""}`,
  });
  if (code !== 0) throw new Error(stdout + stderr);
  const [, cached] = /Cached:\s+(\d+) cached, 2 total/.exec(stdout) ?? [];
  if (cached === undefined) throw new Error(stdout + stderr);
  return Number(cached);
}

async function outputs(): Promise<Record<string, string>> {
  const files = ["packages/stock/dist/index.js", "packages/stock/dist/index.d.ts", "packages/shop/dist/main.js"];
  const hash = async (file: string): Promise<string> => createHash("sha256").update(await readFile(join(project.directory, file))).digest("hex");
  return Object.fromEntries(await Promise.all(files.map(async (file) => [file, await hash(file)] as const)));
}

async function removeOutputs(): Promise<void> {
  for (const name of ["stock", "shop"]) await project.run(`rm -rf packages/${name}/dist`);
}

describe("a monorepo that Turborepo builds", () => {
  it("should be built from the cache the second time, byte for byte, and anew when the errspan config changes", async () => {
    expect(await build()).toBe(0);
    const first = await outputs();
    await removeOutputs();
    expect(await build()).toBe(2);
    expect(await outputs()).toEqual(first);
    const { stdout } = await project.run("node --import ./setup.mjs packages/shop/dist/main.js");
    expect(stdout.split("\n").slice(0, 3)).toEqual(["span reserve 0", "span order 0", "1 left"]);

    const config = await project.read("errspan.config.json");
    await project.write("errspan.config.json", config.replace('"exported"', '"exported", "names": ["order"]'));
    expect(await build()).toBe(0);
    const second = await outputs();
    expect(second["packages/stock/dist/index.js"]).not.toBe(first["packages/stock/dist/index.js"]);
    expect(second["packages/shop/dist/main.js"]).toBe(first["packages/shop/dist/main.js"]);

    await project.write("errspan.config.json", config);
    await project.write("packages/shop/src/main.ts", `${await project.read("packages/shop/src/main.ts")}// more\n`);
    expect(await build()).toBe(1);
    const third = await outputs();
    expect(third).toEqual({ ...first, "packages/shop/dist/main.js": third["packages/shop/dist/main.js"] });
  }, 600_000);
});

import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Project } from "../../project.js";
import { copyFixture, tsc } from "../fixture.js";

let project: Project;

beforeAll(async () => {
  project = await copyFixture("ts-patch-references");
  // It is going to be changed, so that a link to our own will not do.
  const compiler = join(project.directory, "node_modules/typescript");
  await rm(compiler);
  await cp(fileURLToPath(new URL("../../../node_modules/typescript", import.meta.url)), compiler, { recursive: true, dereference: true });
});

afterAll(async () => {
  await project.remove();
});

it("should trace what plain tsc compiles, once ts-patch has patched it, until it is taken back", async () => {
  const patched = await project.run("node node_modules/ts-patch/bin/ts-patch.js install --dir .");
  expect([patched.code, patched.stderr]).toEqual([0, ""]);
  const built = await project.run(`${tsc} -b`);
  expect([built.stdout, built.code]).toEqual(["", 0]);
  expect(await project.read("lib/dist/half.js")).toContain("@errspan/runtime/emit");
  expect((await project.run("node app/dist/main.js")).stdout).toBe("3\n");
  expect((await project.run("node node_modules/ts-patch/bin/ts-patch.js uninstall --dir .")).code).toBe(0);
  await project.run(`${tsc} -b --force`);
  expect(await project.read("lib/dist/half.js")).not.toContain("@errspan/runtime/emit");
});

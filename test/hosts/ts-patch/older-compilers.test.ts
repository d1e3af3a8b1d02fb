import { mkdir, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Project } from "../../project.js";
import { copyFixture, tspc } from "../fixture.js";

describe.each(["5.4", "5.9"])("TypeScript %s with the ts-patch that goes with it", (version) => {
  let project: Project;

  beforeEach(async () => {
    project = await copyFixture("ts-patch-module");
    const older = fileURLToPath(
      new URL(`../../../fixtures/typescript-${version}/node_modules`, import.meta.url),
    );
    await mkdir(join(project.directory, "node_modules"), { recursive: true });
    for (const name of ["typescript", "ts-patch"]) {
      const target = join(project.directory, "node_modules", name);
      await rm(target);
      await symlink(join(older, name), target, "junction");
    }
    const config = await project.read("tsconfig.json");
    await project.write(
      "tsconfig.json",
      config.replace('"target": "ES2023"', '"target": "ES2022"').replace('"ES2024"', '"ES2023"'),
    );
  });

  afterEach(async () => {
    await project.remove();
  });

  it("should compile a program that is traced", async () => {
    expect((await project.run(`${tspc} --version`)).stdout).toContain(version);
    const { stdout, stderr, code } = await project.run(tspc);
    expect([stdout, stderr, code]).toEqual(["", "", 0]);
    const run = await project.run("node --enable-source-maps traced/main.js");
    expect(run.stdout).toContain(
      'even true legacy x of function view ["ul",null,["li",{"id":"a"},"A"],["li",{"id":"b"},"B"]]',
    );
    expect(run.stdout).toMatch(/Error: on purpose .*Counter\.fail \(.*src\/counter\.ts:31:11\)/);
    expect(run.stderr.split("\n")).toContain("Counter.fail 2 src/counter.ts:29");
  });
});

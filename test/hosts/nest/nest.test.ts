import { afterAll, beforeAll, expect, it } from "vitest";
import type { Project } from "../../project.js";
import { compilerPackages, copyFixture } from "../fixture.js";
import { nestSpans } from "../spans.js";

const build = "node node_modules/@nestjs/cli/bin/nest.js build";

let project: Project;

beforeAll(async () => {
  const packages = ["@nestjs/cli", "@nestjs/common", "@nestjs/core", "reflect-metadata", "rxjs"];
  project = await copyFixture("nest", [...compilerPackages, ...packages], ["compiled/src/spans.ts"]);
});

afterAll(async () => {
  await project.remove();
});

it("should trace the application that the Nest CLI builds, set up by errspan init", async () => {
  await project.write("nest-cli.json", '{\n  "sourceRoot": "src"\n}\n');
  expect((await project.run("node node_modules/@errspan/transformer/bin/errspan.js init --yes")).code).toBe(0);
  expect(await project.read("nest-cli.json")).toContain('"plugins": [{ "name": "@errspan/transformer/nest" }]');
  const built = await project.run(build);
  expect([built.code, built.stderr]).toEqual([0, ""]);
  const { code, stdout, stderr } = await project.run("node --enable-source-maps dist/main.js");
  expect([code, stderr.trim().split("\n")]).toEqual([0, nestSpans]);
  expect(stdout).toMatch(/^A-1 paid 20\nRangeError: The limit is 1000, not 2000 \| {5}at PaymentService\.charge \(.*src\/payment\.service\.ts:7:/);
});

it("should fail to build when a marker is wrong, and say where, and be told of a selector that picks nothing", async () => {
  const source = await project.read("src/order.service.ts");
  const config = await project.read("errspan.config.json");
  await project.write("errspan.config.json", '{ "select": [{ "names": ["nobody"] }] }');
  await project.write("src/order.service.ts", source.replace("fields:", "feilds:"));
  const { code, stdout, stderr } = await project.run(build);
  await project.write("src/order.service.ts", source);
  await project.write("errspan.config.json", config);
  expect(code).toBe(1);
  expect(stderr.match(/ERRSPAN3005 select\[0\] picks no function/g)).toHaveLength(1);
  expect(stdout + stderr).toMatch(/src[\\/]order\.service\.ts:8:\d+ error ERRSPAN2002 .*feilds/);
});

it("should take a config in nest-cli.json", async () => {
  const settings = await project.read("nest-cli.json");
  await project.write(
    "nest-cli.json",
    '{ "compilerOptions": { "plugins": [{ "name": "@errspan/transformer/nest", "options": { "select": [{ "names": ["main"] }] } }] } }',
  );
  expect((await project.run(build)).code).toBe(0);
  await project.write("nest-cli.json", settings);
  const { stderr } = await project.run("node dist/main.js");
  expect(stderr.trim().split("\n").sort()).toEqual([
    "main 0 src/main.ts:11 in undefined",
    "place order 0 src/order.service.ts:9 in main",
    "place order 2 src/order.service.ts:9 in main RangeError",
  ]);
});

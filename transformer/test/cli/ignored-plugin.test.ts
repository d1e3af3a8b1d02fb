import { afterEach, describe, expect, it } from "vitest";
import { sandbox } from "./command.js";
import type { Sandbox } from "./command.js";

let box: Sandbox | undefined;
afterEach(() => box?.remove());

const TSCONFIG = '{\n  "compilerOptions": {\n    "plugins": [{ "transform": "@errspan/transformer" }]\n  }\n}\n';
const typescript = (version: string): Record<string, string> => ({
  "node_modules/typescript/package.json": JSON.stringify({ name: "typescript", version, exports: { "./package.json": "./package.json" } }),
});

describe("errspan list in a project with the plugin in its tsconfig", () => {
  it("tells that TypeScript 7 ignores the plugin, and what to do instead", async () => {
    box = sandbox({ "tsconfig.json": TSCONFIG, ...typescript("7.0.2") });
    const { code, err } = await box.run("list");
    expect(code).toBe(1);
    expect(err).toMatch(/^tsconfig\.json:3:19 error ERRSPAN4103 TypeScript 7\.0\.2 .*errspan instrument.*TypeScript 6/);
  });

  it("is content with TypeScript 6", async () => {
    box = sandbox({ "tsconfig.json": TSCONFIG, ...typescript("6.0.3") });
    expect(await box.run("list")).toMatchObject({ code: 0, err: "" });
  });

  it("is content with TypeScript 7 where the tsconfig does not name the plugin", async () => {
    box = sandbox({ "tsconfig.json": "{}", ...typescript("7.0.2") });
    expect(await box.run("list")).toMatchObject({ code: 0, err: "" });
  });
});

describe("errspan list in a project with the plugin in its nest-cli.json", () => {
  const nest = (builder: unknown): string =>
    JSON.stringify({ compilerOptions: { builder, plugins: ["@errspan/transformer/nest"] } }, null, 2);

  it.each([
    ["swc", /nest-cli\.json:5:7 error ERRSPAN4104 The builder "swc" of the Nest CLI ignores this plugin: .*nest build && errspan instrument dist/],
    ["rspack", /nest-cli\.json:5:7 error ERRSPAN4104 The builder "rspack" of the Nest CLI ignores this plugin: .*@errspan\/transformer\/rspack/],
  ])("tells that %s ignores the plugin, and what to do instead", async (builder, message) => {
    box = sandbox({ "nest-cli.json": nest(builder) });
    expect(await box.run("list")).toMatchObject({ code: 1, err: expect.stringMatching(message) as string });
  });

  it("finds the builder in a script, too", async () => {
    box = sandbox({ "nest-cli.json": nest(undefined), "package.json": '{ "scripts": { "build": "nest build --builder=swc" } }' });
    expect((await box.run("list")).err).toContain('ERRSPAN4104 The builder "swc"');
  });

  it.each([undefined, "tsc", { type: "webpack" }])("is content with %j, which takes plugins", async (builder) => {
    box = sandbox({ "nest-cli.json": nest(builder) });
    expect(await box.run("list")).toMatchObject({ code: 0, err: "" });
  });
});

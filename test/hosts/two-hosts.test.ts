import { afterAll, beforeAll, expect, it } from "vitest";
import type { Project } from "../project.js";
import { compilerPackages, copyFixture, tspc } from "./fixture.js";
import { compiledSpans } from "./spans.js";

/** Picks the same functions in sources, in what a compiler makes of them, and in bundles. */
const config = '{ "select": [{ "names": ["checkout", "coins", "round", "take"] }] }';
const errspan = "node node_modules/@errspan/transformer/bin/errspan.js";
const register = "--import @errspan/transformer/register";

let project: Project;
let once: string[];

/** The spans that a run has printed; their places are those of the host that came first. */
async function spansOf(command: string): Promise<string[]> {
  const { code, stderr } = await project.run(command);
  expect([command, code]).toEqual([command, 0]);
  return stderr.trim().split("\n").sort();
}

beforeAll(async () => {
  project = await copyFixture("compiled", [...compilerPackages, "vite", "esbuild"]);
  await project.write("errspan.config.json", config);
  const settings = JSON.parse(await project.read("tsconfig.json")) as { compilerOptions: object };
  const compilerOptions = { ...settings.compilerOptions, plugins: [{ transform: "@errspan/transformer" }] };
  await project.write("tsconfig.json", JSON.stringify({ ...settings, compilerOptions }));
  expect(await project.run(tspc)).toMatchObject({ code: 0, stderr: "" });
  once = await spansOf("node dist/main.js");
});

afterAll(() => project.remove());

it("should have spans to compare", () => {
  expect(once).toEqual(compiledSpans);
});

it("should trace a call once where tspc has compiled what Vite's plugin bundles", async () => {
  await project.write(
    "build.mjs",
    `import errspan from "@errspan/transformer/vite";
import { build } from "vite";
const external = /^@(?:errspan|opentelemetry)\\//;
await build({ logLevel: "error", plugins: [errspan()], build: { ssr: "dist/main.js", outDir: "bundle", minify: false, rolldownOptions: { external } } });
`,
  );
  expect(await spansOf("node build.mjs && node bundle/main.js")).toEqual(once);
});

it("should trace a call once where esbuild's plugin bundles the sources and Node's loader loads the bundle", async () => {
  await project.write(
    "bundle.mjs",
    `import errspan from "@errspan/transformer/esbuild";
import { build } from "esbuild";
await build({ entryPoints: ["src/main.ts"], bundle: true, packages: "external", platform: "node", format: "esm", outfile: "bundle/esbuild.mjs", plugins: [errspan()] });
`,
  );
  expect(await spansOf(`node bundle.mjs && node ${register} bundle/esbuild.mjs`)).toEqual(once);
});

it("should trace a call once where Vite's plugin bundles the sources and Node's loader loads the bundle", async () => {
  await project.write(
    "server.mjs",
    `import errspan from "@errspan/transformer/vite";
import { build } from "vite";
const external = /^@(?:errspan|opentelemetry)\\//;
await build({ logLevel: "error", plugins: [errspan()], build: { ssr: "src/main.ts", outDir: "server", minify: false, rolldownOptions: { external } } });
`,
  );
  expect(await spansOf(`node server.mjs && node ${register} server/main.js`)).toEqual(once);
});

it("should trace a call once where tspc has compiled what Node's loader loads", async () => {
  expect(await spansOf(`node ${register} dist/main.js`)).toEqual(once);
});

it("should leave alone what tspc has written, where errspan instrument gets to see it", async () => {
  const before = await project.read("dist/checkout.js");
  expect(await project.run(`${errspan} instrument dist`)).toMatchObject({ code: 0, stderr: "" });
  expect(await project.read("dist/checkout.js")).toBe(before);
});

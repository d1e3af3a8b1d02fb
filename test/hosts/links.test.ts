import { realpath, symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Project } from "../project.js";

const MARKED = "/** @traced */\nexport function half(n) {\n  return n / 2;\n}\n";

const telemetry = `import { NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";
const exporter = {
  export(spans, done) {
    for (const { name, attributes } of spans) console.log(name, attributes["code.file.path"]);
    done({ code: 0 });
  },
  shutdown: () => Promise.resolve(),
};
new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
`;

const external = "/^@(?:errspan|opentelemetry)\\//";
const STORE = "node_modules/.pnpm/installed@1.0.0/node_modules/installed";
const errspan = "node node_modules/@errspan/transformer/bin/errspan.js";
const registered = "node --import @errspan/transformer/register --import ./telemetry.mjs packages/app/src/main.js";

let project: Project;

/** Two packages of a workspace, which npm links, and an installed one, which is linked as pnpm does it. */
beforeEach(async () => {
  project = await Project.create();
  await project.write("package.json", '{ "private": true, "type": "module", "workspaces": ["packages/*"] }');
  await project.write("errspan.config.json", "{}");
  await project.write("telemetry.mjs", telemetry);
  await project.write("packages/app/package.json", '{ "name": "app", "type": "module" }');
  await project.write("packages/app/src/main.js", 'import { third } from "installed";\nimport { half } from "shared";\n\n/** @traced */\nfunction main() {\n  half(third(6));\n}\n\nmain();\n');
  await project.write("packages/shared/package.json", '{ "name": "shared", "version": "1.0.0", "type": "module", "exports": "./src/index.js" }');
  await project.write("packages/shared/src/index.js", MARKED);
  const { code, stderr } = await project.run("npm install --offline --no-audit --no-fund --no-package-lock");
  if (code !== 0) throw new Error(stderr);
  await project.write(`${STORE}/package.json`, '{ "name": "installed", "version": "1.0.0", "type": "module", "exports": "./index.js" }');
  await project.write(`${STORE}/index.js`, "/** @traced */\nexport function third(n) {\n  return n / 3;\n}\n");
  await symlink(join(project.directory, STORE), join(project.directory, "node_modules/installed"), "junction");
  await project.link("@errspan/transformer", "@errspan/runtime", "@opentelemetry/api", "@opentelemetry/sdk-trace-node", "vite", "esbuild");
  await project.write("vite.mjs", `import errspan from "@errspan/transformer/vite";
import { build } from "vite";
const bundled = { ssr: "packages/app/src/main.js", outDir: "dist", rolldownOptions: { external: ${external} } };
await build({ logLevel: "error", plugins: [errspan()], ssr: { noExternal: true }, build: bundled });
`);
  await project.write("esbuild.mjs", `import errspan from "@errspan/transformer/esbuild";
import { build } from "esbuild";
const external = ["@errspan/*", "@opentelemetry/*"];
await build({ entryPoints: ["packages/app/src/main.js"], bundle: true, platform: "node", format: "esm", outfile: "dist/main.js", external, plugins: [errspan()] });
`);
});
afterEach(() => project.remove());

const spansOf = async (command: string): Promise<string[]> => {
  const { code, stderr, stdout } = await project.run(command);
  expect([command, code, stderr]).toEqual([command, 0, ""]);
  return stdout.trim().split("\n");
};

it.each([
  ["Node's loader", registered],
  ["Vite's plugin", "node vite.mjs && node --import ./telemetry.mjs dist/main.js"],
  ["esbuild's plugin", "node esbuild.mjs && node --import ./telemetry.mjs dist/main.js"],
])("%s traces packages of the workspace where they are, and installed ones only where a glob names them, links or not", async (_, command) => {
  const own = ["half packages/shared/src/index.js", "main packages/app/src/main.js"];
  expect(await spansOf(command)).toEqual(own);
  await project.write("errspan.config.json", '{ "include": ["packages/**", "node_modules/installed/**"] }');
  expect(await spansOf(command)).toEqual([`third ${STORE}/index.js`, ...own]);
});

it("a config that is a link counts where the link is", async () => {
  const elsewhere = await Project.create();
  try {
    await elsewhere.write("company.json", '{ "select": [{ "files": ["packages/shared/**"], "functions": "exported" }] }');
    await project.write("packages/shared/src/index.js", MARKED.replace("@traced", ""));
    await project.run("rm errspan.config.json");
    await symlink(join(elsewhere.directory, "company.json"), join(project.directory, "errspan.config.json"));
    expect((await project.run(`${errspan} list packages/shared`)).stdout).toMatch(/^packages\/shared\/src\/index\.js\n {2}2:8 {2}half {2}function {2}select\[0\]\n$/);
    expect(await spansOf(registered)).toEqual(["half packages/shared/src/index.js", "main packages/app/src/main.js"]);
  } finally {
    await elsewhere.remove();
  }
});

describe("errspan instrument", () => {
  it.each(["node_modules/shared", "node_modules/shared/src/index.js"])("writes nothing through the link %s, and says what to name", async (path) => {
    const { code, stderr } = await project.run(`${errspan} instrument ${path}`);
    const real = path.replace("node_modules", "packages");
    expect([code, stderr.split("\n")[0]]).toEqual([2, `errspan instrument: "${path}" is a link, or leads through one. Name what it leads to: "${real}".`]);
    expect(await project.read("packages/shared/src/index.js")).toBe(MARKED);
    expect(await project.files("packages/shared")).toEqual(["index.js", "package.json"]);
  });

  it("works in a project whose own directory is reached through a link", async () => {
    const elsewhere = await Project.create();
    try {
      await symlink(await realpath(project.directory), join(elsewhere.directory, "link"), "junction");
      const { code, stderr } = await elsewhere.run(`cd link && ${errspan} instrument packages`);
      expect([code, stderr]).toEqual([0, ""]);
      expect(await spansOf("node --import ./telemetry.mjs packages/app/src/main.js")).toEqual(["half packages/shared/src/index.js", "main packages/app/src/main.js"]);
    } finally {
      await elsewhere.remove();
    }
  });
});

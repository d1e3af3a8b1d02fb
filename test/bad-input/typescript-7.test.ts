import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Project } from "../project.js";

const errspan = "node node_modules/@errspan/transformer/dist/esm/cli/main.js";

const setup = `
import { NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";
const print = (spans, done) => {
  for (const { name } of spans) console.log(name);
  done({ code: 0 });
};
const exporter = { export: print, shutdown: async () => {} };
new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
`;

describe("a project with the plugin in its tsconfig and TypeScript 7", () => {
  let project: Project;

  beforeAll(async () => {
    project = await Project.create();
    await project.write("package.json", '{ "type": "module" }');
    const { code, stderr } = await project.run("npm install typescript@7");
    if (code !== 0) throw new Error(stderr);
    await project.link("@errspan/transformer", "@errspan/runtime", "@opentelemetry/api", "@opentelemetry/sdk-trace-node");
    const compilerOptions = { module: "nodenext", types: [], rootDir: "src", outDir: "dist", plugins: [{ transform: "@errspan/transformer" }] };
    await project.write("tsconfig.json", JSON.stringify({ compilerOptions }, undefined, 2));
    await project.write("src/main.ts", "/** @traced */\nfunction main(): void {}\n\nmain();\n");
    await project.write("setup.js", setup);
  }, 300_000);

  afterAll(async () => {
    await project.remove();
  });

  it("should be told by errspan list that the plugin is ignored, and what to do instead", async () => {
    const { code, stderr } = await project.run(`${errspan} list`);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^tsconfig\.json:\d+:\d+ error ERRSPAN4103 TypeScript 7/);
    expect(stderr).toContain('"errspan instrument"');
  });

  it("should be traced when it does that", async () => {
    expect(await project.run(`npx tsc && ${errspan} instrument dist`)).toMatchObject({ code: 0 });
    expect(await project.run("node --import ./setup.js dist/main.js")).toMatchObject({ stdout: "main\n", stderr: "" });
  });
});

import { build } from "esbuild";
import { rolldown } from "rolldown";
import webpack from "webpack";
import esbuildPlugin from "@errspan/transformer/esbuild";
import rolldownPlugin from "@errspan/transformer/rolldown";
import webpackPlugin from "@errspan/transformer/webpack";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Project } from "../../project.js";

const program = `
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";
const exporter = new InMemorySpanExporter();
new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
const later = async (cents) => { await null; if (cents < 0) throw new RangeError("too little"); return cents; };
await later(1);
try { await later(-1); } catch {}
console.log(exporter.getFinishedSpans().map(({ name, status }) => name + " " + status.code).join(", "));
`;

const everything = { select: [{ functions: "all" as const }] };

/** Each bundles the program with all that it imports; the bundler finds the runtime behind its link, in no node_modules. */
const hosts: Readonly<Record<string, (directory: string) => Promise<unknown>>> = {
  esbuild: (directory) =>
    build({
      absWorkingDir: directory,
      entryPoints: ["main.mjs"],
      outfile: "dist/main.mjs",
      bundle: true,
      platform: "node",
      format: "esm",
      // Parts of the SDK are CommonJS, and ask for modules of Node's.
      banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
      plugins: [esbuildPlugin(everything)],
    }),

  rolldown: async (directory) => {
    const bundle = await rolldown({ cwd: directory, input: "main.mjs", platform: "node", plugins: [rolldownPlugin(everything)] });
    await bundle.write({ dir: `${directory}/dist`, entryFileNames: "[name].mjs" });
    await bundle.close();
  },

  webpack: (directory) =>
    new Promise((resolve, reject) => {
      const compiler = webpack({
        context: directory,
        entry: "./main.mjs",
        mode: "development",
        target: "node",
        output: { path: `${directory}/dist`, filename: "main.mjs", module: true },
        experiments: { outputModule: true },
        plugins: [webpackPlugin(everything)],
      });
      compiler.run((error, stats) => {
        if (error !== null || stats === undefined || stats.hasErrors()) reject(error ?? new Error(stats?.toString("errors-only")));
        else resolve(stats);
      });
    }),
};

describe.each(Object.keys(hosts))("with every function selected and the runtime linked, what %s builds", (host) => {
  let project: Project;

  beforeAll(async () => {
    project = await Project.create();
    await project.write("main.mjs", program);
    await project.link("@errspan/runtime", "@opentelemetry/api", "@opentelemetry/sdk-trace-node");
    await hosts[host]?.(project.directory);
  });

  afterAll(() => project.remove());

  it("should trace the program, and not what tracing itself is made of", async () => {
    const { code, stdout, stderr } = await project.run("node dist/main.mjs");
    expect([code, stdout.trim(), stderr]).toEqual([0, "later 0, later 2", ""]);
  });
});

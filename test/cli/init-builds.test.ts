import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { Project } from "../project.js";

/** Its markers and types are gone in what runs, and it brings its own way to show spans. */
const program = `import "./telemetry.EXT";

/** @traced */
async function charge(cents: number): Promise<string> {
  if (cents > 2000) throw new RangeError("The card's limit is 2000");
  return "paid";
}

charge(2490).catch((error: Error) => console.log(error.message));
`;

const telemetry = `import { ConsoleSpanExporter } from "@errspan/runtime/console";
import { NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";

new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(new ConsoleSpanExporter())] }).register();
`;

const withoutTypes = (text: string): string => text.replace("cents: number", "cents").replace(": Promise<string>", "").replace("(error: Error)", "(error)");
const external = "[/^@/]";
const tsconfig = JSON.stringify({ compilerOptions: { target: "ES2023", module: "NodeNext", strict: true, types: ["node"], rootDir: "src", outDir: "dist", skipLibCheck: true } });

interface Scaffold {
  /** Packages of this repository that build it, and the fixture that TypeScript comes from. */
  readonly tools: readonly string[];
  readonly from?: string;
  readonly files: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
  /** Whether the project has API 1.10, with which goes SDK 3. */
  readonly newerApi?: boolean;
  /** Whether init has to set up OpenTelemetry. */
  readonly withoutSdk?: boolean;
}

const javascript = { "src/main.js": withoutTypes(program).replace("EXT", "js"), "src/telemetry.js": telemetry };
const typescript = { "src/main.ts": program.replace("EXT", "ts"), "src/telemetry.ts": telemetry };
const compiled = { "src/main.ts": program.replace('import "./telemetry.EXT";\n\n', ""), "tsconfig.json": tsconfig };

/** webpack's, Rspack's and Farm's commands are packages of their own. */
const runner = (name: string, config: string): string => `import { ${name} } from "${name === "rspack" ? "@rspack/core" : name}";
import config from "./${config}";
${name}(config).run((error, stats) => { if (error || stats.hasErrors()) { console.error(error ?? stats.toString()); process.exit(1); } });
`;
const bundle = `export default {
  mode: "development",
  target: "node",
  entry: "./src/main.js",
  output: { filename: "main.cjs" },
};
`;

const scaffolds: Readonly<Record<string, Scaffold>> = {
  Vite: {
    tools: ["vite"],
    files: { ...typescript, "vite.config.ts": "import { defineConfig } from 'vite'\n\nexport default defineConfig({\n  build: { ssr: 'src/main.ts', minify: false },\n})\n" },
    scripts: { build: "vite build", start: "node dist/main.js" },
  },
  Rollup: {
    tools: ["rollup"],
    files: { ...javascript, "rollup.config.mjs": `export default { input: "src/main.js", external: ${external}, output: { dir: "dist" } };\n` },
    scripts: { build: "rollup -c --silent", start: "node dist/main.js" },
  },
  Rolldown: {
    tools: ["rolldown"],
    files: { ...typescript, "rolldown.config.js": `const config = {\n  input: "src/main.ts",\n  external: ${external},\n};\n\nexport default config;\n` },
    scripts: { build: "rolldown -c", start: "node dist/main.js" },
  },
  tsup: {
    tools: ["tsup"],
    files: typescript,
    scripts: { build: "tsup src/main.ts --format esm --silent", start: "node dist/main.js" },
  },
  tsdown: {
    tools: ["tsdown"],
    files: { ...typescript, "tsdown.config.js": 'import { defineConfig } from "tsdown";\n\nexport default defineConfig({\n  entry: "src/main.ts",\n  logLevel: "error",\n});\n' },
    scripts: { build: "tsdown", start: "node dist/main.mjs" },
  },
  webpack: {
    tools: ["webpack"],
    files: { ...javascript, "webpack.config.js": bundle, "build.js": runner("webpack", "webpack.config.js").replace("{ webpack }", "webpack") },
    scripts: { build: "node build.js", start: "node dist/main.cjs" },
  },
  Rspack: {
    tools: ["@rspack/core"],
    files: { ...javascript, "rspack.config.mjs": bundle, "build.js": runner("rspack", "rspack.config.mjs") },
    scripts: { build: "node build.js", start: "node dist/main.cjs" },
  },
  Farm: {
    tools: ["@farmfe/core"],
    files: {
      ...typescript,
      "farm.config.ts": `import { defineConfig } from "@farmfe/core";

export default defineConfig({
  compilation: {
    input: { main: "src/main.ts" },
    output: { path: "dist", targetEnv: "node", format: "esm", entryFilename: "[entryName].js" },
    external: ["^@"],
    persistentCache: false,
  },
});
`,
      "build.js": 'import { build } from "@farmfe/core";\n\nawait build({ configPath: import.meta.dirname });\n',
    },
    scripts: { build: "node build.js", start: "node dist/main.js" },
  },
  "TypeScript 6, compiled by tsc": {
    tools: ["typescript", "ts-patch", "@types/node", "undici-types"],
    files: compiled,
    scripts: { build: "tsc", start: "node dist/main.js" },
    withoutSdk: true,
  },
  "TypeScript 7": {
    tools: ["@types/node", "undici-types"],
    from: "typescript-7",
    files: compiled,
    scripts: { build: "tsc -p tsconfig.json", start: "node dist/main.js" },
    withoutSdk: true,
  },
  "JavaScript that Node runs": {
    tools: [],
    files: { "server.js": withoutTypes(program).replace('import "./telemetry.EXT";\n\n', "") },
    scripts: { build: "node --version", start: "node server.js" },
    withoutSdk: true,
  },
  "OpenTelemetry's API 1.10": {
    tools: [],
    newerApi: true,
    files: { "server.js": withoutTypes(program).replace('import "./telemetry.EXT";\n\n', "") },
    scripts: { build: "node --version", start: "node server.js" },
    withoutSdk: true,
  },
};

/** What npm finds for a script, here without it: commands of linked packages are in no `.bin`. */
const executables: Readonly<Record<string, string>> = {
  vite: "node node_modules/vite/bin/vite.js",
  rollup: "node node_modules/rollup/dist/bin/rollup",
  rolldown: "node node_modules/rolldown/bin/cli.mjs",
  tsup: "node node_modules/tsup/dist/cli-default.js",
  tsdown: "node node_modules/tsdown/dist/run.mjs",
  tspc: "node node_modules/ts-patch/bin/tspc.js",
  errspan: "node node_modules/@errspan/transformer/bin/errspan.js",
};

const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/${name}/node_modules`, import.meta.url));

const runnable = (script = ""): string => script.replace(/^\w+/, (tool) => executables[tool] ?? tool);

it.concurrent.each(Object.entries(scaffolds))("a project with %s: errspan init writes what makes it traced", async (_, { tools, from, files, scripts, newerApi, withoutSdk }) => {
  const project = await Project.create();
  try {
    await project.link("@errspan/transformer", "@errspan/runtime", ...tools);
    if (newerApi === true) await project.linkFrom(fixture("opentelemetry-3"), ["@opentelemetry/api", "@opentelemetry/context-async-hooks", "@opentelemetry/sdk-trace"]);
    else await project.link("@opentelemetry/api", "@opentelemetry/sdk-trace-node");
    if (from !== undefined) await project.linkFrom(fixture(from), ["typescript"]);
    const packages = newerApi === true ? ["@opentelemetry/api"] : withoutSdk === true ? tools : [...tools, "@opentelemetry/sdk-trace-node"];
    await project.write("package.json", JSON.stringify({ type: "module", scripts, dependencies: Object.fromEntries(["@errspan/runtime", ...packages].map((name) => [name, "*"])) }, null, 2));
    for (const [file, text] of Object.entries(files)) await project.write(file, text);
    const must = async (command: string): Promise<string> => {
      const { code, stderr, stdout } = await project.run(command);
      expect([code, stderr, command]).toEqual([0, "", command]);
      return stdout;
    };
    await must("node node_modules/@errspan/transformer/bin/errspan.js init --yes");
    const written = (JSON.parse(await project.read("package.json")) as { scripts: Record<string, string> }).scripts;
    await must(runnable(written["build"]));
    const output = await must(runnable(written["start"]));
    expect(output).toContain("The card's limit is 2000\n");
    expect(output).toMatch(/✗ {2}charge .*\b(?:src\/main|server)\.[jt]s:\d+:1\n.*RangeError: The card's limit is 2000\n/);
  } finally {
    await project.remove();
  }
});

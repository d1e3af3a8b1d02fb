import { afterEach, beforeEach, describe, expect, it } from "vitest";
import webpack from "webpack";
import { Project } from "../../project.js";

const marked = "/** @traced */\nexport function pay() {\n  throw new Error('no');\n}\n";

/** A loader that puts two lines in front, and says so in a map. */
const shifting = `
module.exports = function shift(source) {
  const lines = source.split("\\n").map((_, line) => line === 0 ? "AAAA" : "AACA");
  const map = { version: 3, sources: [this.resourcePath], sourcesContent: [source], names: [], mappings: ";;" + lines.join(";") };
  this.callback(null, "// one\\n// two\\n" + source, map);
};
`;

describe("webpack", () => {
  let project: Project;

  beforeEach(async () => {
    project = await Project.create();
    await project.write("package.json", '{ "type": "module" }');
    await project.link("@errspan/transformer", "@errspan/runtime", "@opentelemetry/api");
    await project.write("src/pay.js", marked);
    await project.write("src/main.js", 'export * from "./pay.js";\n');
    await project.write("shift.cjs", shifting);
  });

  afterEach(async () => {
    await project.remove();
  });

  /** Builds src/main.js in a process of its own and gives back the bundle. */
  async function build(config: Partial<webpack.Configuration>, plugin = ""): Promise<string> {
    const whole = {
      mode: "development",
      devtool: "source-map",
      target: "node",
      entry: "./src/main.js",
      experiments: { outputModule: true },
      output: { filename: "main.js", library: { type: "module" } },
      externalsType: "module",
      externals: ["@errspan/runtime/emit"],
      ...config,
    };
    const patterns = (_: string, value: unknown): unknown => (value instanceof RegExp ? { pattern: value.source } : value);
    await project.write(
      "build.js",
      `import webpack from ${JSON.stringify(import.meta.resolve("webpack"))};
import errspan from "@errspan/transformer/webpack";
const config = JSON.parse(${JSON.stringify(JSON.stringify(whole, patterns))}, (_, value) => value?.pattern ? new RegExp(value.pattern) : value);
const compiler = webpack({ ...config, plugins: [${plugin}] });
compiler.run((error, stats) => {
  if (error || stats.hasErrors() || stats.hasWarnings()) console.error(error ?? stats.toString());
  compiler.close(() => {});
});
`,
    );
    const { stderr } = await project.run("node build.js");
    expect(stderr).toBe("");
    return project.read("dist/main.js");
  }

  const loader = { test: /\.js$/, enforce: "pre" as const, use: "@errspan/transformer/loader" };
  const enters = (code: string): number => code.split(".enter(").length - 1;

  it("should trace a function once where loader and plugin are both there", async () => {
    const once = await build({}, "errspan()");
    expect(enters(once)).toBe(1);
    expect(await build({ module: { rules: [loader] } }, "errspan()")).toBe(once);
  });

  it.each([
    ["loader", { use: ["@errspan/transformer/loader", "./shift.cjs"] }, ""],
    ["plugin", { enforce: "pre" as const, use: "./shift.cjs" }, "errspan()"],
  ])("should have maps that lead behind what ran before the %s", async (_, rule, plugin) => {
    await build({ module: { rules: [{ test: /pay\.js$/, ...rule }] } }, plugin);
    await project.write("run.js", 'import("./dist/main.js").then(({ pay }) => { try { pay(); } catch (error) { console.log(error.stack); } });\n');
    const { stdout } = await project.run("node --enable-source-maps run.js");
    expect(stdout).toMatch(/src\/pay\.js:3:/);
  });

  it.each([
    ["loader", [loader], ""],
    ["plugin", [], "errspan()"],
  ])("should build anew with the %s when the config has changed, with a cache on the disk", async (_, rules, plugin) => {
    await project.write("src/pay.js", marked.replace("@traced", ""));
    await project.write("errspan.config.json", '{ "select": [] }');
    const config: Partial<webpack.Configuration> = { cache: { type: "filesystem" }, module: { rules } };
    expect(enters(await build(config, plugin))).toBe(0);
    expect(enters(await build(config, plugin))).toBe(0);
    await project.write("errspan.config.json", '{ "select": [{ "functions": "all" }] }');
    expect(enters(await build(config, plugin))).toBe(1);
  });

  it("should build anew when the plugin's options have changed, with a cache on the disk", async () => {
    await project.write("src/pay.js", marked.replace("@traced", ""));
    const cache: webpack.Configuration["cache"] = { type: "filesystem" };
    expect(enters(await build({ cache }, "errspan()"))).toBe(0);
    expect(enters(await build({ cache }, 'errspan({ select: [{ functions: "all" }] })'))).toBe(1);
    // Nothing is said of an unused selector where the modules come from the cache.
    expect(enters(await build({ cache }, 'errspan({ select: [{ functions: "all" }] })'))).toBe(1);
  });

  it.each([
    ["loader", [loader], ""],
    ["plugin", [], "errspan()"],
  ])("should have the text of a file left alone by the %s", async (_, rules, plugin) => {
    const raw = { resourceQuery: /raw|verbatim/, type: "asset/source" };
    for (const query of ["raw", "verbatim"]) {
      await project.write("src/main.js", `export { default as text } from "./pay.js?${query}";\n`);
      const code = await build({ module: { rules: [raw, ...rules] } }, plugin);
      expect(code).toContain("@traced");
      expect(enters(code)).toBe(0);
    }
  });
});

#!/usr/bin/env node
// Runs the tests of a whole project three times: as it is, with every function of its sources rewritten, and rewritten with an SDK registered.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import ts from "typescript";
import { bundleModule } from "./bundle.ts";
import { countTests } from "./projects/counts.mjs";

const HELP = `node test/conformance/projects.mjs --project PATH --files GLOB --command "npx mocha" [options]

  --project PATH       a project whose dependencies are installed and whose tests pass; put back as it was afterwards
  --files GLOB         its sources; repeatable
  --exclude GLOB       what of them is left alone (tests, say); repeatable
  --command TEXT       what runs its tests
  --sdk-argument TEXT  added to the command when the SDK is registered, for runners that do not look at NODE_OPTIONS
                       in the tests' own realm (Jest: "--setupFiles={sdk-cjs}"); {sdk} stands for the file to load,
                       {sdk-cjs} for the same in one CommonJS file
  --rewriter NAME      text (default) or tree
  --output DIR         where the tests' whole output is kept, a file for each run
  --again              leaves out the run of the project as it is
  --verbose            prints the end of the tests' output
`;

const { values } = parseArgs({
  options: {
    project: { type: "string" },
    files: { type: "string", multiple: true, default: [] },
    exclude: { type: "string", multiple: true, default: [] },
    command: { type: "string" },
    "sdk-argument": { type: "string", default: "" },
    rewriter: { type: "string", default: "text" },
    output: { type: "string" },
    again: { type: "boolean", default: false },
    verbose: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (values.help || !values.project || !values.command || values.files.length === 0) {
  console.log(HELP);
  process.exit(values.help ? 0 : 2);
}

const repository = fileURLToPath(new URL("../../", import.meta.url));
const project = path.resolve(values.project);
const sdk = fileURLToPath(new URL("projects/sdk.mjs", import.meta.url));
const temporary = fs.mkdtempSync(path.join(os.tmpdir(), "errspan-project-"));
const seenFile = path.join(temporary, "seen.jsonl");
const sdkScript = path.join(temporary, "node_modules/sdk.cjs");
const { plan, rewriteText, rewriteTree } = await import(await bundleModule("test/conformance/test262/transformer.ts", "projects-transformer"));

/** The helpers as an installed package, bundled from the sources, in both module systems and with their types. */
async function installRuntime() {
  const modules = path.join(project, "node_modules");
  const target = path.join(modules, "@errspan/runtime");
  fs.mkdirSync(target, { recursive: true });
  for (const [format, name] of [["esm", "emit.mjs"], ["cjs", "emit.cjs"]]) {
    await build({
      entryPoints: [`${repository}runtime/src/emit.ts`],
      outfile: path.join(target, name),
      bundle: true,
      packages: "external",
      format,
      target: "es2023",
      platform: "node",
      logLevel: "error",
    });
  }
  const { config } = ts.readConfigFile(`${repository}runtime/tsconfig.build.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, `${repository}runtime`);
  const declarations = { ...options, outDir: target, emitDeclarationOnly: true };
  ts.createProgram([`${repository}runtime/src/emit.ts`], declarations).emit();
  const exports = { "./emit": { types: "./emit.d.ts", import: "./emit.mjs", require: "./emit.cjs" } };
  fs.writeFileSync(path.join(target, "package.json"), JSON.stringify({ name: "@errspan/runtime", version: "0.0.0", exports }));
  const api = path.join(modules, "@opentelemetry/api");
  if (!fs.existsSync(api)) {
    fs.mkdirSync(path.dirname(api), { recursive: true });
    fs.symlinkSync(path.join(repository, "node_modules/@opentelemetry/api"), api, "dir");
  }
  await build({ entryPoints: [sdk], outfile: sdkScript, bundle: true, format: "cjs", target: "es2023", platform: "node", logLevel: "error" });
}

function moduleFormat(file) {
  if (/\.[cm][jt]s$/.test(file)) return file.includes(".c") ? "commonjs" : "module";
  if (/\.tsx?$/.test(file)) return "module";
  for (let directory = path.dirname(file); directory.startsWith(project); directory = path.dirname(directory)) {
    const manifest = path.join(directory, "package.json");
    if (fs.existsSync(manifest)) return JSON.parse(fs.readFileSync(manifest, "utf8")).type === "module" ? "module" : "commonjs";
  }
  return "commonjs";
}

function rewrite(code, file) {
  const planned = plan(code, { filename: file, root: project, format: moduleFormat(file), config: { select: [{ functions: "all" }] } });
  if (values.rewriter === "text") return { code: rewriteText(code, planned)?.code ?? code, planned };
  const { outputText } = ts.transpileModule(code, {
    fileName: file,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: planned.format === "module" ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS,
      jsx: ts.JsxEmit.Preserve,
      verbatimModuleSyntax: planned.format === "module",
      alwaysStrict: false,
      ignoreDeprecations: "6.0",
      allowJs: true,
    },
    transformers: { before: [(context) => (source) => rewriteTree(ts, source, planned, planned.format, context).sourceFile] },
  });
  return { code: outputText, planned };
}

function runTests(label, withSdk) {
  fs.rmSync(seenFile, { force: true });
  const suffix = withSdk ? ` ${values["sdk-argument"].replaceAll("{sdk}", sdk).replaceAll("{sdk-cjs}", sdkScript)}` : "";
  const start = performance.now();
  const { stdout, stderr, status } = spawnSync(`${values.command}${suffix}`, {
    cwd: project,
    shell: true,
    encoding: "utf8",
    maxBuffer: 1 << 29,
    env: { ...process.env, ...(withSdk && { NODE_OPTIONS: `--import=${sdk}`, ERRSPAN_SEEN: seenFile }) },
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  const output = `${stdout}\n${stderr}`;
  if (values.output) {
    fs.mkdirSync(values.output, { recursive: true });
    fs.writeFileSync(path.join(values.output, `${label.replaceAll(/\W+/g, "-")}.log`), output);
  }
  if (values.verbose) console.log(`--- ${label}\n${output.slice(-6000)}`);
  const { runner, ...counts } = countTests(output) ?? { runner: "unknown", passed: "?", failed: "?", skipped: "?" };
  return { run: label, runner, ...counts, exit: status, seconds, spans: withSdk ? spansSeen() : "" };
}

function spansSeen() {
  if (!fs.existsSync(seenFile)) return "none";
  const all = fs.readFileSync(seenFile, "utf8").trim().split("\n").map((line) => JSON.parse(line));
  const sum = (key) => all.reduce((total, each) => total + each[key], 0);
  return `${sum("started")} started, ${sum("ended")} ended, ${sum("children")} below another, ${sum("errors")} errors`;
}

const rows = values.again ? [] : [runTests("as it is", false)];
const files = fs.globSync(values.files, { cwd: project, exclude: values.exclude }).filter((file) => /\.[cm]?[jt]sx?$/.test(file) && !file.endsWith(".d.ts"));
const originals = new Map();
const restore = () => { for (const [file, code] of originals) fs.writeFileSync(file, code); };
process.on("exit", restore);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(1));
await installRuntime();
let functions = 0;
const diagnostics = [];
const times = [];
for (const name of files) {
  const file = path.join(project, name);
  const code = fs.readFileSync(file, "utf8");
  const start = performance.now();
  const result = rewrite(code, file);
  times.push({ name, milliseconds: performance.now() - start, kilobytes: code.length / 1024 });
  functions += result.planned.functions.length;
  diagnostics.push(...result.planned.diagnostics);
  originals.set(file, code);
  fs.writeFileSync(file, result.code);
}
console.log(`${files.length} files, ${functions} functions rewritten (${values.rewriter})`);
if (functions === 0) {
  console.error("Nothing is rewritten, so nothing would be tried. Are these the sources, and as they were written?");
  process.exit(2);
}
times.sort((one, other) => other.milliseconds - one.milliseconds);
for (const { name, milliseconds, kilobytes } of times.slice(0, 2)) console.log(`  ${milliseconds.toFixed(0)} ms for ${name} (${kilobytes.toFixed(0)} kB)`);
for (const { code, file, line, message } of diagnostics) console.log(`  ${code} ${file}:${line} ${message}`);
rows.push(runTests("rewritten", false), runTests("rewritten, SDK", true));
console.table(rows);

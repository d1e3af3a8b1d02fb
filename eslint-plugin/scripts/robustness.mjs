// Runs every rule, with the strict options and all functions asked for their errors, over directories of any code, and
// prints the crashes and the slowest files.
//
//   node eslint-plugin/scripts/robustness.mjs [--types] [--slowest 5] <directory or file>…
//
// With `--types` the TypeScript files of each directory become one program; nothing need be installed in it. Files that
// the parser refuses are counted and left out. Build the plugin first.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import ts from "typescript";
import plugin from "../dist/esm/index.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { types: { type: "boolean" }, slowest: { type: "string", default: "5" } },
});

const source = /\.(?:[cm]?[jt]s|[jt]sx)$/;

function* filesIn(path) {
  if (statSync(path).isFile()) yield path;
  else {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (entry.name === ".git" || entry.isSymbolicLink()) continue;
      if (entry.isDirectory() || source.test(entry.name)) yield* filesIn(join(path, entry.name));
    }
  }
}

const strict = plugin.configs["strict-type-checked"].rules;
const rules = Object.fromEntries(Object.keys(plugin.rules).map((name) => [`errspan/${name}`, strict[`errspan/${name}`] ?? "error"]));
rules["errspan/declared-throws"] = ["error", { functions: "all" }];

function programOf(files) {
  return ts.createProgram(files, {
    target: ts.ScriptTarget.ES2024,
    module: ts.ModuleKind.NodeNext,
    jsx: ts.JsxEmit.Preserve,
    strict: true,
    allowJs: true,
    skipLibCheck: true,
    experimentalDecorators: true,
    noEmit: true,
    types: ["node"],
    typeRoots: [fileURLToPath(new URL("../../node_modules/@types", import.meta.url))],
  });
}

let crashed = 0;
for (const given of positionals.map((each) => resolve(each))) {
  const directory = statSync(given).isFile() ? dirname(given) : given;
  const files = [...filesIn(given)];
  const program = values.types ? programOf(files) : undefined;
  const times = [];
  let refused = 0;
  let crashes = 0;
  let reports = 0;
  for (const path of files) {
    const parserOptions = { ecmaFeatures: { jsx: /\.(?:[jt]sx|[cm]?js)$/.test(path) }, ...(program ? { programs: [program] } : {}) };
    const config = {
      files: ["**/*.{js,mjs,cjs,ts,mts,cts,jsx,tsx}"],
      linterOptions: { reportUnusedDisableDirectives: "off", noInlineConfig: true },
      languageOptions: { parser, parserOptions },
      plugins: { errspan: plugin },
      rules,
    };
    const start = performance.now();
    try {
      const found = new Linter({ cwd: directory }).verify(readFileSync(path, "utf8"), [config], path);
      if (found.some(({ fatal }) => fatal)) refused++;
      else reports += found.filter(({ ruleId }) => ruleId).length;
    } catch (error) {
      crashes++;
      console.log(`CRASH in ${relative(directory, path)}: ${error.stack}`);
    }
    times.push({ path, time: performance.now() - start });
  }
  console.log(`${given}: ${files.length} files, ${crashes} crashes, ${refused} refused by the parser, ${reports} reports`);
  times.sort((one, other) => other.time - one.time);
  for (const { path, time } of times.slice(0, Number(values.slowest))) console.log(`${time.toFixed(0).padStart(8)} ms  ${relative(directory, path)}`);
  crashed += crashes;
}
process.exitCode = crashed > 0 ? 1 : 0;

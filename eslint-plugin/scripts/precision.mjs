// Lints projects with one of the configs as they are, without their own settings and disable comments, and prints how
// many reports each rule makes, and a sample of them to be read by eye.
//
//   node eslint-plugin/scripts/precision.mjs [--config recommended] [--sample 25] [--seed 1] [--rule name] <directory>…
//
// The sample is drawn from all reports by the seed, so that anybody gets the same one. Build the plugin first.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import plugin from "../dist/esm/index.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    config: { type: "string", default: "recommended" },
    sample: { type: "string", default: "25" },
    seed: { type: "string", default: "1" },
    rule: { type: "string" },
  },
});

const left = /^(?:node_modules|dist|build|out|coverage|fixtures?|__fixtures__|__tests__|tests?|e2e|\.git|vendor)$/;
const source = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const notSource = /\.d\.[cm]?ts$|\.min\.js$|\.(?:test|spec|e2e-spec|stories)\.[cm]?[jt]sx?$/;

function* filesIn(directory) {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) {
      if (!left.test(entry.name)) yield* filesIn(path);
    } else if (entry.isFile() && source.test(entry.name) && !notSource.test(entry.name)) yield path;
  }
}

/** A small generator of numbers that gives the same row for the same seed (mulberry32). */
function generator(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const own = Object.entries(plugin.configs[values.config].rules).filter(([rule]) => rule.startsWith("errspan/") && (!values.rule || rule === `errspan/${values.rule}`));
const config = (tsx) => ({
  files: ["**/*.{js,mjs,cjs,ts,mts,cts,jsx,tsx}"],
  linterOptions: { reportUnusedDisableDirectives: "off", noInlineConfig: true },
  languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: tsx } } },
  plugins: { errspan: plugin },
  rules: Object.fromEntries(own),
});

for (const directory of positionals.map((each) => resolve(each))) {
  const reports = [];
  let files = 0;
  let crashes = 0;
  for (const path of filesIn(directory)) {
    files++;
    const text = readFileSync(path, "utf8");
    try {
      const linter = new Linter({ cwd: directory });
      for (const found of linter.verify(text, [config(/\.(?:[jt]sx|[cm]?js)$/.test(path))], path)) if (found.ruleId) reports.push({ path, text, ...found });
    } catch (error) {
      crashes++;
      console.log(`CRASH in ${path}: ${error.stack}`);
    }
  }
  console.log(`\n# ${directory}: ${files} files, ${reports.length} reports, ${crashes} crashes`);
  const byRule = Map.groupBy(reports, ({ ruleId }) => ruleId);
  for (const [rule, list] of [...byRule].sort((one, other) => other[1].length - one[1].length)) console.log(`${String(list.length).padStart(6)} ${rule}`);
  const random = generator(Number(values.seed));
  const drawn = reports.map((report) => ({ report, key: random() })).sort((one, other) => one.key - other.key).slice(0, Number(values.sample));
  for (const [index, { report }] of drawn.entries()) {
    const lines = report.text.split("\n");
    console.log(`\n## ${index + 1}. ${report.ruleId} (${report.messageId}) ${relative(directory, report.path)}:${report.line}`);
    console.log(lines.slice(Math.max(0, report.line - 9), report.line + 7).map((line, at) => `${at + Math.max(0, report.line - 9) + 1 === report.line ? ">" : " "} ${line.slice(0, 150)}`).join("\n"));
  }
}

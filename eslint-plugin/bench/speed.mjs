// How much time the rules take on a tree of TypeScript files, beside typescript-eslint's rules of the same kind.
//
//   node eslint-plugin/bench/speed.mjs <directory> [--rounds 3] [--rule name] [--oxlint]
//
// All `.ts` and `.tsx` files below the directory become one program; nothing need be installed in it. The program is
// built before the clock starts; ESLint's own statistics say what each rule takes after that, scaled by the share of
// that time in which the thread had a processor at all. typescript-eslint's rules come first, so that the types they
// ask for are paid for by them, as in a project that has them switched on; a second table has both sets alone, each
// with a program of its own. Build the plugin first.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import * as parser from "@typescript-eslint/parser";
import { ESLint } from "eslint";
import ts from "typescript";
import tseslint from "typescript-eslint";
import plugin from "../dist/esm/index.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: "string", default: "3" }, rule: { type: "string" }, oxlint: { type: "boolean" } },
});
const [given] = positionals;
if (!given) throw new Error("Name the directory to lint.");
const directory = realpathSync(resolve(given));
const pattern = /\.tsx?$/;
const left = /^(?:node_modules|dist|build|coverage|\.git)$/;

function* filesIn(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!left.test(entry.name)) yield* filesIn(path);
    } else if (entry.isFile() && pattern.test(entry.name)) yield path;
  }
}

const files = [...filesIn(directory)];
const lines = files.reduce((sum, file) => sum + readFileSync(file, "utf8").split("\n").length, 0);

/** A fresh program each time: the checker keeps what it has worked out. */
function program() {
  const made = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2024,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    jsx: ts.JsxEmit.Preserve,
    strict: true,
    skipLibCheck: true,
    experimentalDecorators: true,
    esModuleInterop: true,
    noEmit: true,
    types: ["node"],
    typeRoots: [fileURLToPath(new URL("../../node_modules/@types", import.meta.url))],
  });
  made.getTypeChecker();
  return made;
}

const theirs = { "@typescript-eslint/no-floating-promises": "error", "@typescript-eslint/no-misused-promises": "error" };
const all = plugin.configs["strict-type-checked"].rules;
const ours = Object.fromEntries(Object.entries(all).filter(([rule]) => rule.startsWith("errspan/") && (!values.rule || rule === `errspan/${values.rule}`)));

/** Milliseconds by rule. */
async function timesOf(rules) {
  const eslint = new ESLint({
    cwd: directory,
    overrideConfigFile: true,
    stats: true,
    ignore: false,
    overrideConfig: {
      files: ["**/*.{ts,tsx}"],
      linterOptions: { reportUnusedDisableDirectives: "off", noInlineConfig: true },
      languageOptions: { parser, parserOptions: { programs: [program()] } },
      plugins: { errspan: plugin, "@typescript-eslint": tseslint.plugin },
      rules,
    },
  });
  const start = performance.now();
  const before = process.threadCpuUsage();
  const results = await eslint.lintFiles(files);
  const { user, system } = process.threadCpuUsage(before);
  // On a machine that others use too the clock runs on while the process waits for its turn.
  const share = Math.min(1, (user + system) / 1000 / (performance.now() - start));
  const fatal = results.find(({ fatalErrorCount }) => fatalErrorCount > 0);
  if (fatal) console.error(`${fatal.filePath}: ${fatal.messages[0]?.message}`);
  const times = {};
  for (const { stats } of results) {
    for (const pass of stats.times.passes) for (const [rule, { total }] of Object.entries(pass.rules ?? {})) times[rule] = (times[rule] ?? 0) + total * share;
  }
  return times;
}

async function best(rules) {
  let best = {};
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [rule, time] of Object.entries(await timesOf(rules))) best[rule] = Math.min(best[rule] ?? Infinity, time);
  }
  return best;
}

const sum = (times, prefix) => Object.entries(times).reduce((total, [rule, time]) => total + (rule.startsWith(prefix) ? time : 0), 0);
const ms = (time) => `${time.toFixed(0).padStart(6)} ms`;

console.log(`${files.length} files, ${lines} lines; Node ${process.versions.node}; best of ${values.rounds}; ${availableParallelism()} processors`);
const together = await best({ ...theirs, ...ours });
console.log("\nIn one run, theirs first:");
for (const [rule, time] of Object.entries(together).sort((one, other) => other[1] - one[1])) console.log(`${ms(time)}  ${rule}`);
const [own, other] = [sum(together, "errspan/"), sum(together, "@")];
console.log(`${ms(own)}  all of ours: ${(own / other).toFixed(2)} × typescript-eslint's two`);

const [alone, theirsAlone] = [sum(await best(ours), ""), sum(await best(theirs), "")];
console.log("\nEach set alone, types paid for:");
console.log(`${ms(alone)}  ours\n${ms(theirsAlone)}  typescript-eslint's two (${(alone / theirsAlone).toFixed(2)} ×)`);

if (values.oxlint) {
  const oxlint = fileURLToPath(new URL("../../fixtures/linters/node_modules/oxlint/bin/oxlint", import.meta.url));
  const fragment = JSON.parse(readFileSync(new URL("../oxlintrc.json", import.meta.url), "utf8"));
  fragment.jsPlugins[0].specifier = fileURLToPath(new URL("../dist/esm/index.js", import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), "errspan-oxlint-"));
  const time = (config) => {
    writeFileSync(join(folder, "oxlintrc.json"), JSON.stringify(config));
    let least = Infinity;
    for (let round = 0; round < Number(values.rounds); round++) {
      const start = performance.now();
      const { stdout, status, error } = spawnSync(process.execPath, [oxlint, "-c", join(folder, "oxlintrc.json"), "--format", "unix", directory], { maxBuffer: 1 << 28, encoding: "utf8" });
      if (error || status === null || /rror running JS plugin/.test(stdout)) throw error ?? new Error(stdout.slice(0, 2000));
      least = Math.min(least, performance.now() - start);
    }
    return least;
  };
  console.log(`\noxlint over the tree:\n${ms(time(fragment))}  with the fragment\n${ms(time({ rules: {} }))}  without it`);
  rmSync(folder, { recursive: true });
}

#!/usr/bin/env node
// Runs test262 with every function of every test rewritten, and reports the tests that pass unrewritten and fail rewritten.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { bundleModule, bundleRuntime } from "./bundle.ts";
import { listJobs, mayDiffer } from "./test262/jobs.mjs";
import { runJobs } from "./test262/pool.mjs";

const HELP = `node test/conformance/test262.mjs --root PATH [options]

  --root PATH        a checkout of tc39/test262
  --rewriter NAME    text (default) or tree; repeatable
  --tracing MODE     off (default) or on; repeatable
  --node FILE        the Node that runs the tests (default: this one)
  --filter REGEXP    only test files that match; repeatable
  --processes N      how many tests run at once (default: the machine's cores)
  --verbose          print every failing test
`;

const { values } = parseArgs({
  options: {
    root: { type: "string" },
    rewriter: { type: "string", multiple: true, default: ["text"] },
    tracing: { type: "string", multiple: true, default: ["off"] },
    node: { type: "string", default: process.execPath },
    filter: { type: "string", multiple: true, default: [] },
    processes: { type: "string", default: String(os.availableParallelism()) },
    verbose: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (values.help || !values.root) {
  console.log(HELP);
  process.exit(values.help ? 0 : 2);
}

const root = path.resolve(values.root);
const { node } = values;
const version = execFileSync(node, ["-p", "process.version"], { encoding: "utf8" }).trim();
const transformer = await bundleModule("test/conformance/test262/transformer.ts", "test262-transformer");
const runtimeFile = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "errspan-test262-")), "runtime.js");
fs.writeFileSync(runtimeFile, await bundleRuntime());
const jobs = listJobs(root, values.filter.map((filter) => new RegExp(filter)));

function run(list, rewriter, tracing, rewritten, label) {
  const settings = { root, rewriter, tracing, rewritten, runtimeFile, transformer };
  return runJobs(list, { node, processes: Number(values.processes), settings, label });
}

/** A test counts as failing when it fails twice rewritten and passes again unrewritten. */
async function confirm(failing, rewriter, tracing) {
  const again = await run(failing.map((job) => ({ ...job, alone: true })), rewriter, tracing, true, "failing tests again");
  const still = failing.filter(({ id }) => !again.results.get(id).ok);
  const unrewritten = await run(still.map((job) => ({ ...job, alone: true })), rewriter, tracing, false, "failing tests unrewritten");
  return still.filter(({ id }) => unrewritten.results.get(id).ok).map((job) => ({ ...job, message: again.results.get(job.id).message }));
}

const rows = [];
let failed = false;
for (const rewriter of new Set(values.rewriter)) {
  const baseline = await run(jobs, rewriter, "off", false, `${rewriter}, unrewritten`);
  const passing = jobs.filter(({ id }) => baseline.results.get(id)?.ok);
  for (const tracing of new Set(values.tracing)) {
    const { results, counts } = await run(passing, rewriter, tracing, true, `${rewriter}, tracing ${tracing}`);
    const failures = await confirm(passing.filter(({ id }) => !results.get(id)?.ok), rewriter, tracing);
    const expected = failures.filter(({ file }) => mayDiffer(root, file));
    const unexpected = failures.filter(({ file }) => !mayDiffer(root, file));
    failed ||= unexpected.length > 0;
    const refused = counts.refused ?? 0;
    rows.push({
      node: version,
      rewriter,
      tracing,
      "jobs that pass unrewritten": passing.length,
      "read source text": expected.length,
      "fail": unexpected.length,
      "files": new Set(unexpected.map(({ file }) => file)).size,
      functions: counts.functions,
      refused,
      traced: `${((100 * counts.functions) / Math.max(1, counts.functions + refused)).toFixed(3)} %`,
    });
    console.log(`${rewriter}, tracing ${tracing}: ${JSON.stringify(counts)}`);
    for (const { id, message } of unexpected.slice(0, values.verbose ? Infinity : 20)) console.log(`  ${id}\n    ${message}`);
  }
}
console.table(rows);
process.exit(failed ? 1 : 0);

/** How the usual test runners print what passed, failed and was left out. */
const RUNNERS = [
  { name: "mocha", passed: /^\s*(\d+) passing/m, failed: /^\s*(\d+) failing/m, skipped: /^\s*(\d+) pending/m },
  { name: "node:test", passed: /^(?:ℹ|#) pass (\d+)/m, failed: /^(?:ℹ|#) fail (\d+)/m, skipped: /^(?:ℹ|#) skipped (\d+)/m },
  { name: "vitest", passed: /^\s*Tests .*?(\d+) passed/m, failed: /^\s*Tests .*?(\d+) failed/m, skipped: /^\s*Tests .*?(\d+) skipped/m },
  { name: "jest", passed: /^Tests: .*?(\d+) passed/m, failed: /^Tests: .*?(\d+) failed/m, skipped: /^Tests: .*?(\d+) skipped/m },
  { name: "lab", total: /^(?:\d+ of )?(\d+) tests (?:complete|failed)/m, failed: /^(\d+) of \d+ tests failed/m, skipped: /\((\d+) skipped\)/m },
];

const COLOURS = /\u001b\[[0-9;]*m/g;

/** The counts at the end of a test runner's output, or null where none of the known runners is recognised. */
export function countTests(output) {
  const text = output.replace(COLOURS, "");
  for (const { name, total, passed, failed, skipped } of RUNNERS) {
    if (!(total ?? passed).test(text) && !failed.test(text)) continue;
    const read = (pattern) => Number(pattern.exec(text)?.[1] ?? 0);
    return { runner: name, passed: total ? read(total) - read(failed) : read(passed), failed: read(failed), skipped: read(skipped) };
  }
  return null;
}

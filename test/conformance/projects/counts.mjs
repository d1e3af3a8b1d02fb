/** How the usual test runners print what passed, failed and was left out. */
const RUNNERS = [
  { name: "mocha", passed: /^\s*(\d+) passing/m, failed: /^\s*(\d+) failing/m, skipped: /^\s*(\d+) pending/m },
  { name: "node:test", passed: /^(?:ℹ|#) pass (\d+)/m, failed: /^(?:ℹ|#) fail (\d+)/m, skipped: /^(?:ℹ|#) skipped (\d+)/m },
  { name: "vitest", passed: /^\s*Tests .*?(\d+) passed/m, failed: /^\s*Tests .*?(\d+) failed/m, skipped: /^\s*Tests .*?(\d+) skipped/m },
  { name: "jest", passed: /^Tests: .*?(\d+) passed/m, failed: /^Tests: .*?(\d+) failed/m, skipped: /^Tests: .*?(\d+) skipped/m },
  { name: "uvu", total: /^\s*Total:\s+(\d+)$/m, passed: /^\s*Passed:\s+(\d+)$/m, skipped: /^\s*Skipped:\s+(\d+)$/m },
  { name: "TAP", passed: /^# pass +(\d+)/m, failed: /^# fail +(\d+)/m, skipped: /^# skip +(\d+)/m },
  { name: "ava", passed: /^\s*(\d+) tests? passed/m, failed: /^\s*(\d+) tests? failed/m, skipped: /^\s*(\d+) tests? (?:skipped|todo)/m },
  { name: "a tally", total: /^ *In total, \d+ of (\d+) tests passed/m, passed: /^ *In total, (\d+) of \d+ tests passed/m },
  { name: "lab", total: /^(?:\d+ of )?(\d+) tests (?:complete|failed)/m, failed: /^(\d+) of \d+ tests failed/m, skipped: /\((\d+) skipped\)/m },
];

const COLOURS = /\u001b\[[0-9;]*m/g;

/** The counts at the end of a test runner's output, or null where none of the known runners is recognised. */
export function countTests(output) {
  const text = output.replace(COLOURS, "");
  const count = (pattern) => {
    const found = pattern?.exec(text)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  for (const { name, ...patterns } of RUNNERS) {
    const total = count(patterns.total);
    const failed = count(patterns.failed) ?? (patterns.failed ? undefined : total - count(patterns.passed));
    const passed = count(patterns.passed) ?? (total === undefined ? undefined : total - (failed ?? 0));
    if (passed === undefined && !(failed >= 0)) continue;
    return { runner: name, passed: passed ?? 0, failed: failed ?? 0, skipped: count(patterns.skipped) ?? 0 };
  }
  return null;
}

import type { Reporter, TestModule } from "vitest/node";

/**
 * A vitest reporter that ends the output with one plain line, `N passed, N failed`, for people and programs that
 * read only the end. A file that cannot be loaded and an error outside any test count as failures.
 */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0;
    let failed = unhandledErrors.length;
    for (const module of modules) {
      let failedTests = 0;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") passed += 1;
        else if (state === "failed") failedTests += 1;
      }
      // A module can fail without any failed test: a syntax error, a hook that throws.
      failed += failedTests === 0 && !module.ok() ? 1 : failedTests;
    }
    // At exit, for other reporters and late warnings are to come before it.
    process.once("exit", () => {
      process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
    });
  }
}

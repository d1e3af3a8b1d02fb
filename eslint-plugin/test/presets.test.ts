import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { describe, expect, it } from "vitest";
import plugin from "../src/index.js";

/** Whether `recommended` calls the error lost, in a project with these presets. */
function isLost(handling: string, presets: string[] = []): boolean {
  const code = `async function f() { try { await store(order); } catch (error) { ${handling} } }`;
  const config = { languageOptions: { parser }, plugins: { errspan: plugin as never }, rules: plugin.configs.recommended.rules as Linter.RulesRecord, settings: { errspan: { presets } } };
  return new Linter().verify(code, [config]).some(({ ruleId }) => ruleId === "errspan/no-swallowed-error");
}

describe("presets", () => {
  it.each([
    ["pino", `logger.debug(error);`],
    ["winston", `logger.silly(error);`],
    ["bunyan", `log.trace(error);`],
    ["sentry", `Sentry.addBreadcrumb({ message: error.message });`],
    ["datadog", `dogstatsd.increment("store.failed", { error });`],
    ["opentelemetry", `span.addEvent("failed", { message: error.message });`],
  ])("of %s know what keeps no error: %s", (preset, handling) => {
    expect(isLost(handling, [preset])).toBe(true);
    // Without it, a call that is not known is given the benefit of the doubt.
    if (preset !== "pino") expect(isLost(handling)).toBe(false);
  });

  it.each([
    ["pino", `logger.error({ err: error }, "failed");`],
    ["winston", `logger.warn("failed", { error });`],
    ["bunyan", `log.fatal(error);`],
    ["sentry", `Sentry.captureException(error);`],
    ["sentry", `Sentry.withScope((scope) => { scope.setTag("a", 1); Sentry.captureException(error); });`],
    ["datadog", `datadogRum.addError(error);`],
    ["opentelemetry", `span.recordException(error); span.setStatus({ code: 2 });`],
    ["errspan", `recordError(error);`],
  ])("of %s know what deals with it: %s", (preset, handling) => {
    expect(isLost(handling, [preset])).toBe(false);
  });

  it("can be put together", () => {
    expect(isLost(`logger.debug(error); Sentry.addBreadcrumb(error);`, ["pino", "sentry"])).toBe(true);
    expect(isLost(`logger.debug(error); Sentry.captureException(error);`, ["pino", "sentry"])).toBe(false);
  });

  it("are named as they are, or the linter says which there are", () => {
    expect(() => isLost(``, ["sentri"])).toThrow(/no "sentri"; there are: .*sentry/);
  });
});

import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";

const run = promisify(execFile);
const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const project = path("../../fixtures/linters");
const eslints = {
  "ESLint 9": path("../../fixtures/linters/node_modules/eslint/bin/eslint.js"),
  "ESLint 10": path("../../node_modules/eslint/bin/eslint.js"),
};

/** What every linter has to find in the project: file, rule, line. */
const wanted = [
  "component.vue no-swallowed-error 7",
  "plain.js no-swallowed-error 4",
  "typed.ts no-floating-promises 6",
  "view.jsx no-silent-error-handler 1",
];

interface Outcome {
  code: number;
  stdout: string;
}

async function outcomeOf(script: string, ...args: string[]): Promise<Outcome> {
  try {
    const { stdout } = await run(process.execPath, [script, ...args], { cwd: project });
    return { code: 0, stdout };
  } catch (error) {
    const { code, stdout } = error as Outcome;
    return { code, stdout };
  }
}

interface Result {
  filePath: string;
  messages: { ruleId: string; line: number }[];
}

const nameOf = (file: string): string => file.split(/[\\/]/).at(-1) ?? file;

beforeAll(async () => {
  // Linters load the plugin as a user's do: the built package.
  await run(process.execPath, [path("../../scripts/build-package.mjs")], { cwd: path("..") });
  await run(process.execPath, [path("../scripts/commonjs-entry.mjs")], { cwd: path("..") });
});

describe.each(Object.entries(eslints))("%s with TypeScript 5.9", (_, eslint) => {
  it("finds the same in JavaScript, TypeScript with types, JSX and the script of a component", async () => {
    const { stdout } = await outcomeOf(eslint, "src", "--format", "json");
    const found = (JSON.parse(stdout) as Result[]).flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId, line }) => `${nameOf(filePath)} ${ruleId.replace("errspan/", "")} ${String(line)}`),
    );
    expect(found.sort()).toEqual(wanted);
  });
});

describe("adoption in an old code base", () => {
  it("suppresses what is there in bulk, and lets what is new fail", async () => {
    const suppressions = join(mkdtempSync(join(tmpdir(), "errspan-suppress-")), "suppressions.json");
    await outcomeOf(eslints["ESLint 10"], "src", "--suppress-all", "--suppressions-location", suppressions);
    expect(JSON.parse(readFileSync(suppressions, "utf8"))).toMatchObject({ "src/plain.js": { "errspan/no-swallowed-error": { count: 1 } } });
    expect(await outcomeOf(eslints["ESLint 10"], "src", "--suppressions-location", suppressions)).toMatchObject({ code: 0 });
    expect((await outcomeOf(eslints["ESLint 10"], "src")).code).toBe(1);
  });
});

describe("code scanning", () => {
  it("gets each finding with the page of its rule", async () => {
    const { stdout } = await outcomeOf(eslints["ESLint 9"], "src/plain.js", "--format", "@microsoft/eslint-formatter-sarif");
    const { runs } = JSON.parse(stdout) as { runs: { tool: { driver: { rules: object[] } }; results: object[] }[] };
    expect(runs[0]?.results).toMatchObject([{ ruleId: "errspan/no-swallowed-error", level: "error" }]);
    expect(runs[0]?.tool.driver.rules).toMatchObject([{ helpUri: expect.stringMatching(/docs\/rules\/no-swallowed-error\.md$/) as string }]);
  });
});

describe("oxlint", () => {
  it("runs the fragment's rules without types, also in a component's script", async () => {
    const { stdout } = await outcomeOf(path("../../fixtures/linters/node_modules/oxlint/bin/oxlint"), "src", "--format", "json");
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string; labels: { span: { line: number } }[] }[] };
    const found = diagnostics
      .filter(({ code }) => code.startsWith("errspan("))
      .map(({ code, filename, labels }) => `${nameOf(filename)} ${code.slice("errspan(".length, -1)} ${String(labels[0]?.span.line)}`);
    expect(found.sort()).toEqual(wanted);
  });
});

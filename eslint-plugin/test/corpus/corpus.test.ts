import "../transformer.js";
import { describe, expect, it } from "vitest";
import { lintCases, type Outcome, readCases, score } from "./corpus.js";

const cases = readCases();
const percent = (part: number, whole: number): string => `${part} of ${whole} (${((100 * part) / whole).toFixed(1)} %)`;
const title = ({ file, name }: Outcome): string => `${file}: ${name}`;

/** Prints the table of figures that the docs quote. */
function print(config: string, outcomes: Outcome[]): void {
  const files = [...new Set(outcomes.map(({ file }) => file))];
  const rows = [...files.map((file) => [file, outcomes.filter((outcome) => outcome.file === file)] as const), ["all", outcomes] as const];
  console.log(
    [
      `${config}:`,
      "| cases | defects found | sound code flagged |",
      "| --- | --- | --- |",
      ...rows.map(([name, list]) => {
        const { defects, found, sound, flagged } = score(list);
        return `| ${name} | ${percent(found, defects)} | ${percent(flagged, sound)} |`;
      }),
    ].join("\n"),
  );
  const wrong = outcomes.filter(({ verdict, findings }) => (verdict === "defect") !== findings.length > 0);
  if (process.env["SHOW"]) {
    for (const outcome of wrong) {
      console.log(`${outcome.verdict === "defect" ? "MISSED " : "FLAGGED"} ${title(outcome)} ${outcome.findings.map(({ rule, id }) => `${rule}/${id ?? ""}`).join(" ")}`);
    }
  }
}

describe("the corpus", () => {
  for (const [config, recall] of [
    ["strict-type-checked", 0.95],
    ["recommended", 0.75],
  ] as const) {
    it(`${config} finds at least ${recall * 100} % of the defects and flags at most 2 % of the sound code`, () => {
      const outcomes = lintCases(cases, config);
      print(config, outcomes);
      const { defects, found, sound, flagged } = score(outcomes);
      expect(found / defects).toBeGreaterThanOrEqual(recall);
      expect(flagged / sound).toBeLessThanOrEqual(0.02);
    }, 300_000);
  }
});

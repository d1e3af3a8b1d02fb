import { readdirSync, readFileSync } from "node:fs";
import type { ConfigName } from "../../src/index.js";
import { type Finding, lintWith } from "../lint.js";

/** One piece of code with what the plugin should say about it: something (`defect`) or nothing (`sound`). */
export interface Case {
  file: string;
  name: string;
  verdict: "defect" | "sound";
  code: string;
  tsx: boolean;
}

const directory = new URL("cases/", import.meta.url);
const heading = /^\/\/ (defect|sound|given): (.*)$/;
const jsx = /<\/\w*>|\s\/>/;

/**
 * Reads the cases. In a file each begins with a line `// defect: name` or `// sound: name`; a line `// given: code` at
 * the top is put in front of every case of the file.
 */
export function readCases(): Case[] {
  const cases: Case[] = [];
  for (const file of readdirSync(directory).sort()) {
    let given = "";
    let current: Case | undefined;
    for (const line of readFileSync(new URL(file, directory), "utf8").split("\n")) {
      const [, kind, text = ""] = heading.exec(line) ?? [];
      if (kind === "given") given = `${text}\n`;
      else if (kind === "defect" || kind === "sound") {
        current = { file, name: text, verdict: kind, code: given, tsx: false };
        cases.push(current);
      } else if (current) current.code += `${line}\n`;
    }
  }
  for (const entry of cases) entry.tsx = jsx.test(entry.code);
  return cases;
}

export interface Outcome extends Case {
  findings: Finding[];
}

/** Lints every case with one of the plugin's configs; rules that the configs switch on from elsewhere count too. */
export function lintCases(cases: readonly Case[], config: ConfigName): Outcome[] {
  return cases.map((entry) => {
    const findings = lintWith(config, entry.code, { tsx: entry.tsx });
    if (findings.some(({ rule }) => rule === "fatal")) throw new Error(`${entry.file}: "${entry.name}" does not parse: ${findings[0]?.message ?? ""}`);
    return { ...entry, findings };
  });
}

export interface Score {
  defects: number;
  found: number;
  sound: number;
  flagged: number;
}

export function score(outcomes: readonly Outcome[]): Score {
  const of = (verdict: Case["verdict"]): Outcome[] => outcomes.filter((outcome) => outcome.verdict === verdict);
  const reported = (list: Outcome[]): number => list.filter(({ findings }) => findings.length > 0).length;
  return {
    defects: of("defect").length,
    found: reported(of("defect")),
    sound: of("sound").length,
    flagged: reported(of("sound")),
  };
}

// Prints what a traced call costs, beside a bare one, what an expert writes by hand, and other libraries.
// npm run bench [-- rounds [scale [--write]]]; --write puts the table into docs/performance.md
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Figures, Mode } from "./mode.ts";

const [, , rounds = "61", scale = "1", write] = process.argv;
const modes: readonly Mode[] = ["off", "sampled out", "recording"];

const script = fileURLToPath(new URL("mode.ts", import.meta.url));
const rows: string[][] = [];
let names: string[] = [];
for (const mode of modes) {
  const command = ["--no-warnings", "--expose-gc", script, mode, rounds, scale];
  const figures = JSON.parse(execFileSync(process.execPath, command, { encoding: "utf8", cwd: fileURLToPath(new URL(".", import.meta.url)) })) as Figures;
  for (const [name, values] of Object.entries(figures)) {
    names = names.length > 0 ? names : Object.keys(values);
    const ratio = (to: string): string => {
      const [ours, theirs] = [values["rewritten"], values[to]];
      return ours === undefined || theirs === undefined ? "" : (ours / theirs).toFixed(2);
    };
    const cell = (value: number | undefined): string => (value === undefined ? "–" : value.toFixed(value < 100 ? 1 : 0));
    rows.push([`${mode}: ${name}`, ...names.map((each) => cell(values[each])), ratio("bare"), ratio("by hand")]);
  }
}

const table = [["", ...names, "rewritten/bare", "rewritten/by hand"], ...rows];
const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
const line = (cells: readonly string[]): string =>
  `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join(" | ")} |`;
const [head = [], ...body] = table;
const rule = widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
const text = [
  `Node ${process.version}, nanoseconds per call, medians of ${rounds} interleaved rounds, one process per mode:`,
  "",
  ...[head, rule, ...body].map(line),
].join("\n");
console.log(text);

if (write === "--write") {
  const page = fileURLToPath(new URL("../../docs/performance.md", import.meta.url));
  const [before, rest = ""] = readFileSync(page, "utf8").split(/(?<=<!-- bench -->\n)/);
  writeFileSync(page, `${before}${text}\n${rest.slice(rest.indexOf("<!-- /bench -->"))}`);
}

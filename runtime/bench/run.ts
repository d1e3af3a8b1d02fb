// Prints what a traced call costs, beside a bare one, what an expert writes by hand, and other libraries.
// npm run bench [-- rounds [scale]]
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Figures, Mode } from "./mode.ts";

const [, , rounds = "15", scale = "1"] = process.argv;
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
console.log(`Node ${process.version}; nanoseconds per call, medians of ${rounds} interleaved rounds; one process per mode\n`);
for (const row of table) {
  console.log(row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join("  "));
}

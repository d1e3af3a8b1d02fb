// Prints what a traced call costs beside a bare one and beside what an expert writes by hand.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Figures, Mode } from "./mode.ts";

const rounds = process.argv[2] ?? "15";
const modes: readonly Mode[] = ["off", "sampled out", "recording"];
const variants = ["bare", "hand-written", "SugaredTracer", "rewritten", "withSpan", "traced"] as const;

const rows = [["", ...variants, "rewritten : bare", "rewritten : hand-written"]];
for (const mode of modes) {
  const script = fileURLToPath(new URL("mode.ts", import.meta.url));
  const output = execFileSync(process.execPath, ["--no-warnings", script, mode, rounds], { encoding: "utf8" });
  const { figures } = JSON.parse(output) as { figures: Figures };
  for (const [name, times] of Object.entries(figures)) {
    const ratio = (to: number | undefined): string =>
      times.rewritten === undefined || !to ? "" : (times.rewritten / to).toFixed(2);
    rows.push([
      `${mode}: ${name}`,
      ...variants.map((variant) => times[variant]?.toFixed(1) ?? ""),
      ratio(times.bare),
      ratio(times["hand-written"]),
    ]);
  }
}

const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
console.log(`Node ${process.version}, median nanoseconds of CPU time per call of ${rounds} interleaved rounds\n`);
for (const row of rows) {
  console.log(row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join("  "));
}

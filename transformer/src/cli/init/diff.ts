import { structuredPatch } from "diff";
import type { Style } from "../style.js";
import type { Change } from "./draft.js";

/** A change as `diff -u` and git show it. */
export function showDiff({ after, before, file }: Change, style: Style): string {
  // Carriage returns would move the cursor.
  const plain = (text: string): string => text.replaceAll("\r\n", "\n").replace(/^\ufeff/, "");
  const { hunks } = structuredPatch(file, file, plain(before ?? ""), plain(after), "", "", { context: 3 });
  const lines = [style.bold(`--- ${before === null ? "/dev/null" : `a/${file}`}`), style.bold(`+++ b/${file}`)];
  for (const hunk of hunks) {
    // An empty file begins at line 0.
    const oldStart = hunk.oldLines === 0 ? hunk.oldStart - 1 : hunk.oldStart;
    lines.push(style.cyan(`@@ -${oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`));
    for (const line of hunk.lines) {
      if (line.startsWith("+")) lines.push(style.green(line));
      else if (line.startsWith("-")) lines.push(style.red(line));
      else lines.push(line);
    }
  }
  return `${lines.join("\n")}\n`;
}

// `npm run picture` draws docs/picture.svg from what `npm start` prints for two of its orders; with `--check` it says whether the picture
// still shows that, leaving durations and ids aside.
import { execSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { terminalSvg } from "./terminal-svg.ts";

const picture = new URL("../docs/picture.svg", import.meta.url);

const environment: NodeJS.ProcessEnv = { ...process.env, FORCE_COLOR: "1" };
delete environment["NO_COLOR"];
const start = fileURLToPath(new URL("start.mjs", import.meta.url));
const output = execSync(`node "${start}" 2>&1`, { encoding: "utf8", env: environment });

/** The picture without what differs from run to run: durations, ids, and the width of the longest line that they make. */
function timeless(svg: string): string {
  return svg
    .replaceAll(/\d+(\.\d+)? (ms|s)\b/g, "<duration>")
    .replaceAll(/\b[0-9a-f]{32}\b/g, "<trace id>")
    .replace(/width="\d+" (height="\d+") viewBox="0 0 \d+/, "$1");
}

/** The orders whose traces are shown: all five would make the picture longer than a page. */
const shown = ["A-1003", "A-1004"];

/** The output without the traces of other orders; each begins with a line `trace …` and ends with its order's outcome. */
function abridge(text: string): string {
  return text.replaceAll(/[^\n]*trace [0-9a-f]{32}.*?\b(A-\d+) (?:accepted|rejected)[^\n]*\n\n/gs, (trace, order: string) =>
    shown.includes(order) ? trace : "",
  );
}

const root = fileURLToPath(new URL("../", import.meta.url));
const drawn = terminalSvg(abridge(output).replaceAll(root, ""));
if (!process.argv.includes("--check")) {
  writeFileSync(picture, drawn);
} else if (timeless(readFileSync(picture, "utf8")) !== timeless(drawn)) {
  console.error("docs/picture.svg does not show what `npm start` prints: draw it anew with `npm run picture`");
  process.exitCode = 1;
}

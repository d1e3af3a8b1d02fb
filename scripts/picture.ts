// `npm run picture` draws docs/picture.svg from what `npm start` prints; with `--check` it says whether the picture
// still shows that, leaving durations and ids aside.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { terminalSvg } from "./terminal-svg.ts";

const picture = new URL("../docs/picture.svg", import.meta.url);

const environment: NodeJS.ProcessEnv = { ...process.env, FORCE_COLOR: "1" };
delete environment["NO_COLOR"];
const output = execFileSync(process.execPath, [new URL("start.mjs", import.meta.url).pathname], {
  encoding: "utf8",
  env: environment,
  stdio: ["ignore", "pipe", "ignore"],
});

/** What differs from run to run: durations with the blanks that line them up, ids. */
function timeless(svg: string): string {
  return svg.replaceAll(/ *\d+(\.\d+)? ?(ms|µs|s)\b/g, " <duration>").replaceAll(/\b[0-9a-f]{16,32}\b/g, "<id>");
}

const drawn = terminalSvg(output);
if (!process.argv.includes("--check")) {
  writeFileSync(picture, drawn);
} else if (timeless(readFileSync(picture, "utf8")) !== timeless(drawn)) {
  console.error("docs/picture.svg does not show what `npm start` prints: draw it anew with `npm run picture`");
  process.exitCode = 1;
}

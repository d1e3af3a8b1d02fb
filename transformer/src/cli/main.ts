import { createInterface } from "node:readline/promises";
import { reasonOf } from "./atomic-write.js";
import { packageVersion, run } from "./run.js";

let isLost = false;
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // Whoever reads our output may stop early, as `head` does.
  if (error.code === "EPIPE" || isLost) return;
  isLost = true;
  process.exitCode ||= 1;
  process.stderr.write(`errspan: The output cannot be written: ${reasonOf(error)}.\n`);
});
process.stderr.on("error", () => {
  // There is nowhere to tell it.
});

/** Asks on the terminal. Ending the input, or interrupting, is a no. */
async function confirm(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await Promise.race([
      terminal.question(question),
      new Promise<string>((resolve) => {
        terminal.once("close", () => {
          resolve("no");
        });
      }),
    ]);
    return /^y(?:es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}

const code = await run(
  process.argv.slice(2),
  {
    cwd: process.cwd(),
    env: process.env,
    out: { isTTY: process.stdout.isTTY, write: (text) => void process.stdout.write(text) },
    err: { isTTY: process.stderr.isTTY, write: (text) => void process.stderr.write(text) },
    confirm: process.stdin.isTTY && process.stdout.isTTY ? confirm : null,
  },
  () => packageVersion(new URL("../../../package.json", import.meta.url)),
);
process.exitCode = isLost && code === 0 ? 1 : code;

import { createInterface } from "node:readline/promises";
import { packageVersion, run } from "./run.js";

// Whoever reads our output may stop early, as `head` does.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
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

process.exitCode = await run(
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

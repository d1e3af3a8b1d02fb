#!/usr/bin/env node
import { packageVersion, run } from "./run.js";

// Whoever reads our output may stop early, as `head` does.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

process.exitCode = await run(
  process.argv.slice(2),
  {
    cwd: process.cwd(),
    env: process.env,
    out: { isTTY: process.stdout.isTTY, write: (text) => void process.stdout.write(text) },
    err: { isTTY: process.stderr.isTTY, write: (text) => void process.stderr.write(text) },
  },
  () => packageVersion(new URL("../../../package.json", import.meta.url)),
);

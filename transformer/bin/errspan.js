#!/usr/bin/env node
// A file of its own, which is there before anything is built: npm links no command whose file is missing. What it
// imports may not even load in an older Node, so the version is looked at first.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 15)) {
  process.stderr.write(`errspan: this is Node ${process.versions.node}; errspan takes Node 22.15 or later.\n`);
  process.exitCode = 2;
} else {
  await import("../dist/esm/cli/main.js");
}

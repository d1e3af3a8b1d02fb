// Builds the workspace it is called in: ES modules to dist/esm, CommonJS to dist/cjs, declarations in both.
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");

rmSync("dist", { recursive: true, force: true });
for (const [config, directory, type] of [
  ["tsconfig.build.json", "dist/esm", "module"],
  ["tsconfig.cjs.json", "dist/cjs", "commonjs"],
]) {
  execFileSync(process.execPath, [tsc, "-p", config], { stdio: "inherit" });
  mkdirSync(directory, { recursive: true });
  writeFileSync(`${directory}/package.json`, `${JSON.stringify({ type })}\n`);
}

// `npm start`: builds errspan, compiles fixtures/order-service with tspc and the plugin, runs it, lints it.
// `npm start -- --json`: the spans as one OTLP/JSON document on standard output, and nothing else there.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { styleText } from "node:util";

const root = fileURLToPath(new URL("..", import.meta.url));
const service = fileURLToPath(new URL("../fixtures/order-service", import.meta.url));
const findings = fileURLToPath(new URL("findings.mjs", import.meta.url));
const json = process.argv.includes("--json");

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 15)) {
  console.error(`Node ${process.versions.node} runs this script, 22.15 or later is needed.`);
  console.error("`npm ci` installs one: run `npm start`, not the script, so that it is found.");
  process.exit(1);
}

/** Runs a command with its output on standard error, or on standard output where `stdout` says so. */
function run(command, args, cwd, { stdout = 2, successes = [0] } = {}) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: ["ignore", stdout, 2], shell: process.platform === "win32" });
  if (error) throw error;
  if (!successes.includes(status)) {
    console.error(`\n${[command, ...args].join(" ")} failed with exit code ${String(status)}`);
    process.exit(1);
  }
}

function heading(text) {
  if (!json) console.log(`\n${styleText("bold", text, { stream: process.stdout })}\n`);
}

run("npm", ["run", "build"], root);
heading("tspc: compile fixtures/order-service, with the plugin in its tsconfig.json");
run("tspc", [], service);
heading("node --import ./dist/telemetry.js dist/main.js: run it");
run("node", ["--enable-source-maps", "--import", "./dist/telemetry.js", "dist/main.js", ...(json ? ["--json"] : [])], service, {
  stdout: 1,
});
if (!json) {
  heading("eslint src: errors that no trace would ever show");
  // Findings make ESLint exit with 1; showing them is the point here.
  run("eslint", ["--format", findings, "src"], service, { stdout: 1, successes: [0, 1] });
}

// `npm run traced -- list src`: the command, traced by itself. What is built is instrumented as any program would be, by
// transformer/errspan.config.json, into a directory of its own, and run with the spans printed to standard error.
import { spawnSync } from "node:child_process";
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const transformer = join(root, "transformer");
const command = join(transformer, "dist/esm/cli/main.js");
// Where its imports are found as they are from the package.
const cache = join(root, "node_modules/.cache");
mkdirSync(cache, { recursive: true });
const directory = mkdtempSync(join(cache, "traced-"));

const setup = `import { ConsoleSpanExporter } from "@errspan/runtime/console";
import { NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";

const exporter = new ConsoleSpanExporter({ write: (text) => void process.stderr.write(text), color: process.stderr.isTTY });
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
provider.register();
`;

try {
  const instrument = ["instrument", "dist/esm", "--out-dir", directory, "--config", "errspan.config.json"];
  const { status } = spawnSync(process.execPath, [command, ...instrument], { cwd: transformer, stdio: "inherit" });
  if (status !== 0) process.exit(1);
  writeFileSync(join(directory, "package.json"), '{ "type": "module", "version": "traced" }\n');
  writeFileSync(join(directory, "setup.mjs"), setup);
  const args = ["--enable-source-maps", "--import", join(directory, "setup.mjs"), join(directory, "dist/esm/cli/main.js")];
  const traced = spawnSync(process.execPath, [...args, ...process.argv.slice(2)], { stdio: "inherit" });
  process.exitCode = traced.status ?? 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}

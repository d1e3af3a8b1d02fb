import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Surroundings } from "./detect.js";
import type { Draft } from "./draft.js";
import { JsonText } from "./json-edit.js";
import type { WayIn } from "./way-in.js";

const SDK = "@opentelemetry/sdk-trace-node";

/** A set-up that prints spans to the terminal, until an exporter takes its place. */
const SETUP = `import { ConsoleSpanExporter } from "@errspan/runtime/console";
import { NodeTracerProvider, SimpleSpanProcessor } from "${SDK}";

// Prints spans to the terminal. In production: a BatchSpanProcessor with an exporter of yours.
new NodeTracerProvider({
  spanProcessors: [new SimpleSpanProcessor(new ConsoleSpanExporter())],
}).register();
`;

/** Where the compiler reads and writes, as far as the tsconfig says it. */
function directories(draft: Draft): { source: string; output: string } | null {
  const text = draft.read("tsconfig.json");
  if (text === null) return null;
  const json = new JsonText(text, "tsconfig.json");
  const plain = (value: unknown): string | undefined =>
    typeof value === "string" ? value.replace(/^\.\//, "").replace(/\/$/, "") : undefined;
  const output = plain(json.get(["compilerOptions", "outDir"]));
  const source = plain(json.get(["compilerOptions", "rootDir"]));
  return output === undefined || source === undefined ? null : { source, output };
}

function preload(draft: Draft, surroundings: Surroundings, module: string, runs: RegExp): void {
  const text = draft.read("package.json");
  if (text === null) return;
  const manifest = new JsonText(text, "package.json");
  for (const [name] of surroundings.manifest?.scripts ?? []) {
    const command = String(manifest.get(["scripts", name]));
    if (!command.includes("telemetry")) {
      const replaced = command.replace(runs, `$1 --import ./${module}`);
      if (replaced !== command) manifest.replace(["scripts", name], replaced);
    }
  }
  draft.write("package.json", manifest.toString());
}

const INSTRUMENTATION = `// Next.js calls this when a server starts, on the edge runtime as well, where that SDK does not run.
export async function register() {
  if (process.env.NEXT_RUNTIME === "nodejs") await import("./telemetry");
}
`;

function addInstrumentation(draft: Draft, { root, typescript }: Surroundings): void {
  draft.need("runtime", SDK);
  const directory = ["src/app", "src/pages"].some((each) => existsSync(join(root, each))) ? "src/" : "";
  const extension = typescript === undefined ? "js" : "ts";
  const existing = ["ts", "js", "mts", "mjs"].map((each) => `${directory}instrumentation.${each}`).find((file) => draft.read(file) !== null);
  if (draft.read(`${directory}telemetry.${extension}`) === null) draft.write(`${directory}telemetry.${extension}`, SETUP);
  if (existing === undefined) draft.write(`${directory}instrumentation.${extension}`, INSTRUMENTATION);
  else if (draft.read(existing)?.includes("telemetry") !== true) {
    draft.byHand.push({ what: `${existing} is there already. Its function register has to set up OpenTelemetry`, lines: 'if (process.env.NEXT_RUNTIME === "nodejs") await import("./telemetry");' });
  }
}

/** Without an SDK nothing is recorded: brings one to projects that have none. */
export function addTelemetry(draft: Draft, way: WayIn, surroundings: Surroundings): void {
  if (surroundings.hasSdk) return;
  if (way.kind === "next") {
    addInstrumentation(draft, surroundings);
    return;
  }
  if (way.kind === "register") {
    draft.need("runtime", SDK);
    if (draft.read("telemetry.mjs") === null) draft.write("telemetry.mjs", SETUP);
    preload(draft, surroundings, "telemetry.mjs", /(?<=^|&&\s*|;\s*)(node|tsx)(?=\s+--import @errspan)/);
    return;
  }
  const where = way.kind === "tspc" || way.kind === "build" ? directories(draft) : null;
  if (where === null) {
    const isForBrowsers = way.kind === "bundler" && (way.name === "vite" || way.name === "farm");
    draft.byHand.push({
      what: `No OpenTelemetry SDK is installed, and without one nothing is recorded. Install ${isForBrowsers ? "@opentelemetry/sdk-trace-web (in Node: sdk-trace-node)" : SDK}, and run this before everything else`,
      lines: isForBrowsers ? SETUP.replaceAll("sdk-trace-node", "sdk-trace-web").replaceAll("NodeTracerProvider", "WebTracerProvider").trimEnd() : SETUP.trimEnd(),
    });
    return;
  }
  draft.need("runtime", SDK);
  const file = `${where.source === "" || where.source === "." ? "" : `${where.source}/`}telemetry.ts`;
  if (draft.read(file) === null) draft.write(file, SETUP);
  const output = where.output.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  preload(draft, surroundings, `${where.output}/telemetry.js`, new RegExp(`(?<=^|&&\\s*|;\\s*)(node)(?=\\s+(?:-\\S+\\s+)*(?:\\./)?${output}(?:/|\\s|$))`));
}

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Surroundings } from "./detect.js";
import type { Draft } from "./draft.js";
import { JsonText } from "./json-edit.js";
import { sdkFor } from "./sdk.js";
import type { Sdk } from "./sdk.js";
import { changeScripts, NODE_OR_TSX, runsOf } from "./scripts.js";
import type { WayIn } from "./way-in.js";

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

/** Has a module loaded first by the scripts that run what `runs` fits. */
function preload(draft: Draft, surroundings: Surroundings, module: string, runs: RegExp): void {
  changeScripts(draft, surroundings, (command) => (command.includes("telemetry") ? command : command.replace(runs, `$1 --import ./${module}`)));
}

const INSTRUMENTATION = `// Next.js calls this when a server starts, on the edge runtime as well, where that SDK does not run.
export async function register() {
  if (process.env.NEXT_RUNTIME === "nodejs") await import("./telemetry");
}
`;

/** Where Next.js looks for what it calls when a server starts, and what stands there already. */
function instrumentationOf(draft: Draft, { root, typescript }: Surroundings): { directory: string; extension: string; existing: string | undefined } {
  const directory = ["src/app", "src/pages"].some((each) => existsSync(join(root, each))) ? "src/" : "";
  const existing = ["ts", "js", "mts", "mjs"].map((each) => `${directory}instrumentation.${each}`).find((file) => draft.read(file) !== null);
  return { directory, extension: typescript === undefined ? "js" : "ts", existing };
}

/** An SDK that is installed may be meant for this, or be somebody else's: what it is to do is not ours to write. */
function remindOfInstrumentation(draft: Draft, surroundings: Surroundings): void {
  const { directory, extension, existing } = instrumentationOf(draft, surroundings);
  if (existing !== undefined) return;
  const what = `There is no ${directory}instrumentation.${extension}, in which Next.js has OpenTelemetry set up, and without that nothing is recorded. Write it, and the set-up of your SDK into ${directory}telemetry.${extension}`;
  draft.byHand.push({ what, lines: INSTRUMENTATION.trimEnd() });
}

function addInstrumentation(draft: Draft, surroundings: Surroundings, { packages, setup }: Sdk): void {
  draft.need("runtime", ...packages);
  const { directory, extension, existing } = instrumentationOf(draft, surroundings);
  if (draft.read(`${directory}telemetry.${extension}`) === null) draft.write(`${directory}telemetry.${extension}`, setup);
  if (existing === undefined) draft.write(`${directory}instrumentation.${extension}`, INSTRUMENTATION);
  else if (draft.read(existing)?.includes("telemetry") !== true) {
    draft.byHand.push({ what: `${existing} is there already. Its function register has to set up OpenTelemetry`, lines: 'if (process.env.NEXT_RUNTIME === "nodejs") await import("./telemetry");' });
  }
}

/** Whether Vite builds what runs in Node first of all, by a framework. */
function rendersOnServer({ manifest }: Surroundings): boolean {
  return ["@react-router/dev", "@remix-run/dev", "@sveltejs/kit"].some((name) => manifest?.dependencies.has(name));
}

/** Without an SDK nothing is recorded: brings one to projects that have none. */
export function addTelemetry(draft: Draft, way: WayIn, surroundings: Surroundings): void {
  if (surroundings.hasSdk) {
    if (way.kind === "next") remindOfInstrumentation(draft, surroundings);
    return;
  }
  const isForBrowsers = way.kind === "bundler" && (way.name === "vite" || way.name === "farm") && !rendersOnServer(surroundings);
  const { packages, setup } = sdkFor(surroundings, isForBrowsers ? "web" : "node");
  if (way.kind === "next") {
    addInstrumentation(draft, surroundings, { packages, setup });
    return;
  }
  if (way.kind === "register") {
    draft.need("runtime", ...packages);
    if (draft.read("telemetry.mjs") === null) draft.write("telemetry.mjs", setup);
    preload(draft, surroundings, "telemetry.mjs", runsOf(NODE_OR_TSX, String.raw`(?=\s+--import @errspan)`));
    return;
  }
  const where = way.kind === "tspc" || way.kind === "build" ? directories(draft) : null;
  if (where === null) {
    draft.byHand.push({
      what: `No OpenTelemetry SDK is installed, and without one nothing is recorded. Install ${packages.join(" and ")}${isForBrowsers ? ` (in Node: ${sdkFor(surroundings, "node").packages.join(" and ")})` : ""}, and run this before everything else`,
      lines: setup.trimEnd(),
    });
    return;
  }
  draft.need("runtime", ...packages);
  const file = `${where.source === "" || where.source === "." ? "" : `${where.source}/`}telemetry.ts`;
  if (draft.read(file) === null) draft.write(file, setup);
  const output = where.output.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  preload(draft, surroundings, `${where.output}/telemetry.js`, runsOf("node", `(?=\\s+(?:-\\S+\\s+)*(?:\\./)?${output}(?:/|\\s|$))`));
}

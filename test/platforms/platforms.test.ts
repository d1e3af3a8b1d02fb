import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createContext, runInContext } from "node:vm";
import { transform } from "@errspan/transformer";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startChromium } from "../hosts/browser/chromium.js";
import { pack } from "../packages/registry.js";
import { Project } from "../project.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const execute = promisify(execFile);

let project: Project;
/** The program with its SDK and the packed runtime in one script, which leaves `drive` on the global object. */
let bundled: string;

beforeAll(async () => {
  project = await Project.create();
  const { path } = await pack(project.directory, "@errspan/runtime");
  await project.write("node_modules/@errspan/runtime/.keep", "");
  await execute("tar", ["-xzf", path, "--strip-components=1", "-C", join(project.directory, "node_modules/@errspan/runtime")]);
  await project.link("@opentelemetry/api", "@opentelemetry/context-async-hooks", "@opentelemetry/sdk-trace-base");
  await project.write("package.json", JSON.stringify({ type: "module" }));
  const source = await readFile(here("program.js"), "utf8");
  const config = { select: [{ functions: "all" as const, names: ["*", "!delay", "!Emitter.*", "!<anonymous>"] }] };
  const filename = join(project.directory, "program.js");
  await project.write("program.js", transform(source, { filename, root: project.directory, config }).code);
  await project.write("drive.js", await readFile(here("drive.js"), "utf8"));
  await project.write(
    "node.js",
    `import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { drive } from "./drive.js";

if (process.argv[2] === "worker" && isMainThread) {
  new Worker(new URL(import.meta.url), { argv: ["worker"] }).on("message", (results) => console.log(JSON.stringify(results)));
} else {
  const results = await drive(() => new AsyncLocalStorageContextManager());
  if (isMainThread) console.log(JSON.stringify(results));
  else parentPort.postMessage(results);
}
`,
  );
  const { outputFiles } = await build({
    stdin: { contents: `import { drive } from "./drive.js"; globalThis.drive = drive;`, resolveDir: project.directory },
    bundle: true,
    format: "iife",
    platform: "browser",
    write: false,
  });
  bundled = outputFiles[0]?.text ?? "";
});

afterAll(() => project.remove());

async function onNode(node: string, ...args: readonly string[]): Promise<Results> {
  const { stdout } = await execute(node, ["node.js", ...args], { cwd: project.directory });
  return JSON.parse(stdout) as Results;
}

interface Results extends Record<string, unknown> {
  readonly timers: string;
}

interface Platform {
  readonly name: string;
  /** Whether the platform carries a context into timers, and so into what is called from there. */
  readonly carries: boolean;
  readonly run: () => Promise<Results>;
}

const node = (workspace: string): string => join(root, workspace, "node_modules/.bin/node");

const platforms: readonly Platform[] = [
  { name: "Node 22", carries: true, run: () => onNode(node("fixtures/node-22")) },
  { name: "Node 24", carries: true, run: () => onNode(node(".")) },
  { name: "Node 26", carries: true, run: () => onNode(node("fixtures/node-26")) },
  { name: "a worker thread", carries: true, run: () => onNode(node("."), "worker") },
  {
    name: "Chromium, without a context manager",
    carries: false,
    async run() {
      const browser = await startChromium();
      try {
        const page = await browser.newPage();
        await page.addScriptTag({ content: bundled });
        return await page.evaluate<Results>("drive()");
      } finally {
        await browser.close();
      }
    },
  },
  {
    name: "workerd, without node: modules",
    carries: false,
    async run() {
      const worker = new Miniflare({
        modules: true,
        compatibilityDate: "2026-07-01",
        script: `${bundled}\nexport default { fetch: async () => Response.json(await globalThis.drive()) };`,
      });
      try {
        const response = await worker.dispatchFetch("http://localhost/");
        return (await response.json()) as Results;
      } finally {
        await worker.dispose();
      }
    },
  },
  {
    name: "a realm with nothing of Node or browsers but timers",
    carries: false,
    async run() {
      const realm = createContext({ setTimeout, performance });
      runInContext(bundled, realm);
      return JSON.parse((await runInContext("drive().then(JSON.stringify)", realm)) as string) as Results;
    },
  },
];

describe.each(platforms)("on $name", ({ carries, run }) => {
  let results: Results;

  beforeAll(async () => {
    results = await run();
  });

  it("a span's parent is the call that it is made in, across awaits, Promise.all, listeners and generators", () => {
    const inner = "inner(leaf leaf)";
    expect(results).toMatchObject({
      awaits: `awaits(${inner} ${inner} leaf)`,
      together: `together(inner(leaf leaf) inner(leaf leaf) inner(leaf leaf) leaf)`,
      events: "events(publish(received(leaf)))",
      consume: "consume(stream(pages(leaf leaf) leaf leaf) received(leaf) received(leaf))",
    });
  });

  it(carries ? "a timer has the context that it was set in" : "a timer has no context, which the platform does not carry", () => {
    expect(results.timers).toBe(carries ? "timers(schedule(inTimer))" : "timers(schedule) inTimer");
  });

  it("an SDK is noticed when it comes, goes, comes again, and when errspan is switched off", () => {
    const values = ["before", "registered", "disabled", "registered again", "switched off", "switched on"];
    expect(results["switching"]).toEqual({ values: values.map((each) => `${each}: ${each}`), spans: [1, 2] });
  });

  it("errors are recorded once, with their causes and members, on spans of our scope", () => {
    const failed = (name: string, type: string, message: string, ...chains: unknown[]): object => ({
      name,
      status: { code: 2, message },
      type,
      scope: "@errspan/runtime",
      chains,
    });
    expect(results["handle"]).toEqual([
      failed("query", "RangeError", "no such row", "no such row"),
      failed("load", "Error", "order was not loaded", ["Error: order was not loaded", "RangeError: no such row"]),
      failed("handle", "Error", "order was not loaded"),
    ]);
    expect(results["aggregate"]).toEqual([
      failed("aggregate", "AggregateError", "all failed", ["AggregateError: all failed", "[0] TypeError: a", "[1] b"]),
    ]);
  });
});

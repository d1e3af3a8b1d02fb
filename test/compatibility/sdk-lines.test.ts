import { cp } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { transform } from "@errspan/transformer";
import { afterAll, describe, expect, it } from "vitest";
import { Project } from "../project.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const newerLine = join(root, "fixtures/opentelemetry-3/node_modules");
const olderLine = join(root, "node_modules");

/** What the program below prints of each span. */
interface PrintedSpan {
  readonly name: string;
  readonly parent: string | null;
  readonly status: number;
  readonly scope: string;
  readonly chain: readonly string[] | null;
}

const program = `
import { context, trace } from "@opentelemetry/api";
import { setTimeout as delay } from "node:timers/promises";

async function query() {
  await delay(1);
  throw new RangeError("no such row");
}

async function load(id) {
  try {
    await query();
  } catch (error) {
    throw new Error("order " + id + " was not loaded", { cause: error });
  }
}

function* pages() {
  yield visit(1);
  yield visit(2);
}

function visit(page) {
  return page;
}

async function handle() {
  await load("A-1");
}

export async function main() {
  const before = context.active();
  const handled = handle();
  const leaked = context.active() !== before;
  const failed = await handled.then(() => false, () => true);
  const consumer = trace.getTracer("consumer");
  const seen = [];
  consumer.startActiveSpan("consume", (span) => {
    for (const page of pages()) seen.push(page, trace.getActiveSpan() === span);
    span.end();
  });
  return { leaked, failed, seen };
}
`;

const runner = `
import { exporter } from "./telemetry.js";
import { main } from "./program.js";

const outcome = await main();
const spans = exporter.getFinishedSpans();
const nameOf = new Map(spans.map((span) => [span.spanContext().spanId, span.name]));
console.log(JSON.stringify({
  outcome,
  spans: spans.map((span) => ({
    name: span.name,
    parent: nameOf.get(span.parentSpanContext?.spanId) ?? null,
    status: span.status.code,
    scope: span.instrumentationScope.name,
    chain: span.events.find((event) => event.name === "exception")?.attributes["errspan.error.chain"] ?? null,
  })),
}));
`;

const telemetryOfLine2 = `
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";

export const exporter = new InMemorySpanExporter();
new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
`;

const telemetryOfLine3 = `
import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";

export const exporter = new InMemorySpanExporter();
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }));
`;

const lines = [
  { name: "API 1.9 with SDK 2", telemetry: telemetryOfLine2, packages: olderLine, runtimeApi: olderLine },
  { name: "API 1.10 with SDK 3", telemetry: telemetryOfLine3, packages: newerLine, runtimeApi: newerLine },
  {
    name: "SDK 3 in a process where errspan has a copy of API 1.9",
    telemetry: telemetryOfLine3,
    packages: newerLine,
    runtimeApi: olderLine,
  },
];

const projects: Project[] = [];
afterAll(() => Promise.all(projects.map((project) => project.remove())));

async function run({ telemetry, packages, runtimeApi }: (typeof lines)[number]): Promise<{
  readonly outcome: unknown;
  readonly spans: readonly PrintedSpan[];
}> {
  const project = await Project.create();
  projects.push(project);
  await project.write("package.json", JSON.stringify({ type: "module" }));
  const sdk = packages === olderLine ? "@opentelemetry/sdk-trace-node" : "@opentelemetry/sdk-trace";
  await project.linkFrom(packages, ["@opentelemetry/api", "@opentelemetry/context-async-hooks", sdk]);
  const runtime = join(project.directory, "node_modules/@errspan/runtime");
  // A copy, not a link: its peer is then the API that stands beside it, as in an installed package.
  await cp(join(root, "runtime/dist"), join(runtime, "dist"), { recursive: true });
  await cp(join(root, "runtime/package.json"), join(runtime, "package.json"));
  if (runtimeApi !== packages) {
    await project.linkFrom(runtimeApi, ["@opentelemetry/api"], "node_modules/@errspan/runtime");
  }

  const config = { select: [{ functions: "all" as const, names: ["*", "!main"] }] };
  const { code } = transform(program, { filename: join(project.directory, "program.js"), root: project.directory, config });
  await project.write("program.js", code);
  await project.write("telemetry.js", telemetry);
  await project.write("run.js", runner);
  const { stdout, stderr, code: exitCode } = await project.run("node run.js");
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  return JSON.parse(stdout) as Awaited<ReturnType<typeof run>>;
}

describe("rewritten code gives the same spans with every supported line of OpenTelemetry", () => {
  it.each(lines)("$name", async (line) => {
    const { outcome, spans } = await run(line);
    expect(outcome).toEqual({ leaked: false, failed: true, seen: [1, true, 2, true] });
    const failing = (name: string, parent: string | null, chain: readonly string[] | null): object => ({
      name,
      parent,
      status: 2,
      scope: "@errspan/runtime",
      chain,
    });
    expect(spans.filter(({ status }) => status === 2)).toEqual([
      failing("query", "load", null),
      failing("load", "handle", ["Error: order A-1 was not loaded", "RangeError: no such row"]),
      failing("handle", null, null),
    ]);
    const links = spans.filter(({ status }) => status !== 2).map(({ name, parent }) => `${parent} > ${name}`);
    expect(links.filter((link) => !link.includes("<anonymous>")).sort()).toEqual([
      "consume > pages",
      "null > consume",
      "pages > visit",
      "pages > visit",
    ]);
  });
});

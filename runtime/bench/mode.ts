// One process per mode: what is registered, and what the optimiser has seen, is the mode's own.
import { AlwaysOffSampler, AlwaysOnSampler } from "@opentelemetry/sdk-trace-base";
import { NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import { type Case, cases, type Variant } from "./cases.ts";

export type Mode = "off" | "sampled out" | "recording";

/** Median nanoseconds per call. */
export type Figures = Record<string, Partial<Record<Variant, number>>>;

const mode = process.argv[2] as Mode;
const rounds = Number(process.argv[3] ?? 15);

if (mode !== "off") {
  const done = (): Promise<void> => Promise.resolve();
  const processor = { onStart: () => undefined, onEnd: () => undefined, forceFlush: done, shutdown: done };
  const sampler = mode === "recording" ? new AlwaysOnSampler() : new AlwaysOffSampler();
  new NodeTracerProvider({ sampler, spanProcessors: [processor] }).register();
}

let sink: unknown;

async function time({ asynchronous }: Case, run: (input: number) => unknown, calls: number): Promise<number> {
  // The thread's own time: a busy machine makes the clock on the wall useless.
  const start = process.threadCpuUsage();
  if (asynchronous) for (let input = 0; input < calls; input++) sink = await run(input);
  else for (let input = 0; input < calls; input++) sink = run(input);
  const { user, system } = process.threadCpuUsage(start);
  return ((user + system) * 1000) / calls;
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const figures: Figures = {};
for (const each of cases) {
  const scale = mode === "off" && !each.name.startsWith("throw") ? 50 : 1;
  const variants = Object.entries(each.variants) as [Variant, (input: number) => unknown][];
  const times = new Map(variants.map(([variant]) => [variant, [] as number[]]));
  // Rounds are interleaved, so that what slows the machine down slows all variants down.
  for (let round = -3; round < rounds; round++) {
    for (const [variant, run] of variants) {
      const spent = await time(each, run, each.calls * scale);
      if (round >= 0) times.get(variant)?.push(spent);
    }
  }
  figures[each.name] = Object.fromEntries([...times].map(([variant, spent]) => [variant, median(spent)]));
}

process.stdout.write(JSON.stringify({ figures, used: sink !== undefined }));

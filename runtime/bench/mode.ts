// One process per mode: what is registered, and what the optimiser has seen, is the mode's own.
import { compileFunction } from "node:vm";
import { AlwaysOffSampler, AlwaysOnSampler } from "@opentelemetry/sdk-trace-base";
import { NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import { type Subject, type Traced, type Way, ways } from "./ways.ts";

export type Mode = "off" | "sampled out" | "recording";

/** By case and way: median nanoseconds per call, or bytes per pending call. */
export type Figures = Record<string, Record<string, number>>;

const [, , mode = "off", rounds = "61", scale = "1"] = process.argv;

if (mode !== "off") {
  const done = (): Promise<void> => Promise.resolve();
  const processor = { onStart: () => undefined, onEnd: () => undefined, forceFlush: done, shutdown: done };
  const sampler = mode === "recording" ? new AlwaysOnSampler() : new AlwaysOffSampler();
  new NodeTracerProvider({ sampler, spanProcessors: [processor] }).register();
}

/** Runs a number of calls; takes no more per call than the call does. */
type Loop = (calls: number) => unknown;

/** Loops have code of their own for each function, which the optimiser may inline into them. */
function loopOver(fn: Traced, body: string, kind: "" | "async "): Loop {
  const code = `return ${kind}(calls) => { let sum = 0; for (let i = 0; i < calls; i++) ${body} return sum; }`;
  return (compileFunction(code, ["fn"]) as (fn: Traced) => Loop)(fn);
}

/** Five levels, at the bottom of which an error is thrown; caught by the caller of the first. */
function nested(fail: Traced): Traced {
  const level = (depth: number): unknown =>
    (fail as (next: () => unknown) => unknown)(() => {
      if (depth === 1) throw new Error("no such order");
      return level(depth - 1);
    });
  return () => level(5);
}

interface Case {
  readonly name: string;
  readonly subject: Subject;
  readonly calls: number;
  loop(fn: Traced): Loop;
}

const cases: readonly Case[] = [
  { name: "sync", subject: "sync", calls: mode === "off" ? 100_000 : 2000, loop: (fn) => loopOver(fn, "sum ^= fn(i);", "") },
  { name: "async, 1 await", subject: "oneAwait", calls: 1000, loop: (fn) => loopOver(fn, "sum += await fn(i);", "async ") },
  { name: "async, 5 awaits", subject: "fiveAwaits", calls: 750, loop: (fn) => loopOver(fn, "sum += await fn(i);", "async ") },
  {
    name: "throw through 5 levels",
    subject: "fail",
    calls: 60,
    loop: (fn) => loopOver(nested(fn), "try { fn(); } catch { sum++; }", ""),
  },
  {
    name: "reject through 5 levels",
    subject: "failLater",
    calls: 60,
    loop: (fn) => loopOver(nested(fn), "try { await fn(); } catch { sum++; }", "async "),
  },
];

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** How often each loop is entered before it is measured. */
const ENTRIES = 300;

async function measure({ subject, calls, loop }: Case): Promise<Record<string, number>> {
  const loops = ways.flatMap((way): [string, Loop][] => {
    const fn = way.trace(subject);
    return fn === undefined ? [] : [[way.name, loop(fn)]];
  });
  const times = new Map(loops.map(([name]) => [name, [] as number[]]));
  // A loop that is entered often is compiled as a whole, and for good; one that only runs long, now and then half.
  for (let entry = 0; entry < ENTRIES; entry++) for (const [, run] of loops) await run(Math.ceil(calls / ENTRIES));
  // Rounds are interleaved and short, so that what slows the machine down slows all ways down, or few of the rounds.
  for (let round = -10; round < Number(rounds); round++) {
    for (const [name, run] of loops) {
      const count = Math.ceil(calls * Number(scale) * (name === "Effect.fn" ? 0.1 : 1));
      const start = process.hrtime.bigint();
      await run(count);
      if (round >= 0) times.get(name)?.push(Number(process.hrtime.bigint() - start) / count);
    }
  }
  return Object.fromEntries([...times].map(([name, spent]) => [name, median(spent)]));
}

/** What a pending call holds, its span and context included: bytes of heap, of a number of calls that wait together. */
async function memory(way: Way): Promise<number | undefined> {
  const fn = way.trace("pending") as ((gate: Promise<void>) => Promise<void>) | undefined;
  if (fn === undefined || globalThis.gc === undefined) return undefined;
  const count = 5000;
  const sizes: number[] = [];
  for (let round = 0; round < 3; round++) {
    const { promise: gate, resolve } = Promise.withResolvers<void>();
    const calls: Promise<void>[] = new Array(count);
    globalThis.gc();
    const before = process.memoryUsage().heapUsed;
    for (let index = 0; index < count; index++) calls[index] = fn(gate);
    await undefined;
    globalThis.gc();
    sizes.push((process.memoryUsage().heapUsed - before) / count);
    resolve();
    await Promise.all(calls);
  }
  return median(sizes);
}

const figures: Figures = {};
for (const each of cases) figures[each.name] = await measure(each);
const held: Record<string, number> = {};
for (const way of ways) {
  const bytes = await memory(way);
  if (bytes !== undefined) held[way.name] = bytes;
}
figures["bytes per pending call"] = held;

process.stdout.write(JSON.stringify(figures));

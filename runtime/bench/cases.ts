import { SpanStatusCode, trace } from "@opentelemetry/api";
import { SugaredTracer } from "@opentelemetry/api/experimental";
// What is measured is what is published: the built package.
import * as emit from "@errspan/runtime/emit";
import { traced, withSpan } from "@errspan/runtime";

/** One way to trace one function. */
export type Variant = "bare" | "hand-written" | "SugaredTracer" | "rewritten" | "withSpan" | "traced";

/** A function in all ways, called with a number; what it does is next to nothing. */
export interface Case {
  readonly name: string;
  readonly asynchronous: boolean;
  /** How many calls one round makes, before scaling to the mode. */
  readonly calls: number;
  readonly variants: Readonly<Partial<Record<Variant, (input: number) => unknown>>>;
}

const attributes = Object.freeze({
  "code.function.name": "work",
  "code.file.path": "src/work.ts",
  "code.line.number": 10,
  "code.column.number": 1,
});
const tracer = trace.getTracer("hand-written", "1.0.0");
const sugared = new SugaredTracer(tracer);

/** What an expert writes: attributes at the start, status and exception where it fails, always an end. */
function byHand<T>(name: string, body: () => T): T {
  return tracer.startActiveSpan(name, { attributes }, (span) => {
    try {
      return body();
    } catch (error) {
      span.recordException(error as Error);
      span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).message });
      throw error;
    } finally {
      span.end();
    }
  });
}

async function byHandAsync<T>(name: string, body: () => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await body();
    } catch (error) {
      span.recordException(error as Error);
      span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).message });
      throw error;
    } finally {
      span.end();
    }
  });
}

let syncSite: emit.Site | undefined;
function rewrittenSync(input: number): number {
  const s = emit.enter((syncSite ||= emit.site("work", "work", "src/work.ts", 10, 1, 0)));
  try {
    return emit.returned(s, (input * 31) | 0);
  } catch (e) {
    emit.fail(s, e);
    throw e;
  } finally {
    emit.exit(s);
  }
}

let asyncSite: emit.Site | undefined;
async function rewrittenAsync(input: number): Promise<number> {
  const s = emit.enter((asyncSite ||= emit.site("work", "work", "src/work.ts", 10, 1, 1)));
  try {
    emit.resume(s, await emit.suspend(s, input));
    return emit.resolved(s, (input * 31) | 0);
  } catch (e) {
    emit.fail(s, e);
    throw e;
  } finally {
    emit.exit(s);
  }
}

let awaitsSite: emit.Site | undefined;
async function rewrittenAwaits(input: number): Promise<number> {
  const s = emit.enter((awaitsSite ||= emit.site("work", "work", "src/work.ts", 10, 1, 1)));
  try {
    let sum = 0;
    for (let round = 0; round < 5; round++) sum += emit.resume(s, await emit.suspend(s, input));
    return emit.resolved(s, sum);
  } catch (e) {
    emit.fail(s, e);
    throw e;
  } finally {
    emit.exit(s);
  }
}

const bareSync = (input: number): number => (input * 31) | 0;
async function bareAsync(input: number): Promise<number> {
  await input;
  return (input * 31) | 0;
}
async function bareAwaits(input: number): Promise<number> {
  let sum = 0;
  for (let round = 0; round < 5; round++) sum += await input;
  return sum;
}

/** A failure five calls down, caught at the top. */
function nested(level: (depth: number, next: () => never) => never): (input: number) => unknown {
  const down = (depth: number): never =>
    level(depth, () => {
      if (depth === 1) throw new Error("no such order");
      return down(depth - 1);
    });
  return () => {
    try {
      return down(5);
    } catch (error) {
      return error;
    }
  };
}

let failingSite: emit.Site | undefined;
function rewrittenLevel(_: number, next: () => never): never {
  const s = emit.enter((failingSite ||= emit.site("work", "work", "src/work.ts", 10, 1, 0)));
  try {
    return emit.returned(s, next());
  } catch (e) {
    emit.fail(s, e);
    throw e;
  } finally {
    emit.exit(s);
  }
}

const tracedSync = traced({ name: "work" }, bareSync);
const tracedAsync = traced({ name: "work" }, bareAsync);

export const cases: readonly Case[] = [
  {
    name: "sync",
    asynchronous: false,
    calls: 20_000,
    variants: {
      bare: bareSync,
      "hand-written": (input) => byHand("work", () => bareSync(input)),
      SugaredTracer: (input) => sugared.withActiveSpan("work", { attributes }, () => bareSync(input)),
      rewritten: rewrittenSync,
      withSpan: (input) => withSpan("work", { attributes }, () => bareSync(input)),
      traced: tracedSync,
    },
  },
  {
    name: "async, 1 await",
    asynchronous: true,
    calls: 10_000,
    variants: {
      bare: bareAsync,
      "hand-written": (input) => byHandAsync("work", () => bareAsync(input)),
      SugaredTracer: (input) => sugared.withActiveSpan("work", { attributes }, () => bareAsync(input)),
      rewritten: rewrittenAsync,
      withSpan: (input) => withSpan("work", { attributes }, () => bareAsync(input)),
      traced: tracedAsync,
    },
  },
  {
    name: "async, 5 awaits",
    asynchronous: true,
    calls: 5000,
    variants: {
      bare: bareAwaits,
      "hand-written": (input) => byHandAsync("work", () => bareAwaits(input)),
      rewritten: rewrittenAwaits,
    },
  },
  {
    name: "throw through 5 levels",
    asynchronous: false,
    calls: 500,
    variants: {
      bare: nested((_, next) => next()),
      "hand-written": nested((_, next) => byHand("work", next)),
      SugaredTracer: nested((_, next) => sugared.withActiveSpan("work", { attributes }, next)),
      rewritten: nested(rewrittenLevel),
      withSpan: nested((_, next) => withSpan("work", { attributes }, next)),
    },
  },
];

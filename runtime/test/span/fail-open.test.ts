import { context, diag, propagation, trace } from "@opentelemetry/api";
import { logs } from "@opentelemetry/api-logs";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { BasicTracerProvider, SimpleSpanProcessor, type SpanExporter, type SpanProcessor } from "@opentelemetry/sdk-trace-base";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { captureArguments, captureResult } from "../../src/capture.js";
import * as emit from "../../src/emit.js";
import { configure } from "../../src/index.js";
import { shared } from "../../src/span/process.js";

const boom = (): never => {
  throw new Error("not the program's");
};
const reject = (): Promise<never> => Promise.reject(new Error("not the program's"));
const done = (): Promise<void> => Promise.resolve();
const processor = (broken: Partial<SpanProcessor>): SpanProcessor => ({
  onStart: () => undefined,
  onEnd: () => undefined,
  forceFlush: done,
  shutdown: done,
  ...broken,
});
const exporting = (broken: SpanExporter["export"]): SpanProcessor => new SimpleSpanProcessor({ export: broken, shutdown: done });

interface Setup {
  provider?: ConstructorParameters<typeof BasicTracerProvider>[0];
  manager?: Partial<Record<"active" | "attach" | "with", () => never>>;
  more?: () => void;
}

const setups: readonly [string, Setup][] = [
  ["a processor that throws at a start", { provider: { spanProcessors: [processor({ onStart: boom })] } }],
  ["a processor that throws at an end", { provider: { spanProcessors: [processor({ onEnd: boom })] } }],
  ["an exporter that throws", { provider: { spanProcessors: [exporting(boom)] } }],
  ["an exporter that reports a failure", { provider: { spanProcessors: [exporting((_, report) => report({ code: 1, error: new Error("down") }))] } }],
  ["a sampler that throws", { provider: { sampler: { shouldSample: boom, toString: () => "broken" } } }],
  ["an id generator that throws", { provider: { idGenerator: { generateSpanId: boom, generateTraceId: boom } } }],
  ["a propagator that throws", { more: () => propagation.setGlobalPropagator({ inject: boom, extract: boom, fields: boom }) }],
  ["a manager that cannot tell what is active", { manager: { active: boom } }],
  ["a manager that cannot attach", { manager: { attach: boom } }],
  ["a manager whose callback form throws", { manager: { with: boom } }],
  ["a redaction hook that throws", { more: () => configure({ redact: boom }) }],
  ["a redaction hook that rejects", { more: () => configure({ redact: () => reject().catch(() => "late") }) }],
  ["a classifier that throws", { more: () => configure({ classify: boom }) }],
  [
    "a logger that throws",
    {
      more() {
        configure({ exceptionSignal: "logs" });
        logs.setGlobalLoggerProvider({ getLogger: boom });
      },
    },
  ],
  ["nothing that is broken", {}],
];

const told = vi.fn();

function start({ provider = {}, manager = {}, more }: Setup): void {
  trace.setGlobalTracerProvider(new BasicTracerProvider(provider));
  const working = new AsyncLocalStorageContextManager().enable();
  context.setGlobalContextManager(Object.assign(working, manager));
  more?.();
  shared.told.clear();
  told.mockClear();
  const quiet = (): void => undefined;
  diag.setLogger({ warn: told, error: quiet, info: quiet, debug: quiet, verbose: quiet }, { suppressOverrideMessage: true });
}

beforeEach(() => {
  trace.disable();
  context.disable();
});
afterEach(() => {
  trace.disable();
  context.disable();
  propagation.disable();
  logs.disable();
  diag.disable();
  configure({ redact: (_, value) => value, classify: () => undefined, exceptionSignal: "event" });
});

const options = { ret: captureResult };
const hostile = Object.defineProperty({ visible: 1 }, "hidden", { enumerable: true, get: boom });
const fields = (): object => ({ a: 1, get b() { return boom(); } });
const args = (): object => captureArguments({ hostile, text: "value" });

function sync(fail: boolean): string {
  const s = emit.enter(emit.site(["sync", "sync", "a.ts", 1, 1, 0], options), fields, args);
  try {
    if (fail) throw new RangeError("the program's own");
    return emit.returned("result", s);
  } catch (e) {
    emit.fail(s, e);
    throw e;
  } finally {
    emit.exit(s);
  }
}

async function async(fail: boolean): Promise<string> {
  const s = emit.enter(emit.site(["async", "async", "a.ts", 1, 1, 1], options), fields, args);
  try {
    emit.resumed(await emit.suspend(s, undefined), s);
    sync(fail);
    emit.resumed(await emit.suspend(s, undefined), s);
    return emit.resolved("result", s);
  } catch (e) {
    emit.fail(s, e);
    throw e;
  } finally {
    emit.exit(s);
  }
}

/** In which microtask a promise settles, counted from now. */
async function ticksOf(promise: Promise<unknown>): Promise<number> {
  let settled = false;
  const settle = (): void => void (settled = true);
  promise.then(settle, settle);
  let ticks = 0;
  for (; !settled; ticks++) await undefined;
  return ticks;
}

describe.each(setups)("with %s", (_, setup) => {
  it("results and errors are the program's own, and nothing is left active", async () => {
    start(setup);
    const isActive = (): boolean => setup.manager?.active === undefined && trace.getActiveSpan() !== undefined;
    for (let round = 0; round < 3; round++) {
      expect(sync(false)).toBe("result");
      expect(() => sync(true)).toThrow(new RangeError("the program's own"));
      await expect(async(false)).resolves.toBe("result");
      await expect(async(true)).rejects.toThrow(new RangeError("the program's own"));
      expect(isActive()).toBe(false);
    }
  });

  it("an async function settles in the microtask in which it does without an SDK", async () => {
    const off = [await ticksOf(async(false)), await ticksOf(async(true))];
    start(setup);
    // The first call finds out how the context manager behaves.
    await async(false);
    expect([await ticksOf(async(false)), await ticksOf(async(true))]).toEqual(off);
  });

  it("each kind of failure is told once", async () => {
    start(setup);
    for (let round = 0; round < 3; round++) {
      sync(false);
      await async(true).catch(() => undefined);
    }
    const texts = told.mock.calls.map(([text]) => String(text)).filter((text) => text.startsWith("errspan:"));
    expect(texts).toEqual([...new Set(texts)]);
  });
});

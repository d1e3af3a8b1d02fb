import { readFileSync } from "node:fs";
import { context, diag, DiagLogLevel, trace } from "@opentelemetry/api";
import { NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import { InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

type Emit = typeof import("../../src/emit.js");
type Index = typeof import("../../src/index.js");

const REGISTRY = Symbol.for("opentelemetry.js.api.1");
const STATE = Symbol.for("errspan.runtime.1");
const realm = globalThis as unknown as Record<symbol, unknown>;

/** A copy of the runtime of its own, as the CommonJS build is beside the ES module. */
async function freshCopy(): Promise<Emit & Index> {
  vi.resetModules();
  return { ...(await import("../../src/emit.js")), ...(await import("../../src/index.js")) };
}

function forget(): void {
  Reflect.deleteProperty(realm, STATE);
  Reflect.deleteProperty(realm, REGISTRY);
}

function register(): InMemorySpanExporter {
  const exporter = new InMemorySpanExporter();
  new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
  return exporter;
}

const names = (exporter: InMemorySpanExporter): string[] => exporter.getFinishedSpans().map((span) => span.name);

function call(emit: Emit, name: string, body: () => void = () => undefined): void {
  const s = emit.enter(emit.site([name, name, "file.ts", 1, 1, 0]));
  try {
    body();
  } catch (e) {
    emit.fail(s, e);
    throw e;
  } finally {
    emit.exit(s);
  }
}

beforeEach(forget);
afterEach(() => {
  trace.disable();
  context.disable();
  diag.disable();
  vi.unstubAllEnvs();
});

describe("without an SDK", () => {
  it("a call has no state, and everything takes that", async () => {
    const emit = await freshCopy();
    const s = emit.enter(emit.site(["off", "off", "file.ts", 1, 1, 0]), () => {
      throw new Error("must not be called");
    });
    expect(s).toBeUndefined();
    const value = { then: () => undefined };
    expect(emit.suspend(s, value)).toBe(value);
    expect(emit.resumed(value, s)).toBe(value);
    expect(emit.returned(value, s)).toBe(value);
    expect(emit.resolved(value, s)).toBe(value);
    expect(emit.delegate(s, value)).toBe(value);
    emit.suspendAtDispose(s)[Symbol.dispose]();
    emit.fail(s, new Error("x"));
    emit.exit(s);
  });

  it("the registry's place looks empty, and takes an SDK as if nobody had looked", async () => {
    await freshCopy();
    expect(realm[REGISTRY]).toBeUndefined();
    register();
    expect(Object.getOwnPropertyDescriptor(realm, REGISTRY)).toMatchObject({ writable: true, configurable: true, enumerable: true });
  });
});

describe("an SDK", () => {
  it("is noticed when it is registered later, taken out, and put in again", async () => {
    const emit = await freshCopy();
    call(emit, "before");
    const first = register();
    call(emit, "one");
    trace.disable();
    context.disable();
    call(emit, "between");
    const second = register();
    call(emit, "two");
    expect([names(first), names(second)]).toEqual([["one"], ["two"]]);
  });

  it("is noticed where it was there first", async () => {
    const exporter = register();
    call(await freshCopy(), "late");
    expect(names(exporter)).toEqual(["late"]);
  });

  it("is noticed where a test harness has replaced the registry", async () => {
    const emit = await freshCopy();
    const first = register();
    call(emit, "one");
    Reflect.deleteProperty(realm, REGISTRY);
    const second = register();
    call(emit, "two");
    expect([names(first), names(second)]).toEqual([["one"], ["two"]]);
  });

  it("is followed when the provider behind the API's proxy changes", async () => {
    const emit = await freshCopy();
    const first = register();
    call(emit, "one");
    const second = new InMemorySpanExporter();
    const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(second)] });
    (trace.getTracerProvider() as unknown as { setDelegate(to: object): void }).setDelegate(provider);
    call(emit, "two");
    expect([names(first), names(second)]).toEqual([["one"], ["two"]]);
  });

  it("sees our scope", async () => {
    const emit = await freshCopy();
    const exporter = register();
    call(emit, "scoped");
    const manifest: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    const { name, version } = exporter.getFinishedSpans()[0]?.instrumentationScope ?? {};
    expect(manifest).toMatchObject({ name, version });
  });
});

describe("two copies of the runtime", () => {
  it("see the same SDK, one parent after the other, and record an error once between them", async () => {
    const one = await freshCopy();
    const two = await freshCopy();
    expect(one.enter).not.toBe(two.enter);
    const exporter = register();
    expect(() =>
      call(one, "outer", () =>
        call(two, "middle", () =>
          call(one, "inner", () => {
            throw new Error("once");
          }),
        ),
      ),
    ).toThrow("once");
    const spans = exporter.getFinishedSpans();
    expect(spans.map((span) => [span.name, span.events.length])).toEqual([["inner", 1], ["middle", 0], ["outer", 0]]);
    expect(spans[0]?.parentSpanContext?.spanId).toBe(spans[1]?.spanContext().spanId);
    expect(spans[1]?.parentSpanContext?.spanId).toBe(spans[2]?.spanContext().spanId);
  });

  it("wait for one promise together", async () => {
    const one = await freshCopy();
    const two = await freshCopy();
    const exporter = register();
    const through = (emit: Emit, name: string, promise: Promise<unknown>): Promise<unknown> => {
      const s = emit.enter(emit.site([name, name, "file.ts", 1, 1, 0]));
      void emit.returned(promise, s);
      emit.exit(s);
      return promise;
    };
    const promise = through(two, "outer", through(one, "inner", new Promise((resolve) => setTimeout(resolve, 1))));
    expect(names(exporter)).toEqual([]);
    await promise;
    expect(names(exporter)).toEqual(["inner", "outer"]);
  });

  it("share the configuration", async () => {
    const one = await freshCopy();
    const two = await freshCopy();
    const exporter = register();
    one.configure({ disabled: true });
    call(two, "off");
    one.configure({ disabled: false });
    call(two, "on");
    expect(names(exporter)).toEqual(["on"]);
  });
});

describe("the kill switch", () => {
  it.each(["1", "true"])("ERRSPAN_DISABLED=%s keeps every call from making a span", async (value) => {
    vi.stubEnv("ERRSPAN_DISABLED", value);
    const emit = await freshCopy();
    const exporter = register();
    call(emit, "off");
    emit.withSpan("off", () => undefined);
    expect(names(exporter)).toEqual([]);
    expect(emit.activeTraceId()).toBeUndefined();
  });

  it("does not keep a call from ending that has begun", async () => {
    const emit = await freshCopy();
    const exporter = register();
    call(emit, "begun", () => emit.configure({ disabled: true }));
    expect(names(exporter)).toEqual(["begun"]);
    expect(trace.getActiveSpan()).toBeUndefined();
  });
});

describe("configure", () => {
  it("rejects a name that it does not know", async () => {
    const { configure } = await freshCopy();
    expect(() => configure({ exceptionSignals: "logs" } as never)).toThrow(/no "exceptionSignals".*exceptionSignal/);
  });

  it.each([
    { maxMessageLength: 0 },
    { maxStackLength: Number.NaN },
    { maxValueLength: 1.5 },
    { maxChainLength: Infinity },
    { exceptionSignal: "log" },
  ])("rejects %o, and then changes nothing", async (wrong) => {
    const { configure } = await freshCopy();
    const { settings } = await import("../../src/span/settings.js");
    const before = { ...settings };
    expect(() => configure({ legacyErrorAttributes: true, ...wrong } as never)).toThrow(`for ${Object.keys(wrong)[0]}`);
    expect({ ...settings }).toEqual(before);
  });
});

describe("what fails around a call", () => {
  const boom = (what: string) => (): never => {
    throw new Error(what);
  };

  it.each<[string, ConstructorParameters<typeof NodeTracerProvider>[0]]>([
    ["a processor at a span's start", { spanProcessors: [{ onStart: boom("onStart"), onEnd: () => undefined, forceFlush: async () => {}, shutdown: async () => {} }] }],
    ["a processor at a span's end", { spanProcessors: [{ onStart: () => undefined, onEnd: boom("onEnd"), forceFlush: async () => {}, shutdown: async () => {} }] }],
    ["a sampler", { sampler: { shouldSample: boom("sampler"), toString: () => "bad" } }],
    ["an id generator", { idGenerator: { generateSpanId: boom("id"), generateTraceId: boom("id") } }],
  ])("is told once through diag and changes nothing: %s", async (_, options) => {
    const emit = await freshCopy();
    const told: unknown[][] = [];
    const note = (...message: unknown[]): void => void told.push(message);
    const quiet = (): void => undefined;
    new NodeTracerProvider(options).register();
    diag.setLogger({ error: note, warn: note, info: quiet, debug: quiet, verbose: quiet }, { logLevel: DiagLogLevel.ALL, suppressOverrideMessage: true });
    let ran = 0;
    for (let round = 0; round < 3; round++) {
      call(emit, "work", () => ran++);
      expect(() => call(emit, "fails", boom("the user's own"))).toThrow("the user's own");
      expect(trace.getActiveSpan()).toBeUndefined();
    }
    expect(ran).toBe(3);
    expect(told.filter(([text]) => String(text).startsWith("errspan:"))).toHaveLength(1);
  });

  it("takes a context manager that throws", async () => {
    const emit = await freshCopy();
    const exporter = register();
    const registry = realm[REGISTRY] as { context: { attach: unknown } };
    registry.context.attach = boom("attach");
    let ran = false;
    call(emit, "work", () => (ran = true));
    expect(ran).toBe(true);
    expect(names(exporter)).toEqual(["work"]);
  });

  it("takes thunks and hooks that throw", async () => {
    const emit = await freshCopy();
    const { captureArguments } = await import("../../src/capture.js");
    const exporter = register();
    emit.configure({ redact: boom("redact"), classify: boom("classify") });
    const s = emit.enter(emit.site(["work", "work", "file.ts", 1, 1, 0]), boom("fields"), () => captureArguments({ a: 1 }));
    emit.fail(s, new Error("the user's own"));
    emit.exit(s);
    const [span] = exporter.getFinishedSpans();
    expect(span?.attributes["errspan.arg.a"]).toBe("[redacted]");
    expect(span?.events).toHaveLength(1);
  });

  it("takes a diag logger that throws", async () => {
    const emit = await freshCopy();
    register();
    diag.setLogger({ error: boom("d"), warn: boom("d"), info: boom("d"), debug: boom("d"), verbose: boom("d") }, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
    const s = emit.enter(emit.site(["work", "work", "file.ts", 1, 1, 0]), boom("fields"));
    expect(() => emit.exit(s)).not.toThrow();
  });

  it("takes a stack overflow anywhere in a deep recursion", async () => {
    const emit = await freshCopy();
    const ended: string[] = [];
    const onEnd = (span: { name: string }): void => void ended.push(span.name);
    const done = (): Promise<void> => Promise.resolve();
    new NodeTracerProvider({ spanProcessors: [{ onStart: () => undefined, onEnd, forceFlush: done, shutdown: done }] }).register();
    let depth = 0;
    const recurse = (): void => call(emit, "deep", () => (depth++, recurse()));
    expect(recurse).toThrow(RangeError);
    expect(depth).toBeGreaterThan(100);
    expect(trace.getActiveSpan() === undefined).toBe(true);
    call(emit, "afterwards");
    expect(ended.at(-1)).toBe("afterwards");
  });
});

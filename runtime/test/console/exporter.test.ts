import { SpanKind } from "@opentelemetry/api";
import type { ReadableSpan, SpanExporter } from "@opentelemetry/sdk-trace-base";
import { describe, expect, expectTypeOf, it } from "vitest";
import { ConsoleSpanExporter, type FinishedSpan } from "../../src/console.js";
import { formatDuration } from "../../src/console/render.js";
import { wantsColor } from "../../src/console/style.js";

const TRACE = "0af7651916cd43dd8448eb211c80319c";

interface Sketch {
  id: string;
  parent?: string;
  remote?: boolean;
  trace?: string;
  start?: number;
  ms?: number;
  kind?: number;
  failed?: boolean;
  attributes?: Record<string, unknown>;
  exception?: Record<string, unknown>;
}

function span(name: string, sketch: Sketch): FinishedSpan {
  return {
    name,
    kind: sketch.kind ?? SpanKind.INTERNAL,
    spanContext: () => ({ traceId: sketch.trace ?? TRACE, spanId: sketch.id }),
    parentSpanContext: sketch.parent === undefined ? undefined : { spanId: sketch.parent, isRemote: sketch.remote === true },
    startTime: [0, (sketch.start ?? 0) * 1e6],
    duration: [0, (sketch.ms ?? 1) * 1e6],
    status: { code: sketch.failed === true ? 2 : 0 },
    attributes: sketch.attributes ?? {},
    events: sketch.exception === undefined ? [] : [{ name: "exception", attributes: sketch.exception }],
  };
}

function exporter(options: { color?: boolean; maxSpans?: number } = {}): { sink: ConsoleSpanExporter; text(): string; give(...spans: FinishedSpan[]): unknown } {
  let text = "";
  const sink = new ConsoleSpanExporter({ color: false, write: (more) => void (text += more), ...options });
  return {
    sink,
    text: () => text,
    give: (...spans) => {
      let result: unknown;
      sink.export(spans, (outcome) => (result = outcome));
      return result;
    },
  };
}

const place = { "code.function.name": "x", "code.file.path": "src/orders.ts", "code.line.number": 12, "code.column.number": 3 };

describe("the console exporter", () => {
  it("is a SpanExporter of the SDK", () => {
    expectTypeOf<ConsoleSpanExporter>().toExtend<SpanExporter>();
    expectTypeOf<ReadableSpan>().toExtend<FinishedSpan>();
  });

  it("prints a trace as a tree, when its root has ended", () => {
    const { give, text } = exporter();
    give(span("validate", { id: "2", parent: "1", start: 1, ms: 0.4, attributes: place }));
    give(span("load card", { id: "4", parent: "3", start: 3, ms: 12.34, kind: SpanKind.CLIENT }));
    give(span("charge", { id: "3", parent: "1", start: 2, ms: 123.4, attributes: { ...place, "order.id": "A-1", items: [1, 2] } }));
    expect(text()).toBe("");
    expect(give(span("process", { id: "1", ms: 1250, attributes: place }))).toEqual({ code: 0 });
    expect(text()).toBe(
      [
        `trace ${TRACE} · 4 spans · 1.25 s`,
        "✓  process  1.25 s  src/orders.ts:12:3",
        "├─ ✓  validate  0.40 ms  src/orders.ts:12:3",
        "└─ ✓  charge  123 ms  order.id=A-1 items=[1, 2]  src/orders.ts:12:3",
        "   └─ ✓  load card  12.3 ms  client",
        "",
      ].join("\n"),
    );
  });

  it("shows an exception with its causes and the frame it came from, and the way it took", () => {
    const { give, text } = exporter();
    const exception = {
      "exception.type": "PaymentError",
      "exception.message": "charge failed\ntry again",
      "exception.stacktrace": [
        "PaymentError: charge failed",
        "    at fetch (node:internal/deps/undici:1:1)",
        "    at call (/app/node_modules/pg/index.js:1:1)",
        "    at charge (/app/src/payment.ts:40:11) {",
        "  [cause]: GatewayError: no answer",
        "}",
      ].join("\n"),
      "errspan.error.chain": ["PaymentError: charge failed", "GatewayError: no answer", "Error: ECONNRESET"],
    };
    give(
      span("charge", { id: "2", parent: "1", ms: 80, failed: true, attributes: { ...place, "error.type": "PaymentError" }, exception }),
      span("save", { id: "3", parent: "2", ms: 1 }),
      span("process", { id: "1", ms: 90, failed: true, attributes: { "error.type": "PaymentError" } }),
    );
    expect(text()).toBe(
      [
        `trace ${TRACE} · 3 spans · 90.0 ms · 2 failed`,
        "✗  process  90.0 ms  PaymentError",
        "└─ ✗  charge  80.0 ms  src/orders.ts:12:3",
        "   │   PaymentError: charge failed",
        "   │     try again",
        "   │   ↳ GatewayError: no answer",
        "   │   ↳ Error: ECONNRESET",
        "   │   at charge (/app/src/payment.ts:40:11)",
        "   └─ ✓  save  1.00 ms",
        "",
      ].join("\n"),
    );
  });

  it("colours status, and nothing where colour is off", () => {
    const colored = exporter({ color: true });
    colored.give(span("good", { id: "2", parent: "1" }), span("bad", { id: "1", failed: true }));
    expect(colored.text()).toContain("\u001b[31m✗\u001b[39m");
    expect(colored.text()).toContain("\u001b[32m✓\u001b[39m");
    const plain = exporter();
    plain.give(span("good", { id: "2", parent: "1" }), span("bad", { id: "1", failed: true }));
    expect(plain.text()).not.toContain("\u001b");
    expect(colored.text().replace(/\u001b\[\d+m/g, "")).toBe(plain.text());
  });

  it.each([
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: "1" }, true, false],
    [{ NO_COLOR: "" }, true, true],
    [{ FORCE_COLOR: "1" }, false, true],
    [{ FORCE_COLOR: "0" }, true, false],
    [{ FORCE_COLOR: "1", NO_COLOR: "1" }, false, true],
    [{ TERM: "dumb" }, true, false],
  ])("colours by the environment: %j, terminal %s", (environment, terminal, expected) => {
    expect(wantsColor(environment, terminal)).toBe(expected);
  });

  it("keeps traces apart, and takes a remote parent for none", () => {
    const { give, text } = exporter();
    give(span("a1", { id: "2", parent: "1", trace: "a" }), span("b1", { id: "4", parent: "3", trace: "b" }));
    give(span("b", { id: "3", parent: "f", remote: true, trace: "b" }));
    expect(text()).toBe("trace b · 2 spans · 1.00 ms\n✓  b  1.00 ms\n└─ ✓  b1  1.00 ms\n");
  });

  it("prints spans that end after their root, under their trace again", () => {
    const { give, text } = exporter();
    give(span("root", { id: "1" }));
    give(span("leaf", { id: "3", parent: "2", start: 5 }));
    expect(text()).not.toContain("leaf");
    give(span("late", { id: "2", parent: "1", start: 4 }));
    expect(text()).toMatch(/root.*\ntrace \w+ · 2 spans · 1\.00 ms\n✓ {2}late.*\n└─ ✓ {2}leaf/);
  });

  it("prints what is incomplete at forceFlush and shutdown, and takes nothing after that", async () => {
    const { sink, give, text } = exporter();
    give(span("first", { id: "2", parent: "1" }));
    await sink.forceFlush();
    expect(text()).toContain("first");
    give(span("second", { id: "5", parent: "4", trace: "b" }));
    await sink.shutdown();
    expect(text()).toContain("second");
    expect(give(span("third", { id: "6" }))).toMatchObject({ code: 1 });
    expect(text()).not.toContain("third");
  });

  it("keeps a bounded number of spans", () => {
    const { give, text } = exporter({ maxSpans: 10 });
    for (let index = 0; index < 100; index++) give(span(`orphan ${index}`, { id: `${index}`, parent: "gone", trace: `${index}` }));
    expect(text().match(/orphan/g)).toHaveLength(90);
    expect(text()).toMatch(/^trace 0 .*\n.*orphan 0 /);
  });

  it("reports a failure to write instead of throwing it", () => {
    const sink = new ConsoleSpanExporter({
      write: () => {
        throw new Error("EPIPE");
      },
    });
    let result: unknown;
    sink.export([span("x", { id: "1" })], (outcome) => (result = outcome));
    expect(result).toEqual({ code: 1, error: new Error("EPIPE") });
  });

  it("lets no control characters through to the terminal", () => {
    const { give, text } = exporter();
    give(
      span("a\u001b[2Jb\nc", {
        id: "1",
        attributes: { "k\u0007": "\u001b]0;title\u0007" },
        failed: true,
        exception: { "exception.type": "E", "exception.message": "\u001b[31mred\u202e" },
      }),
    );
    expect(text()).not.toMatch(/[\u0007\u001b\u202e]/);
    expect(text()).toContain("a␛[2Jb⏎c");
  });

  it("survives a very deep trace", () => {
    const { give, text } = exporter({ maxSpans: 10_000 });
    const spans = Array.from({ length: 5000 }, (_, index) =>
      span(`s${index}`, { id: `${index}`, ...(index > 0 && { parent: `${index - 1}` }), start: index }),
    );
    expect(give(...spans.reverse())).toEqual({ code: 0 });
    expect(text()).toContain("more below");
  });

  it.each([
    [[0, 0], "0.00 ms"],
    [[0, 42_000], "0.04 ms"],
    [[0, 9_994_000], "9.99 ms"],
    [[0, 99_940_000], "99.9 ms"],
    [[0, 999_000_000], "999 ms"],
    [[1, 250_000_000], "1.25 s"],
    [[125, 0], "2 min 05 s"],
    [[119, 999_000_000], "2 min 00 s"],
  ] as [[number, number], string][])("writes a duration of %j as %s", (time, expected) => {
    expect(formatDuration(time)).toBe(expected);
  });
});

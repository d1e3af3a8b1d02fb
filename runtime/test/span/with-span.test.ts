import { SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { err, ok, okAsync, errAsync } from "neverthrow";
import { afterAll, beforeEach, describe, expect, expectTypeOf, it } from "vitest";
import { activeTraceId, annotate, configure, recordError, withSpan } from "../../src/index.js";
import { settle, startTracing, stopTracing, type Tracing } from "../tracing.js";

let tracing: Tracing;
beforeEach(() => {
  tracing = startTracing();
});
afterAll(stopTracing);

describe("withSpan", () => {
  it("returns what the function returns, with its type", async () => {
    const value = withSpan("sync", () => 42);
    expect(value).toBe(42);
    expectTypeOf(value).toEqualTypeOf<number>();
    const promise = withSpan("async", { kind: "client" }, async () => "later");
    expectTypeOf(promise).toEqualTypeOf<Promise<string>>();
    expect(await promise).toBe("later");
    expect(tracing.span("async").kind).toBe(SpanKind.CLIENT);
  });

  it("hands the span in, and makes it the active one, after awaits too", async () => {
    await withSpan("outer", async (span) => {
      span.setAttribute("own", 1);
      await settle();
      expect(trace.getActiveSpan()).toBe(span);
      await withSpan("inner", async () => settle());
    });
    expect(tracing.tree()).toBe("outer(inner)");
    expect(tracing.span("outer").attributes).toEqual({ own: 1 });
  });

  it("records an error that is thrown, and throws it on", () => {
    const error = new RangeError("too many");
    expect(() =>
      withSpan("fails", () => {
        throw error;
      }),
    ).toThrow(error);
    const span = tracing.span("fails");
    expect(span.status).toEqual({ code: SpanStatusCode.ERROR, message: "too many" });
    expect(span.attributes["error.type"]).toBe("RangeError");
    expect(span.events.map((event) => event.name)).toEqual(["exception"]);
  });

  it("records a rejection, and ends the span when the promise has settled", async () => {
    const pending = withSpan("fails later", async () => {
      await settle();
      throw new Error("late");
    });
    expect(tracing.spans()).toEqual([]);
    await expect(pending).rejects.toThrow("late");
    expect(tracing.span("fails later").status.message).toBe("late");
  });

  it("ends the span of async work that nobody waits for", async () => {
    void withSpan("in the background", async () => {
      await settle();
    });
    expect(tracing.spans()).toEqual([]);
    await settle();
    await settle();
    expect(tracing.tree()).toBe("in the background");
  });

  it("gives back the very promise that a plain function returns", () => {
    const promise = Promise.resolve(1);
    expect(withSpan("plain", () => promise)).toBe(promise);
  });

  it("takes attributes, root and links", () => {
    withSpan("other", (other) => {
      withSpan("new trace", { root: true, links: [{ context: other.spanContext() }], attributes: { a: [1, 2] } }, () => {
        withSpan("below", () => undefined);
      });
    });
    const span = tracing.span("new trace");
    expect(span.parentSpanContext).toBeUndefined();
    expect(span.links.map((link) => link.context.spanId)).toEqual([tracing.span("other").spanContext().spanId]);
    expect(span.attributes).toEqual({ a: [1, 2] });
    expect(tracing.tree()).toBe("other new trace(below)");
  });

  it("only annotates the active span with span: false", () => {
    withSpan("outer", (outer) => {
      const value = withSpan("none", { span: false, attributes: { extra: true } }, (span) => {
        expect(span).toBe(outer);
        return 1;
      });
      expect(value).toBe(1);
    });
    expect(tracing.span("outer").attributes).toEqual({ extra: true });
    expect(tracing.spans()).toHaveLength(1);
  });

  it("captures the result with ret, a promise's when it is there", async () => {
    withSpan("sync", { ret: true }, () => ({ id: 7, password: "hunter2" }));
    await withSpan("async", { ret: true }, async () => [1, "two"]);
    expect(tracing.span("sync").attributes["errspan.return"]).toBe('{"id":7,"password":"[redacted]"}');
    expect(tracing.span("async").attributes["errspan.return"]).toBe('[1,"two"]');
  });

  it("runs the function without a span where no SDK is registered or errspan is switched off", () => {
    configure({ disabled: true });
    try {
      expect(withSpan("off", (span) => span.isRecording())).toBe(false);
      annotate({ a: 1 });
      recordError(new Error("nowhere"));
    } finally {
      configure({ disabled: false });
    }
    stopTracing();
    expect(withSpan("off", (span) => span.isRecording())).toBe(false);
    expect(activeTraceId()).toBeUndefined();
    expect(tracing.spans()).toEqual([]);
  });
});

describe("a failed result that is returned", () => {
  it("marks the span of neverthrow's Err, not of Ok", () => {
    const failed = withSpan("failed", () => err(new TypeError("bad input")));
    expect(failed.isErr()).toBe(true);
    withSpan("fine", () => ok(new Error("a value like any other")));
    expect(tracing.span("failed").status).toEqual({ code: SpanStatusCode.ERROR, message: "bad input" });
    expect(tracing.span("failed").attributes["error.type"]).toBe("TypeError");
    expect(tracing.span("fine").status.code).toBe(SpanStatusCode.UNSET);
  });

  it("marks it when a promise or a ResultAsync brings it", async () => {
    await withSpan("promise", async () => err("no such order"));
    const result = withSpan("ResultAsync", () => errAsync(new Error("later")));
    expect(tracing.spans().map((span) => span.name)).toEqual(["promise"]);
    expect((await result).isErr()).toBe(true);
    expect((await withSpan("fine", () => okAsync(1))).isOk()).toBe(true);
    await settle();
    expect(tracing.span("promise").status.message).toBe("no such order");
    expect(tracing.span("ResultAsync").status.message).toBe("later");
    expect(tracing.span("fine").status.code).toBe(SpanStatusCode.UNSET);
  });
});

describe("recordError, annotate and activeTraceId", () => {
  it("work on the active span", () => {
    withSpan("work", (span) => {
      annotate({ "order.id": "A1" });
      recordError(new Error("half done"), { attributes: { step: 2 } });
      expect(activeTraceId()).toBe(span.spanContext().traceId);
    });
    const span = tracing.span("work");
    expect(span.attributes).toEqual({ "order.id": "A1", "error.type": "Error" });
    expect(span.status).toEqual({ code: SpanStatusCode.ERROR, message: "half done" });
    expect(span.events[0]?.attributes).toMatchObject({ "exception.message": "half done", step: 2 });
  });

  it("leaves the status alone for an error that has been handled", () => {
    withSpan("work", () => recordError(new Error("cache is down"), { handled: true }));
    const span = tracing.span("work");
    expect(span.status.code).toBe(SpanStatusCode.UNSET);
    expect(span.attributes).toEqual({});
    expect(span.events).toHaveLength(1);
  });

  it("records on a span that is named", () => {
    withSpan("outer", (outer) => withSpan("inner", () => recordError(new Error("for outer"), { span: outer })));
    expect(tracing.span("outer").events).toHaveLength(1);
    expect(tracing.span("inner").events).toHaveLength(0);
  });

  it("do nothing where no span is active", () => {
    annotate({ a: 1 });
    recordError(new Error("nowhere"));
    expect(activeTraceId()).toBeUndefined();
  });
});

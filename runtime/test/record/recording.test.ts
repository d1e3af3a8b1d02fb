import { runInNewContext } from "node:vm";
import { DatabaseError } from "./errors.js";
import { SpanStatusCode } from "@opentelemetry/api";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { configure, withSpan } from "../../src/index.js";
import { async, sync } from "../span/rewritten.js";
import { startTracing, stopTracing, type Tracing } from "../tracing.js";

let tracing: Tracing;
beforeEach(() => {
  tracing = startTracing();
});
afterEach(() => configure({ legacyErrorAttributes: false, maxMessageLength: 4096 }));
afterAll(stopTracing);

function thrown(name: string, error: unknown): void {
  try {
    sync(name, () => {
      throw error;
    });
  } catch (caught) {
    expect(caught).toBe(error);
  }
}

const recordings = (): string[] => tracing.spans().flatMap((span) => span.events.map(() => span.name));
const exceptionOf = (name: string): Record<string, unknown> => ({ ...tracing.span(name).events[0]?.attributes });

describe("an error that passes several spans", () => {
  it("is recorded once, at its origin; each span has status and type", () => {
    const error = new DatabaseError("connection lost");
    expect(() =>
      sync("outer", () =>
        sync("middle", () =>
          sync("inner", () => {
            throw error;
          }),
        ),
      ),
    ).toThrow(error);
    expect(recordings()).toEqual(["inner"]);
    for (const name of ["outer", "middle", "inner"]) {
      expect(tracing.span(name).status).toEqual({ code: SpanStatusCode.ERROR, message: "connection lost" });
      expect(tracing.span(name).attributes["error.type"]).toBe("DatabaseError");
    }
  });

  it("is recorded once through async functions, Promise.all and withSpan", async () => {
    const error = new Error("deep");
    const failing = (): Promise<never> =>
      async("inner", undefined, () => {
        throw error;
      });
    await expect(
      withSpan("outer", async () => {
        await withSpan("middle", () => Promise.all([failing(), async("fine", undefined, () => 1)]));
      }),
    ).rejects.toBe(error);
    expect(recordings()).toEqual(["inner"]);
    expect(tracing.span("fine").status.code).toBe(SpanStatusCode.UNSET);
  });

  it("is recorded again in another trace, as a cached rejection or a constant error is", () => {
    const constant = Object.freeze(new Error("always the same"));
    thrown("first", constant);
    thrown("second", constant);
    expect(recordings()).toEqual(["first", "second"]);
  });

  it("is recorded where it is wrapped, with its cause", () => {
    const cause = new Error("disk full");
    expect(() =>
      sync("outer", () => {
        try {
          sync("inner", () => {
            throw cause;
          });
        } catch (error) {
          throw new DatabaseError("save failed", { cause: error });
        }
      }),
    ).toThrow("save failed");
    expect(recordings()).toEqual(["inner", "outer"]);
    expect(exceptionOf("outer")["errspan.error.chain"]).toEqual(["DatabaseError: save failed", "Error: disk full"]);
    expect(exceptionOf("outer")["errspan.error.depth"]).toBe(1);
  });

  it.each([["text"], [404], [null], [undefined], [Symbol("oops")], [10n], [Number.NaN]])("is recorded once, too, where it is %s", (value) => {
    const attempt = (): void => thrown("inner", value);
    try {
      sync("outer", () => {
        attempt();
        sync("middle", () =>
          sync("again", () => {
            throw value;
          }),
        );
      });
    } catch (caught) {
      expect(caught).toBe(value);
    }
    expect(recordings()).toEqual(["inner", "again"]);
    expect(tracing.span("outer").status.code).toBe(SpanStatusCode.ERROR);
  });
});

describe("what is recorded", () => {
  it("is type, message and stack, without what a single error has no use for", () => {
    thrown("fails", new TypeError("not a number"));
    const { "exception.stacktrace": stack, ...rest } = exceptionOf("fails");
    expect(rest).toEqual({ "exception.type": "TypeError", "exception.message": "not a number", "errspan.error.depth": 0 });
    expect(stack).toMatch(/^TypeError: not a number\n {4}at .*recording\.test\.ts/);
  });

  it.each([
    ["its class", new DatabaseError("x"), "DatabaseError"],
    ["its name, where the class is a catch-all", Object.assign(new Error("x"), { name: "AbortError" }), "AbortError"],
    ["a DOMException's name", new DOMException("x", "TimeoutError"), "TimeoutError"],
    ["its name, where a minifier took the class's", new (class t extends Error { override name = "QueryError"; })("x"), "QueryError"],
    ["its class, where the name is a sentence", Object.assign(new Error("x"), { name: "HTTP 503 from 10.0.0.7" }), "Error"],
    ["not its code", Object.assign(new Error("x"), { code: "23505" }), "Error"],
    ["the class of what is no error", new Map(), "Map"],
    ["nothing for what has no class", Object.create(null), "_OTHER"],
    ["nothing for a primitive", "text", "_OTHER"],
  ])("takes for the type %s", (_, error, type) => {
    thrown("fails", error);
    expect(tracing.span("fails").attributes["error.type"]).toBe(type);
  });

  it.each([
    ["text", "string", "text"],
    [404, "number", "404"],
    [null, "null", "null"],
    [undefined, "undefined", "undefined"],
    [Symbol("oops"), "symbol", "Symbol(oops)"],
    [{ code: 7, token: "t0p" }, "Object", "{ code: 7, token: … }"],
    [{ message: "like an error" }, "Object", "like an error"],
  ])("describes %s that was thrown", (value, type, message) => {
    thrown("fails", value);
    expect(exceptionOf("fails")).toMatchObject({ "exception.type": type, "exception.message": message });
    expect(tracing.span("fails").status.message).toBe(message);
  });

  it("has the members of an AggregateError and both sides of a SuppressedError in its chain", () => {
    thrown("aggregate", new AggregateError([new Error("a", { cause: new TypeError("why") }), "b"], "all failed"));
    expect(exceptionOf("aggregate")["errspan.error.chain"]).toEqual([
      "AggregateError: all failed",
      "[0] Error: a",
      "[0] TypeError: why",
      "[1] b",
    ]);
    const suppressed = Object.assign(new Error("in clean-up"), { error: new Error("closing"), suppressed: new Error("first") });
    suppressed.name = "SuppressedError";
    thrown("suppressed", suppressed);
    expect(exceptionOf("suppressed")["errspan.error.chain"]).toEqual([
      "SuppressedError: in clean-up",
      "[error] Error: closing",
      "[suppressed] Error: first",
    ]);
  });

  it("has category and retryability from the error itself or from a classifier", () => {
    thrown("self", Object.assign(new Error("x"), { [Symbol.for("errspan.classification")]: { category: "network", retryable: true } }));
    expect(exceptionOf("self")).toMatchObject({ "errspan.error.category": "network", "errspan.error.retryable": true });
    configure({ classify: () => ({ category: "timeout" }) });
    thrown("classified", new Error("y"));
    configure({ classify: () => undefined });
    expect(exceptionOf("classified")).toMatchObject({ "errspan.error.category": "timeout" });
  });

  it("includes the deprecated attributes when asked to", () => {
    configure({ legacyErrorAttributes: true });
    thrown("fails", Object.assign(new Error("x"), { [Symbol.for("errspan.classification")]: { category: "network" } }));
    const { attributes } = tracing.span("fails");
    expect(attributes).toMatchObject({ error: true, "error.message": "x", "error.type": "Error", "error.category": "network" });
    expect(attributes["error.stack"]).toMatch(/^Error: x\n/);
  });
});

describe("a hostile error", () => {
  const trap = (): never => {
    throw new Error("trapped");
  };
  const proxy = new Proxy({}, { get: trap, getPrototypeOf: trap, has: trap, ownKeys: trap, getOwnPropertyDescriptor: trap });
  const cyclic = new Error("cycle");
  cyclic.cause = new Error("back", { cause: cyclic });
  let long = new Error("the end");
  for (let index = 0; index < 10_000; index++) long = new Error(`level ${index}`, { cause: long });
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();

  it.each([
    ["a Proxy that throws", proxy],
    ["a revoked Proxy", revoked.proxy],
    ["an error whose every getter throws", Object.defineProperties(new Error("x"), { message: { get: trap }, stack: { get: trap }, name: { get: trap }, cause: { get: trap }, constructor: { get: trap } })],
    ["an object whose toString throws", { toString: trap, toJSON: trap, [Symbol.toPrimitive]: trap }],
    ["an error with a message that is no string", Object.assign(new Error("x"), { message: { toString: trap } })],
    ["an error with a stack that is no string", Object.assign(new Error("x"), { stack: [] })],
    ["a frozen error", Object.freeze(new Error("x"))],
    ["a cyclic cause", cyclic],
    ["an aggregate that contains itself", ((aggregate) => (aggregate.errors.push(aggregate), aggregate))(new AggregateError([], "self"))],
    ["an aggregate of a million", new AggregateError(new Array(1_000_000).fill(new Error("one")), "many")],
    ["10 000 causes", long],
    ["a message of 10 MB", new Error("x".repeat(10_000_000))],
    ["a cause of 10 MB", new Error("short", { cause: "y".repeat(10_000_000) })],
    ["a function", trap],
    ["ten million bytes", new Uint8Array(10_000_000)],
    ["a cross-realm error", runInNewContext("new RangeError('x')")],
  ])("is recorded within bounds: %s", (_, error) => {
    thrown("fails", error);
    const span = tracing.span("fails");
    expect(span.status.code).toBe(SpanStatusCode.ERROR);
    expect(span.events).toHaveLength(1);
    const size = JSON.stringify([span.attributes, span.events, span.status]).length;
    expect(size).toBeLessThan(200_000);
    for (const value of Object.values(exceptionOf("fails"))) {
      if (typeof value === "string") expect(value.length).toBeLessThanOrEqual(16_384);
      if (Array.isArray(value)) expect(value.length).toBeLessThanOrEqual(16);
    }
  });

  it("keeps the frames of a stack below a huge message", () => {
    thrown("fails", new Error("x".repeat(1_000_000)));
    expect(exceptionOf("fails")["exception.stacktrace"]).toMatch(/^Error: x+…\n {4}at .*recording\.test/);
  });

  it("is not listed item by item", () => {
    thrown("bytes", new Uint8Array(2));
    thrown("array", ["a secret"]);
    expect([exceptionOf("bytes"), exceptionOf("array")].map((each) => each["exception.message"])).toEqual(["[…]", "[…]"]);
  });

  it("counts a long chain", () => {
    thrown("fails", long);
    expect(exceptionOf("fails")["errspan.error.depth"]).toBe(1000);
  });

  it("is not written to", () => {
    const error = new Error("untouched");
    const before = Reflect.ownKeys(error);
    thrown("fails", error);
    expect(Reflect.ownKeys(error)).toEqual(before);
  });
});

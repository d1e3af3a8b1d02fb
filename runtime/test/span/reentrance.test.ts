import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { AlwaysOnSampler, BasicTracerProvider, type ReadableSpan, type Sampler } from "@opentelemetry/sdk-trace-base";
import { afterEach, describe, expect, it } from "vitest";
import { sync } from "./rewritten.js";

afterEach(() => {
  trace.disable();
  context.disable();
});

/** A program's own SDK set-up, all of it rewritten: with `functions: "all"` nothing keeps a selector out of it. */
function startTracedSdk(): ReadableSpan[] {
  const ended: ReadableSpan[] = [];
  const always = new AlwaysOnSampler();
  const sampler: Sampler = { shouldSample: () => sync("shouldSample", () => always.shouldSample()) };
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({
      sampler,
      spanProcessors: [
        {
          onStart: () => {
            sync("onStart", () => undefined);
          },
          onEnd: (span) => {
            sync("onEnd", () => ended.push(span));
          },
          forceFlush: () => Promise.resolve(),
          shutdown: () => Promise.resolve(),
        },
      ],
    }),
  );
  return ended;
}

describe("traced functions that are called by the SDK, or by us", () => {
  it("run without spans in a sampler and a span processor of the program's own", () => {
    const ended = startTracedSdk();
    expect(sync("work", () => sync("inner", () => 42))).toBe(42);
    expect(ended.map(({ name }) => name)).toEqual(["inner", "work"]);
  });

  it("run without spans in a getter of an error that is being recorded, and get spans again afterwards", () => {
    const ended = startTracedSdk();
    class Lazy extends Error {
      override get message(): string {
        return sync("message", () => "worked out");
      }
    }
    expect(() =>
      sync("work", () => {
        throw new Lazy();
      }),
    ).toThrow(Lazy);
    sync("later", () => undefined);
    expect(ended.map(({ name, status }) => [name, status.message])).toEqual([
      ["work", "worked out"],
      ["later", undefined],
    ]);
  });
});

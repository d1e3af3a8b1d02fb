import { trace } from "@opentelemetry/api";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import * as emit from "../../src/emit.js";
import { settle, startTracing, stopTracing, type Tracing } from "../tracing.js";
import { async, siteOf, sync } from "./rewritten.js";

let tracing: Tracing;
beforeEach(() => {
  tracing = startTracing();
});
afterAll(stopTracing);

const active = (): string | undefined => (trace.getActiveSpan() as { name?: string } | undefined)?.name;

function* counting(seen: unknown[]): Generator<number, string, string> {
  const s = emit.enter(siteOf("counting", 2));
  try {
    for (let round = 1; round <= 2; round++) {
      try {
        seen.push(active());
        seen.push(emit.resumed(yield emit.suspend(s, round), s));
      } catch (error) {
        emit.resume(s);
        seen.push(error, active());
      } finally {
        emit.resume(s);
        seen.push(active());
      }
    }
    return emit.suspend(s, "done");
  } catch (e) {
    emit.fail(s, e);
    throw e;
  } finally {
    emit.exit(s);
  }
}

describe("a traced generator", () => {
  it("has its own span at each step and the consumer has its own between them", () => {
    const seen: unknown[] = [];
    sync("consumer", () => {
      const generator = counting(seen);
      expect(generator.next()).toEqual({ value: 1, done: false });
      expect(active()).toBe("consumer");
      expect(generator.next("a")).toEqual({ value: 2, done: false });
      sync("between", () => undefined);
      expect(generator.next("b")).toEqual({ value: "done", done: true });
      expect(active()).toBe("consumer");
    });
    expect(seen).toEqual(["counting", "a", "counting", "counting", "b", "counting"]);
    expect(tracing.tree()).toBe("consumer(counting between)");
  });

  it("has it also when resumed by throw or return, in catch and finally", () => {
    const seen: unknown[] = [];
    sync("consumer", () => {
      const generator = counting(seen);
      generator.next();
      expect(generator.throw("poison")).toEqual({ value: 2, done: false });
      expect(generator.return("enough")).toEqual({ value: "enough", done: true });
      expect(active()).toBe("consumer");
    });
    expect(seen).toEqual(["counting", "poison", "counting", "counting", "counting", "counting"]);
    expect(tracing.span("counting").status.code).toBe(0);
  });

  it("is resumed under whoever consumes it, whose context is back afterwards", () => {
    const generator = counting([]);
    sync("first", () => generator.next());
    sync("second", () => {
      generator.next("x");
      expect(active()).toBe("second");
      generator.next("y");
      expect(active()).toBe("second");
    });
    expect(active()).toBeUndefined();
    expect(tracing.span("counting").parentSpanContext?.spanId).toBe(tracing.span("first").spanContext().spanId);
  });
});

describe("yield* in a traced generator", () => {
  function* delegating(inner: Iterable<unknown>, seen: unknown[]): Generator<unknown, void> {
    const s = emit.enter(siteOf("delegating", 2));
    try {
      seen.push(emit.resumed(yield* emit.delegate(s, inner) as Generator, s), active());
    } catch (e) {
      emit.fail(s, e);
      throw e;
    } finally {
      emit.exit(s);
    }
  }

  it("runs the steps of the inner iterator in the generator's context", () => {
    const seen: unknown[] = [];
    function* inner(): Generator<number, string, unknown> {
      seen.push(active());
      const got = yield 1;
      seen.push(got, active());
      return "result";
    }
    sync("consumer", () => {
      const generator = delegating(inner(), seen);
      generator.next();
      expect(active()).toBe("consumer");
      generator.next("sent");
      expect(active()).toBe("consumer");
    });
    expect(seen).toEqual(["delegating", "sent", "delegating", "result", "delegating"]);
  });

  it("hands throw and return on, and closes an iterator that has no throw", () => {
    const calls: string[] = [];
    const inner = {
      [Symbol.iterator]: () => ({
        next: (value: unknown) => (calls.push(`next ${String(value)}`), { value: 1, done: false }),
        return: (value: unknown) => (calls.push(`return ${String(value)}`), { value, done: true }),
      }),
    };
    const generator = delegating(inner, []);
    generator.next("ignored");
    generator.next("sent");
    expect(() => generator.throw(new Error("x"))).toThrow(TypeError);
    expect(calls).toEqual(["next undefined", "next sent", "return undefined"]);
  });

  it("passes result objects through unread, and throws the engine's own errors for what cannot be iterated", () => {
    let read = 0;
    const result = { get value() { return read++; }, done: false };
    const generator = delegating({ [Symbol.iterator]: () => ({ next: () => result }) } as never, []);
    expect(generator.next()).toBe(result);
    expect(read).toBe(0);
    for (const wrong of [undefined, null, 1, {}, { [Symbol.iterator]: () => 1 }]) {
      expect(() => delegating(wrong as never, []).next()).toThrow(TypeError);
    }
  });
});

describe("a traced async generator", () => {
  async function* ticking(seen: unknown[]): AsyncGenerator<number, void, unknown> {
    const s = emit.enter(siteOf("ticking", 3));
    try {
      for (let round = 1; round <= 2; round++) {
        seen.push(active());
        emit.resumed(await emit.suspend(s, settle()), s);
        seen.push(active());
        emit.resumed(yield emit.suspend(s, round), s);
        seen.push(active());
      }
    } catch (e) {
      emit.fail(s, e);
      throw e;
    } finally {
      emit.exit(s);
    }
  }

  it("has its own span after each await and each yield, the consumer its own in for await", async () => {
    const seen: unknown[] = [];
    const outside: unknown[] = [];
    async function consumer(): Promise<void> {
      const s = emit.enter(siteOf("consumer", 1));
      try {
        try {
          for await (const value of emit.suspend(s, ticking(seen))) {
            emit.resume(s);
            try {
              outside.push(value, active());
            } finally {
              emit.suspend(s, undefined);
            }
          }
        } finally {
          emit.resume(s);
        }
        outside.push(active());
      } finally {
        emit.exit(s);
      }
    }
    await consumer();
    expect(seen).toEqual(Array(6).fill("ticking"));
    expect(outside).toEqual([1, "consumer", 2, "consumer", "consumer"]);
    expect(active()).toBeUndefined();
  });

  it("gives the consumer its context back at once when next is called", async () => {
    await async("consumer", undefined, async () => {
      const generator = ticking([]);
      const step = generator.next();
      expect(active()).toBe("consumer");
      await step;
      const steps = [generator.next(), generator.next()];
      expect(active()).toBe("consumer");
      await Promise.all(steps);
      expect(active()).toBe("consumer");
    });
    expect(tracing.tree()).toBe("consumer(ticking)");
  });
});

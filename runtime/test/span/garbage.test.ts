import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import * as emit from "../../src/emit.js";
import { settle, startTracing, stopTracing, type Tracing } from "../tracing.js";
import { siteOf, sync } from "./rewritten.js";

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;

let tracing: Tracing;
beforeEach(() => {
  tracing = startTracing();
});
afterAll(stopTracing);

async function collectUntil(done: () => boolean): Promise<void> {
  for (let round = 0; round < 50 && !done(); round++) {
    await settle();
    gc();
  }
}

function* numbers(): Generator<number, void, unknown> {
  const s = emit.enter(siteOf("numbers", 2));
  try {
    for (let value = 0; ; value++) {
      emit.resumed(yield emit.suspend(s, value), s);
      sync("step", () => undefined);
    }
  } finally {
    emit.exit(s);
  }
}

describe("what nobody comes back to", () => {
  it("a generator that is never resumed keeps no span open for ever", async () => {
    (() => {
      const generator = numbers();
      generator.next();
      generator.next();
    })();
    await collectUntil(() => tracing.spans().length === 2);
    expect(tracing.span("numbers").attributes).toMatchObject({ "errspan.generator.abandoned": true });
    expect(tracing.span("step").parentSpanContext?.spanId).toBe(tracing.span("numbers").spanContext().spanId);
  });

  it("a generator that is still held keeps its span, and one that has ended is ended once", async () => {
    const held = numbers();
    held.next();
    const ended = numbers();
    ended.next();
    ended.return();
    await collectUntil(() => false);
    expect(tracing.spans()).toHaveLength(1);
    held.return();
    expect(tracing.spans()).toHaveLength(2);
    for (const span of tracing.spans()) expect(span.attributes).not.toHaveProperty("errspan.generator.abandoned");
  });

  it("a promise that nobody consumes ends its span as of the return", async () => {
    void sync("unobserved", () => Promise.resolve(1));
    const before = Date.now();
    await collectUntil(() => tracing.spans().length > 0);
    const { attributes, endTime } = tracing.span("unobserved");
    expect(attributes).toMatchObject({ "errspan.promise.settlement": "unobserved" });
    expect(endTime[0] * 1000 + endTime[1] / 1e6).toBeLessThanOrEqual(before + 1);
  });
});

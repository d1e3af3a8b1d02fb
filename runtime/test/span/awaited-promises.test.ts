import { createContext, runInContext } from "node:vm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import * as emit from "../../src/emit.js";
import { startTracing, stopTracing } from "../tracing.js";
import { async, siteOf } from "./rewritten.js";

beforeEach(() => {
  startTracing();
});
afterAll(stopTracing);

describe("a native promise that a traced async function awaits first", () => {
  it("is not asked for a then that was patched, for `await` itself does not ask", async () => {
    let calls = 0;
    const promise = Promise.resolve(42);
    void Object.defineProperty(promise, "then", {
      value(...args: Parameters<typeof promise.then>) {
        calls++;
        return Promise.prototype.then.apply(promise, args);
      },
    });
    await async("waits", promise, () => undefined);
    expect(calls).toBe(0);
  });

  it("may come from another realm, and costs no tick more there", async () => {
    const order: string[] = [];
    const realm = createContext({ emit, site: siteOf("waits", 1), order });
    await runInContext(
      `(async () => {
        const bare = async () => { await Promise.resolve(); order.push("bare"); };
        const traced = async () => {
          const s = emit.enter(site);
          try { emit.resumed(await emit.suspend(s, Promise.resolve()), s); order.push("traced"); } finally { emit.exit(s); }
        };
        await Promise.all([traced(), bare()]);
      })()`,
      realm,
    );
    expect(order).toEqual(["traced", "bare"]);
  });
});

describe("yield* over a primitive in a traced generator", () => {
  it("iterates by the prototype of the generator's realm", () => {
    const realm = createContext({ emit, site: siteOf("yields", 2) });
    const values: unknown = runInContext(
      `Boolean.prototype[Symbol.iterator] = function* () { yield this.valueOf(); };
      [...(function* () {
        const s = emit.enter(site);
        try { emit.resumed(yield* emit.delegate(s, true), s); } finally { emit.exit(s); }
      })()].join()`,
      realm,
    );
    expect(values).toBe("true");
  });
});

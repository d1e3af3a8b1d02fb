import { SpanStatusCode } from "@opentelemetry/api";
import { Result as BetterResult } from "better-result";
import { Cause, Effect, Exit, Result } from "effect";
import { Cause as Cause3, Effect as Effect3, Either, Exit as Exit3 } from "effect-3";
import { err, errAsync, ok } from "neverthrow";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { FAILURE } from "../../src/index.js";
import { err as ourErr, ok as ourOk } from "../../src/result.js";
import { settle, startTracing, stopTracing, type Tracing } from "../tracing.js";
import { async, sync } from "./rewritten.js";

let tracing: Tracing;
beforeEach(() => {
  tracing = startTracing();
});
afterAll(stopTracing);

class NotFound extends Error {}

const error = new NotFound("no such order");

/** A class of a program's own that follows the documented protocol. */
class Outcome {
  readonly reason: unknown;
  constructor(reason?: unknown) {
    this.reason = reason;
  }
  [FAILURE](): { error: unknown } | undefined {
    return this.reason === undefined ? undefined : { error: this.reason };
  }
}

const failures: readonly [string, () => unknown][] = [
  ["neverthrow's Err", () => err(error)],
  ["better-result's Err", () => BetterResult.err(error)],
  ["an Err of ours", () => ourErr(error)],
  ["a failed Exit of Effect 4", () => Exit.fail(error)],
  ["an Exit of Effect 4 that died", () => Exit.die(error)],
  ["what Effect 4 ran to", () => Effect.runSyncExit(Effect.fail(error))],
  ["a failed Result of Effect 4", () => Result.fail(error)],
  ["a Cause of several failures in an Exit of Effect 4", () => Exit.failCause(Cause.combine(Cause.die(new Error("later")), Cause.fail(error)))],
  ["a failed Exit of Effect 3", () => Exit3.fail(error)],
  ["an Exit of Effect 3 that died", () => Exit3.die(error)],
  ["what Effect 3 ran to", () => Effect3.runSyncExit(Effect3.fail(error))],
  ["a Cause of two failures in an Exit of Effect 3", () => Exit3.failCause(Cause3.parallel(Cause3.die(new Error("later")), Cause3.fail(error)))],
  ["a Left of Effect 3", () => Either.left(error)],
  ["a class of one's own that follows the protocol", () => new Outcome(error)],
  ["a plain object that follows the protocol", () => ({ [Symbol.for("errspan.failure")]: () => ({ error }) })],
];

const successes: readonly [string, () => unknown][] = [
  ["neverthrow's Ok", () => ok(error)],
  ["better-result's Ok", () => BetterResult.ok(error)],
  ["an Ok of ours", () => ourOk(error)],
  ["an Exit of Effect 4", () => Exit.succeed(error)],
  ["a Result of Effect 4", () => Result.succeed(error)],
  ["an Effect 4 that would fail and has not run", () => Effect.suspend(() => Effect.fail(error))],
  ["an Exit of Effect 3", () => Exit3.succeed(error)],
  ["a Right of Effect 3", () => Either.right(error)],
  ["an Effect 3 that would fail and has not run", () => Effect3.suspend(() => Effect3.fail(error))],
  ["a class of one's own that follows the protocol", () => new Outcome()],
  ["an error as a value", () => error],
  ["an object with an error in it", () => ({ error, isErr: true, _tag: "Left" })],
];

describe("a failed value", () => {
  it.each(failures)("marks the span of the function that returns it: %s", (_, make) => {
    const value = make();
    expect(sync("work", () => value)).toBe(value);
    const span = tracing.span("work");
    expect(span.status).toEqual({ code: SpanStatusCode.ERROR, message: "no such order" });
    expect(span.attributes["error.type"]).toBe("NotFound");
    expect(span.events.map((event) => event.attributes?.["exception.message"])).toEqual(["no such order"]);
  });

  it.each(failures)("marks the span of the async function that resolves to it, once in a trace: %s", async (_, make) => {
    await async("outer", undefined, () => async("inner", settle(), make));
    expect(tracing.spans().map((span) => [span.name, span.status.code, span.events.length])).toEqual([
      ["inner", SpanStatusCode.ERROR, 1],
      ["outer", SpanStatusCode.ERROR, 0],
    ]);
  });

  it("marks it when neverthrow's ResultAsync brings it", async () => {
    await sync("work", () => errAsync(error));
    await settle();
    expect(tracing.span("work").status.message).toBe("no such order");
  });
});

describe("a value that is no failure", () => {
  it.each(successes)("leaves the span alone: %s", async (_, make) => {
    const value = make();
    expect(sync("work", () => value)).toBe(value);
    await async("later", undefined, make);
    for (const span of tracing.spans()) {
      expect(span.status.code).toBe(SpanStatusCode.UNSET);
      expect(span.events).toEqual([]);
    }
    expect(tracing.spans()).toHaveLength(2);
  });

  it("is not looked at in a way that its getters or traps could notice", () => {
    const trap = (): never => {
      throw new Error("must not be called");
    };
    const getters = Object.defineProperties(Object.create({ get isErr() { return trap(); }, get _tag() { return trap(); } }) as object, {
      error: { get: trap },
      [FAILURE]: { get: trap },
    });
    const proxy = new Proxy({}, { get: trap, has: trap, getPrototypeOf: trap, getOwnPropertyDescriptor: trap });
    expect(sync("getters", () => getters)).toBe(getters);
    expect(sync("proxy", () => proxy) === proxy).toBe(true);
    expect(tracing.spans().map((span) => span.status.code)).toEqual([SpanStatusCode.UNSET, SpanStatusCode.UNSET]);
  });

  it("survives a protocol method that throws", () => {
    const broken = { [FAILURE]: () => { throw new Error("broken"); } };
    expect(sync("work", () => broken)).toBe(broken);
    expect(tracing.span("work").status.code).toBe(SpanStatusCode.UNSET);
  });
});

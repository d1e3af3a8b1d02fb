import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from "vitest";
import { classify } from "../../src/errors.js";
import { configure, withSpan } from "../../src/index.js";
import { compose, retry, retryBudget, RetryError, timeout } from "../../src/resilience.js";
import type { Policy } from "../../src/resilience.js";
import { traceTests } from "../toolkit/tracing.js";

const tracing = traceTests();
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const refused = (n: number): Error => Object.assign(new Error(`refused ${n}`), { code: "ECONNREFUSED" });
/** Fails as often as told, then succeeds. */
const failing = (times: number, error: (n: number) => unknown = refused) => {
  let calls = 0;
  return vi.fn(async () => {
    if (++calls <= times) throw error(calls);
    return "done";
  });
};
/** Runs to its end on the fake clock; a rejection is a value. */
const settle = async <T>(promise: Promise<T>): Promise<{ value: T } | { error: unknown }> => {
  const settled = promise.then((value) => ({ value }), (error: unknown) => ({ error }));
  await vi.runAllTimersAsync();
  return settled;
};
const none = { initial: 100, jitter: "none" } as const;

describe("retry", () => {
  it("calls the operation at most maxAttempts times, the first included", async () => {
    const operation = failing(9);
    await settle(retry({ maxAttempts: 2, backoff: none }).execute(operation));
    expect(operation).toHaveBeenCalledTimes(2);
  });

  it("gives the value of the attempt that succeeds", async () => {
    const policy = retry({ maxAttempts: 3, backoff: none });
    expectTypeOf(policy).toEqualTypeOf<Policy>();
    expect(await settle(policy.execute(failing(2)))).toEqual({ value: "done" });
  });

  it("says how many attempts failed, with the last as the cause and all in order", async () => {
    const outcome = await settle(retry({ maxAttempts: 3, backoff: none }).execute(failing(9)));
    const error = (outcome as { error: RetryError }).error;
    expect(error).toBeInstanceOf(RetryError);
    expect(error).toMatchObject({ name: "RetryError", message: "Failed after 3 attempts", attempts: 3 });
    expect(error.cause).toMatchObject({ message: "refused 3" });
    expect(error.errors.map((e: Error) => e.message)).toEqual(["refused 1", "refused 2", "refused 3"]);
    expect(classify(error)).toMatchObject({ category: "network", retryable: false });
  });

  it("keeps no more than the latest 100 failures of attempts without end", async () => {
    const outcome = await settle(retry({ maxAttempts: 1_000, backoff: 1 }).execute(failing(9_999)));
    const error = (outcome as { error: RetryError }).error;
    expect(error).toMatchObject({ message: "Failed after 1000 attempts", attempts: 1_000 });
    expect(error.errors.map((e: Error) => e.message)).toEqual(Array.from({ length: 100 }, (_, index) => `refused ${index + 901}`));
  });

  it("throws what is not worth another try as it is, at once, also after other failures", async () => {
    const denied = Object.assign(new Error("denied"), { status: 403 });
    const operation = failing(1, () => denied);
    expect(await settle(retry().execute(operation))).toEqual({ error: denied });
    expect(operation).toHaveBeenCalledTimes(1);
    const later = failing(2, (n) => (n === 1 ? refused(1) : denied));
    expect(await settle(retry({ backoff: none }).execute(later))).toEqual({ error: denied });
  });

  it("throws the only failure as it is when there is one attempt", async () => {
    expect(await settle(retry({ maxAttempts: 1 }).execute(failing(1)))).toMatchObject({ error: { message: "refused 1" } });
  });

  it("retries what nobody has classified, and asks retryIf where it is given", async () => {
    const plain = failing(1, () => new Error("plain"));
    expect(await settle(retry().execute(plain))).toEqual({ value: "done" });
    const retryIf = vi.fn(() => false);
    expect(await settle(retry({ retryIf }).execute(failing(1)))).toMatchObject({ error: { message: "refused 1" } });
    expect(retryIf).toHaveBeenCalledWith({ attempt: 1, error: expect.anything() });
  });

  it("waits 100, 200, 400 ms without jitter, and the time a function says", async () => {
    const delays: number[] = [];
    const onRetry = ({ delayMs }: { delayMs: number }): void => void delays.push(delayMs);
    await settle(retry({ maxAttempts: 4, backoff: none, onRetry }).execute(failing(9)));
    await settle(retry({ maxAttempts: 3, backoff: (attempt) => attempt * 7, onRetry }).execute(failing(9)));
    await settle(retry({ maxAttempts: 2, backoff: 5, onRetry }).execute(failing(9)));
    expect(delays).toEqual([100, 200, 400, 7, 14, 5]);
  });

  it("keeps every jittered delay within its bounds", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("decorrelated", "full", "half", "none"),
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 500, max: 5000 }),
        async (jitter, initial, max) => {
          const delays: number[] = [];
          const policy = retry({ maxAttempts: 8, backoff: { initial, max, jitter }, onRetry: (r) => void delays.push(r.delayMs) });
          await settle(policy.execute(failing(9)));
          expect(delays).toHaveLength(7);
          for (const [i, delay] of delays.entries()) {
            expect(delay).toBeGreaterThanOrEqual(jitter === "half" ? Math.floor(Math.min(max, initial * 2 ** i) / 2) : 0);
            expect(delay).toBeLessThanOrEqual(max);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it("waits at least as long as Retry-After says, and gives up when that is too long", async () => {
    const busy = (seconds: string) => Object.assign(new Error("busy"), { status: 429, headers: { "retry-after": seconds } });
    const onRetry = vi.fn();
    await settle(retry({ backoff: 1, onRetry }).execute(failing(1, () => busy("3"))));
    expect(onRetry).toHaveBeenCalledWith(expect.objectContaining({ delayMs: 3000 }));
    const operation = failing(1, () => busy("3600"));
    expect(await settle(retry().execute(operation))).toMatchObject({ error: { message: "busy" } });
    expect(operation).toHaveBeenCalledTimes(1);
  });

  it("ends at once when it is aborted while it waits, with the reason, and leaves nothing behind", async () => {
    const controller = new AbortController();
    const remove = vi.spyOn(controller.signal, "removeEventListener");
    const add = vi.spyOn(controller.signal, "addEventListener");
    const operation = failing(9);
    const outcome = retry({ backoff: 10_000 }).execute(operation, { signal: controller.signal }).catch((e: unknown) => e);
    await vi.advanceTimersByTimeAsync(1);
    const reason = new Error("user left");
    controller.abort(reason);
    expect(await outcome).toBe(reason);
    expect(operation).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
    expect(add.mock.calls.length - remove.mock.calls.length).toBeLessThanOrEqual(1); // a `once` listener that fired
  });

  it("does not begin when it is aborted already, and hands the signal to the operation", async () => {
    const operation = vi.fn(async ({ signal }: { signal: AbortSignal }) => signal);
    await expect(retry().execute(operation, { signal: AbortSignal.abort("gone") })).rejects.toBe("gone");
    expect(operation).not.toHaveBeenCalled();
    const { signal } = new AbortController();
    await expect(retry().execute(operation, { signal })).resolves.toBe(signal);
    await expect(retry().execute(operation)).resolves.toMatchObject({ aborted: false });
  });

  it("keeps the operation's error when retryIf, backoff or onRetry throw", async () => {
    const boom = (): never => { throw new Error("callback"); };
    expect(await settle(retry({ retryIf: boom }).execute(failing(9)))).toMatchObject({ error: { message: "refused 1" } });
    expect(await settle(retry({ backoff: boom }).execute(failing(9)))).toMatchObject({ error: { message: "refused 1" } });
    expect(await settle(retry({ onRetry: boom, backoff: none }).execute(failing(1)))).toEqual({ value: "done" });
  });

  it("takes operations that throw before they return a promise", async () => {
    let calls = 0;
    const policy = retry({ backoff: none });
    expect(await settle(policy.execute(() => { if (++calls < 3) throw refused(calls); return 5; }))).toEqual({ value: 5 });
  });

  it("refuses less than one attempt", () => {
    expect(() => retry({ maxAttempts: 0 })).toThrow(RangeError);
    expect(() => retry({ maxAttempts: NaN })).toThrow(RangeError);
  });

  it("counts retries as the deprecated conventions do, where those are asked for", async () => {
    configure({ legacyErrorAttributes: true });
    try {
      await settle(withSpan("save", () => retry({ maxAttempts: 4, backoff: none }).execute(failing(3))));
    } finally {
      configure({ legacyErrorAttributes: false });
    }
    expect(tracing.span("save").attributes).toMatchObject({ retry_count: 3, "errspan.retry.attempts": 4 });
  });

  it("leaves each failed attempt as an event on the span, and the number of attempts", async () => {
    await settle(withSpan("save", () => retry({ name: "db", maxAttempts: 3, backoff: none }).execute(failing(2))));
    const span = tracing.span("save");
    expect(span.events.map((e) => e.name)).toEqual(["retry.attempt_failed", "retry.attempt_failed"]);
    expect(span.events[1]?.attributes).toEqual({
      "errspan.policy": "db", "retry.attempt": 2, "retry.max_attempts": 3, "retry.delay_ms": 200,
      "error.type": "Error", "error.message": "refused 2",
    });
    expect(span.attributes["errspan.retry.attempts"]).toBe(3);
    expect(span.attributes["retry_count"]).toBeUndefined();
  });

  it("behaves as the simple model says for any run of failures", async () => {
    const outcome = fc.constantFrom("ok", "again", "never");
    await fc.assert(
      fc.asyncProperty(fc.array(outcome, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 5 }), async (script, max) => {
        const model = (() => {
          for (let n = 1; ; n++) {
            const now = script[n - 1] ?? "ok";
            if (now === "ok") return { calls: n, end: "value" };
            if (now === "never") return { calls: n, end: "error" };
            if (n === max) return { calls: n, end: n === 1 ? "error" : "RetryError" };
          }
        })();
        let calls = 0;
        const policy = retry({ maxAttempts: max, retryIf: ({ error }) => error === "again" });
        const result = await settle(policy.execute(async () => {
          const now = script[calls++] ?? "ok";
          if (now !== "ok") throw now;
        }));
        const end = "value" in result ? "value" : result.error instanceof RetryError ? "RetryError" : "error";
        expect({ calls, end }).toEqual(model);
      }),
    );
  });
});

describe("a retry budget", () => {
  it("stops retries while more than half of its tokens are gone, for all who share it", async () => {
    const budget = retryBudget({ maxTokens: 4, tokenRatio: 1 });
    const policy = retry({ maxAttempts: 10, backoff: none, budget });
    const first = failing(99);
    expect(await settle(policy.execute(first))).toMatchObject({ error: { attempts: 2 } });
    const second = failing(99);
    await settle(policy.execute(second));
    expect(second).toHaveBeenCalledTimes(1);
    for (let i = 0; i < 4; i++) await settle(policy.execute(failing(0)));
    const third = failing(1);
    expect(await settle(policy.execute(third))).toEqual({ value: "done" });
  });

  it("follows its model", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean()), fc.integer({ min: 1, max: 20 }), (calls, maxTokens) => {
        const budget = retryBudget({ maxTokens, tokenRatio: 0.5 });
        let model = maxTokens;
        for (const ok of calls) {
          if (ok) budget.succeeded();
          else budget.failed();
          model = ok ? Math.min(maxTokens, model + 0.5) : Math.max(0, model - 1);
          expect(budget.allows()).toBe(model > maxTokens / 2);
        }
      }),
    );
  });
});

it("retries an attempt that timed out, and not the call that timed out as a whole", async () => {
  const hang = vi.fn(() => new Promise<never>(() => undefined));
  const each = compose(retry({ maxAttempts: 3, backoff: none }), timeout(50));
  expect(await settle(each.execute(hang))).toMatchObject({ error: { name: "RetryError", cause: { name: "TimeoutError" } } });
  expect(hang).toHaveBeenCalledTimes(3);
  const whole = compose(timeout(120), retry({ maxAttempts: 3, backoff: none }));
  expect(await settle(whole.execute(failing(9)))).toMatchObject({ error: { name: "TimeoutError", timeoutMs: 120 } });
});

import { Result as BetterResult } from "better-result";
import { err as neverErr, errAsync, ok as neverOk } from "neverthrow";
import type { Result as NeverResult } from "neverthrow";
import { describe, expect, expectTypeOf, it, vi } from "vitest";
import { addContext, bail, classify, context, ContextError, ensure, find, formatChain, toError, withContext } from "../../src/errors.js";

describe("context", () => {
  it("wraps what was caught, for it to be thrown on", () => {
    const cause = new RangeError("bad toml");
    const error = context(cause as unknown, "Failed to parse config");
    expectTypeOf(error).toEqualTypeOf<ContextError>();
    expect(error.cause).toBe(cause);
    expect(formatChain(context(error, "Failed to start"))).toBe(
      "Error: Failed to start\n  Caused by: Failed to parse config\n  Caused by: bad toml",
    );
    expect(find(error, RangeError)).toBe(cause);
  });

  it("gives a promise's rejection its context and leaves its value alone", async () => {
    const settled = context(Promise.resolve(7), "no");
    expectTypeOf(settled).toEqualTypeOf<Promise<number>>();
    expect(await settled).toBe(7);
    await expect(context(Promise.reject(new Error("refused")), "Failed to connect")).rejects.toMatchObject({
      message: "Failed to connect",
      cause: { message: "refused" },
    });
  });

  it("gives Results of neverthrow and better-result their context", async () => {
    const failed: NeverResult<number, RangeError> = neverErr(new RangeError("r"));
    const result = context(failed, "Failed to read");
    expect(result._unsafeUnwrapErr()).toMatchObject({ message: "Failed to read", cause: expect.any(RangeError) });
    const fine: NeverResult<number, RangeError> = neverOk(7);
    expectTypeOf(context(fine, "Failed to read")._unsafeUnwrap()).toEqualTypeOf<number>();
    expect(context(fine, "Failed to read")._unsafeUnwrap()).toBe(7);
    expect((await context(errAsync(new Error("late")), "Failed later"))._unsafeUnwrapErr()).toBeInstanceOf(ContextError);
    expect(context(BetterResult.err(new RangeError("r")), "Failed to read")).toMatchObject({ error: expect.any(ContextError) });
  });

  it("maps the errors of any Result library with their types kept", () => {
    const result: NeverResult<number, RangeError> = neverErr(new RangeError("r"));
    const read = result.mapErr(addContext("Failed to read"));
    expectTypeOf(read).toEqualTypeOf<NeverResult<number, ContextError>>();
    expect(read._unsafeUnwrapErr().message).toBe("Failed to read");
    const better = BetterResult.err(new RangeError("r")).mapError(addContext((e) => `Failed: ${String(e)}`));
    expectTypeOf(better.error).toEqualTypeOf<ContextError>();
    expect(better.error.message).toBe("Failed: RangeError: r");
  });

  it("means what its cause means", () => {
    expect(classify(context(Object.assign(new Error(), { code: "ETIMEDOUT" }), "Failed to save")).category).toBe("timeout");
  });
});

describe("withContext", () => {
  it("words the context only when something failed", async () => {
    const message = vi.fn((error: unknown) => `Failed because of ${String(error)}`);
    await withContext(Promise.resolve(1), message);
    expect(message).not.toHaveBeenCalled();
    await expect(withContext(Promise.reject("x"), message)).rejects.toThrow("Failed because of x");
    expect(withContext("y" as unknown, message).message).toBe("Failed because of y");
  });

  it("does not lose the failure when its wording fails", () => {
    const error = withContext(new Error("real") as unknown, () => { throw new Error("wording"); });
    expect(error.cause).toMatchObject({ message: "real" });
  });
});

describe("bail and ensure", () => {
  it("throw where they stand", () => {
    const value: string | undefined = undefined;
    const run = () => value ?? bail("Prerequisites not met");
    expectTypeOf(run).returns.toEqualTypeOf<never>();
    expect(run).toThrow("Prerequisites not met");
    const own = new RangeError("own");
    expect(() => bail(own)).toThrow(own);
    try {
      bail("here", { cause: 1 });
    } catch (error) {
      expect(error).toMatchObject({ cause: 1 });
      expect((error as Error).stack?.split("\n")[1]).toContain("context.test");
    }
  });

  it("tell the compiler what holds afterwards", () => {
    const size = 5 as number | undefined;
    ensure(size !== undefined, "size is missing");
    expectTypeOf(size).toEqualTypeOf<number>();
    const message = vi.fn(() => `got ${size}`);
    ensure(size > 0, message);
    expect(message).not.toHaveBeenCalled();
    expect(() => ensure(size > 10, () => `Batch size must be over 10, got ${size}`)).toThrow("over 10, got 5");
    expect(() => ensure(0, new RangeError("zero"))).toThrow(RangeError);
  });
});

describe("toError", () => {
  it("returns an error as it is, also one of another realm", async () => {
    const { runInNewContext } = await import("node:vm");
    const foreign: unknown = runInNewContext("new TypeError('foreign')");
    expect(toError(foreign)).toBe(foreign);
    const own = new Error("own");
    expect(toError(own)).toBe(own);
  });

  it("makes an error of anything else, which stays its cause", () => {
    expect(toError("boom")).toMatchObject({ message: "boom", cause: "boom" });
    expect(toError(undefined).message).toBe("undefined");
    expect(toError({ code: 7 }).message).toBe('{"code":7}');
    expect(toError(Symbol("s")).message).toBe("Symbol(s)");
    const like = { name: "RpcError", message: "deadline", stack: "RpcError: deadline\n    at remote" };
    expect(toError(like)).toMatchObject({ ...like, cause: like });
  });

  it("is total", () => {
    const hostile = new Proxy({}, { get: () => { throw new Error("trap"); }, getPrototypeOf: () => { throw new Error("trap"); } });
    expect(toError(hostile)).toBeInstanceOf(Error);
  });
});

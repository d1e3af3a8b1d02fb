import { SpanStatusCode } from "@opentelemetry/api";
import { Result as BetterResult } from "better-result";
import fc from "fast-check";
import * as neverthrow from "neverthrow";
import { describe, expect, expectTypeOf, it, vi } from "vitest";
import { withSpan } from "../../src/index.js";
import {
  all, allAsync, attempt, attemptAsync, ContextError, err, fromNullable, fromPromise, fromResult, fromThrowable, none, ok,
  partition, some,
} from "../../src/result.js";
import type { Option, Result } from "../../src/result.js";
import { traceTests } from "../toolkit/tracing.js";

const tracing = traceTests();
// Two classes that the compiler tells apart, too: it goes by their properties.
class BadNumber extends RangeError {
  override readonly name = "BadNumber";
}
class TooSmall extends TypeError {
  override readonly name = "TooSmall";
}
const parse = (text: string): Result<number, BadNumber> =>
  Number.isNaN(Number(text)) ? err(new BadNumber(text)) : ok(Number(text));
const positive = (n: number): Result<number, TooSmall> => (n > 0 ? ok(n) : err(new TooSmall(`${n}`)));

describe("a Result", () => {
  it("maps, chains and recovers, with the types of every step", () => {
    const result = parse("5").map((n) => n + 1).andThen(positive);
    expectTypeOf(result).toEqualTypeOf<Result<number, BadNumber | TooSmall>>();
    expect(result.unwrap()).toBe(6);
    const recovered = parse("x").orElse((e) => ok(e.message));
    expectTypeOf(recovered).toEqualTypeOf<Result<number | string, never>>();
    expect(recovered.unwrap()).toBe("x");
    expect(parse("x").mapErr((e) => e.name).err().unwrapOr("")).toBe("BadNumber");
  });

  it("narrows", () => {
    const result = parse("5");
    if (result.isErr()) expectTypeOf(result.error).toEqualTypeOf<BadNumber>();
    else expectTypeOf(result.value).toEqualTypeOf<number>();
    expect(result.isOk() && result.value).toBe(5);
  });

  it("is brought to one value by match, unwrapOr and unwrapOrElse", () => {
    const said = (r: Result<number, BadNumber>) => r.match({ ok: (n) => n, err: (e) => e.message });
    expectTypeOf(said).returns.toEqualTypeOf<number | string>();
    expect([said(parse("5")), said(parse("x"))]).toEqual([5, "x"]);
    expect(parse("x").unwrapOr(0)).toBe(0);
    expect(parse("x").unwrapOrElse((e) => e.message.length)).toBe(1);
  });

  it("throws its error when unwrapped, and makes an Error of what is none", () => {
    expect(() => parse("x").unwrap()).toThrow(RangeError);
    expect(() => err("text").unwrap()).toThrow(expect.objectContaining({ message: "text", cause: "text" }));
  });

  it("does not call the callbacks of the other case", async () => {
    const never = vi.fn();
    const failed: Result<number, string> = err("e");
    failed.map(never).inspect(never).andThen(() => ok(never()));
    await failed.mapAsync(async () => never());
    const fine: Result<number, string> = ok(1);
    fine.mapErr(never).inspectErr(never).orElse(() => ok(never()));
    await fine.orElseAsync(async () => ok(never()));
    expect(never).not.toHaveBeenCalled();
  });

  it("waits in its async variants, and rejects where a callback does", async () => {
    expect((await parse("5").mapAsync(async (n) => n * 2)).unwrap()).toBe(10);
    expect((await parse("5").andThenAsync(async (n) => positive(-n))).isErr()).toBe(true);
    expect((await parse("x").orElseAsync(async () => ok(1))).unwrap()).toBe(1);
    await expect(parse("5").mapAsync(() => Promise.reject(new Error("bug")))).rejects.toThrow("bug");
  });

  it("lets a callback's exception through: that is a bug, not a failure", () => {
    expect(() => parse("5").map(() => { throw new Error("bug"); })).toThrow("bug");
  });

  it("takes context as anyhow's do", () => {
    const result = parse("x").context("Failed to parse").withContext((e) => `Failed to load: ${e.message}`);
    expectTypeOf(result).toEqualTypeOf<Result<number, ContextError>>();
    expect(result.err().unwrapOr(undefined)).toMatchObject({
      message: "Failed to load: Failed to parse", cause: { message: "Failed to parse", cause: expect.any(RangeError) },
    });
  });

  it("obeys the monad laws", () => {
    const f = (n: number) => positive(n - 3);
    const g = (n: number): Result<number, string> => (n % 2 === 0 ? ok(n / 2) : err("odd"));
    fc.assert(
      fc.property(fc.integer(), fc.boolean(), (n, fails) => {
        const m: Result<number, unknown> = fails ? err(n) : ok(n);
        expect(ok(n).andThen(f)).toEqual(f(n));
        expect(m.andThen((v) => ok(v))).toEqual(m);
        expect(m.andThen(f).andThen(g)).toEqual(m.andThen((v) => f(v).andThen(g)));
      }),
    );
  });
});

describe("attempt", () => {
  it("gives the values of Results and leaves at the first failure, with all error types", () => {
    const total = (a: string, b: string) =>
      attempt(function* () {
        const x = yield* parse(a);
        const y = yield* positive(yield* parse(b));
        return x / y;
      });
    expectTypeOf(total).returns.toEqualTypeOf<Result<number, BadNumber | TooSmall>>();
    expect(total("6", "3").unwrap()).toBe(2);
    expect(total("x", "3").err().unwrapOr(undefined)).toBeInstanceOf(RangeError);
    expect(total("6", "-3").err().unwrapOr(undefined)).toBeInstanceOf(TypeError);
  });

  it("passes on a Result that the block returns", () => {
    const result = attempt(function* () {
      return positive(yield* parse("-1"));
    });
    expectTypeOf(result).toEqualTypeOf<Result<number, BadNumber | TooSmall>>();
    expect(result.isErr()).toBe(true);
  });

  it("runs finally blocks when it leaves; a failure there takes the place of the first", () => {
    const closed = vi.fn();
    const result = attempt(function* () {
      try {
        return yield* parse("x");
      } finally {
        closed();
        yield* positive(-1);
      }
    });
    expect(closed).toHaveBeenCalledOnce();
    expect(result.err().unwrapOr(undefined)).toBeInstanceOf(TypeError);
  });

  it("waits, in its async form, and lets exceptions through", async () => {
    const load = async (text: string) => parse(text);
    const result = await attemptAsync(async function* () {
      return (yield* await load("5")) + 1;
    });
    expectTypeOf(result).toEqualTypeOf<Result<number, BadNumber>>();
    expect(result.unwrap()).toBe(6);
    const failed = await attemptAsync(async function* () {
      return yield* await load("x");
    });
    expect(failed.isErr()).toBe(true);
    await expect(attemptAsync(async function* () { throw new Error("bug"); yield err(1); })).rejects.toThrow("bug");
  });

  it("asks Results of neverthrow and better-result too", () => {
    const result = attempt(function* () {
      const a = yield* neverthrow.ok<number, BadNumber>(1);
      const b = yield* BetterResult.ok(2);
      return a + b + (yield* neverthrow.err<number, TooSmall>(new TooSmall("t")));
    });
    expectTypeOf(result).toMatchTypeOf<Result<number, BadNumber | TooSmall>>();
    expect(result.err().unwrapOr(undefined)).toBeInstanceOf(TypeError);
  });
});

describe("interoperation", () => {
  it("converts from neverthrow and better-result, and back", () => {
    const mine = fromResult(neverthrow.ok(5) as neverthrow.Result<number, BadNumber>);
    expectTypeOf(mine).toEqualTypeOf<Result<number, BadNumber>>();
    expect(mine.unwrap()).toBe(5);
    expect(fromResult(neverthrow.err("e")).isErr()).toBe(true);
    expect(fromResult(BetterResult.err("e")).err().unwrapOr("")).toBe("e");
    expect(fromResult(BetterResult.ok(7)).unwrap()).toBe(7);
    expect(mine.match({ ok: neverthrow.ok, err: neverthrow.err })).toEqual(neverthrow.ok(5));
  });

  it("lets ours be asked in theirs", () => {
    const fromOurs = <T, E>(result: Result<T, E>): neverthrow.Result<T, E> =>
      result.match<neverthrow.Result<T, E>, neverthrow.Result<T, E>>({ ok: (v) => neverthrow.ok(v), err: (e) => neverthrow.err(e) });
    const theirs = neverthrow.safeTry(function* () {
      return neverthrow.ok((yield* fromOurs(parse("5"))) + 1);
    });
    expect(theirs._unsafeUnwrap()).toBe(6);
  });
});

describe("conversions", () => {
  it("make Results of what throws and rejects", async () => {
    const json = fromThrowable(JSON.parse);
    expect(json("[1]").unwrap()).toEqual([1]);
    expect(json("{").err().unwrapOr(undefined)).toBeInstanceOf(SyntaxError);
    const named = fromThrowable((n: number) => { if (n > 1) throw new Error("big"); return n; }, (e) => ({ e }));
    expectTypeOf(named).toEqualTypeOf<(n: number) => Result<number, { e: unknown }>>();
    expect(named(2).isErr()).toBe(true);
    expect((await fromPromise(Promise.reject("text"))).err().unwrapOr(undefined)).toMatchObject({ cause: "text" });
    expect((await fromPromise(() => { throw new Error("sync"); })).isErr()).toBe(true);
    expect((await fromPromise(async () => 5, () => "e")).unwrap()).toBe(5);
  });

  it("gather", async () => {
    const both = all([ok(1), parse("2"), ok("a")]);
    expectTypeOf(both).toEqualTypeOf<Result<[number, number, string], BadNumber>>();
    expect(both.unwrap()).toEqual([1, 2, "a"]);
    expect(all([parse("x"), parse("y")]).err().unwrapOr(undefined)).toMatchObject({ message: "x" });
    expect((await allAsync([Promise.resolve(ok(1)), Promise.resolve(parse("2"))])).unwrap()).toEqual([1, 2]);
    expect(partition(["1", "x", "2", "y"].map(parse))).toEqual({ values: [1, 2], errors: [new BadNumber("x"), new BadNumber("y")] });
  });
});

describe("an Option", () => {
  it("goes from a value that may be missing to a Result", () => {
    const first = (lines: string[]): Option<string> => fromNullable(lines[0]);
    const read = (lines: string[]) => first(lines).map((l) => l.trim()).filter((l) => l !== "").okOr("empty");
    expectTypeOf(read).returns.toEqualTypeOf<Result<string, string>>();
    expect(read([" a "]).unwrap()).toBe("a");
    expect(read([" "]).isErr()).toBe(true);
    expect(read([]).err()).toEqual(some("empty"));
    expect(none.okOrElse(() => 1).isErr()).toBe(true);
  });

  it("tells no value from the value undefined", () => {
    expect(some(undefined).isSome()).toBe(true);
    expect(fromNullable(undefined).isNone()).toBe(true);
    expect(fromNullable(0).toUndefined()).toBe(0);
    const option: Option<number> = some(1);
    expect(option.andThen((n) => some(n + 1)).orElse(() => some(9)).match({ some: (n) => n, none: () => 0 })).toBe(2);
    expect(none.orElse(() => some(9)).unwrapOr(1)).toBe(9);
  });
});

describe("a span", () => {
  it("is marked as failed by a failed Result that is returned in it, and by no other", async () => {
    await withSpan("pay", async () => err(new RangeError("declined")));
    withSpan("fine", () => ok(1));
    expect(tracing.span("pay").status).toMatchObject({ code: SpanStatusCode.ERROR, message: "declined" });
    expect(tracing.span("pay").attributes["error.type"]).toBe("RangeError");
    expect(tracing.span("fine").status.code).toBe(SpanStatusCode.UNSET);
  });
});

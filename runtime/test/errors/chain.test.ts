import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import { chain, find, formatChain, rootCause } from "../../src/errors.js";

const linked = (...messages: string[]): Error =>
  messages.reduceRight<Error | undefined>((cause, message) => new Error(message, cause && { cause }), undefined) ??
  new Error("");

describe("chain and rootCause", () => {
  it("go from the error to what began it", () => {
    const error = linked("business", "database", "refused");
    expect(chain(error).map((link) => (link as Error).message)).toEqual(["business", "database", "refused"]);
    expect(rootCause(error)).toBe(chain(error).at(-1));
  });

  it("take thrown values that are no errors, and causes that are none", () => {
    for (const thrown of [undefined, null, "text", 7, Symbol("s")]) expect(chain(thrown)).toEqual([thrown]);
    expect(rootCause(new Error("a", { cause: "disk full" }))).toBe("disk full");
    expect(rootCause(new Error("a", { cause: null }))).toBe(null);
  });

  it("end at a cycle", () => {
    const a = new Error("a");
    const b = new Error("b", { cause: a });
    a.cause = b;
    expect(chain(a)).toEqual([a, b]);
    expect(rootCause(a)).toBe(b);
  });

  it("end at 1000 links of an endless chain, and at a getter that throws", () => {
    const endless: object = { get cause() { return Object.create(endless); } };
    expect(chain(endless)).toHaveLength(1000);
    const broken = Object.defineProperty(new Error("a"), "cause", { get: () => { throw new Error("getter"); } });
    expect(chain(broken)).toEqual([broken]);
  });

  it("follow a SuppressedError to the failure that came first", () => {
    const first = new Error("work failed");
    const error = Object.assign(new Error("while leaving"), { name: "SuppressedError", error: new Error("close failed"), suppressed: first });
    expect(rootCause(error)).toBe(first);
  });
});

describe("find", () => {
  it("finds the nearest of a class, through causes and members of aggregates", () => {
    const deep = new RangeError("deep");
    const error = new Error("outer", { cause: new AggregateError([new TypeError("t"), new Error("m", { cause: deep })]) });
    const found = find(error, RangeError);
    expectTypeOf(found).toEqualTypeOf<RangeError | undefined>();
    expect(found).toBe(deep);
    expect(find(error, SyntaxError)).toBeUndefined();
  });

  it("narrows by a predicate, and passes over one that throws", () => {
    const error = new Error("outer", { cause: Object.assign(new Error("inner"), { code: "E1" }) });
    const found = find(error, (e): e is Error & { code: string } => e instanceof Error && "code" in e);
    expect(found?.code).toBe("E1");
    expect(find(error, (e): e is Error => { throw e; })).toBeUndefined();
  });

  it("ends in aggregates that contain themselves", () => {
    const a = new AggregateError([], "a");
    a.errors.push(a, new AggregateError([a], "b"));
    expect(find(a, RangeError)).toBeUndefined();
  });
});

describe("formatChain", () => {
  it("prints causes as anyhow does", () => {
    expect(formatChain(linked("Deep operation failed", "Deeper operation failed", "No such file"))).toBe(
      "Error: Deep operation failed\n  Caused by: Deeper operation failed\n  Caused by: No such file",
    );
  });

  it("prints the members of an aggregate with their own causes", () => {
    const error = new AggregateError([linked("a", "a1"), new TypeError("b")], "2 of 3 tasks failed");
    expect(formatChain(error)).toBe(
      ["Error: 2 of 3 tasks failed", "  [1/2] Error: a", "    Caused by: a1", "  [2/2] TypeError: b"].join("\n"),
    );
  });

  it("marks a cycle and does not follow it", () => {
    const a = new AggregateError([], "a");
    a.errors.push(new Error("b", { cause: a }));
    expect(formatChain(a)).toBe("Error: a\n  [1/1] Error: b\n    Caused by: a [seen above]");
  });

  it("cuts a long list of members short", () => {
    const error = new AggregateError(Array.from({ length: 50 }, (_, i) => new Error(`e${i}`)), "many");
    expect(formatChain(error).split("\n")).toHaveLength(22);
    expect(formatChain(error)).toMatch(/… 30 more$/);
  });

  it("is total: any value at all gives some text", () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true }), (value) => {
        expect(typeof formatChain(value)).toBe("string");
        expect(typeof formatChain(new Error("x", { cause: value }))).toBe("string");
      }),
    );
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(formatChain(new Error("x", { cause: proxy }))).toMatch(/^Error: x\n {2}Caused by: /);
  });
});

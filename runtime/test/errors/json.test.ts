import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { context, defineErrors, fromJSON, toJSON } from "../../src/errors.js";

const OrderError = defineErrors("OrderError", {
  NotFound: { message: (p: { id: string; tries: number }) => `Order not found: ${p.id}` },
  Io: { from: TypeError },
});
class PaymentError extends Error {
  override readonly name = "PaymentError";
  amount = 0;
  get doubled(): number {
    return this.amount * 2;
  }
}
const wire = (error: unknown): unknown => JSON.parse(JSON.stringify(toJSON(error)));

describe("a round trip through JSON", () => {
  it("brings a variant back as its class, with payload, cause and stack", () => {
    const error = new OrderError.NotFound({ id: "42", tries: 3 }, { cause: new RangeError("row") });
    const back = fromJSON(wire(error), { types: [OrderError] });
    expect(back).toBeInstanceOf(OrderError.NotFound);
    expect(back).toMatchObject({ name: "OrderError.NotFound", kind: "NotFound", id: "42", tries: 3, stack: error.stack });
    expect(back.cause).toBeInstanceOf(RangeError);
    expect(Object.keys(back)).toEqual(["id", "tries"]);
  });

  it("brings back causes that are variants, under errors that are not", () => {
    const back = fromJSON(wire(context(OrderError.from(new TypeError("t")), "Failed")), { types: [OrderError] });
    expect(back).toMatchObject({ name: "ContextError", message: "Failed" });
    expect(back.cause).toBeInstanceOf(OrderError.Io);
    expect((back.cause as Error).cause).toBeInstanceOf(TypeError);
  });

  it("makes errors of plain classes that are given, without calling their constructors", () => {
    const error = Object.assign(new PaymentError("declined"), { amount: 7 });
    const back = fromJSON(wire(error), { types: [PaymentError] });
    expect(back).toBeInstanceOf(PaymentError);
    expect((back as PaymentError).doubled).toBe(14);
  });

  it("keeps the name of a class that is not known", () => {
    const back = fromJSON(wire(new PaymentError("declined")));
    expect(back).toMatchObject({ name: "PaymentError", message: "declined" });
  });

  it("keeps the members of an AggregateError", () => {
    const back = fromJSON(wire(new AggregateError([new TypeError("a"), "text"], "two")));
    expect(back).toBeInstanceOf(AggregateError);
    expect((back as AggregateError).errors).toEqual([expect.any(TypeError), "text"]);
  });

  it("holds for chains of any messages", () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 20 }), (messages) => {
        const error = messages.reduceRight<Error | undefined>((cause, m) => new Error(m, cause && { cause }), undefined);
        let back: unknown = fromJSON(wire(error));
        for (const message of messages) {
          expect(back).toMatchObject({ message });
          back = (back as Error).cause;
        }
        expect(back).toBeUndefined();
      }),
    );
  });
});

describe("toJSON", () => {
  it("leaves stacks out when they go to strangers", () => {
    const json = toJSON(new Error("a", { cause: new Error("b") }), { stack: false });
    expect(JSON.stringify(json)).not.toContain("stack");
    expect(json).toEqual({ name: "Error", message: "a", cause: { name: "Error", message: "b" } });
  });

  it("cuts cycles, and survives getters that throw", () => {
    const cyclic = new Error("a");
    cyclic.cause = cyclic;
    expect(JSON.stringify(toJSON(cyclic))).toContain("[Circular]");
    const hostile = Object.defineProperty(new Error("h"), "extra", { enumerable: true, get: () => { throw new Error("getter"); } });
    expect(toJSON(hostile)).toEqual({ name: "Error", message: "h" });
  });
});

it("makes an error of JSON that describes none", () => {
  for (const json of [null, 7, "text", [], {}]) expect(fromJSON(json)).toBeInstanceOf(Error);
});

it("does not let JSON replace the prototype of the error", () => {
  const back = fromJSON(JSON.parse('{"name":"Error","message":"m","__proto__":{"polluted":true}}'));
  expect(back).not.toHaveProperty("polluted");
});

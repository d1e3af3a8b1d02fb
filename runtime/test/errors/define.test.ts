import { readFile } from "node:fs/promises";
import { describe, expect, expectTypeOf, it } from "vitest";
import { CLASSIFICATION, classify, defineErrors, find, formatChain } from "../../src/errors.js";
import type { ErrorOf } from "../../src/errors.js";

class DatabaseError extends Error {
  override readonly name = "DatabaseError";
  readonly sqlState: string;
  constructor(message: string, sqlState: string) {
    super(message);
    this.sqlState = sqlState;
  }
}

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && "errno" in error && "syscall" in error;

const OrderError = defineErrors("OrderError", {
  NotFound: { message: (p: { id: string }) => `Order not found: ${p.id}`, http: 404, grpc: "NOT_FOUND" },
  InvalidAmount: { message: (p: { amount: number }) => `Invalid order amount: ${p.amount}`, category: "invalid" },
  Cancelled: { message: "Operation cancelled" },
  OutOfStock: {},
  Database: { message: (e: DatabaseError) => `Database error: ${e.message}`, from: DatabaseError, http: 500 },
  Io: { from: isSystemError },
  Rejected: { message: (p: { by: string }) => `Rejected by ${p.by}`, source: TypeError },
  Wrapped: { transparent: true },
});
type OrderError = ErrorOf<typeof OrderError>;

describe("a variant", () => {
  it("is a real Error with the message, name, stack and payload that were given", () => {
    const error = new OrderError.NotFound({ id: "42" });
    expect(error).toBeInstanceOf(Error);
    expect(error.message).toBe("Order not found: 42");
    expect(error.name).toBe("OrderError.NotFound");
    expect(error.kind).toBe("NotFound");
    expect(error.id).toBe("42");
    expect(error.stack).toMatch(/^OrderError\.NotFound: Order not found: 42\n\s+at .*define\.test\.ts/);
    expect(Object.keys(error)).toEqual(["id"]);
    expectTypeOf(error.id).toEqualTypeOf<string>();
    expectTypeOf(error.kind).toEqualTypeOf<"NotFound">();
  });

  it("is worded after its name when no message is given", () => {
    expect(new OrderError.OutOfStock().message).toBe("Out of stock");
  });

  it("takes a cause beside a payload, alone where it has no payload, and none when none is given", () => {
    const cause = new Error("row missing");
    expect(new OrderError.NotFound({ id: "1" }, { cause }).cause).toBe(cause);
    expect(new OrderError.Cancelled({ cause }).cause).toBe(cause);
    expect("cause" in new OrderError.Cancelled()).toBe(false);
  });

  it("needs a cause of the right type where a source is declared", () => {
    const error = new OrderError.Rejected({ by: "risk" }, { cause: new TypeError("no") });
    expectTypeOf(error.cause).toEqualTypeOf<TypeError>();
    expect(error.message).toBe("Rejected by risk");
    // @ts-expect-error a source is required
    expect(new OrderError.Rejected({ by: "risk" }).cause).toBeUndefined();
    // @ts-expect-error and it is a TypeError
    expect(new OrderError.Rejected({ by: "risk" }, { cause: "no" }).cause).toBe("no");
  });

  it("keeps its meaning when its message function throws", () => {
    const Broken = defineErrors("Broken", {
      HalfDone: { message: (p: { at: { line: number } }) => `at ${p.at.line.toFixed()}` },
    });
    // An untyped caller leaves the payload out.
    const error: Error = Reflect.construct(Broken.HalfDone, [{}]);
    expect(error.message).toBe("Half done");
  });

  it("keeps a payload from replacing what every error has, in types and at run time", () => {
    // @ts-expect-error `stack` belongs to the error
    const Sly = defineErrors("Sly", { One: { message: (p: { stack: string; id: number }) => `${p.id}` } });
    const One: unknown = Reflect.get(Sly, "One");
    const error: Error = Reflect.construct(One as typeof Error, [{ stack: "forged", id: 1 }]);
    expect(error.stack).not.toBe("forged");
    expect(error).toMatchObject({ id: 1 });
  });

  it("cannot have the name of one of the set's methods", () => {
    // @ts-expect-error `match` is a method
    expect(() => defineErrors("Sly", { match: {} })).toThrow(RangeError);
  });
});

describe("instanceof", () => {
  it("holds for the variant and for the set, and for nothing else", () => {
    const error: unknown = new OrderError.NotFound({ id: "1" });
    expect(error instanceof OrderError.NotFound).toBe(true);
    expect(error instanceof OrderError.Cancelled).toBe(false);
    expect(OrderError.is(error)).toBe(true);
    expect(OrderError.is(new Error("other"))).toBe(false);
    expect(OrderError.is(null)).toBe(false);
    if (error instanceof OrderError.NotFound) expectTypeOf(error.id).toEqualTypeOf<string>();
  });

  it("holds for an error of another copy of the definition", () => {
    const Copy = defineErrors("OrderError", { NotFound: { message: (p: { id: string }) => p.id } });
    expect(new Copy.NotFound({ id: "1" }) instanceof OrderError.NotFound).toBe(true);
  });

  it("tells a subclass from the variant it extends", () => {
    class Missing extends OrderError.NotFound {}
    expect(new Missing({ id: "1" })).toBeInstanceOf(OrderError.NotFound);
    expect(new OrderError.NotFound({ id: "1" })).not.toBeInstanceOf(Missing);
  });

  it("never throws on hostile values", () => {
    const hostile = new Proxy({}, { get: () => { throw new Error("trap"); } });
    expect(OrderError.is(hostile)).toBe(false);
  });
});

describe("from", () => {
  it("wraps an error in the variant that declares its type, and keeps it as the cause", () => {
    const cause = new DatabaseError("connection lost", "08006");
    const error = OrderError.from(cause);
    expect(error.kind).toBe("Database");
    expect(error.message).toBe("Database error: connection lost");
    expect(error.cause).toBe(cause);
    if (error.kind === "Database") expectTypeOf(error.cause).toEqualTypeOf<DatabaseError>();
  });

  it("takes a predicate, here for a system error that Node really raises", async () => {
    const error = await OrderError.wrap(() => readFile("/no/such/file")).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(OrderError.Io);
    expect(classify(error).category).toBe("not_found");
  });

  it("gives back an error that is of the set already", () => {
    const error = new OrderError.Cancelled();
    expect(OrderError.from(error)).toBe(error);
  });

  it("puts what no variant declares into the transparent one", () => {
    const error = OrderError.from(new RangeError("out of bounds"));
    expect(error.kind).toBe("Wrapped");
    expect(error.message).toBe("out of bounds");
  });

  it("throws the error itself, untouched, where no variant takes it", () => {
    const Narrow = defineErrors("Narrow", { Database: { from: DatabaseError } });
    const stranger = new Error("stranger");
    expect(() => Narrow.from(stranger)).toThrow(stranger);
  });

  it("converts what an operation throws, synchronously or later, and leaves values alone", async () => {
    expect(OrderError.wrap(() => 7)).toBe(7);
    expectTypeOf(OrderError.wrap(async () => 7)).toEqualTypeOf<Promise<number>>();
    await expect(OrderError.wrap(async () => 7)).resolves.toBe(7);
    const fail = (): never => { throw new DatabaseError("gone", "08006"); };
    expect(() => OrderError.wrap(fail)).toThrow("Database error: gone");
    await expect(OrderError.wrap(async () => fail())).rejects.toBeInstanceOf(OrderError.Database);
  });
});

describe("a transparent variant", () => {
  it("has the message and the meaning of its cause, and appears once in the chain that is printed", () => {
    const error = OrderError.from(Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }));
    expect(classify(error)).toMatchObject({ category: "network", retryable: true });
    expect(formatChain(error)).toBe("Error: connect ECONNREFUSED");
  });
});

describe("nested definitions", () => {
  const ConfigError = defineErrors("ConfigError", {
    MissingField: { message: (p: { field: string }) => `Missing required field: ${p.field}`, category: "configuration" },
  });
  const TransportError = defineErrors("TransportError", { Refused: { message: "Connection refused", category: "network" } });
  const OtlpError = defineErrors("OtlpError", {
    Config: { message: (e: ErrorOf<typeof ConfigError>) => `Configuration error: ${e.message}`, from: ConfigError },
    Transport: { from: TransportError },
  });

  it("convert from level to level and narrow all the way down", () => {
    const error = OtlpError.from(new ConfigError.MissingField({ field: "endpoint" }));
    expect(error.message).toBe("Configuration error: Missing required field: endpoint");
    if (error.kind !== "Config") throw new Error("expected Config");
    expectTypeOf(error.cause).toEqualTypeOf<ErrorOf<typeof ConfigError>>();
    expect(error.cause.field).toBe("endpoint");
    expect(classify(error).category).toBe("configuration");
    expect(find(error, ConfigError.MissingField)?.field).toBe("endpoint");
    expect(find(error, ConfigError)?.kind).toBe("MissingField");
  });
});

describe("generic definitions", () => {
  const exportErrors = <T extends Error>(backend: abstract new (...args: never[]) => T) =>
    defineErrors("ExportError", {
      Backend: { message: "Backend error", source: backend },
      BatchTooLarge: { message: (p: { size: number; max: number }) => `Batch too large: ${p.size} (max: ${p.max})` },
    });

  it("carry the type parameter to the cause", () => {
    const ExportError = exportErrors(DatabaseError);
    const error = new ExportError.Backend(new DatabaseError("down", "08006"));
    expectTypeOf(error.cause).toEqualTypeOf<DatabaseError>();
    expect(error.cause.sqlState).toBe("08006");
    expect(new ExportError.BatchTooLarge({ size: 9, max: 5 }).message).toBe("Batch too large: 9 (max: 5)");
  });
});

describe("match", () => {
  const describeError = (error: OrderError) =>
    OrderError.match(error, {
      NotFound: (e) => e.id,
      InvalidAmount: (e) => e.amount,
      Cancelled: () => null,
      OutOfStock: () => null,
      Database: (e) => e.cause.sqlState,
      Io: (e) => e.cause.code,
      Rejected: (e) => e.by,
      Wrapped: (e) => e.message,
    });

  it("calls the handler of the variant with the narrowed error", () => {
    expect(describeError(new OrderError.NotFound({ id: "42" }))).toBe("42");
    expect(describeError(new OrderError.InvalidAmount({ amount: -1 }))).toBe(-1);
    expectTypeOf(describeError).returns.toEqualTypeOf<string | number | null | undefined>();
  });

  it("is a type error when a variant is forgotten, or one is named that there is not", () => {
    const error: OrderError = new OrderError.Cancelled();
    // @ts-expect-error seven variants are missing
    expect(() => OrderError.match(error, { NotFound: (e: OrderError) => e.message })).toThrow(TypeError);
    // @ts-expect-error no variant Refunded
    expect(OrderError.match(error, { _: () => 1, Refunded: () => 2 })).toBe(1);
  });

  it("takes a default for the rest, which gets values of any kind", () => {
    const said = (error: unknown) => OrderError.match(error, { NotFound: (e) => e.id, _: (e) => e });
    expect(said(new OrderError.NotFound({ id: "42" }))).toBe("42");
    expect(said("a string")).toBe("a string");
  });

  it("leaves a switch over kind exhaustive", () => {
    const status = (error: ErrorOf<typeof Small>): number => {
      switch (error.kind) {
        case "A":
          return error.a;
        case "B":
          return 2;
        default:
          return error satisfies never;
      }
    };
    const Small = defineErrors("Small", { A: { message: (p: { a: number }) => `${p.a}` }, B: {} });
    expect(status(new Small.A({ a: 1 }))).toBe(1);
  });
});

it("says what each variant means to HTTP and gRPC", () => {
  expect(classify(new OrderError.NotFound({ id: "1" }))).toMatchObject({
    category: "not_found", httpStatus: 404, grpcStatus: "NOT_FOUND", grpcCode: 5, retryable: false, severity: "info",
  });
  expect(CLASSIFICATION in new OrderError.Cancelled()).toBe(false);
});

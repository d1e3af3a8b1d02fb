import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { print } from "../../src/record/print.js";
import { DatabaseError } from "./errors.js";

const wrap = (error: unknown): Error => new Error("wrapped", { cause: error });
const deep = (depth: number): Error => {
  if (depth > 0) return deep(depth - 1);
  return wrap(wrap(new TypeError("root")));
};

describe("the stack trace", () => {
  it.each([
    ["a single error", new Error("alone")],
    ["an error without a message", new Error()],
    ["a class that does not set its name", new DatabaseError("no connection")],
    ["causes with common frames", deep(6)],
    ["a cause from elsewhere", wrap(new RangeError("far"))],
    ["a message of several lines", wrap(new Error("first\nsecond"))],
    ["a cause that is a string", wrap("just text")],
    ["a cause that is a number", wrap(7)],
    ["an AggregateError", new AggregateError([new Error("a"), new TypeError("b")], "both")],
    ["an AggregateError inside a cause", wrap(new AggregateError([wrap(new Error("a"))], "one"))],
  ])("is what Node prints for %s", (_, error) => {
    expect(print(error).stack).toBe(inspect(error, { depth: 10, compact: 3 }));
  });

  it("names cycles instead of following them", () => {
    const error = new Error("outer");
    error.cause = error;
    expect(print(error).stack).toContain("[cause]: [Circular]");
  });

  it("is absent for what has none", () => {
    expect(print("text").stack).toBeUndefined();
    expect(print({ message: "x" }).stack).toBeUndefined();
  });
});

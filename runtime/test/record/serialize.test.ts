import { afterEach, describe, expect, it } from "vitest";
import { looksSecret, serialize } from "../../src/record/serialize.js";
import { configure } from "../../src/index.js";

afterEach(() => configure({ redact: (_, value) => value, maxValueLength: 2048, secretNames: /(?!)/ }));

const boom = (): never => {
  throw new Error("must not be called");
};

describe("a captured value", () => {
  it.each<[unknown, unknown]>([
    [42, 42],
    [true, true],
    ["text", "text"],
    [undefined, "undefined"],
    [null, "null"],
    [10n, "10n"],
    [Symbol("s"), "Symbol(s)"],
    [function work() {}, "[Function: work]"],
    [() => {}, "[Function: anonymous]"],
    [[1, "two", [3n]], '[1,"two",[3n]]'],
    [{ a: 1, b: { c: null } }, '{"a":1,"b":{"c":null}}'],
    [Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
    [new (class Order { id = 7; })(), '{"id":7}'],
    [new Date(0), "1970-01-01T00:00:00.000Z"],
    [new Date(Number.NaN), "Invalid Date"],
    [new Map([[1, 2]]), "[Map: 1]"],
    [new Set([1, 2]), "[Set: 2]"],
    [new Uint8Array(9), "[bytes: 9]"],
    [new Error("why"), "[Error: why]"],
    [{ a: { b: { c: { d: { e: 1 } } } } }, '{"a":{"b":{"c":{"d":[Object]}}}}'],
    [[, 1], "[undefined,1]"],
  ])("%o is written as %j", (value, expected) => {
    expect(serialize("value", value)).toBe(expected);
  });

  it("runs no getter, toJSON, toString or trap of the user's", () => {
    const hostile = { get a() { return boom(); }, toJSON: () => boom(), toString: () => boom(), [Symbol.toPrimitive]: boom, get [Symbol.toStringTag]() { return boom(); } };
    expect(serialize("value", hostile)).toBe('{"a":[Getter],"toJSON":[Function: toJSON],"toString":[Function: toString]}');
    const proxy = new Proxy({}, { get: boom, ownKeys: boom, getPrototypeOf: boom, getOwnPropertyDescriptor: boom });
    expect(serialize("value", [proxy])).toBe("[[Proxy]]");
  });

  it("is bounded in length, breadth and depth, and stopped by cycles", () => {
    const cyclic: Record<string, unknown> = {};
    cyclic["self"] = cyclic;
    expect(serialize("value", cyclic)).toBe('{"self":[Circular]}');
    expect(String(serialize("value", Array.from({ length: 100_000 }, (_, index) => index)))).toMatch(/,31,… 99968 more\]$/);
    const text = "x".repeat(5000);
    const wide = (depth: number): unknown => (depth === 0 ? text : Array.from({ length: 50 }, () => wide(depth - 1)));
    expect(String(serialize("value", wide(3))).length).toBeLessThanOrEqual(2048);
    configure({ maxValueLength: 5 });
    expect(serialize("value", "1234567")).toBe("1234…");
  });

  it("leaves out what has a secret's name, at any depth", () => {
    expect(serialize("password", "hunter2")).toBe("[redacted]");
    expect(serialize("user", { name: "a", apiKey: "k", nested: [{ "x-auth-token": "t" }] })).toBe(
      '{"name":"a","apiKey":"[redacted]","nested":[{"x-auth-token":"[redacted]"}]}',
    );
  });

  it("passes the redaction hook with its path", () => {
    const paths: string[] = [];
    configure({
      redact: (path, value) => {
        paths.push(path);
        return path.endsWith("email") ? "…@…" : value;
      },
    });
    expect(serialize("user", { id: 1, email: "a@b.c", tags: ["x"] })).toBe('{"id":1,"email":"…@…","tags":["x"]}');
    expect(paths).toEqual(["user", "user.id", "user.email", "user.tags", "user.tags.0"]);
  });
});

describe("a secret's name", () => {
  it.each(["password", "userPassword", "PASSWD", "pwd", "API_KEY", "apiKey", "apikey", "x-api-key", "accessToken", "token", "Authorization", "cookie", "client_secret", "clientSecret", "privateKey", "card", "cardNumber", "creditCard", "cvv", "ssn", "pin", "sessionId", "jwt", "passphrase"])("is %s", (name) => {
    expect(looksSecret(name)).toBe(true);
  });

  it.each(["passenger", "discard", "cardinality", "author", "keyboard", "spinner", "name", "compass", "tokenizer", "secretary", "opinion", "monkey"])("is not %s", (name) => {
    expect(looksSecret(name)).toBe(false);
  });

  it("is also what is configured", () => {
    expect(looksSecret("nickname")).toBe(false);
    configure({ secretNames: /^nick/ });
    expect(looksSecret("nickname")).toBe(true);
  });
});

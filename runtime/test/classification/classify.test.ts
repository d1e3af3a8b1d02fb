import { connect } from "node:net";
import { once } from "node:events";
import { createServer } from "node:http";
import { Script } from "node:vm";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { ProtocolError } from "@platformatic/kafka";
import { DatabaseError } from "pg-protocol";
import { Client, credentials, loadPackageDefinition, Metadata, status } from "@grpc/grpc-js";
import * as kafkajsErrors from "kafkajs/src/protocol/error.js";
import { describe, expect, expectTypeOf, it } from "vitest";
import {
  CATEGORIES, categoryOfGrpc, categoryOfHttp, CLASSIFICATION, classify, context, createClassifier, GRPC_STATUS,
  isRetryable, kafkaProtocolError, logLevel, parseRetryAfter,
} from "../../src/errors.js";
import type { Category, CategoryRow } from "../../src/errors.js";

const raised = async (run: () => unknown): Promise<unknown> => {
  try {
    await run();
  } catch (error) {
    return error;
  }
  throw new Error("expected a failure");
};
const category = (error: unknown): Category => classify(error).category;
const coded = (code: unknown, more: object = {}): Error => Object.assign(new Error("coded"), { code }, more);

describe("the table", () => {
  it("has the rows of the error handling guide", () => {
    const rows: ReadonlyArray<readonly [Category, Omit<CategoryRow, "severity">]> = [
      ["invalid", { http: 400, grpc: "INVALID_ARGUMENT", retryable: false }],
      ["not_found", { http: 404, grpc: "NOT_FOUND", retryable: false }],
      ["unauthenticated", { http: 401, grpc: "UNAUTHENTICATED", retryable: false }],
      ["unavailable", { http: 503, grpc: "UNAVAILABLE", retryable: true }],
      ["timeout", { http: 504, grpc: "DEADLINE_EXCEEDED", retryable: true }],
      ["internal", { http: 500, grpc: "INTERNAL", retryable: true }],
    ];
    for (const [name, row] of rows) expect(CATEGORIES[name]).toMatchObject(row);
  });

  it("finds a row for every HTTP error status and every gRPC code but OK", () => {
    for (let code = 400; code < 600; code++) expect(CATEGORIES).toHaveProperty(categoryOfHttp(code) ?? "none");
    for (const code of [200, 399, 600, NaN]) expect(categoryOfHttp(code)).toBeUndefined();
    for (const name of GRPC_STATUS.slice(1)) expect(CATEGORIES).toHaveProperty(categoryOfGrpc(name) ?? "none");
    expect(categoryOfGrpc("OK")).toBeUndefined();
    expect(categoryOfGrpc(99)).toBeUndefined();
  });

  it("numbers gRPC codes as grpc-js does", () => {
    for (const [number, name] of GRPC_STATUS.entries()) expect(status[name]).toBe(number);
  });
});

describe("errors that Node really raises", () => {
  it("a refused connection is a network error worth another try", async () => {
    const server = createServer();
    await once(server.listen(0, "127.0.0.1"), "listening");
    const { port } = server.address() as AddressInfo;
    await new Promise((done) => server.close(done));
    const socket = connect(port, "127.0.0.1");
    const [error] = await once(socket, "error");
    expect(classify(error)).toMatchObject({ category: "network", retryable: true, httpStatus: 502, grpcCode: 14 });
    const fetched = await raised(() => fetch(`http://127.0.0.1:${port}`));
    expect(fetched).toBeInstanceOf(TypeError);
    expect(category(fetched)).toBe("network");
  });

  it("an abort is a cancellation, a signal's timeout a timeout", async () => {
    expect(category(await raised(() => AbortSignal.abort().throwIfAborted()))).toBe("cancelled");
    const signal = AbortSignal.timeout(1);
    await once(signal, "abort");
    expect(category(await raised(() => signal.throwIfAborted()))).toBe("timeout");
    const { setTimeout: sleep } = await import("node:timers/promises");
    expect(category(await raised(() => sleep(1000, undefined, { signal: AbortSignal.abort() })))).toBe("cancelled");
  });

  it("bad arguments and mistakes are bugs, unreadable JSON is not", async () => {
    expect(category(await raised(() => Buffer.alloc(-1)))).toBe("bug");
    expect(category(await raised(() => (undefined as unknown as { x: { y: 1 } }).x.y))).toBe("bug");
    expect(category(await raised(() => JSON.parse("{")))).toBe("serialization");
    expect(category(await raised(() => new Script("}{")))).toBe("bug");
  });
});

describe("HTTP errors", () => {
  it("are known by the status that they, or their response, carry", () => {
    expect(classify(Object.assign(new Error(), { statusCode: 404 }))).toMatchObject({ category: "not_found", httpStatus: 404 });
    expect(classify(Object.assign(new Error(), { response: { status: 418 } }))).toMatchObject({ category: "invalid", httpStatus: 418 });
    expect(classify(new Response(null, { status: 503 })).retryable).toBe(true);
    expect(category(Object.assign(new Error(), { status: 200 }))).toBe("unknown");
  });

  it("say when to come back", () => {
    const busy = Object.assign(new Error("busy"), { status: 429, headers: { "retry-after": "2" } });
    expect(classify(busy)).toMatchObject({ category: "exhausted", retryAfterMs: 2000 });
    expect(classify(new Response(null, { status: 503, headers: { "Retry-After": "1" } })).retryAfterMs).toBe(1000);
    expect(parseRetryAfter("Wed, 21 Oct 2026 07:28:00 GMT", Date.parse("2026-10-21T07:27:50Z"))).toBe(10_000);
    expect(parseRetryAfter("Wed, 21 Oct 2026 07:28:00 GMT", Date.parse("2027-01-01"))).toBe(0);
    for (const nonsense of ["", "-5", "1.5", "soon"]) expect(parseRetryAfter(nonsense)).toBeUndefined();
  });
});

describe("gRPC errors", () => {
  it("of grpc-js are known by their code", async () => {
    expect(loadPackageDefinition).toBeTypeOf("function");
    const client = new Client("127.0.0.1:1", credentials.createInsecure());
    const error = await raised(
      () =>
        new Promise((resolve, reject) => {
          const deadline = Date.now() - 1;
          const bytes = (value: Buffer): Buffer => value;
          client.makeUnaryRequest("/s/m", bytes, bytes, Buffer.alloc(0), new Metadata(), { deadline }, (failure, value) =>
            failure ? reject(failure) : resolve(value),
          );
        }),
    );
    client.close();
    expect(classify(error)).toMatchObject({ category: "timeout", grpcStatus: "DEADLINE_EXCEEDED", httpStatus: 504 });
  });

  it("are not guessed from a number alone", () => {
    expect(category(coded(5))).toBe("unknown");
    expect(category(coded(5, { rawMessage: "connect" }))).toBe("not_found");
  });
});

describe("PostgreSQL errors", () => {
  const sql = (code: string, message = "m"): DatabaseError =>
    Object.assign(new DatabaseError(message, 10, "error"), { code, severity: "ERROR" });
  it.each([
    ["23505", "conflict"], ["23503", "precondition"], ["22P02", "invalid"], ["40001", "aborted"], ["40P01", "aborted"],
    ["40002", "precondition"], ["08006", "network"], ["28P01", "configuration"], ["42P01", "bug"], ["42501", "configuration"],
    ["53300", "exhausted"], ["55P03", "aborted"], ["57P01", "unavailable"], ["XX001", "data_loss"], ["XX000", "internal"],
  ] as const)("SQLSTATE %s is %s", (code, expected) => {
    expect(category(sql(code))).toBe(expected);
  });

  it("tell a statement timeout from a cancel request by the message", () => {
    expect(category(sql("57014", "canceling statement due to statement timeout"))).toBe("timeout");
    expect(category(sql("57014", "canceling statement due to user request"))).toBe("cancelled");
  });

  it("of the pool are known by their messages", () => {
    expect(category(new Error("timeout exceeded when trying to connect"))).toBe("timeout");
    expect(category(new Error("Connection terminated unexpectedly"))).toBe("network");
  });

  it("are not confused with system errors of five letters", () => {
    expect(category(coded("EPIPE"))).toBe("network");
    expect(category(coded("40001"))).toBe("unknown");
  });
});

describe("Kafka errors", () => {
  it("agree with kafkajs on what may be retried, but for what the protocol has changed since", () => {
    const changed = new Set(["UNKNOWN_TOPIC_ID"]);
    for (const { type, retriable } of kafkajsErrors.errorCodes) {
      if (!changed.has(type)) expect([type, kafkaProtocolError(type).retryable]).toEqual([type, retriable]);
    }
  });

  it("of kafkajs are known by the protocol's name", () => {
    const error = kafkajsErrors.createErrorFromCode(19);
    expect(classify(error)).toMatchObject({ category: "unavailable", retryable: true });
    expect(category(kafkajsErrors.createErrorFromCode(29))).toBe("forbidden");
    expect(category(kafkajsErrors.createErrorFromCode(10))).toBe("invalid");
  });

  it("of @platformatic/kafka are known by the protocol's name, and agree with it on what may be retried", () => {
    for (let id = 1; id <= 119; id++) {
      const error = new ProtocolError(id);
      expect([error["apiId"], classify(error).retryable]).toEqual([error["apiId"], error["canRetry"]]);
    }
  });

  it("of librdkafka's bindings are known by its negative codes", () => {
    expect(category(coded(-185, { isRetriable: true }))).toBe("timeout");
    expect(category(coded(-185))).toBe("unknown");
  });
});

describe("what an error says about itself", () => {
  it("goes before all rules, and fills in only what it says", () => {
    const error = Object.assign(coded("ECONNREFUSED"), { [CLASSIFICATION]: { http: 404 } });
    expect(classify(error)).toMatchObject({ category: "not_found", httpStatus: 404, retryable: false });
    const stubborn = Object.assign(new Error("s", { cause: coded("ETIMEDOUT") }), { [CLASSIFICATION]: { retryable: false } });
    expect(classify(stubborn)).toMatchObject({ category: "timeout", retryable: false });
  });
});

describe("causes", () => {
  it("speak for an error that says nothing", () => {
    const refused = coded("ECONNREFUSED");
    const found = classify(context(new Error("payment failed", { cause: refused }), "Failed to order"));
    expect(found).toMatchObject({ category: "network", decidedBy: refused });
  });

  it("go before the language's own classes", () => {
    expect(category(new TypeError("fetch failed", { cause: coded("ECONNRESET") }))).toBe("network");
    expect(category(new TypeError("x is not a function", { cause: new Error("y") }))).toBe("bug");
  });

  it("of a cycle end", () => {
    const error = new Error("a");
    error.cause = new Error("b", { cause: error });
    expect(category(error)).toBe("unknown");
  });
});

describe("an aggregate", () => {
  it("is as loud as its loudest member, and worth a retry only if all are", () => {
    const aggregate = new AggregateError([coded("ETIMEDOUT"), new TypeError("bug")]);
    expect(classify(aggregate)).toMatchObject({ category: "bug", severity: "error", retryable: false });
    expect(isRetryable(new AggregateError([coded("ETIMEDOUT"), coded("ECONNRESET")]))).toBe(true);
  });

  it("that contains itself ends", () => {
    const aggregate = new AggregateError([]);
    aggregate.errors.push(aggregate);
    expect(category(aggregate)).toBe("unknown");
  });
});

describe("a classifier of one's own", () => {
  class QuotaError extends Error {}
  const classifier = createClassifier({
    categories: {
      quota: { http: 402, grpc: "RESOURCE_EXHAUSTED", retryable: false, severity: "warn" },
      timeout: { ...CATEGORIES.timeout, retryable: false },
    },
    rules: [
      (error) => { throw error; },
      (error) => (error instanceof QuotaError ? "quota" : undefined),
    ],
  });

  it("adds rows and rules, replaces rows, and passes over a rule that throws", () => {
    const found = classifier.classify(new QuotaError());
    expectTypeOf(found.category).toEqualTypeOf<Category | "quota">();
    expect(found).toMatchObject({ category: "quota", httpStatus: 402, grpcCode: 8 });
    expect(classifier.isRetryable(coded("ETIMEDOUT"))).toBe(false);
    expect(isRetryable(coded("ETIMEDOUT"))).toBe(true);
  });

  it("can be extended again, the newest rules first", () => {
    const next = classifier.extend({ rules: [(error) => (error instanceof QuotaError ? "forbidden" : undefined)] });
    expect(next.classify(new QuotaError()).category).toBe("forbidden");
    expect(classifier.classify(new QuotaError()).category).toBe("quota");
  });
});

it("logs what passes quietly, what does not loudly", () => {
  expect(logLevel(coded("ETIMEDOUT"))).toBe("warn");
  expect(logLevel(Object.assign(new Error(), { status: 404 }))).toBe("info");
  expect(logLevel(coded("ENOSPC"))).toBe("fatal");
  expect(logLevel(new Error("?"))).toBe("error");
});

it("is total: every value is classified, none makes it throw", () => {
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true, withSparseArray: true, withBigInt: true }), (value) => {
      expect(CATEGORIES).toHaveProperty(classify(value).category);
    }),
  );
  const hostile = new Proxy({}, { get: () => { throw new Error("trap"); } });
  expect(category(hostile)).toBe("unknown");
});

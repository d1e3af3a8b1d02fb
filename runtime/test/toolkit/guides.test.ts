import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { DatabaseSync } from "node:sqlite";
import { SpanStatusCode } from "@opentelemetry/api";
import { Client, credentials, Metadata, Server, ServerCredentials, status } from "@grpc/grpc-js";
import type { handleUnaryCall, ServiceError } from "@grpc/grpc-js";
import { describe, expect, it, vi } from "vitest";
import { classify, context, defineErrors, formatChain } from "../../src/errors.js";
import { activeTraceId, recordError, withSpan } from "../../src/index.js";
import { compose, retry, RetryError, timeout } from "../../src/resilience.js";
import { forEach } from "../../src/stream.js";
import { traceTests } from "./tracing.js";

// The guides' longer programs, as one would write them with this toolkit.

const tracing = traceTests();
const caught = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);

const OrderError = defineErrors("OrderError", {
  NotFound: { message: (p: { id: string }) => `Order not found: ${p.id}`, http: 404, grpc: "NOT_FOUND" },
  PaymentFailed: { message: (p: { reason: string }) => `Payment failed: ${p.reason}`, http: 402, grpc: "FAILED_PRECONDITION" },
  Wrapped: { transparent: true },
});
const getOrder = async (id: string): Promise<{ id: string }> => {
  if (id === "") throw new OrderError.NotFound({ id });
  if (id === "db") throw OrderError.from(Object.assign(new Error("connection lost"), { code: "08006", severity: "FATAL" }));
  return { id };
};

describe("a gRPC service", () => {
  const bytes = (value: Buffer): Buffer => value;
  const definition = { path: "/orders/get", requestStream: false, responseStream: false, requestSerialize: bytes, requestDeserialize: bytes, responseSerialize: bytes, responseDeserialize: bytes } as const;

  it("answers with the status of the error's class, and its caller retries what is worth it, in time", async () => {
    let calls = 0;
    const get: handleUnaryCall<Buffer, Buffer> = ({ request }, reply) => {
      calls++;
      const id = request.toString();
      if (id === "hang") return;
      const answer = id === "flaky" && calls < 3 ? Promise.reject(Object.assign(new Error("down"), { code: "ECONNREFUSED" })) : getOrder(id);
      answer.then(
        (order) => reply(null, Buffer.from(order.id)),
        (error: unknown) => reply({ code: classify(error).grpcCode, details: String(error) }),
      );
    };
    const server = new Server();
    server.addService({ get: definition }, { get });
    const port = await new Promise<number>((resolve, reject) =>
      server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound))),
    );
    const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
    const call = (id: string, signal?: AbortSignal): Promise<Buffer | undefined> =>
      new Promise((resolve, reject) => {
        const sent = client.makeUnaryRequest("/orders/get", bytes, bytes, Buffer.from(id), new Metadata(), {}, (error, value) => (error ? reject(error) : resolve(value)));
        signal?.addEventListener("abort", () => sent.cancel(), { once: true });
      });

    const missing = (await caught(call(""))) as ServiceError;
    expect(missing.code).toBe(status.NOT_FOUND);
    expect(classify(missing)).toMatchObject({ category: "not_found", httpStatus: 404 });
    expect((await caught(call("db"))) as ServiceError).toMatchObject({ code: status.UNAVAILABLE });

    calls = 0;
    const policy = compose(retry({ maxAttempts: 3, backoff: 1 }), timeout(5_000));
    expect(String(await policy.execute(({ signal }) => call("flaky", signal)))).toBe("flaky");
    expect(calls).toBe(3);
    calls = 0;
    await caught(policy.execute(({ signal }) => call("", signal)));
    expect(calls).toBe(1);
    expect(await caught(timeout(50).execute(({ signal }) => call("hang", signal)))).toMatchObject({ name: "TimeoutError" });

    client.close();
    server.forceShutdown();
  });
});

describe("an HTTP service", () => {
  it("answers with the status of the error's class and the trace id, and its caller knows what it means", async () => {
    const server = createServer((request, response) => {
      const answered = withSpan("http.get_order", async () => {
        try {
          response.end(JSON.stringify(await getOrder(new URL(request.url ?? "/", "http://x").searchParams.get("id") ?? "")));
        } catch (error) {
          recordError(error);
          const { httpStatus } = classify(error);
          response.writeHead(httpStatus, { "content-type": "application/json" });
          response.end(JSON.stringify({ error: String(error), trace_id: activeTraceId() }));
        }
      });
      // The span ends when somebody looks at the promise.
      answered.catch((error: unknown) => response.destroy(error as Error));
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/?id=`;

    const response = await fetch(url);
    expect(response.status).toBe(404);
    const body = (await response.json()) as { trace_id: string };
    const span = await vi.waitFor(() => tracing.span("http.get_order"));
    expect(body.trace_id).toBe(span.spanContext().traceId);
    expect(span.status.code).toBe(SpanStatusCode.ERROR);
    expect(span.attributes["error.type"]).toBe("OrderError.NotFound");

    const unavailable = await fetch(`${url}db`);
    await unavailable.text();
    expect(classify(unavailable)).toMatchObject({ category: "network", retryable: true });
    expect(await (await fetch(`${url}42`)).json()).toEqual({ id: "42" });
    await new Promise((done) => {
      server.close(done);
      server.closeAllConnections();
    });
  });
});

describe("an order", () => {
  const database = (): DatabaseSync => {
    const db = new DatabaseSync(":memory:");
    db.exec("CREATE TABLE orders (id TEXT PRIMARY KEY)");
    return db;
  };
  const count = (db: DatabaseSync): unknown => db.prepare("SELECT count(*) AS n FROM orders").get()?.["n"];
  /** Commits what succeeds, rolls back what fails, and keeps both errors if rolling back fails too. */
  const transaction = <T>(db: DatabaseSync, work: () => Promise<T>): Promise<T> =>
    withSpan("db.transaction", async () => {
      db.exec("BEGIN");
      try {
        const value = await work();
        db.exec("COMMIT");
        return value;
      } catch (error) {
        try {
          db.exec("ROLLBACK");
        } catch (rollback) {
          throw new AggregateError([error, rollback], "Transaction failed, and so did its rollback", { cause: error });
        }
        throw error;
      }
    });
  const process = (db: DatabaseSync, id: string, publish: (id: string) => Promise<void>): Promise<void> =>
    withSpan("production.process_order", () =>
      context(
        transaction(db, async () => {
          db.prepare("INSERT INTO orders (id) VALUES (?)").run(id);
          await retry({ name: "publish", maxAttempts: 3, backoff: 1 }).execute(() => publish(id));
        }),
        `Failed to process order ${id}`,
      ),
    );

  it("is saved and published", async () => {
    const db = database();
    const published: string[] = [];
    await process(db, "42", async (id) => void published.push(id));
    expect([count(db), published]).toEqual([1, ["42"]]);
  });

  it("is rolled back when it cannot be published, and the trace tells each attempt", async () => {
    const db = database();
    const publish = (): Promise<void> => Promise.reject(Object.assign(new Error("no leader"), { name: "KafkaJSProtocolError", type: "LEADER_NOT_AVAILABLE", retriable: true }));
    const error = await caught(process(db, "42", publish));
    expect(count(db)).toBe(0);
    expect(formatChain(error).split("\n").slice(0, 2)).toEqual(["Error: Failed to process order 42", "  Caused by: Failed after 3 attempts"]);
    expect(tracing.events("db.transaction").filter((name) => name === "retry.attempt_failed")).toHaveLength(3);
    expect(tracing.span("production.process_order").status.code).toBe(SpanStatusCode.ERROR);
  });

  it("keeps the error of its work when the rollback fails too", async () => {
    const db = database();
    const error = await caught(transaction(db, async () => { db.exec("ROLLBACK"); throw new OrderError.PaymentFailed({ reason: "card" }); }));
    expect(error).toMatchObject({ cause: { kind: "PaymentFailed" }, errors: [expect.anything(), expect.anything()] });
  });
});

describe("a consumer", () => {
  it("retries each message and sends what still fails to the dead-letter queue, with its error", async () => {
    async function* messages() {
      yield* ["fine", "poison", "fine too"];
    }
    const tries: string[] = [];
    const deadLetters: { original: string; error: string }[] = [];
    const report = await withSpan("consume", () =>
      forEach(messages(), async (message) => { tries.push(message); if (message === "poison") throw new Error("cannot parse"); }, {
        policy: retry({ maxAttempts: 2, backoff: 1 }),
        onFailure: ({ item, error }) => void deadLetters.push({ original: item, error: (error as RetryError).message }),
      }),
    );
    expect(tries).toEqual(["fine", "poison", "poison", "fine too"]);
    expect(deadLetters).toEqual([{ original: "poison", error: "Failed after 2 attempts" }]);
    expect(report).toMatchObject({ succeeded: 2, failed: 1 });
    expect(tracing.events("consume")).toContain("stream.item_failed");
  });
});

import { SpanStatusCode } from "@opentelemetry/api";
import { Kafka, logLevel, Partitioners } from "kafkajs";
import type { Producer } from "kafkajs";
import type { Pool, PoolClient } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { classify, context, defineErrors, find, formatChain } from "../../src/errors.js";
import { withSpan } from "../../src/index.js";
import { retry, RetryError } from "../../src/resilience.js";
import { forEach } from "../../src/stream.js";
import { startKafkaBroker } from "./kafka-broker.js";
import type { KafkaBroker } from "./kafka-broker.js";
import { startPostgres } from "./postgres.js";
import type { Postgres } from "./postgres.js";
import { traceTests } from "./tracing.js";

// The guides' production example: a transaction in PostgreSQL, an event to Kafka, a dead-letter queue.

const tracing = traceTests();
const caught = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);

let postgres: Postgres;
let pool: Pool;
let broker: KafkaBroker;
let producer: Producer;
beforeAll(async () => {
  postgres = await startPostgres();
  ({ pool } = postgres);
  await pool.query("CREATE TABLE orders (id TEXT PRIMARY KEY, amount INT NOT NULL CHECK (amount > 0))");
  broker = await startKafkaBroker();
  // The client's own retries are off: a trace should show each attempt.
  const kafka = new Kafka({ clientId: "orders", brokers: [broker.address], logLevel: logLevel.NOTHING, retry: { retries: 0 } });
  producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
}, 120_000);
afterAll(async () => {
  await producer.disconnect();
  await broker[Symbol.asyncDispose]();
  await postgres[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await pool.query("DELETE FROM orders");
  broker.errorCode = 0;
});

const LEADER_NOT_AVAILABLE = 5;
const TOPIC_AUTHORIZATION_FAILED = 29;

const OrderError = defineErrors("OrderError", {
  PaymentFailed: { message: (p: { reason: string }) => `Payment failed: ${p.reason}`, http: 402, grpc: "FAILED_PRECONDITION" },
});
const saved = async (): Promise<string[]> => (await pool.query<{ id: string }>("SELECT id FROM orders")).rows.map(({ id }) => id);
const publish = async (topic: string, value: string): Promise<void> => {
  await producer.send({ topic, messages: [{ value }] });
};

/** Commits what succeeds, rolls back what fails, and keeps both errors if rolling back fails too. */
const transaction = <T>(work: (client: PoolClient) => Promise<T>): Promise<T> =>
  withSpan("db.transaction", async () => {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await client.query("BEGIN");
      const value = await work(client);
      await client.query("COMMIT");
      return value;
    } catch (error) {
      try {
        await client.query("ROLLBACK");
      } catch (rollback) {
        broken = rollback as Error;
        throw new AggregateError([error, rollback], "Transaction failed, and so did its rollback", { cause: error });
      }
      throw error;
    } finally {
      client.release(broken);
    }
  });

const processOrder = (id: string, amount = 1): Promise<void> =>
  withSpan("production.process_order", () =>
    context(
      transaction(async (client) => {
        await client.query("INSERT INTO orders (id, amount) VALUES ($1, $2)", [id, amount]);
        await retry({ name: "publish", maxAttempts: 3, backoff: 1 }).execute(() => publish("orders", id));
      }),
      `Failed to process order ${id}`,
    ),
  );

describe("an order", () => {
  it("is saved and published", async () => {
    await processOrder("42");
    expect(await saved()).toEqual(["42"]);
    expect(broker.log.at(-1)).toEqual({ topic: "orders", value: "42" });
  });

  it("is rolled back when it cannot be published, and the trace tells each attempt", async () => {
    broker.errorCode = LEADER_NOT_AVAILABLE;
    const error = await caught(processOrder("43"));
    expect(await saved()).toEqual([]);
    expect(formatChain(error).split("\n").slice(0, 2)).toEqual(["Error: Failed to process order 43", "  Caused by: Failed after 3 attempts"]);
    expect(find(error, RetryError)?.attempts).toBe(3);
    expect(tracing.events("db.transaction").filter((name) => name === "retry.attempt_failed")).toHaveLength(3);
    expect(tracing.span("production.process_order").status.code).toBe(SpanStatusCode.ERROR);
  });

  it("is not published again and again when that is not allowed", async () => {
    broker.errorCode = TOPIC_AUTHORIZATION_FAILED;
    const before = broker.requests;
    expect(classify(await caught(processOrder("44"))).category).toBe("forbidden");
    expect(broker.requests - before).toBe(1);
    expect(await saved()).toEqual([]);
  });

  it("that is there already is a conflict, one that breaks a rule of the database fails its precondition", async () => {
    await processOrder("45");
    expect(classify(await caught(processOrder("45")))).toMatchObject({ category: "conflict", httpStatus: 409, retryable: false });
    expect(classify(await caught(processOrder("46", -1))).category).toBe("precondition");
    expect(classify(await caught(pool.query("SELECT * FROM nowhere"))).category).toBe("bug");
    expect(await saved()).toEqual(["45"]);
  });

  it("keeps the error of its work when the rollback fails too", async () => {
    const error = await caught(
      transaction(async (client) => {
        await (client as unknown as { end(): Promise<void> }).end();
        throw new OrderError.PaymentFailed({ reason: "card" });
      }),
    );
    expect(error).toMatchObject({ cause: { kind: "PaymentFailed" }, errors: [expect.anything(), expect.anything()] });
  });
});

describe("a consumer", () => {
  it("retries each message and sends what still fails to the dead-letter queue, with its error", async () => {
    async function* messages() {
      yield* ["fine", "poison", "fine too"];
    }
    const tries: string[] = [];
    const report = await withSpan("consume", () =>
      forEach(messages(), async (message) => { tries.push(message); if (message === "poison") throw new Error("cannot parse"); }, {
        policy: retry({ maxAttempts: 2, backoff: 1 }),
        onFailure: ({ item, error }) => publish("orders.dlq", JSON.stringify({ original: item, error: (error as RetryError).message })),
      }),
    );
    expect(tries).toEqual(["fine", "poison", "poison", "fine too"]);
    const deadLetters = broker.log.filter(({ topic }) => topic === "orders.dlq").map(({ value }): unknown => JSON.parse(value));
    expect(deadLetters).toEqual([{ original: "poison", error: "Failed after 2 attempts" }]);
    expect(report).toMatchObject({ succeeded: 2, failed: 1 });
    expect(tracing.events("consume")).toContain("stream.item_failed");
  });
});

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SpanStatusCode } from "@opentelemetry/api";
import { Client, credentials, Metadata, Server, ServerCredentials, status } from "@grpc/grpc-js";
import type { handleUnaryCall, ServiceError } from "@grpc/grpc-js";
import { describe, expect, it, vi } from "vitest";
import { classify, defineErrors } from "../../src/errors.js";
import { activeTraceId, recordError, withSpan } from "../../src/index.js";
import { compose, retry, timeout } from "../../src/resilience.js";
import { traceTests } from "./tracing.js";

// The guides' longer programs, as one would write them with this toolkit.

const tracing = traceTests();
const caught = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);

const OrderError = defineErrors("OrderError", {
  NotFound: { message: (p: { id: string }) => `Order not found: ${p.id}`, http: 404, grpc: "NOT_FOUND" },
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

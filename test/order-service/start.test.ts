import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { run, type Outcome } from "../command.js";
import { startCollector, type Collector } from "./collector.js";
import { attribute, outline, spansOf, statusError, type Span, type TraceDocument } from "./otlp.js";

// One file for all that `npm start` does: it compiles the service in place, so its runs must follow each other.
// It also builds what is not built yet, which takes a while on a small machine.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const root = fileURLToPath(new URL("../..", import.meta.url));

const paid = ["process_order", "  validateOrder", "  process_payment", "    gateway.authorize"];
const saved = ["  saveOrder", "    inTransaction", "      Transaction.insert", "      Transaction.insert", "      Transaction.commit"];

/** What each order leaves behind, in their order. */
const trees = [
  ...[...paid, ...saved, "  publish orders"],
  ...["process_order !", "  validateOrder !"],
  ...["process_order", "  validateOrder", "  process_payment"],
  ...["    gateway.authorize !", "    gateway.authorize !", "    gateway.authorize"],
  ...[...saved, "  publish orders"],
  ...["process_order !", ...paid.slice(1)],
  ...["  saveOrder !", "    inTransaction !", "      Transaction.insert", "      Transaction.insert !", "      Transaction.rollback"],
  "  refund_payment",
  ...[...paid, ...saved, "  publish orders !"],
];

/** The one span with this name in the trace of this order. */
function spanOf(spans: readonly Span[], order: string, name: string): Span {
  const [rootSpan] = spans.filter((span) => span.name === "process_order" && attribute(span, "order.id") === order);
  const [found] = spans.filter((span) => span.traceId === rootSpan?.traceId && span.name === name);
  if (found === undefined) throw new Error(`No span ${name} in the trace of ${order}`);
  return found;
}

function exceptionsOf(span: Span): Span["events"] {
  return span.events.filter(({ name }) => name === "exception");
}

describe("npm start -- --json", () => {
  let outcome: Outcome;
  let collector: Collector;
  let document: TraceDocument;
  let spans: readonly Span[];

  beforeAll(async () => {
    collector = await startCollector();
    outcome = await run("npm start -- --json", root, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint });
    document = JSON.parse(outcome.stdout) as TraceDocument;
    spans = spansOf([document]);
  });

  afterAll(() => {
    collector.close();
  });

  it("should exit with 0 and write one OTLP/JSON document to standard output and nothing else", () => {
    expect(outcome.code).toBe(0);
    expect(document.resourceSpans).toHaveLength(1);
    expect(document.resourceSpans[0]?.resource.attributes).toContainEqual({
      key: "service.name",
      value: { stringValue: "order-service" },
    });
  });

  it("should hold one tree of spans for each order", () => {
    expect(outline(spans)).toEqual(trees);
  });

  it("should name names, files and fields as markers, decorator and config ask for", () => {
    const payment = spanOf(spans, "A-1001", "process_payment");
    expect(attribute(payment, "code.function.name")).toBe("processPayment");
    expect(attribute(payment, "code.file.path")).toBe("src/payments/charge.ts");
    expect(attribute(payment, "errspan.arg.orderId")).toBe("A-1001");
    expect(attribute(payment, "errspan.arg.cents")).toBe(2490);
    expect(attribute(spanOf(spans, "A-1001", "validateOrder"), "order.lines")).toBe(1);
    expect(attribute(spanOf(spans, "A-1001", "saveOrder"), "code.file.path")).toBe("src/storage/orders.ts");
    expect(attribute(spanOf(spans, "A-1001", "process_order"), "code.function.name")).toBe("OrderService.process");
    // OTLP's numbers for the kinds client and producer.
    expect(spanOf(spans, "A-1001", "gateway.authorize").kind).toBe(3);
    expect(spanOf(spans, "A-1001", "publish orders").kind).toBe(4);
  });

  it("should keep the card that pays out of everything", () => {
    expect(JSON.stringify(spans)).not.toContain("4000056655665556");
    expect(JSON.stringify(spans)).not.toContain("securityCode");
    expect(attribute(spanOf(spans, "A-1001", "process_payment"), "errspan.arg.card")).toBeUndefined();
  });

  it("should show that a payment succeeded after two timeouts", () => {
    const attempts = spans.filter((span) => attribute(span, "payment.attempt") !== undefined && span.status.code === statusError);
    expect(attempts.map((span) => attribute(span, "payment.attempt"))).toEqual([1, 2]);
    expect(attempts.map((span) => attribute(span, "error.type"))).toEqual(["GatewayTimeout", "GatewayTimeout"]);
    expect(spanOf(spans, "A-1003", "process_payment").status.code).not.toBe(statusError);
  });

  it("should record a failure once, where it arose, with its whole chain of causes", () => {
    const origin = spanOf(spans, "A-1004", "inTransaction");
    const [exception] = exceptionsOf(origin);
    expect(exception && attribute(exception, "exception.type")).toBe("TransactionFailed");
    const stack = String(exception && attribute(exception, "exception.stacktrace"));
    expect(stack).toContain("[cause]: QueryFailed: insert into orders failed");
    expect(stack).toContain("read ECONNRESET");
    expect(stack).toContain("src/storage/database.ts:");
    expect(exceptionsOf(spanOf(spans, "A-1004", "saveOrder"))).toEqual([]);
    expect(spanOf(spans, "A-1004", "saveOrder").status).toMatchObject({
      code: statusError,
      message: "The transaction was rolled back",
    });
  });

  it("should show an error that was handled in code where recordError told of it", () => {
    const publish = spanOf(spans, "A-1005", "publish orders");
    const [exception] = exceptionsOf(publish);
    expect(exception && attribute(exception, "exception.type")).toBe("AggregateError");
    expect(String(exception && attribute(exception, "exception.stacktrace"))).toContain("broker-2 has no leader");
    expect(attribute(spanOf(spans, "A-1005", "process_order"), "order.delivery")).toBe("outbox");
  });

  it("should export the same spans to OTEL_EXPORTER_OTLP_ENDPOINT", () => {
    expect(new Set(collector.received.map(({ path }) => path))).toEqual(new Set(["/v1/traces"]));
    expect(outline(spansOf(collector.received.map(({ document: part }) => part)))).toEqual(trees);
  });

  it("should say so and fail when the endpoint takes no spans", async () => {
    const refusing = await startCollector(400);
    const refused = await run("npm start -- --json", root, { OTEL_EXPORTER_OTLP_ENDPOINT: refusing.endpoint });
    refusing.close();
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("Not all spans were exported");
    expect(outline(spansOf([JSON.parse(refused.stdout) as TraceDocument]))).toEqual(trees);
  });
});

describe("npm start", () => {
  it("should print the trees with causes and places, then the findings, plain where there is no terminal", async () => {
    const { code, stdout, stderr } = await run("npm start", root);
    expect(code).toBe(0);
    expect(stdout).not.toContain("\u001b");
    expect(stderr).toContain("A-1004 rejected: Order A-1004 was not saved, its payment was refunded");
    expect(stdout).toMatch(/├─ ✗ {2}saveOrder {2}.*src\/storage\/orders\.ts:9:8/);
    expect(stdout).toMatch(/TransactionFailed: The transaction was rolled back\n.*↳ QueryFailed.*\n.*↳ SocketError: read ECONNRESET/);
    const findings = [...stdout.matchAll(/^✗ {2}(errspan\/\S+) {2}(\S+)$/gm)].map(([, rule, place]) => `${rule} ${place}`);
    expect(findings).toEqual([
      "errspan/no-swallowed-error src/reports/nightly.ts:10:5",
      "errspan/no-silent-catch src/reports/nightly.ts:18:12",
      "errspan/no-floating-promises src/reports/nightly.ts:24:5",
      "errspan/no-untyped-throw src/reports/nightly.ts:30:40",
    ]);
  });

  it("should print what the README's picture shows", async () => {
    expect(await run("npm run picture -- --check", root)).toMatchObject({ code: 0, stderr: "" });
  });
});

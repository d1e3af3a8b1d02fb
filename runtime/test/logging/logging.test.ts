import { Writable } from "node:stream";
import { trace } from "@opentelemetry/api";
import { pino } from "pino";
import winston from "winston";
import { describe, expect, it } from "vitest";
import { context } from "../../src/errors.js";
import { withSpan } from "../../src/index.js";
import { errorFields, pinoErrors, pinoOptions, traceFields, winstonErrors, winstonFormat } from "../../src/logging.js";
import { traceTests } from "../toolkit/tracing.js";

traceTests();

type Line = Record<string, unknown>;
const sink = () => {
  const lines: Line[] = [];
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(JSON.parse(String(chunk)) as Line);
      done();
    },
  });
  return { lines, stream };
};
const withPino = () => {
  const { lines, stream } = sink();
  return { lines, logger: pino({ ...pinoOptions(), level: "debug" }, stream) };
};
const withWinston = (options: winston.LoggerOptions = {}) => {
  const { lines, stream } = sink();
  const format = winston.format.combine(winstonFormat(), winston.format.json());
  return { lines, logger: winston.createLogger({ format, level: "debug", transports: [new winston.transports.Stream({ stream })], ...options }) };
};

const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
const failure = context(refused as unknown, "Failed to charge");
const described = {
  type: "ContextError", message: "Failed to charge", category: "network", retryable: true,
  chain: ["ContextError: Failed to charge", "Error: connect ECONNREFUSED"],
  stack: expect.stringContaining("[cause]"),
};
const inSpan = (log: () => void): Line => withSpan("charge", (span) => {
  log();
  const { traceId, spanId } = span.spanContext();
  return { trace_id: traceId, span_id: spanId, trace_flags: "01" };
});

describe("fields", () => {
  it("name the active trace, and nothing where none is", () => {
    expect(traceFields()).toEqual({});
    withSpan("a", () => expect(traceFields()).toMatchObject({ trace_id: trace.getActiveSpan()?.spanContext().traceId }));
  });

  it("describe any thrown value", () => {
    expect(errorFields(failure)).toEqual(described);
    expect(errorFields("text")).toEqual({ type: "_OTHER", message: "text", chain: ["text"], category: "unknown", retryable: false });
    expect(errorFields(new Proxy({}, { get: () => { throw new Error("trap"); } })).category).toBe("unknown");
  });
});

describe("pino", () => {
  it("has trace and error on its lines", () => {
    const { lines, logger } = withPino();
    const ids = inSpan(() => logger.error({ err: failure, orderId: 7 }, "payment failed"));
    logger.info("outside");
    expect(lines[0]).toMatchObject({ ...ids, level: 50, msg: "payment failed", orderId: 7, err: described });
    expect(lines[1]).not.toHaveProperty("trace_id");
  });

  it("logs an error that is passed alone, and those of child loggers", () => {
    const { lines, logger } = withPino();
    logger.child({ module: "orders" }).error(failure);
    expect(lines[0]).toMatchObject({ module: "orders", err: described, msg: "Failed to charge" });
  });

  it("takes the level from the error's class", () => {
    const { lines, logger } = withPino();
    const logError = pinoErrors(logger);
    logError(Object.assign(new Error("gone"), { status: 404 }), "no such order", { orderId: 7 });
    logError(refused);
    logError(new TypeError("bug"));
    logError(Object.assign(new Error("full"), { code: "ENOSPC" }));
    expect(lines.map(({ level }) => level)).toEqual([30, 40, 50, 60]);
    expect(lines[0]).toMatchObject({ msg: "no such order", orderId: 7, err: { category: "not_found" } });
  });
});

describe("winston", () => {
  it("has trace and error on its lines", () => {
    const { lines, logger } = withWinston();
    const ids = inSpan(() => logger.error("payment failed", { error: failure, orderId: 7 }));
    logger.info("outside");
    expect(lines[0]).toMatchObject({ ...ids, level: "error", message: "payment failed", orderId: 7, error: described });
    expect(lines[1]).not.toHaveProperty("trace_id");
  });

  it("describes an error that is the line itself", () => {
    const { lines, logger } = withWinston();
    logger.error(failure);
    expect(lines[0]).toMatchObject({ level: "error", message: "Failed to charge", error: described });
  });

  it("takes the level from the error's class, or the next one that it has", () => {
    const { lines, logger } = withWinston();
    const logError = winstonErrors(logger);
    logError(Object.assign(new Error("gone"), { status: 404 }), "no such order", { orderId: 7 });
    logError(refused);
    logError(Object.assign(new Error("full"), { code: "ENOSPC" }));
    logError("text");
    expect(lines.map(({ level }) => level)).toEqual(["info", "warn", "error", "error"]);
    expect(lines[0]).toMatchObject({ message: "no such order", orderId: 7, error: { category: "not_found" } });
    expect(lines[3]).toMatchObject({ message: "text", error: { chain: ["text"] } });
    const syslog = withWinston({ levels: winston.config.syslog.levels });
    winstonErrors(syslog.logger)(Object.assign(new Error("full"), { code: "ENOSPC" }));
    winstonErrors(syslog.logger)(refused);
    expect(syslog.lines.map(({ level }) => level)).toEqual(["crit", "warning"]);
  });
});

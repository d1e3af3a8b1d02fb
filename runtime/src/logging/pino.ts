import { classify } from "../classification/classifier.js";
import type { Severity } from "../classification/categories.js";
import { errorFields, traceFields } from "./fields.js";
import type { ErrorFields, TraceFields } from "./fields.js";

/** Pino options that put traces and errors into every line. */
export interface PinoOptions {
  readonly mixin: () => TraceFields;
  readonly serializers: { readonly err: (error: unknown) => ErrorFields; readonly error: (error: unknown) => ErrorFields };
}

/** The part of a pino logger that {@link pinoErrors} needs. */
export type PinoLike = Readonly<Record<Severity, (fields: object, message?: string) => void>>;

/** Logs an error with the level that its class deserves. */
export type LogError = (error: unknown, message?: string, fields?: Readonly<Record<string, unknown>>) => void;

/**
 * Options for `pino()`: trace and span id on every line, and on lines with an `err` or `error` its class, message,
 * stack with causes, chain and classification.
 * @example
 * const logger = pino({ ...pinoOptions(), level: "info" });
 * logger.error({ err: error }, "payment failed");
 */
export function pinoOptions(): PinoOptions {
  return { mixin: traceFields, serializers: { err: errorFields, error: errorFields } };
}

/**
 * A function that logs errors with the level of their class: a row that is missing is `info`, a timeout `warn`, a bug
 * `error`, a full disk `fatal`. The logger needs {@link pinoOptions}.
 * @param logger - a pino logger.
 * @example
 * const logError = pinoErrors(logger);
 * logError(error, "payment failed", { orderId });
 */
export function pinoErrors(logger: PinoLike): LogError {
  return (error, message, fields = {}) => logger[classify(error).severity]({ ...fields, err: error }, message);
}

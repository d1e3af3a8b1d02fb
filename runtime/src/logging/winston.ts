import { classify } from "../classification/classifier.js";
import type { Severity } from "../classification/categories.js";
import { errorFields, traceFields } from "./fields.js";
import type { LogError } from "./pino.js";

/** A line on its way through winston. */
export interface WinstonInfo {
  level: string;
  message: unknown;
  [key: string | symbol]: unknown;
}

/** A format as winston takes it. */
export interface WinstonFormat {
  transform(info: WinstonInfo, options?: unknown): WinstonInfo;
}

/** The part of a winston logger that {@link winstonErrors} needs. */
export interface WinstonLike {
  log(entry: { readonly level: string; readonly message: string; readonly error: unknown }): unknown;
  readonly levels?: Readonly<Record<string, number>>;
}

const KEYS = ["error", "err"];

/**
 * A format that puts trace and span id on every line, and in the place of an error in `error` or `err` its class,
 * message, stack with causes, chain and classification. Goes before `winston.format.json()`. An error that is logged as
 * the line itself (`logger.error(error)`) is described under `error`.
 * @example
 * const logger = winston.createLogger({ format: winston.format.combine(winstonFormat(), winston.format.json()) });
 * logger.error("payment failed", { error });
 */
export function winstonFormat(): WinstonFormat {
  return {
    transform(info) {
      // winston's own symbols stand on the line, so it is changed and not copied.
      Object.assign(info, traceFields());
      if (info instanceof Error) {
        // Its message and stack are its own, but JSON leaves out what is not enumerable.
        const error = errorFields(info);
        Object.defineProperty(info, "message", { value: error.message, enumerable: true, configurable: true, writable: true });
        info["error"] = error;
        return info;
      }
      for (const key of KEYS) {
        if (info[key] instanceof Error) info[key] = errorFields(info[key]);
      }
      return info;
    },
  };
}

// winston's npm levels have no fatal, others may have no warn or debug.
const INSTEAD: Readonly<Record<Severity, readonly string[]>> = {
  debug: ["debug"],
  info: ["info"],
  warn: ["warn", "warning"],
  error: ["error"],
  fatal: ["fatal", "crit", "error"],
};

/**
 * A function that logs errors with the level of their class, see `pinoErrors`; where the logger has no such level, with
 * the next louder one that it has.
 * @param logger - a winston logger, with {@link winstonFormat} among its formats.
 * @example
 * const logError = winstonErrors(logger);
 * logError(error, "payment failed", { orderId });
 */
export function winstonErrors(logger: WinstonLike): LogError {
  return (error, message, fields = {}) => {
    const known = logger.levels;
    const names = INSTEAD[classify(error).severity];
    const level = known === undefined ? names[0] : names.find((name) => Object.hasOwn(known, name));
    const said = message ?? errorFields(error).message;
    // An Error, so that the format describes it; other thrown values are described here.
    logger.log({ ...fields, level: level ?? "error", message: said, error: error instanceof Error ? error : errorFields(error) });
  };
}

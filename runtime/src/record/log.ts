import type { Attributes, Context } from "@opentelemetry/api";
import { warn } from "../span/diagnostics.js";
import { shared } from "../span/process.js";
import { SCOPE_NAME, VERSION } from "../span/version.js";

/** What we use of OpenTelemetry's logger, whose types only API 1.10 has. */
interface Logger {
  emit(record: object): void;
}

interface LoggerProvider {
  getLogger(name: string, version?: string): Logger;
}

/** Before API 1.10 took logs in, they were registered by `@opentelemetry/api-logs`, under a key of its own. */
const LOGS_KEY = Symbol.for("io.opentelemetry.js.api.logs");
const LOGS_COMPATIBILITY = 1;

let knownProvider: LoggerProvider | undefined;
let logger: Logger | undefined;

function loggerProvider(): LoggerProvider | undefined {
  const registered = shared.found?.logs as LoggerProvider | undefined;
  if (registered !== undefined) return registered;
  const lookup = (globalThis as unknown as Record<symbol, unknown>)[LOGS_KEY];
  if (typeof lookup !== "function") return undefined;
  return Reflect.apply(lookup, undefined, [LOGS_COMPATIBILITY]) as LoggerProvider | undefined;
}

/** Severities of the log data model. */
export const WARN = 13;
export const ERROR = 17;
export const FATAL = 21;

/**
 * Emits an exception as a log record, named and graded by the semantic conventions for exceptions in logs.
 * False where there is nobody to take it.
 */
export function emitException(attributes: Attributes, severityNumber: number, context: Context | undefined): boolean {
  const provider = loggerProvider();
  if (provider === undefined) {
    warn("logs", "errspan: no logger provider is registered; exceptions go to span events");
    return false;
  }
  if (provider !== knownProvider || logger === undefined) {
    logger = provider.getLogger(SCOPE_NAME, VERSION);
    knownProvider = provider;
  }
  logger.emit({
    eventName: "exception",
    severityNumber,
    severityText: severityNumber === WARN ? "WARN" : severityNumber === ERROR ? "ERROR" : "FATAL",
    body: attributes["exception.message"],
    attributes,
    ...(context && { context }),
  });
  return true;
}

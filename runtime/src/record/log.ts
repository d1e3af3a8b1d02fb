import type { Attributes, Context, Span } from "@opentelemetry/api";
import { warn } from "../span/diagnostics.js";
import { realm, registryNow } from "../span/process.js";
import { settings } from "../span/settings.js";
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

/** Severities of the log data model, by number and name. */
export type Severity = readonly [number: number, text: string];
export const WARN: Severity = [13, "WARN"];
export const ERROR: Severity = [17, "ERROR"];
export const FATAL: Severity = [21, "FATAL"];

/**
 * Emits an exception as the settings will have it: as an event of the span; as a log record, named and graded by the
 * semantic conventions for exceptions in logs; or as both. As an event after all where nobody takes log records.
 */
export function signal(
  span: Span,
  attributes: Attributes,
  context: Context | undefined,
  severity: Severity,
): void {
  const { exceptionSignal } = settings;
  if (exceptionSignal !== "event") {
    // Called with the version that it is to be compatible with.
    const lookup = realm[LOGS_KEY] as ((version: number) => unknown) | undefined;
    const provider = (registryNow()?.logs ?? lookup?.(1)) as LoggerProvider | undefined;
    if (provider) {
      const body = attributes["exception.message"];
      // Providers keep their loggers.
      provider.getLogger(SCOPE_NAME, VERSION).emit({
        eventName: "exception",
        severityNumber: severity[0],
        severityText: severity[1],
        body,
        attributes,
        context,
      });
      if (exceptionSignal === "logs") return;
    } else {
      warn("errspan: no logger provider; exceptions go to span events");
    }
  }
  span.addEvent("exception", attributes);
}

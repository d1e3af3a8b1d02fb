import { diag } from "@opentelemetry/api";
import { shared } from "./process.js";

/**
 * Tells of a failure of our own, or of what we call into (exporter, processor, sampler, hook), once per `what`:
 * it must never reach the traced program, and must not flood its log.
 */
export function tell(what: string, error: unknown): void {
  warn(what, `errspan: ${what} failed; the traced program is not affected`, error);
}

/** A warning through `diag`, once per `key`. Never throws. */
export function warn(key: string, message: string, ...details: unknown[]): void {
  try {
    if (shared.told.has(key)) return;
    shared.told.add(key);
    diag.warn(message, ...details);
  } catch {
    // A diag logger that throws leaves nobody to tell.
  }
}

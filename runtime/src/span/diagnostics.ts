import { registryNow, shared } from "./process.js";

/**
 * Tells of a failure of our own, or of what we call into (exporter, processor, sampler, hook), once per `what`:
 * it must never reach the traced program, and must not flood its log.
 */
export function tell(what: string, error: unknown): void {
  warn(`errspan: ${what} failed; the program goes on`, error);
}

/** A warning through the logger that the API's `diag` has, once for each message. Never throws. */
export function warn(message: string, ...details: unknown[]): void {
  try {
    if (shared.told.has(message)) return;
    shared.told.add(message);
    registryNow()?.diag?.warn(message, ...details);
  } catch {
    // A diag logger that throws leaves nobody to tell.
  }
}

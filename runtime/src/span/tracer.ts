import type { Tracer, TracerProvider } from "@opentelemetry/api";
import { SCOPE_NAME, VERSION } from "./version.js";

let known: unknown;
let tracer: Tracer;

/**
 * Our tracer of the provider in force. Kept per what that delegates to: the API registers a proxy, and a tracer kept
 * across `trace.disable()` would feed the old SDK.
 */
export function tracerOf(provider: TracerProvider): Tracer {
  const delegate = (provider as { getDelegate?: () => unknown }).getDelegate?.() ?? provider;
  if (delegate !== known) {
    tracer = provider.getTracer(SCOPE_NAME, VERSION);
    known = delegate;
  }
  return tracer;
}

import type { Tracer, TracerProvider } from "@opentelemetry/api";
import { SCOPE_NAME, VERSION } from "./version.js";

let knownProvider: TracerProvider | undefined;
let knownDelegate: unknown;
let tracer: Tracer | undefined;

/**
 * Our tracer of the provider in force. Kept per provider and per what it delegates to: the API registers a proxy,
 * and a tracer kept across `trace.disable()` would feed the old SDK.
 */
export function tracerOf(provider: TracerProvider): Tracer {
  const { getDelegate } = provider as { getDelegate?: () => unknown };
  const delegate = getDelegate === undefined ? undefined : getDelegate.call(provider);
  if (tracer === undefined || provider !== knownProvider || delegate !== knownDelegate) {
    tracer = provider.getTracer(SCOPE_NAME, VERSION);
    knownProvider = provider;
    knownDelegate = delegate;
  }
  return tracer;
}

import { diag, metrics, trace } from "@opentelemetry/api";
import { read } from "../cause/read.js";

/** Sends out what the SDK still holds. */
export type Flush = () => unknown;

/** The providers that are registered; the API puts a proxy in front of the tracer provider. */
function registered(): unknown[] {
  const proxy: unknown = trace.getTracerProvider();
  const getDelegate = read(proxy, "getDelegate");
  const tracers: unknown = typeof getDelegate === "function" ? Reflect.apply(getDelegate, proxy, []) : proxy;
  return [tracers, metrics.getMeterProvider()];
}

/** Asks every registered provider to send out what it holds; throws what went wrong when all have tried. */
export async function flushProviders(): Promise<void> {
  const flushed = registered().map(async (provider) => {
    const forceFlush = read(provider, "forceFlush");
    if (typeof forceFlush === "function") await Reflect.apply(forceFlush, provider, []);
  });
  const outcomes = await Promise.allSettled(flushed);
  const reasons = outcomes.flatMap((outcome): unknown[] => (outcome.status === "rejected" ? [outcome.reason] : []));
  if (reasons.length > 0) throw new AggregateError(reasons, "Not everything could be sent out");
}

/** Runs something that must not keep the process for longer than `deadlineMs`, nor fail. */
export async function within(deadlineMs: number, run: Flush, what: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, deadlineMs, `took longer than ${deadlineMs} ms`);
  });
  const done = (async () => {
    try {
      await run();
      return undefined;
    } catch (error) {
      return error;
    }
  })();
  const problem = await Promise.race([done, late]);
  clearTimeout(timer);
  if (problem !== undefined) diag.error(`errspan: ${what} failed`, problem);
}

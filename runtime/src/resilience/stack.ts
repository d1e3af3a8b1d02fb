import { bulkhead } from "./bulkhead.js";
import type { BulkheadOptions } from "./bulkhead.js";
import { circuitBreaker } from "./circuit-breaker.js";
import type { CircuitBreakerOptions } from "./circuit-breaker.js";
import { fallback } from "./fallback.js";
import type { FallbackLevel } from "./fallback.js";
import { compose, Policy } from "./policy.js";
import { retry } from "./retry.js";
import type { RetryOptions } from "./retry.js";
import { timeout } from "./timeout.js";

/**
 * What {@link resilient} takes; what is left out is not there.
 * @example
 * const options: ResilienceOptions = { name: "inventory", totalTimeout: 5_000, retry: { maxAttempts: 3 }, timeout: 1_000 };
 */
export interface ResilienceOptions<F = never> {
  /** Name in events, errors and the gauge. */
  readonly name: string;
  /** What comes instead when all else fails, level after level. */
  readonly fallback?: readonly FallbackLevel<F>[];
  /** Milliseconds for all attempts together, waits included. */
  readonly totalTimeout?: number;
  readonly retry?: Omit<RetryOptions, "name">;
  readonly circuitBreaker?: Omit<CircuitBreakerOptions, "name">;
  readonly bulkhead?: Omit<BulkheadOptions, "name">;
  /** Milliseconds for each attempt. */
  readonly timeout?: number;
}

/**
 * All of it in one call, in the order in which it works: fallback around total timeout around retry around circuit
 * breaker around bulkhead around the timeout of each attempt.
 * @param options - the policies' own options.
 * @throws RangeError if it names no policy.
 * @example
 * const inventory = resilient({ name: "inventory", retry: { maxAttempts: 3 }, circuitBreaker: {}, timeout: 500 });
 * const stock = await inventory.execute(({ signal }) => fetchStock(sku, signal));
 */
export function resilient<F = never>(options: ResilienceOptions<F>): Policy<F> {
  const { name } = options;
  const policies: Policy<unknown>[] = [];
  if (options.fallback) policies.push(fallback(options.fallback, { name }));
  if (options.totalTimeout !== undefined) policies.push(timeout(options.totalTimeout, { name }));
  if (options.retry) policies.push(retry({ ...options.retry, name }));
  if (options.circuitBreaker) policies.push(circuitBreaker({ ...options.circuitBreaker, name }));
  if (options.bulkhead) policies.push(bulkhead({ ...options.bulkhead, name }));
  if (options.timeout !== undefined) policies.push(timeout(options.timeout, { name }));
  const [outermost, ...inner] = policies;
  if (outermost === undefined) throw new RangeError(`resilient: ${name} has no policy`);
  return compose(outermost, ...inner);
}

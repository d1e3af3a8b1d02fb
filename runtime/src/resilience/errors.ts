import { CLASSIFICATION } from "../classification/finding.js";
import type { Finding } from "../classification/finding.js";

/**
 * Every attempt failed: `Failed after 3 attempts`. `cause` is the last failure, `errors` are all of them in order (of
 * more than 100 the latest 100). Means what its cause means, but is not to be retried again.
 * @example
 * if (error instanceof RetryError) console.log(error.attempts, error.cause);
 */
export class RetryError extends AggregateError {
  override readonly name: string = "RetryError";
  /** How often the operation was called. */
  readonly attempts: number;

  /**
   * @param errors - the failures in order, at least one.
   * @param attempts - how often the operation was called. Default: as many as there are failures.
   */
  constructor(errors: readonly unknown[], attempts: number = errors.length) {
    super(errors, `Failed after ${attempts} attempts`, { cause: errors.at(-1) });
    this.attempts = attempts;
  }

  /** Not retryable: that has been tried. */
  get [CLASSIFICATION](): Finding {
    return { retryable: false };
  }
}

/**
 * An operation did not end in time. Its signal was aborted with this error as the reason.
 * @example
 * if (error instanceof TimeoutError) console.log(error.timeoutMs);
 */
export class TimeoutError extends Error {
  override readonly name: string = "TimeoutError";
  /** The time it had, in milliseconds. */
  readonly timeoutMs: number;

  /** @param timeoutMs - the time it had, in milliseconds. */
  constructor(timeoutMs: number) {
    super(`Operation timed out after ${timeoutMs} ms`);
    this.timeoutMs = timeoutMs;
  }

  /** A timeout, worth another try. */
  get [CLASSIFICATION](): Finding {
    return { category: "timeout" };
  }
}

/**
 * The circuit breaker let the call not through.
 * @example
 * if (error instanceof CircuitOpenError) response.setHeader("Retry-After", Math.ceil(error.retryAfterMs / 1000));
 */
export class CircuitOpenError extends Error {
  override readonly name: string = "CircuitOpenError";
  /** Name of the breaker. */
  readonly breaker: string;
  /** Milliseconds until the breaker lets a call through to try; 0 while such calls are running. */
  readonly retryAfterMs: number;

  /**
   * @param breaker - name of the breaker.
   * @param retryAfterMs - milliseconds until it lets a call through.
   * @param cause - the failure that opened it, where one did.
   */
  constructor(breaker: string, retryAfterMs: number, cause?: unknown) {
    super(`Circuit breaker "${breaker}" is open`, cause === undefined ? undefined : { cause });
    this.breaker = breaker;
    this.retryAfterMs = retryAfterMs;
  }

  /** Unavailable; a retry at once would only be turned away again. */
  get [CLASSIFICATION](): Finding {
    return { category: "unavailable", retryable: false, retryAfterMs: this.retryAfterMs };
  }
}

/**
 * The bulkhead was full, its queue too.
 * @example
 * if (error instanceof BulkheadFullError) shed(request);
 */
export class BulkheadFullError extends Error {
  override readonly name: string = "BulkheadFullError";
  /** How many calls may run at a time. */
  readonly limit: number;
  /** How many may wait. */
  readonly queue: number;

  /**
   * @param limit - how many calls may run at a time.
   * @param queue - how many may wait.
   */
  constructor(limit: number, queue: number) {
    super(`Bulkhead is full: ${limit} running, ${queue} waiting`);
    this.limit = limit;
    this.queue = queue;
  }

  /** Exhausted. */
  get [CLASSIFICATION](): Finding {
    return { category: "exhausted" };
  }
}

/**
 * The operation failed and every fallback after it. `cause` is the operation's failure, `errors` are those of all
 * levels, the operation's first.
 * @example
 * if (error instanceof FallbackError) for (const failure of error.errors) report(failure);
 */
export class FallbackError extends AggregateError {
  override readonly name: string = "FallbackError";

  /** @param errors - the failures of all levels, the operation's first. */
  constructor(errors: readonly unknown[]) {
    super(errors, `Operation and ${errors.length - 1} fallbacks failed`, { cause: errors[0] });
  }
}

/**
 * Keeps retries from burying a service that is down already. Share one among all calls of a client.
 * @example
 * const budget: RetryBudget = retryBudget();
 */
export interface RetryBudget {
  /** A call succeeded. */
  succeeded(): void;
  /** An attempt failed. */
  failed(): void;
  /** Whether there may be another attempt. */
  allows(): boolean;
}

/**
 * What {@link retryBudget} takes.
 * @example
 * const options: RetryBudgetOptions = { maxTokens: 20, tokenRatio: 0.2 };
 */
export interface RetryBudgetOptions {
  /** Tokens at most, and at the beginning; a failed attempt takes one. Default: 10. */
  readonly maxTokens?: number;
  /** What a success gives back. Default: 0.1. */
  readonly tokenRatio?: number;
}

/**
 * A budget after gRPC's retry throttling (proposal A6): each failed attempt takes a token, each success gives back
 * `tokenRatio`, and there are retries only while more than half of the tokens are left.
 * @param options - size and refill.
 * @throws RangeError if either is not a positive number.
 * @example
 * const policy = retry({ maxAttempts: 4, budget: retryBudget({ maxTokens: 20 }) });
 */
export function retryBudget({ maxTokens = 10, tokenRatio = 0.1 }: RetryBudgetOptions = {}): RetryBudget {
  if (!(maxTokens > 0) || !(tokenRatio > 0)) throw new RangeError("retryBudget: maxTokens and tokenRatio are positive");
  let tokens = maxTokens;
  return {
    succeeded: () => {
      tokens = Math.min(maxTokens, tokens + tokenRatio);
    },
    failed: () => {
      tokens = Math.max(0, tokens - 1);
    },
    allows: () => tokens > maxTokens / 2,
  };
}

import { classify } from "../classification/classifier.js";
import { settings } from "../span/settings.js";
import { addEvent, errorAttributes, notify, setAttributes } from "../telemetry/event.js";
import { delaysOf } from "./backoff.js";
import type { Backoff, BackoffFunction, Delays } from "./backoff.js";
import type { RetryBudget } from "./budget.js";
import { RetryError } from "./errors.js";
import { Call, Policy } from "./policy.js";
import type { Operation } from "./policy.js";
import { sleep } from "./signal.js";

/**
 * A failed attempt, as the observer and the predicate of a retry get it.
 * @example
 * retry({ onRetry: ({ attempt, delayMs }) => logger.warn({ attempt, delayMs }, "retrying") });
 */
export interface FailedAttempt {
  /** What it failed with. */
  readonly error: unknown;
  /** Its number, from 1. */
  readonly attempt: number;
}

/**
 * What {@link retry} takes.
 * @example
 * const options: RetryOptions = { maxAttempts: 5, backoff: { initial: 50, max: 2_000, jitter: "full" } };
 */
export interface RetryOptions {
  /** Name in events. Default: `retry`. */
  readonly name?: string;
  /** How often the operation is called at most, the first time included. Default: 3. */
  readonly maxAttempts?: number;
  /** Delay between attempts: exponential, a constant in milliseconds, or a function. Default: exponential from 100 ms. */
  readonly backoff?: Backoff | BackoffFunction | number;
  /**
   * Whether to try again. Default: whatever the classification table calls retryable, and what it does not know. If
   * it throws, there is no further attempt, and the operation's error stands.
   */
  readonly retryIf?: (failed: FailedAttempt) => boolean;
  /** How long a `Retry-After` is obeyed, in milliseconds; a longer one ends the retries. Default: 60 000. */
  readonly maxRetryAfter?: number;
  /** Shared by all calls of a client, against retry storms. */
  readonly budget?: RetryBudget;
  /** Told of every retry before its delay. */
  readonly onRetry?: (retry: FailedAttempt & { readonly delayMs: number }) => void;
}

/** Failures that a {@link RetryError} keeps: somebody may ask for attempts without end. */
const MAX_KEPT = 100;

type Verdict = { readonly delayMs: number } | { readonly stop: "not_retryable" | "attempts" | "budget" | "retry_after" };

/** Attempts on the active span; as the deprecated conventions count them, too, where those are asked for. */
function countAttempts(attempts: number): void {
  setAttributes({
    "errspan.retry.attempts": attempts,
    ...(settings.legacyErrorAttributes && { retry_count: attempts - 1 }),
  });
}

function worthwhile({ error }: FailedAttempt): boolean {
  const { retryable, category } = classify(error);
  return retryable || category === "unknown";
}

class Retry extends Policy {
  readonly #name: string;
  readonly #maxAttempts: number;
  readonly #delays: () => Delays;
  readonly #options: RetryOptions;

  constructor(options: RetryOptions) {
    super();
    this.#name = options.name ?? "retry";
    this.#maxAttempts = options.maxAttempts ?? 3;
    if (!(this.#maxAttempts >= 1)) throw new RangeError(`retry: maxAttempts is ${this.#maxAttempts}, not 1 or more`);
    this.#delays = delaysOf(options.backoff ?? {});
    this.#options = options;
  }

  async run<T>(operation: Operation<T>, call: Call): Promise<T> {
    let errors: unknown[] | undefined;
    let delays: Delays | undefined;
    for (let attempt = 1, current = call; ; current = new Call(call.given, ++attempt)) {
      try {
        const value = await operation(current);
        this.#options.budget?.succeeded();
        if (attempt > 1) countAttempts(attempt);
        return value;
      } catch (error) {
        if (call.given?.aborted === true) throw call.given.reason;
        (errors ??= []).push(error);
        if (errors.length > MAX_KEPT) errors.shift();
        const verdict = this.#judge({ error, attempt }, (delays ??= this.#delays()));
        this.#tell(error, attempt, verdict);
        if ("stop" in verdict) {
          if (attempt === 1 || verdict.stop === "not_retryable") throw error;
          throw new RetryError(errors, attempt);
        }
        await sleep(verdict.delayMs, call.given);
      }
    }
  }

  #judge(failed: FailedAttempt, delays: Delays): Verdict {
    const { retryIf = worthwhile, budget, maxRetryAfter = 60_000 } = this.#options;
    budget?.failed();
    let again = false;
    let delayMs = 0;
    try {
      again = retryIf(failed);
      if (again) delayMs = delays(failed.attempt, failed.error);
    } catch (error) {
      addEvent("retry.predicate_failed", errorAttributes(error));
      again = false;
    }
    if (!again) return { stop: "not_retryable" };
    if (failed.attempt >= this.#maxAttempts) return { stop: "attempts" };
    if (budget !== undefined && !budget.allows()) return { stop: "budget" };
    const { retryAfterMs = 0 } = classify(failed.error);
    if (retryAfterMs > maxRetryAfter) return { stop: "retry_after" };
    return { delayMs: Math.max(delayMs, retryAfterMs) };
  }

  #tell(error: unknown, attempt: number, verdict: Verdict): void {
    addEvent("retry.attempt_failed", {
      "errspan.policy": this.#name,
      "retry.attempt": attempt,
      "retry.max_attempts": this.#maxAttempts,
      ...("stop" in verdict ? { "retry.stop": verdict.stop } : { "retry.delay_ms": verdict.delayMs }),
      ...errorAttributes(error),
    });
    if ("stop" in verdict) countAttempts(attempt);
    else notify(this.#options.onRetry, { error, attempt, delayMs: verdict.delayMs });
  }
}

/**
 * Tries again what failed.
 *
 * Every failed attempt is a span event `retry.attempt_failed`. When the attempts are used up, {@link RetryError} says
 * so, with the last failure as its cause and all of them in `errors`; an error that is not worth another try is thrown
 * as it is. An abort ends the wait at once, with the signal's reason.
 * @param options - how often, how soon, after what.
 * @throws RangeError if `maxAttempts` is less than 1.
 * @example
 * const policy = retry({ maxAttempts: 3, backoff: { initial: 100, jitter: "full" } });
 * const user = await policy.execute(({ signal }) => fetchUser(id, signal), { signal });
 */
export function retry(options: RetryOptions = {}): Policy {
  return new Retry(options);
}

import {
  ConstantBackoff,
  decorrelatedJitterGenerator,
  ExponentialBackoff,
  fullJitterGenerator,
  halfJitterGenerator,
  noJitterGenerator,
} from "cockatiel";
import type { IBackoff, IBackoffFactory } from "cockatiel";

/**
 * How long to wait between attempts.
 * @example
 * const backoff: Backoff = { initial: 100, max: 5_000, jitter: "full" };
 */
export interface Backoff {
  /** Milliseconds before the second attempt (before jitter); doubles each time. Default: 100. */
  readonly initial?: number;
  /** Milliseconds at most. Default: 30 000. */
  readonly max?: number;
  /**
   * How delays are spread, so that clients that failed together do not come back together: `decorrelated` (the
   * default), `full` (0 to the delay), `half` (half the delay to all of it), `none`.
   */
  readonly jitter?: "decorrelated" | "full" | "half" | "none";
}

/** Milliseconds before the next attempt, given the number of the one that failed and its error. */
export type BackoffFunction = (attempt: number, error: unknown) => number;

/** The delays of one call, one after the other. */
export type Delays = (attempt: number, error: unknown) => number;

function exponential({ initial = 100, max = 30_000, jitter = "decorrelated" }: Backoff): IBackoffFactory<unknown> {
  const options = { initialDelay: initial, maxDelay: max };
  switch (jitter) {
    case "none":
      return new ExponentialBackoff({ ...options, generator: noJitterGenerator });
    case "full":
      return new ExponentialBackoff({ ...options, generator: fullJitterGenerator });
    case "half":
      return new ExponentialBackoff({ ...options, generator: halfJitterGenerator });
    case "decorrelated":
      return new ExponentialBackoff({ ...options, generator: decorrelatedJitterGenerator });
    default:
      throw new RangeError(`retry: unknown jitter ${String(jitter satisfies never)}`);
  }
}

/** Makes the delays of a call, on cockatiel's generators. A function of the user's that gives no number means 0. */
export function delaysOf(backoff: Backoff | BackoffFunction | number): () => Delays {
  if (typeof backoff === "function") {
    return () => (attempt, error) => {
      const delay = backoff(attempt, error);
      return delay > 0 ? delay : 0;
    };
  }
  const factory = typeof backoff === "number" ? new ConstantBackoff(backoff) : exponential(backoff);
  return () => {
    let current: IBackoff<unknown> | undefined;
    return () => {
      current = current === undefined ? factory.next(undefined) : current.next(undefined);
      return current.duration;
    };
  };
}

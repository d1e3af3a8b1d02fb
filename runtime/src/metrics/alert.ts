import { addEvent } from "../telemetry/event.js";
import { diag } from "@opentelemetry/api";
import { SlidingWindow } from "../window/sliding.js";

/** An error rate, and what it was made of. */
export interface ErrorRate {
  /** Failures by calls, 0 to 1; 0 without calls. */
  readonly rate: number;
  readonly failures: number;
  readonly total: number;
}

/**
 * What {@link errorRateAlert} takes.
 * @example
 * const options: AlertOptions = { name: "orders", window: 60_000, raiseAt: 0.05, clearAt: 0.02, onRaise: page };
 */
export interface AlertOptions {
  /** Name in events and callbacks. */
  readonly name: string;
  /** Milliseconds that the rate is taken over. Default: 60 000. */
  readonly window?: number;
  /** Raised when the rate is above this, 0 to 1. */
  readonly raiseAt: number;
  /** Cleared when the rate is at or below this; not above `raiseAt`. Default: half of `raiseAt`. */
  readonly clearAt?: number;
  /** Calls there have to be in the window for the rate to mean anything. Default: 20. */
  readonly minCalls?: number;
  /** Told once when it is raised; it may be async. What it throws is told to `diag`. */
  readonly onRaise?: (rate: ErrorRate & { readonly name: string }) => unknown;
  /** Told once when it is cleared. */
  readonly onClear?: (rate: ErrorRate & { readonly name: string }) => unknown;
}

/**
 * An alert on an error rate.
 * @example
 * const alert: ErrorRateAlert = errorRateAlert({ name: "orders", raiseAt: 0.05 });
 */
export interface ErrorRateAlert {
  /** Counts a call, and raises or clears the alert. */
  record(failed: boolean): void;
  /** Looks again without a call: in a quiet time only the clock changes the rate. */
  check(): void;
  /** Whether it is raised. */
  readonly raised: boolean;
  /** The rate now. */
  rate(): ErrorRate;
}

class RateAlert implements ErrorRateAlert {
  readonly #options: AlertOptions;
  readonly #clearAt: number;
  readonly #window: SlidingWindow;
  #raised = false;

  constructor(options: AlertOptions) {
    this.#options = options;
    this.#clearAt = options.clearAt ?? options.raiseAt / 2;
    if (!(options.raiseAt >= 0 && options.raiseAt < 1 && this.#clearAt >= 0 && this.#clearAt <= options.raiseAt)) {
      throw new RangeError(`errorRateAlert: raiseAt ${options.raiseAt}, clearAt ${this.#clearAt}`);
    }
    this.#window = new SlidingWindow(options.window ?? 60_000);
  }

  get raised(): boolean {
    return this.#raised;
  }

  rate(): ErrorRate {
    const { total, failures } = this.#window.counts();
    return { rate: total === 0 ? 0 : failures / total, failures, total };
  }

  record(failed: boolean): void {
    this.#window.add(failed);
    this.check();
  }

  check(): void {
    const rate = this.rate();
    const { raiseAt, minCalls = 20, onRaise, onClear } = this.#options;
    if (!this.#raised && rate.total >= minCalls && rate.rate > raiseAt) this.#turn(true, rate, onRaise);
    // Too few calls to mean anything clear nothing, but for none at all.
    else if (this.#raised && (rate.total === 0 || (rate.total >= minCalls && rate.rate <= this.#clearAt))) {
      this.#turn(false, rate, onClear);
    }
  }

  #turn(raised: boolean, rate: ErrorRate, callback: AlertOptions["onRaise"]): void {
    this.#raised = raised;
    const { name } = this.#options;
    addEvent(raised ? "error_rate.raised" : "error_rate.cleared", {
      "error_rate.name": name,
      "error_rate.value": rate.rate,
      "error_rate.failures": rate.failures,
      "error_rate.total": rate.total,
    });
    const tell = (error: unknown): void => diag.error(`errspan: the alert ${name} could not be delivered`, error);
    try {
      Promise.resolve(callback?.({ ...rate, name })).catch(tell);
    } catch (error) {
      tell(error);
    }
  }
}

/**
 * Watches an error rate over a sliding window and tells when it is too high, once, and when it is well again, once:
 * between `raiseAt` and `clearAt` nothing changes. No timer: it looks when a call is counted.
 * @param options - name, window, thresholds, callbacks.
 * @throws RangeError if the thresholds are not `0 <= clearAt <= raiseAt < 1`.
 * @example
 * const alert = errorRateAlert({ name: "orders", raiseAt: 0.05, onRaise: ({ rate }) => pager.page(`${rate * 100} %`) });
 * alert.record(true);
 */
export function errorRateAlert(options: AlertOptions): ErrorRateAlert {
  return new RateAlert(options);
}

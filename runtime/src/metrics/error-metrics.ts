import { metrics } from "@opentelemetry/api";
import type { Attributes, Counter, Histogram, Meter } from "@opentelemetry/api";
import { classify } from "../classification/classifier.js";
import { typeOf } from "../record/describe.js";
import { notify } from "../telemetry/event.js";
import type { ErrorRateAlert } from "./alert.js";

/**
 * What {@link errorMetrics} takes.
 * @example
 * const options: ErrorMetricsOptions = { maxOperations: 50, alerts: [errorRateAlert({ name: "all", raiseAt: 0.05 })] };
 */
export interface ErrorMetricsOptions {
  /** Meter to make the instruments of. Default: `@errspan/runtime` of the global provider, asked at the first call. */
  readonly meter?: Meter;
  /** Before the instruments' names, with its dot: `orders.`. Default: none. */
  readonly prefix?: string;
  /** Different operations that are told apart; further ones are `_OTHER`. Default: 200. */
  readonly maxOperations?: number;
  /** Different error types that are told apart; further ones are `_OTHER`. Default: 50. */
  readonly maxErrorTypes?: number;
  /** Told of every call. */
  readonly alerts?: readonly ErrorRateAlert[];
}

/**
 * Counts calls and their failures.
 * @example
 * const metrics: ErrorMetrics = errorMetrics();
 */
export interface ErrorMetrics {
  /** A call succeeded. `durationMs` goes into the histogram. */
  recordSuccess(operation: string, durationMs?: number): void;
  /** A call failed: counted in both counters. */
  recordError(operation: string, error: unknown, durationMs?: number): void;
  /**
   * Runs a function, sync or async, and records how it ended and how long it took. What it returns or throws goes
   * through as it is; a native promise is waited for.
   */
  measure<T>(operation: string, fn: () => T): T;
}

/** Names that are let through: so many different ones, then `_OTHER`. Attributes without bound break a backend. */
class Bounded {
  readonly #seen = new Set<string>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  admit(name: string): string {
    if (this.#seen.has(name)) return name;
    if (this.#seen.size >= this.#limit) return "_OTHER";
    this.#seen.add(name);
    return name;
  }
}

interface Instruments {
  readonly requests: Counter;
  readonly errors: Counter;
  readonly duration: Histogram;
}

class MeteredErrors implements ErrorMetrics {
  readonly #options: ErrorMetricsOptions;
  readonly #operations: Bounded;
  readonly #types: Bounded;
  #made: Instruments | undefined;

  constructor(options: ErrorMetricsOptions) {
    this.#options = options;
    this.#operations = new Bounded(options.maxOperations ?? 200);
    this.#types = new Bounded(options.maxErrorTypes ?? 50);
  }

  recordSuccess(operation: string, durationMs?: number): void {
    this.#record(operation, undefined, durationMs);
  }

  recordError(operation: string, error: unknown, durationMs?: number): void {
    this.#record(operation, { error }, durationMs);
  }

  measure<T>(operation: string, fn: () => T): T {
    const start = performance.now();
    const took = (): number => performance.now() - start;
    let value: T;
    try {
      value = fn();
    } catch (error) {
      this.recordError(operation, error, took());
      throw error;
    }
    if (!(value instanceof Promise)) {
      this.recordSuccess(operation, took());
      return value;
    }
    const settled: unknown = value.then(
      (result: unknown) => {
        this.recordSuccess(operation, took());
        return result;
      },
      (error: unknown) => {
        this.recordError(operation, error, took());
        throw error;
      },
    );
    return settled as T;
  }

  #record(operation: string, failure: { readonly error: unknown } | undefined, durationMs: number | undefined): void {
    const { requests, errors, duration } = this.#instruments();
    const attributes: Attributes = { operation: this.#operations.admit(operation) };
    requests.add(1, attributes);
    let all = attributes;
    if (failure) {
      all = {
        ...attributes,
        "error.type": this.#types.admit(typeOf(failure.error) ?? "_OTHER"),
        "errspan.error.category": classify(failure.error).category,
      };
      errors.add(1, all);
    }
    if (durationMs !== undefined) duration.record(durationMs / 1000, all);
    for (const alert of this.#options.alerts ?? []) notify((failed: boolean) => alert.record(failed), failure !== undefined);
  }

  /** Made late: the meter provider is often registered after the module that measures has been loaded. */
  #instruments(): Instruments {
    if (this.#made) return this.#made;
    const { prefix = "", meter = metrics.getMeter("@errspan/runtime") } = this.#options;
    this.#made = {
      requests: meter.createCounter(`${prefix}requests.count`, { description: "Calls, failed ones included", unit: "{request}" }),
      errors: meter.createCounter(`${prefix}errors.count`, { description: "Failed calls", unit: "{error}" }),
      duration: meter.createHistogram(`${prefix}requests.duration`, { description: "Duration of calls", unit: "s" }),
    };
    return this.#made;
  }
}

/**
 * Counters and a histogram for calls and their failures: `requests.count`, `errors.count` (with `error.type` and
 * `errspan.error.category`), `requests.duration` in seconds, each by `operation`. The number of operations and error
 * types is bounded.
 * @param options - meter, prefix, bounds, alerts.
 * @example
 * const metrics = errorMetrics({ alerts: [errorRateAlert({ name: "orders", raiseAt: 0.05, onRaise: page })] });
 * const order = await metrics.measure("load order", () => loadOrder(id));
 */
export function errorMetrics(options: ErrorMetricsOptions = {}): ErrorMetrics {
  return new MeteredErrors(options);
}

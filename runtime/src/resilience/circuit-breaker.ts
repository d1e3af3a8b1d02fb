import { metrics } from "@opentelemetry/api";
import {
  BrokenCircuitError,
  circuitBreaker as cockatielBreaker,
  CircuitState as CockatielState,
  ConsecutiveBreaker,
  CountBreaker,
  handleWhen,
  type CircuitBreakerPolicy,
  type IBreaker,
} from "cockatiel";
import { classify } from "../classification/classifier.js";
import { addEvent, errorAttributes, notify } from "../telemetry/event.js";
import { SlidingWindow } from "../window/sliding.js";
import { CircuitOpenError } from "./errors.js";
import { Call, Policy } from "./policy.js";
import type { Operation } from "./policy.js";

/** `isolated`: held open by hand. */
export type CircuitState = "closed" | "open" | "half-open" | "isolated";

/**
 * When a breaker opens.
 * @example
 * const rate: BreakerWindow = { rate: { threshold: 0.5, duration: 10_000, minimumCalls: 20 } };
 */
export type BreakerWindow =
  /** So many failures in a row. */
  | { readonly consecutive: number }
  /** More than this share of the last `size` calls, once there were `minimumCalls` (default: `size`). */
  | { readonly count: { readonly threshold: number; readonly size: number; readonly minimumCalls?: number } }
  /** More than this share of the calls of the last `duration` milliseconds, if there were `minimumCalls` of them. */
  | { readonly rate: { readonly threshold: number; readonly duration: number; readonly minimumCalls: number } };

/**
 * What {@link circuitBreaker} takes.
 * @example
 * const options: CircuitBreakerOptions = { name: "inventory", opensAfter: { consecutive: 5 }, halfOpenAfter: 10_000 };
 */
export interface CircuitBreakerOptions {
  /** Name in events, errors and the gauge. */
  readonly name: string;
  /** When it opens. Default: after 5 failures in a row. */
  readonly opensAfter?: BreakerWindow;
  /** Milliseconds until an open breaker lets a call through to try. Default: 30 000. */
  readonly halfOpenAfter?: number;
  /** How many such calls have to succeed before it closes; one that fails opens it again. Default: 1. */
  readonly successThreshold?: number;
  /**
   * Whether a failure counts. Default: all but what the caller is to blame for (invalid, not found, forbidden,
   * conflict …) and cancellations. If it throws, the failure counts.
   */
  readonly failIf?: (error: unknown) => boolean;
  /** Told of every change. */
  readonly onStateChange?: (to: CircuitState, from: CircuitState) => void;
}

/**
 * A circuit breaker, with its state and the hand on its lever.
 * @example
 * const breaker: CircuitBreaker = circuitBreaker({ name: "inventory" });
 */
export interface CircuitBreaker extends Policy {
  /** As it is now; an open breaker stays `open` until a call tries it. */
  readonly state: CircuitState;
  /** Holds it open until the handle is disposed of. */
  isolate(): Disposable;
}

const CALLERS_FAULT = new Set<string>(["invalid", "unauthenticated", "forbidden", "not_found", "conflict", "precondition", "cancelled"]);

const STATES: Readonly<Record<CockatielState, CircuitState>> = {
  [CockatielState.Closed]: "closed",
  [CockatielState.Open]: "open",
  [CockatielState.HalfOpen]: "half-open",
  [CockatielState.Isolated]: "isolated",
};
const LEVELS: Readonly<Record<CircuitState, number>> = { closed: 0, open: 1, "half-open": 2, isolated: 3 };

/** A failure after the caller's abort: tells nothing about the one that is called. */
class Abandoned {
  readonly reason: unknown;
  constructor(reason: unknown) {
    this.reason = reason;
  }
}

/**
 * Rate over a window of time. cockatiel's SamplingBreaker lets go of one slice at a time: after a quiet hour the
 * failures of the hour before still count.
 */
class RateBreaker implements IBreaker {
  readonly state = null;
  readonly #window: SlidingWindow;
  readonly #threshold: number;
  readonly #minimumCalls: number;

  constructor({ threshold, duration, minimumCalls }: { threshold: number; duration: number; minimumCalls: number }) {
    if (!(threshold > 0 && threshold < 1)) throw new RangeError(`circuitBreaker: threshold ${threshold} is not in (0, 1)`);
    this.#window = new SlidingWindow(duration);
    this.#threshold = threshold;
    this.#minimumCalls = minimumCalls;
  }

  success(state: CockatielState): void {
    if (state === CockatielState.HalfOpen) this.#window.clear();
    this.#window.add(false);
  }

  failure(state: CockatielState): boolean {
    this.#window.add(true);
    if (state !== CockatielState.Closed) return true;
    const { total, failures } = this.#window.counts();
    return total >= this.#minimumCalls && failures > this.#threshold * total;
  }
}

function breakerOf(window: BreakerWindow): IBreaker {
  if ("consecutive" in window) return new ConsecutiveBreaker(window.consecutive);
  if ("rate" in window) return new RateBreaker(window.rate);
  const { threshold, size, minimumCalls = size } = window.count;
  return new CountBreaker({ threshold, size, minimumNumberOfCalls: minimumCalls });
}

class TracedCircuitBreaker extends Policy implements CircuitBreaker {
  readonly #options: Required<Pick<CircuitBreakerOptions, "name" | "halfOpenAfter" | "successThreshold">> & CircuitBreakerOptions;
  readonly #breaker: IBreaker;
  #policy: CircuitBreakerPolicy;
  #state: CircuitState = "closed";
  #openedAt = 0;
  #probes = 0;
  #lastFailure: unknown;

  constructor(options: CircuitBreakerOptions) {
    super();
    this.#options = { ...options, halfOpenAfter: options.halfOpenAfter ?? 30_000, successThreshold: options.successThreshold ?? 1 };
    if (!(this.#options.halfOpenAfter > 0)) throw new RangeError("circuitBreaker: halfOpenAfter is not positive");
    this.#breaker = breakerOf(options.opensAfter ?? { consecutive: 5 });
    this.#policy = this.#build();
  }

  get state(): CircuitState {
    return this.#state;
  }

  isolate(): Disposable {
    const handle = this.#policy.isolate();
    return { [Symbol.dispose]: () => handle.dispose() };
  }

  async run<T>(operation: Operation<T>, call: Call): Promise<T> {
    const isClosed = this.#state === "closed";
    if (!isClosed) this.#admit();
    try {
      return await this.#policy.execute(() => this.#guarded(operation, call));
    } catch (error) {
      if (error instanceof Abandoned) throw error.reason;
      if (error instanceof BrokenCircuitError) throw this.#rejection();
      throw error;
    }
  }

  /** Who may try a breaker that is not closed. */
  #admit(): void {
    if (this.#state === "open" && performance.now() - this.#openedAt >= this.#options.halfOpenAfter) {
      // cockatiel goes by the time of day: set back, it would keep the breaker open for as long. Ours has run out.
      this.#policy = this.#build({ ownState: { value: CockatielState.Open, openedAt: -Infinity, attemptNo: 1 }, breakerState: this.#breaker.state });
      this.#probes = 0;
      return;
    }
    // Set forward, cockatiel would try too early. And half open it lets further calls wait for those that try, for
    // ever if one hangs: they are turned away here.
    if (this.#state === "open" || (this.#state === "half-open" && this.#probes >= this.#options.successThreshold)) {
      throw this.#rejection();
    }
  }

  #guarded<T>(operation: Operation<T>, call: Call): T | PromiseLike<T> {
    const probing = this.#state === "half-open";
    if (!probing && call.given === undefined) return operation(call);
    return this.#watched(operation, call, probing);
  }

  async #watched<T>(operation: Operation<T>, call: Call, probing: boolean): Promise<T> {
    if (probing) this.#probes++;
    try {
      return await operation(call);
    } catch (error) {
      // A call that tried and was given up has proved nothing: cockatiel would take it for a success.
      // eslint-disable-next-line errspan/no-untyped-throw -- does not leave this class, and needs no stack
      if (call.given?.aborted === true) throw new Abandoned(error);
      throw error;
    } finally {
      if (probing) this.#probes--;
    }
  }

  #counts(error: unknown): boolean {
    if (error instanceof Abandoned) return this.#state === "half-open";
    let counts = true;
    try {
      counts = this.#options.failIf?.(error) ?? !CALLERS_FAULT.has(classify(error).category);
    } catch {
      // Better a breaker that opens too early than one that never does.
    }
    if (counts) this.#lastFailure = error;
    return counts;
  }

  #build(initialState?: unknown): CircuitBreakerPolicy {
    const { halfOpenAfter, successThreshold } = this.#options;
    const policy = cockatielBreaker(
      handleWhen((error) => this.#counts(error)),
      {
        breaker: this.#breaker,
        halfOpenAfter,
        halfOpenSampling: { calls: successThreshold, threshold: 0 },
        ...(initialState === undefined ? {} : { initialState }),
      },
    );
    policy.onStateChange((to) => this.#changed(STATES[to]));
    return policy;
  }

  #rejection(): CircuitOpenError {
    const { name, halfOpenAfter } = this.#options;
    addEvent("circuit_breaker.rejected", { "circuit_breaker.name": name, "circuit_breaker.state": this.#state });
    const left = this.#state === "open" ? this.#openedAt + halfOpenAfter - performance.now() : 0;
    return new CircuitOpenError(name, Math.max(0, left), this.#lastFailure);
  }

  #changed(to: CircuitState): void {
    const from = this.#state;
    this.#state = to;
    if (to === "open") this.#openedAt = performance.now();
    if (to === "half-open") this.#probes = 0;
    const { name, onStateChange } = this.#options;
    addEvent("circuit_breaker.state_changed", {
      "circuit_breaker.name": name,
      "circuit_breaker.state": to,
      "circuit_breaker.previous_state": from,
      ...(to === "open" ? errorAttributes(this.#lastFailure) : {}),
    });
    // Asked each time: the meter provider may have been registered after this breaker was made.
    const meter = metrics.getMeter("@errspan/runtime");
    meter
      .createGauge("errspan.circuit_breaker.state", {
        description: "State of a circuit breaker: 0 closed, 1 open, 2 half-open, 3 isolated",
      })
      .record(LEVELS[to], { "circuit_breaker.name": name });
    notify(onStateChange, to, from);
  }
}

/**
 * Spares a service that keeps failing, and its callers the wait: open, it turns calls away with
 * {@link CircuitOpenError}; half open, it lets a few through to try. Each change is a span event and a value of the
 * gauge `errspan.circuit_breaker.state`. Put a {@link timeout} inside: a call that hangs while it tries the service
 * keeps the breaker half open.
 * @param options - name, when it opens, when it tries again.
 * @returns the breaker; share it between all calls to that service.
 * @throws RangeError if a threshold or a time makes no sense.
 * @example
 * const breaker = circuitBreaker({ name: "inventory", opensAfter: { consecutive: 5 }, halfOpenAfter: 10_000 });
 * await breaker.execute(({ signal }) => fetch(url, { signal }));
 */
export function circuitBreaker(options: CircuitBreakerOptions): CircuitBreaker {
  return new TracedCircuitBreaker(options);
}

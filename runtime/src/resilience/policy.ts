/** What an operation is told about the call it is part of. */
export interface Attempt {
  /** Aborted when the caller aborts, or a timeout strikes: hand it on to `fetch`, timers, drivers. */
  readonly signal: AbortSignal;
  /** Which attempt this is, from 1. */
  readonly attempt: number;
}

/** What a policy runs. */
export type Operation<T> = (attempt: Attempt) => T | PromiseLike<T>;

/** What a call may be told. */
export interface ExecuteOptions {
  /** Ends the call; it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** One call on its way through policies. */
export class Call implements Attempt {
  readonly attempt: number;
  /** The signal, if anybody cares to abort: then there is something to listen to, and to clean up. */
  readonly given: AbortSignal | undefined;
  #signal: AbortSignal | undefined;

  constructor(signal: AbortSignal | undefined, attempt: number) {
    this.given = signal;
    this.#signal = signal;
    this.attempt = attempt;
  }

  get signal(): AbortSignal {
    // A signal of its own for each call: listeners on a shared one that never aborts would pile up.
    return (this.#signal ??= new AbortController().signal);
  }
}

/**
 * A way to run operations: again, not too long, not too many, not at all for a while, or something else instead.
 * Policies keep state (a breaker's, a bulkhead's): make one for each thing that is called, and share it.
 * @typeParam F - type of what may come in the operation's place.
 * @example
 * const policy: Policy = retry({ maxAttempts: 3 });
 */
export abstract class Policy<F = never> {
  /**
   * Runs an operation.
   * @param operation - gets the signal to hand on and the number of the attempt.
   * @param options - `signal` to end the call by.
   * @returns what the operation gives.
   * @throws what the operation throws, the policy's own error, or the signal's reason.
   * @example
   * const response = await policy.execute(({ signal }) => fetch(url, { signal }), { signal: request.signal });
   */
  execute<T>(operation: Operation<T>, options?: ExecuteOptions): Promise<T | F> {
    const signal = options?.signal;
    if (signal?.aborted === true) return Promise.reject(signal.reason);
    return this.run(operation, new Call(signal, 1));
  }

  /**
   * A function that always runs under this policy.
   * @param operation - gets the attempt before its own arguments.
   * @example
   * const getUser = policy.wrap(({ signal }, id: string) => fetch(`/users/${id}`, { signal }));
   * await getUser("42");
   */
  wrap<A extends readonly unknown[], T>(
    operation: (attempt: Attempt, ...args: A) => T | PromiseLike<T>,
  ): (...args: A) => Promise<T | F> {
    return (...args) => this.execute((attempt) => operation(attempt, ...args));
  }

  /** Runs an operation as part of a call that is under way. */
  abstract run<T>(operation: Operation<T>, call: Call): Promise<T | F>;
}

class Composed<F> extends Policy<F> {
  readonly #outer: Policy<unknown>;
  readonly #inner: Policy<unknown>;

  constructor(outer: Policy<unknown>, inner: Policy<unknown>) {
    super();
    this.#outer = outer;
    this.#inner = inner;
  }

  run<T>(operation: Operation<T>, call: Call): Promise<T | F> {
    const through: Operation<unknown> = (attempt) =>
      this.#inner.run(operation, attempt instanceof Call ? attempt : new Call(attempt.signal, attempt.attempt));
    return this.#outer.run(through, call) as Promise<T | F>;
  }
}

type FallbackOf<P> = P extends Policy<infer F> ? F : never;

/**
 * Policies in each other, the outermost first.
 * @param policies - at least one.
 * @returns one policy.
 * @example
 * const policy = compose(retry({ maxAttempts: 3 }), breaker, timeout(500)); // each attempt has 500 ms
 */
export function compose<const P extends readonly [Policy<unknown>, ...Policy<unknown>[]]>(
  ...policies: P
): Policy<FallbackOf<P[number]>> {
  const composed = policies.reduceRight((inner, outer) => new Composed(outer, inner));
  return composed;
}

import { addEvent } from "../telemetry/event.js";
import { BulkheadFullError } from "./errors.js";
import { Call, Policy } from "./policy.js";
import type { Operation } from "./policy.js";

/**
 * What {@link bulkhead} takes.
 * @example
 * const options: BulkheadOptions = { limit: 10, queue: 100 };
 */
export interface BulkheadOptions {
  /** Name in events. Default: `bulkhead`. */
  readonly name?: string;
  /** How many calls may run at a time. */
  readonly limit: number;
  /** How many more may wait for their turn. Default: 0. */
  readonly queue?: number;
}

/**
 * A bulkhead, with what it is doing.
 * @example
 * const pool: Bulkhead = bulkhead({ limit: 10 });
 */
export interface Bulkhead extends Policy {
  /** Calls that run. */
  readonly running: number;
  /** Calls that wait. */
  readonly waiting: number;
}

class LimitedBulkhead extends Policy implements Bulkhead {
  readonly #name: string;
  readonly #limit: number;
  readonly #queue: number;
  // A Set keeps its order and lets an aborted call go from the middle.
  readonly #turns = new Set<() => void>();
  #running = 0;

  constructor({ name = "bulkhead", limit, queue = 0 }: BulkheadOptions) {
    super();
    if (!(limit >= 1) || !(queue >= 0)) throw new RangeError(`bulkhead: limit ${limit}, queue ${queue}`);
    this.#name = name;
    this.#limit = limit;
    this.#queue = queue;
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#turns.size;
  }

  async run<T>(operation: Operation<T>, call: Call): Promise<T> {
    if (this.#running < this.#limit) this.#running++;
    else await this.#turn(call.given);
    try {
      return await operation(call);
    } finally {
      this.#next();
    }
  }

  /** Waits for a place; who gets one finds it counted already, so that nobody slips in between. */
  #turn(signal: AbortSignal | undefined): Promise<void> {
    if (this.#turns.size >= this.#queue) {
      addEvent("bulkhead.rejected", { "errspan.policy": this.#name, "bulkhead.limit": this.#limit, "bulkhead.queue": this.#queue });
      return Promise.reject(new BulkheadFullError(this.#limit, this.#queue));
    }
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.#turns.delete(turn);
        reject(signal?.reason);
      };
      const turn = (): void => {
        signal?.removeEventListener("abort", onAbort);
        resolve();
      };
      this.#turns.add(turn);
      signal?.addEventListener("abort", onAbort, { once: true });
    });
  }

  #next(): void {
    const [turn] = this.#turns;
    if (turn === undefined) {
      this.#running--;
      return;
    }
    this.#turns.delete(turn);
    turn();
  }
}

/**
 * Lets so many calls run at a time, so many wait, and turns the others away with {@link BulkheadFullError}. An abort
 * while waiting frees the place in the queue at once.
 * @param options - how many.
 * @throws RangeError if `limit` is less than 1 or `queue` negative.
 * @example
 * const pool = bulkhead({ limit: 10, queue: 50 });
 * await pool.execute(() => render(page));
 */
export function bulkhead(options: BulkheadOptions): Bulkhead {
  return new LimitedBulkhead(options);
}

import { addEvent } from "../telemetry/event.js";
import { TimeoutError } from "./errors.js";
import { Call, Policy } from "./policy.js";
import type { Operation } from "./policy.js";
import { MAX_DELAY } from "./signal.js";

/**
 * What {@link timeout} takes beside the time.
 * @example
 * const options: TimeoutOptions = { name: "inventory" };
 */
export interface TimeoutOptions {
  /** Name in events. Default: `timeout`. */
  readonly name?: string;
}

class Timeout extends Policy {
  readonly #ms: number;
  readonly #name: string;

  constructor(ms: number, { name = "timeout" }: TimeoutOptions) {
    super();
    if (!(ms > 0)) throw new RangeError(`timeout: ${ms} ms is no time`);
    this.#ms = ms;
    this.#name = name;
  }

  run<T>(operation: Operation<T>, call: Call): Promise<T> {
    const controller = new AbortController();
    const outer = call.given;
    return new Promise<T>((resolve, reject) => {
      const end = (reason: unknown): void => {
        clean();
        // First the promise, then the signal: what the operation throws at the abort comes too late to be the reason.
        reject(reason);
        controller.abort(reason);
      };
      const onAbort = (): void => end(outer?.reason);
      const onTimeout = (): void => {
        addEvent("timeout.exceeded", { "errspan.policy": this.#name, "timeout.ms": this.#ms });
        end(new TimeoutError(this.#ms));
      };
      const timer = this.#ms > MAX_DELAY ? undefined : setTimeout(onTimeout, this.#ms);
      const clean = (): void => {
        clearTimeout(timer);
        outer?.removeEventListener("abort", onAbort);
      };
      outer?.addEventListener("abort", onAbort, { once: true });
      const fail = (error: unknown): void => {
        clean();
        reject(error);
      };
      try {
        const result = operation(new Call(controller.signal, call.attempt));
        Promise.resolve(result).then((value) => {
          clean();
          resolve(value);
        }, fail);
      } catch (error) {
        fail(error);
      }
    });
  }
}

/**
 * Gives an operation so much time. Then its signal is aborted and the call rejects at once with {@link TimeoutError},
 * also the signal's reason, whether the operation heeds the signal or not. A caller's abort rejects with the
 * caller's reason. After a success the signal is left alone: a response's body can still be read.
 * @param ms - milliseconds.
 * @param options - name.
 * @throws RangeError if `ms` is not positive.
 * @example
 * await timeout(500).execute(({ signal }) => fetch(url, { signal }));
 */
export function timeout(ms: number, options: TimeoutOptions = {}): Policy {
  return new Timeout(ms, options);
}

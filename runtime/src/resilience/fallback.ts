import { addEvent, errorAttributes, setAttributes } from "../telemetry/event.js";
import { FallbackError } from "./errors.js";
import { Call, Policy } from "./policy.js";
import type { Attempt, Operation } from "./policy.js";

/** A level of a fallback: gets what failed before it. */
export type FallbackLevel<F> = (error: unknown, attempt: Attempt) => F | PromiseLike<F>;

/**
 * What {@link fallback} takes beside its levels.
 * @example
 * const options: FallbackOptions = { name: "profile", fallbackIf: (error) => !isBug(error) };
 */
export interface FallbackOptions {
  /** Name in events. Default: `fallback`. */
  readonly name?: string;
  /** Whether this failure may be covered. Default: every one. If it throws, the failure stands. */
  readonly fallbackIf?: (error: unknown) => boolean;
}

class Fallback<F> extends Policy<F> {
  readonly #levels: readonly FallbackLevel<F>[];
  readonly #name: string;
  readonly #fallbackIf: (error: unknown) => boolean;

  constructor(levels: readonly FallbackLevel<F>[], { name = "fallback", fallbackIf = () => true }: FallbackOptions) {
    super();
    if (levels.length === 0) throw new RangeError("fallback: there is no level to fall back to");
    this.#levels = levels;
    this.#name = name;
    this.#fallbackIf = fallbackIf;
  }

  async run<T>(operation: Operation<T>, call: Call): Promise<T | F> {
    let error: unknown;
    try {
      return await operation(call);
    } catch (failure) {
      error = failure;
    }
    const errors = [error];
    for (const [index, level] of this.#levels.entries()) {
      if (call.given?.aborted === true) throw call.given.reason;
      if (!this.#covers(error)) break;
      addEvent("fallback.used", { "errspan.policy": this.#name, "fallback.level": index + 1, ...errorAttributes(error) });
      try {
        const value = await level(error, call);
        setAttributes({ "errspan.degraded": true, "errspan.degraded.level": index + 1 });
        return value;
      } catch (failure) {
        error = failure;
        errors.push(failure);
      }
    }
    if (call.given?.aborted === true) throw call.given.reason;
    if (errors.length === 1) throw error;
    addEvent("fallback.exhausted", { "errspan.policy": this.#name, ...errorAttributes(error) });
    throw new FallbackError(errors);
  }

  #covers(error: unknown): boolean {
    try {
      return this.#fallbackIf(error);
    } catch {
      // A predicate that fails covers nothing; the error that it was asked about is thrown.
      return false;
    }
  }
}

/**
 * Something else instead, when the operation fails: level after level. The span of an answer that was not the
 * operation's own has `errspan.degraded`. If all levels fail, {@link FallbackError} has their errors. A call that was
 * aborted falls back to nothing.
 * @param levels - functions, asked in order; end with a value by `() => value`.
 * @param options - name, and which failures to cover.
 * @throws RangeError without a level.
 * @example
 * const user = await fallback([() => cache.get(id), () => GUEST]).execute(() => db.getUser(id));
 */
export function fallback<F>(levels: readonly FallbackLevel<F>[], options: FallbackOptions = {}): Policy<F> {
  return new Fallback(levels, options);
}

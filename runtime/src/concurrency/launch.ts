import pLimit from "p-limit";
import { withSpan } from "../span/run.js";

/** What a task gets. */
export interface TaskContext {
  /** Aborted when the caller aborts, or when another task's failure makes this one's result useless. */
  readonly signal: AbortSignal;
}

/**
 * A task: it is called when its turn comes, and runs in a span of its own.
 * @example
 * const task: Task<Response> = ({ signal }) => fetch(url, { signal });
 */
export type Task<T> = (context: TaskContext) => T | PromiseLike<T>;

/**
 * Options of everything that runs tasks.
 * @example
 * const options: TaskOptions = { name: "export", concurrency: 10, signal };
 */
export interface TaskOptions {
  /** Names the spans of tasks that have no name of their own: `name[0]`, `name[1]` … Default: `task`. */
  readonly name?: string;
  /** How many run at a time. Default: all. */
  readonly concurrency?: number;
  /** Ends it all: rejects at once with the signal's reason, and aborts the tasks. */
  readonly signal?: AbortSignal | undefined;
}

/** Tasks under way. */
export interface Launched {
  readonly names: readonly string[];
  readonly promises: readonly Promise<unknown>[];
  /** Rejects as soon as the caller aborts; otherwise is what the promise is. Lets go of the caller's signal. */
  unlessAborted<T>(promise: Promise<T>): Promise<T>;
}

/** Names of the tasks: the keys of a record; of an array the functions' own, or numbers. */
export function namesOf(tasks: Readonly<Record<string, Task<unknown>>> | readonly Task<unknown>[], name: string): string[] {
  if (!Array.isArray(tasks)) return Object.keys(tasks);
  return tasks.map((task: Task<unknown>, index) => task.name || `${name}[${index}]`);
}

/** What the signal of a task that is not needed any more is aborted with. */
function notNeeded(cause: unknown): Error {
  const error = new DOMException("Another task failed", "AbortError");
  return Object.defineProperty(error, "cause", { value: cause, configurable: true });
}

/**
 * Starts tasks, each in a span, no more than so many at a time. `failFast`: the first failure aborts those that are
 * running and keeps the others from starting.
 */
export function launch(
  names: readonly string[],
  tasks: readonly Task<unknown>[],
  options: TaskOptions,
  failFast: boolean,
): Launched {
  const { concurrency = Infinity, signal: outer } = options;
  outer?.throwIfAborted();
  const controller = new AbortController();
  const { signal } = controller;
  const limit = pLimit(concurrency);
  const promises = tasks.map((task, index) =>
    limit(async () => {
      signal.throwIfAborted();
      try {
        return await withSpan(names[index] ?? "task", async () => await task({ signal }));
      } catch (error) {
        // Here, before p-limit gives the place to the next one.
        if (failFast) controller.abort(notNeeded(error));
        throw error;
      }
    }),
  );
  // Somebody looks at each of them sooner or later, but maybe after it has rejected.
  for (const promise of promises) promise.catch(() => undefined);
  return {
    names,
    promises,
    unlessAborted: (promise) =>
      new Promise((resolve, reject) => {
        const onAbort = (): void => {
          controller.abort(outer?.reason);
          reject(outer?.reason);
        };
        outer?.addEventListener("abort", onAbort, { once: true });
        promise.then(resolve, reject).finally(() => outer?.removeEventListener("abort", onAbort));
      }),
  };
}

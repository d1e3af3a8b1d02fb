import type { Worker } from "node:worker_threads";
import { withSpan } from "../span/run.js";

/**
 * A background task.
 * @typeParam T - type of its result.
 * @example
 * const task: BackgroundTask<void> = spawn("refresh cache", refresh);
 */
export interface BackgroundTask<T> {
  readonly name: string;
  /** Aborts the task's signal. */
  cancel(reason?: unknown): void;
  /** The task's result; who asks takes over its failure. */
  join(): Promise<T>;
}

/**
 * What {@link spawn} takes.
 * @example
 * const options: SpawnOptions = { onError: (error, name) => logger.error({ err: error, task: name }) };
 */
export interface SpawnOptions {
  /**
   * Takes the task's failure. Without it, and with nobody who joins, the failure is an unhandled rejection: Node ends
   * the process, and `guardProcess` records it. If it throws, that is one.
   */
  readonly onError?: (error: unknown, name: string) => void;
  /** Aborts the task. */
  readonly signal?: AbortSignal | undefined;
}

const running = new Set<Promise<unknown>>();

/**
 * Starts a task that nobody waits for, in a span of its own, so that its failure does not pass unseen (Tokio's `spawn`
 * and `JoinHandle`). It begins at once; what it throws synchronously is its failure as well.
 * @param name - name of the span.
 * @param fn - the task; gets a signal.
 * @param options - who takes its failure, and who aborts it.
 * @returns a handle to join or cancel it.
 * @example
 * spawn("refresh cache", ({ signal }) => refresh(signal), { onError: (error) => logger.error(error) });
 */
export function spawn<T>(
  name: string,
  fn: (task: { readonly signal: AbortSignal }) => T | PromiseLike<T>,
  options: SpawnOptions = {},
): BackgroundTask<T> {
  const { onError, signal: outer } = options;
  const controller = new AbortController();
  const onAbort = (): void => controller.abort(outer?.reason);
  if (outer?.aborted === true) onAbort();
  outer?.addEventListener("abort", onAbort, { once: true });
  const promise = withSpan(name, async () => fn({ signal: controller.signal }));
  const settled = promise.then(
    () => undefined,
    () => undefined,
  );
  running.add(settled);
  void settled.then(() => {
    running.delete(settled);
    outer?.removeEventListener("abort", onAbort);
  });
  // `settled` has taken the rejection: without an onError it is raised again here, for Node to see, unless someone joins.
  let joined = false;
  void promise.catch((error: unknown) => {
    if (onError) onError(error, name);
    else if (!joined) throw error;
  });
  return {
    name,
    cancel: (reason) => controller.abort(reason),
    join: () => {
      joined = true;
      // A promise of its own: unhandled, if the one who joins does not look at it.
      return promise.then((value) => value);
    },
  };
}

/**
 * Waits until no task that was started with {@link spawn} is running, for use before the process ends.
 * @returns how many there were.
 * @example
 * await drainTasks();
 */
export async function drainTasks(): Promise<number> {
  let count = 0;
  while (running.size > 0) {
    count += running.size;
    await Promise.all(running);
  }
  return count;
}

/**
 * A worker thread ended with an exit code other than 0 and without an error that said why.
 * @example
 * if (error instanceof WorkerExitError) console.log(error.exitCode);
 */
export class WorkerExitError extends Error {
  override readonly name: string = "WorkerExitError";
  readonly exitCode: number;

  /**
   * @param worker - name of the worker.
   * @param exitCode - its exit code.
   */
  constructor(worker: string, exitCode: number) {
    super(`Worker ${worker} exited with code ${exitCode}`);
    this.exitCode = exitCode;
  }
}

/**
 * Watches a worker thread in a span that lasts as long as the worker: what it dies of is recorded there, and raised here.
 * @param name - name of the span.
 * @param worker - a worker of `node:worker_threads`.
 * @returns a promise that resolves when it exits with code 0.
 * @throws (rejects with) what the worker did not catch; a message that could not be read; {@link WorkerExitError}.
 * @example
 * await watchWorker("thumbnails", new Worker(new URL("./thumbnails.js", import.meta.url)));
 */
export function watchWorker(name: string, worker: Worker): Promise<void> {
  return withSpan(
    name,
    () =>
      new Promise<void>((resolve, reject) => {
        worker.once("error", reject);
        worker.once("messageerror", reject);
        worker.once("exit", (code) => {
          if (code === 0) resolve();
          else reject(new WorkerExitError(name, code));
        });
      }),
  );
}

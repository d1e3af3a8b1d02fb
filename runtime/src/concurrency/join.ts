import { setAttributes } from "../telemetry/event.js";
import { TasksError } from "./errors.js";
import { launch, namesOf } from "./launch.js";
import type { Launched, Task, TaskOptions } from "./launch.js";

/** Tasks in an array, or by name in a record; results have the same shape. */
export type Tasks = Readonly<Record<string, Task<unknown>>> | readonly Task<unknown>[];

/** Results in the shape of their tasks. */
export type Joined<T extends Tasks> = { -readonly [K in keyof T]: T[K] extends Task<infer R> ? Awaited<R> : T[K] };

/** How a task ended. */
export type Outcome<T> =
  | { readonly name: string; readonly ok: true; readonly value: T }
  | { readonly name: string; readonly ok: false; readonly error: unknown };

/**
 * What {@link settleAll} gives.
 * @example
 * const { values, failures }: Settled<string> = await settleAll(tasks);
 */
export interface Settled<T> {
  /** Values of those that succeeded, in the order of the tasks. */
  readonly values: readonly T[];
  /** Those that failed, in the order of the tasks. */
  readonly failures: ReadonlyArray<{ readonly name: string; readonly error: unknown }>;
  /** All of them, in the order of the tasks. */
  readonly outcomes: ReadonlyArray<Outcome<T>>;
}

/** {@link TaskOptions}, and how much failure is tolerated. */
export interface SettleOptions extends TaskOptions {
  /** How many have to succeed at least. Default: 0. */
  readonly minSuccesses?: number;
}

function shaped<T extends Tasks>(tasks: T, values: readonly unknown[]): Joined<T> {
  if (Array.isArray(tasks)) return values as Joined<T>;
  return Object.fromEntries(Object.keys(tasks).map((key, index) => [key, values[index]])) as Joined<T>;
}

function begin(tasks: Tasks, options: TaskOptions, failFast = false): Launched {
  return launch(namesOf(tasks, options.name ?? "task"), Object.values<Task<unknown>>(tasks), options, failFast);
}

async function outcomesOf({ promises, names, unlessAborted }: Launched): Promise<Outcome<unknown>[]> {
  const settled = await unlessAborted(Promise.allSettled(promises));
  const outcomes = settled.map((result, index): Outcome<unknown> => {
    const name = names[index] ?? "task";
    return result.status === "fulfilled" ? { name, ok: true, value: result.value } : { name, ok: false, error: result.reason };
  });
  const failed = outcomes.filter(({ ok }) => !ok).length;
  if (failed > 0) setAttributes({ "errspan.tasks.total": outcomes.length, "errspan.tasks.failed": failed });
  return outcomes;
}

function failuresOf(outcomes: readonly Outcome<unknown>[]): { name: string; error: unknown }[] {
  return outcomes.flatMap((outcome) => (outcome.ok ? [] : [{ name: outcome.name, error: outcome.error }]));
}

/**
 * Runs tasks at the same time; the first that fails fails them all, and the others are aborted (tokio's `try_join!`).
 * Rejects at once, without waiting for those that do not heed their signal.
 * @param tasks - an array or a record of functions; each gets a child span, named after it.
 * @param options - names, limit, signal.
 * @returns the values in the shape of the tasks.
 * @throws the first failure as it is; the signal's reason.
 * @example
 * const { user, cart } = await tryJoin({
 *   user: ({ signal }) => fetchUser(id, signal),
 *   cart: ({ signal }) => fetchCart(id, signal),
 * });
 */
export async function tryJoin<const T extends Tasks>(tasks: T, options: TaskOptions = {}): Promise<Joined<T>> {
  const { promises, unlessAborted } = begin(tasks, options, true);
  return shaped(tasks, await unlessAborted(Promise.all(promises)));
}

/**
 * Runs all tasks to their end and tells of every failure.
 * @param tasks - an array or a record of functions; each gets a child span, named after it.
 * @param options - names, limit, signal.
 * @returns the values in the shape of the tasks, if all succeeded.
 * @throws TasksError ("2 of 10 tasks failed") with all failures; the signal's reason.
 * @example
 * await joinAll(batches.map((batch) => ({ signal }) => send(batch, signal)), { concurrency: 5, name: "send batch" });
 */
export async function joinAll<const T extends Tasks>(tasks: T, options: TaskOptions = {}): Promise<Joined<T>> {
  const outcomes = await outcomesOf(begin(tasks, options));
  const failures = failuresOf(outcomes);
  if (failures.length > 0) throw new TasksError(failures, outcomes.length);
  return shaped(tasks, outcomes.map((outcome) => (outcome.ok ? outcome.value : undefined)));
}

/**
 * Runs all tasks to their end and tolerates failures.
 * @param tasks - an array or a record of functions; each gets a child span, named after it.
 * @param options - names, limit, signal, and how many have to succeed.
 * @returns values and failures apart.
 * @throws TasksError if fewer than `minSuccesses` succeeded; the signal's reason.
 * @example
 * const { values, failures } = await settleAll(sources.map((source) => () => collect(source)), { minSuccesses: 1 });
 */
export async function settleAll<R>(
  tasks: Readonly<Record<string, Task<R>>> | readonly Task<R>[],
  options: SettleOptions = {},
): Promise<Settled<R>> {
  const outcomes = (await outcomesOf(begin(tasks, options))) as Outcome<R>[];
  const failures = failuresOf(outcomes);
  const values = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
  if (values.length < (options.minSuccesses ?? 0)) throw new TasksError(failures, outcomes.length);
  return { values, failures, outcomes };
}

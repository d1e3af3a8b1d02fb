import { context as contexts } from "@opentelemetry/api";
import { pMapIterable, pMapSkip } from "p-map";
import { follow, untilAborted } from "../flow/abort.js";
import { withSpan } from "../span/run.js";
import { addEvent, errorAttributes, notify, setAttributes } from "../telemetry/event.js";
import { chunks, iterable } from "./source.js";
import type { StreamSource } from "./source.js";

/** What a handler gets beside its item. */
export interface ItemContext {
  /** Place of the item in the stream, from 0. */
  readonly index: number;
  /** Aborted when the caller aborts, or the stream ends early. */
  readonly signal: AbortSignal;
}

/** Works on one item. */
export type ItemHandler<T, R> = (item: T, context: ItemContext) => R | PromiseLike<R>;

/** An item that failed. */
export interface FailedItem<T> {
  readonly item: T;
  /** Place of the item in the stream, from 0. */
  readonly index: number;
  readonly error: unknown;
}

/** What each item is run through: a policy of `@errspan/runtime/resilience`, or anything of its shape. */
export interface ItemPolicy {
  execute<T>(
    operation: (attempt: { readonly signal: AbortSignal }) => T | PromiseLike<T>,
    options: { readonly signal: AbortSignal },
  ): Promise<T>;
}

/**
 * Options of everything that works on a stream.
 * @typeParam T - type of the items.
 * @example
 * const options: StreamOptions<Order> = { concurrency: 5, onFailure: ({ item, error }) => deadLetter(item, error) };
 */
export interface StreamOptions<T> {
  /** Items that are worked on at a time. Default: 1. */
  readonly concurrency?: number;
  /** Results in the order of the items (the default), or as they come. */
  readonly ordered?: boolean;
  /**
   * `stop` (the default): the first failure ends the stream and is thrown. `skip`: failures are left out. A function
   * is told of each failure; the item is left out. If the function throws or rejects, that ends the stream.
   */
  readonly onFailure?: "stop" | "skip" | ((failed: FailedItem<T>) => void | PromiseLike<void>);
  /** Runs each item, for retries and timeouts. */
  readonly policy?: ItemPolicy;
  /** Gives each item a child span of this name; without it items have none. */
  readonly span?: string;
  /** Ends the stream: throws the signal's reason at once. */
  readonly signal?: AbortSignal | undefined;
}

/** How a stream went. */
export interface StreamReport<T> {
  /** Items that were worked on with success. */
  readonly succeeded: number;
  /** Items that failed and were left out. */
  readonly failed: number;
  /** The first of them, at most 100. */
  readonly failures: ReadonlyArray<FailedItem<T>>;
}

const KEPT = 100;

class Tally<T> {
  succeeded = 0;
  failed = 0;
  readonly failures: FailedItem<T>[] = [];

  add(failed: FailedItem<T>): void {
    this.failed++;
    if (this.failures.length < KEPT) this.failures.push(failed);
    addEvent("stream.item_failed", { "stream.item.index": failed.index, ...errorAttributes(failed.error) });
  }

  report(): StreamReport<T> {
    if (this.failed > 0) setAttributes({ "errspan.stream.succeeded": this.succeeded, "errspan.stream.failed": this.failed });
    return { succeeded: this.succeeded, failed: this.failed, failures: this.failures };
  }
}

async function* run<T, R>(
  source: StreamSource<T>,
  handler: ItemHandler<T, R>,
  options: StreamOptions<T>,
  tally: Tally<T>,
): AsyncGenerator<Awaited<R>, void, void> {
  const { concurrency = 1, ordered = true, onFailure = "stop", policy, span } = options;
  const following = follow(options.signal);
  const { signal } = following.controller;
  const active = contexts.active();

  const once = async (item: T, index: number, signal: AbortSignal): Promise<Awaited<R>> => await handler(item, { index, signal });
  const guarded = (item: T, index: number): Promise<Awaited<R>> =>
    policy ? policy.execute((attempt) => once(item, index, attempt.signal), { signal }) : once(item, index, signal);
  const traced = (item: T, index: number): Promise<Awaited<R>> =>
    span === undefined ? guarded(item, index) : withSpan(span, () => guarded(item, index));
  const work = async (item: T, index: number): Promise<Awaited<R> | typeof pMapSkip> => {
    try {
      const value = await traced(item, index);
      tally.succeeded++;
      return value;
    } catch (error) {
      if (onFailure === "stop" || signal.aborted) throw error;
      const failed = { item, index, error };
      tally.add(failed);
      if (onFailure !== "skip") await onFailure(failed);
      return pMapSkip;
    }
  };
  // Whoever reads the results, items are worked on in the context of whoever asked for them.
  const results = pMapIterable(iterable(source), (item, index) => contexts.with(active, () => work(item, index)), {
    concurrency,
    preserveOrder: ordered,
  });
  yield* untilAborted(results, following) as AsyncGenerator<Awaited<R>, void, void>;
}

/**
 * Works on each item of a stream and gives the results as a stream. A slow reader slows the source down; the source is
 * closed however it ends.
 * @param source - iterable, async iterable, Node or web stream.
 * @param handler - works on one item.
 * @param options - concurrency, what a failure means, a policy for each item.
 * @throws what the source throws; a handler's failure unless `onFailure` says otherwise; the signal's reason.
 * @example
 * const spans = mapEach(lines, parseSpan, { onFailure: ({ error }) => logger.warn(error) });
 */
export function mapEach<T, R>(
  source: StreamSource<T>,
  handler: ItemHandler<T, R>,
  options: StreamOptions<T> = {},
): AsyncGenerator<Awaited<R>, void, void> {
  return run(source, handler, options, new Tally());
}

/**
 * Works on each item of a stream to its end (Rust's `try_for_each`).
 * @param source - iterable, async iterable, Node or web stream.
 * @param handler - works on one item.
 * @param options - concurrency, what a failure means, a policy for each item.
 * @returns how many succeeded and which failed.
 * @throws what the source throws; a handler's failure unless `onFailure` says otherwise; the signal's reason.
 * @example
 * const { failed } = await forEach(spans, exportSpan, { concurrency: 10, onFailure: "skip", policy: retry() });
 */
export async function forEach<T>(
  source: StreamSource<T>,
  handler: ItemHandler<T, unknown>,
  options: StreamOptions<T> = {},
): Promise<StreamReport<T>> {
  const tally = new Tally<T>();
  for await (const _ of run(source, handler, options, tally));
  return tally.report();
}

/**
 * What {@link partitionEach} gives.
 * @typeParam T - type of the items.
 * @typeParam R - type of the results.
 */
export interface PartitionedStream<T, R> extends StreamReport<T> {
  /** Results of the items that succeeded. */
  readonly values: readonly R[];
}

/**
 * Works on each item and keeps what succeeds; what fails is reported and left out (Rust's `filter_map(Result::ok)`,
 * without the silence).
 * @param source - iterable, async iterable, Node or web stream.
 * @param handler - works on one item.
 * @param options - concurrency, a policy for each item, and who is told of failures.
 * @throws what the source throws; the signal's reason.
 * @example
 * const { values, failures } = await partitionEach(lines, parseSpan);
 */
export async function partitionEach<T, R>(
  source: StreamSource<T>,
  handler: ItemHandler<T, R>,
  options: Omit<StreamOptions<T>, "onFailure"> & { readonly onFailure?: (failed: FailedItem<T>) => void } = {},
): Promise<PartitionedStream<T, Awaited<R>>> {
  const tally = new Tally<T>();
  const { onFailure } = options;
  const values: Awaited<R>[] = [];
  const told = { ...options, onFailure: (failed: FailedItem<T>): void => notify(onFailure, failed) };
  for await (const value of run(source, handler, told, tally)) values.push(value);
  return { values, ...tally.report() };
}

/**
 * Works on a stream batch by batch (Rust's `chunks(n).try_for_each`): a batch fails as a whole.
 * @param source - iterable, async iterable, Node or web stream.
 * @param size - items in a batch, at least 1.
 * @param handler - works on one batch.
 * @param options - how many batches at a time, what a failed batch means, a policy for each batch.
 * @returns how many batches succeeded and which failed.
 * @throws RangeError if `size` is less than 1; what the source throws; a batch's failure unless `onFailure` says otherwise.
 * @example
 * await forEachBatch(spans, 512, exportBatch, { onFailure: ({ item, error }) => logger.error({ n: item.length, error }) });
 */
export function forEachBatch<T>(
  source: StreamSource<T>,
  size: number,
  handler: ItemHandler<readonly T[], unknown>,
  options: StreamOptions<readonly T[]> = {},
): Promise<StreamReport<readonly T[]>> {
  return forEach<readonly T[]>(chunks(source, size), handler, options);
}

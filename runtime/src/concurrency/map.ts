import { context as contexts } from "@opentelemetry/api";
import pMap, { pMapIterable } from "p-map";
import { follow, untilAborted } from "../flow/abort.js";
import { withSpan } from "../span/run.js";
import type { TaskContext, TaskOptions } from "./launch.js";

/**
 * Works on one item.
 * @example
 * const send: Mapper<Order, Receipt> = (order, { signal, index }) => post(order, signal);
 */
export type Mapper<T, R> = (item: T, context: TaskContext & { readonly index: number }) => R | PromiseLike<R>;

/** Items, in an iterable or an async one; promises of items are awaited. */
export type Source<T> = Iterable<T | Promise<T>> | AsyncIterable<T | Promise<T>>;

/** The mapper in a child span of the span that is active now, whichever one is active when it is called. */
function traced<T, R>(mapper: Mapper<T, R>, name: string, signal: AbortSignal): (item: T, index: number) => Promise<R> {
  const active = contexts.active();
  return (item, index) =>
    contexts.with(active, () => withSpan(`${name}[${index}]`, async () => mapper(item, { signal, index })));
}

/**
 * Works on items, so many at a time, and gives the results in their order (on p-map). The first failure ends it: what
 * runs is aborted, what has not begun does not, the source is closed.
 * @param source - the items; read no further ahead than needed.
 * @param mapper - works on one item, in a child span of its own.
 * @param options - names, limit, signal.
 * @throws the first failure as it is; the signal's reason.
 * @example
 * const receipts = await mapConcurrent(orders, (order, { signal }) => send(order, signal), { concurrency: 10 });
 */
export async function mapConcurrent<T, R>(source: Source<T>, mapper: Mapper<T, R>, options: TaskOptions = {}): Promise<R[]> {
  const { concurrency = Infinity, name = "item", signal } = options;
  const { controller, dispose } = follow(signal);
  try {
    const run = traced(mapper, name, controller.signal);
    return (await pMap(source, run, { concurrency, signal: controller.signal }));
  } catch (error) {
    controller.abort(error);
    throw error;
  } finally {
    dispose();
  }
}

/**
 * Works on items, so many at a time, and gives each result as soon as it is there (Rust's `buffer_unordered`; on
 * p-map). A slow consumer slows the source down. The first failure, an abort, or leaving the loop ends it: what runs is
 * aborted, the source is closed.
 * @param source - the items; read no further ahead than needed.
 * @param mapper - works on one item, in a child span of its own.
 * @param options - names, limit (default: 10), signal.
 * @throws the first failure as it is; the signal's reason.
 * @example
 * for await (const page of mapUnordered(urls, (url, { signal }) => load(url, signal), { concurrency: 5 })) index(page);
 */
export async function* mapUnordered<T, R>(
  source: Source<T>,
  mapper: Mapper<T, R>,
  options: TaskOptions = {},
): AsyncGenerator<Awaited<R>, void, void> {
  const { concurrency = 10, name = "item", signal } = options;
  const following = follow(signal);
  const run = traced(mapper, name, following.controller.signal);
  const results = pMapIterable(source, run, { concurrency, preserveOrder: false });
  yield* untilAborted(results, following) as AsyncGenerator<Awaited<R>, void, void>;
}

import { read } from "../cause/read.js";

/** Whatever can be read item by item: iterables, async iterables, Node streams, web streams. */
export type StreamSource<T> = Iterable<T | Promise<T>> | AsyncIterable<T | Promise<T>> | ReadableStream<T>;

/** The source as an iterable. Web streams are no async iterables everywhere. */
export function iterable<T>(source: StreamSource<T>): Iterable<T | Promise<T>> | AsyncIterable<T | Promise<T>> {
  if (read(source, Symbol.asyncIterator) !== undefined || read(source, Symbol.iterator) !== undefined) {
    return source as Iterable<T> | AsyncIterable<T>;
  }
  return readAll(source as ReadableStream<T>);
}

async function* readAll<T>(stream: ReadableStream<T>): AsyncGenerator<T, void, void> {
  const reader = stream.getReader();
  let ended = false;
  try {
    for (;;) {
      const step = await reader.read();
      if (step.done) {
        ended = true;
        return;
      }
      yield step.value;
    }
  } finally {
    if (!ended) await reader.cancel();
    reader.releaseLock();
  }
}

/**
 * Items in groups of so many, the last one with what is left (Rust's `chunks`). Reads no further ahead than a group;
 * closes the source when the loop is left.
 * @param source - the items.
 * @param size - items in a group, at least 1.
 * @throws RangeError if `size` is less than 1; what the source throws.
 * @example
 * for await (const batch of chunks(spans, 512)) await exportBatch(batch);
 */
export async function* chunks<T>(source: StreamSource<T>, size: number): AsyncGenerator<T[], void, void> {
  if (!(size >= 1)) throw new RangeError(`chunks: size ${size} is less than 1`);
  let chunk: T[] = [];
  for await (const item of iterable(source)) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

/** A controller that follows the caller's signal until it is disposed of. */
export interface Following {
  readonly controller: AbortController;
  dispose(): void;
}

/** Makes a controller of our own, so that we can abort what the caller's signal cannot. */
export function follow(outer: AbortSignal | undefined): Following {
  outer?.throwIfAborted();
  const controller = new AbortController();
  const onAbort = (): void => controller.abort(outer?.reason);
  outer?.addEventListener("abort", onAbort, { once: true });
  return { controller, dispose: () => outer?.removeEventListener("abort", onAbort) };
}

/**
 * What an iterable yields, until the controller is aborted: then it throws the reason at once, even while the source
 * is waiting. However it ends, the controller is aborted and the iterable closed.
 */
export async function* untilAborted<T>(
  iterable: AsyncIterable<T>,
  { controller, dispose }: Following,
): AsyncGenerator<T, void, void> {
  const { signal } = controller;
  const iterator = iterable[Symbol.asyncIterator]();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  aborted.catch(() => undefined);
  let left: unknown = new DOMException("The consumer stopped reading", "AbortError");
  try {
    for (;;) {
      const step = await Promise.race([iterator.next(), aborted]);
      if (step.done === true) return;
      yield step.value;
    }
  } catch (error) {
    left = error;
    throw error;
  } finally {
    dispose();
    controller.abort(left);
    // Not awaited: the source may be waiting for something that never comes.
    Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}

/** The longest delay that timers know; a longer one would fire at once. */
export const MAX_DELAY = 2 ** 31 - 1;

/** Waits, unless the signal is aborted: then it rejects at once with the signal's reason and leaves nothing behind. */
export function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason);
      return;
    }
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(
      () => {
        signal?.removeEventListener("abort", onAbort);
        resolve();
      },
      Math.min(ms, MAX_DELAY),
    );
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

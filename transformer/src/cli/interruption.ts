import { setImmediate } from "node:timers/promises";

/** Exit codes of a program that a signal ended, as shells tell them. */
export const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
export type InterruptedCode = (typeof SIGNALS)[keyof typeof SIGNALS];

/**
 * Holds signals back that would end the process, so that what is being written is written to its end.
 *
 * @param work is given a function to ask between two steps: the exit code of the signal that came in, or null
 */
export async function uninterrupted<T>(work: (ask: () => Promise<InterruptedCode | null>) => Promise<T>): Promise<T> {
  let code: InterruptedCode | null = null;
  const listeners = (Object.keys(SIGNALS) as (keyof typeof SIGNALS)[]).map((signal) => {
    const listener = (): void => {
      code = SIGNALS[signal];
    };
    process.on(signal, listener);
    return { signal, listener };
  });
  try {
    return await work(async () => {
      // Signals are heard only when the event loop comes round.
      await setImmediate();
      return code;
    });
  } finally {
    for (const { listener, signal } of listeners) process.off(signal, listener);
  }
}

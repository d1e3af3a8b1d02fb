import closeWithGrace from "close-with-grace";
import { withSpan } from "../span/run.js";
import { flushProviders, within } from "./flush.js";
import type { Flush } from "./flush.js";
import { endLeftovers, holdLeftovers } from "./leftovers.js";
import { drainTasks } from "./spawn.js";

/**
 * What {@link closeGracefully} takes.
 * @example
 * const options: CloseOptions = { delayMs: 10_000, flush: () => sdk.shutdown() };
 */
export interface CloseOptions {
  /** Milliseconds that closing may take; then the process exits with code 1. Default: 10 000. */
  readonly delayMs?: number;
  /** Sends out what the SDK holds, after closing. Default: `forceFlush` of the registered providers. */
  readonly flush?: Flush;
}

/**
 * Closes the program in order when it is told to end (SIGTERM, SIGINT, …), on close-with-grace: runs `close` in a span
 * `process.close`, waits for background tasks, flushes the SDK, and exits: with 0, or with 1 if closing failed or took
 * too long, or a second signal came. Errors that nobody caught are left to `guardProcess`: give that `signals: []`.
 * @param close - closes servers, consumers, pools.
 * @param options - how long, and what to flush.
 * @returns a handle; disposing of it takes the listeners away.
 * @example
 * guardProcess({ signals: [] });
 * closeGracefully(async () => { await server.close(); await pool.end(); });
 */
export function closeGracefully(close: (signal: string | undefined) => unknown, options: CloseOptions = {}): Disposable {
  const { delayMs = 10_000, flush = flushProviders } = options;
  holdLeftovers();
  const handle = closeWithGrace({ delay: delayMs, skip: ["uncaughtException", "unhandledRejection"] }, async ({ signal }) => {
    try {
      await withSpan("process.close", async () => {
        await close(signal);
        await drainTasks();
      });
    } finally {
      endLeftovers();
      await within(delayMs, flush, "flushing before the process ends");
    }
  });
  return { [Symbol.dispose]: () => handle.uninstall() };
}

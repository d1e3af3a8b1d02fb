import { context, SpanStatusCode, trace } from "@opentelemetry/api";
import type { Span } from "@opentelemetry/api";
import { messageOf } from "../cause/message.js";
import { typeOf } from "../record/describe.js";
import { recordFatal } from "../span/active.js";
import { addEvent, errorAttributes, notify } from "../telemetry/event.js";
import { flushProviders, within } from "./flush.js";
import type { Flush } from "./flush.js";
import { endLeftovers, holdLeftovers } from "./leftovers.js";

/** Where a fatal error came from. */
export type FatalOrigin = "uncaughtException" | "unhandledRejection";

/** A fatal error, as its observer gets it. */
export interface Fatal {
  readonly error: unknown;
  readonly origin: FatalOrigin;
  /** Trace that was active where it was thrown, if one was. */
  readonly traceId: string | undefined;
}

/**
 * What {@link guardProcess} takes.
 * @example
 * const options: GuardOptions = { flush: () => sdk.shutdown(), onFatal: ({ error }) => logger.fatal(error) };
 */
export interface GuardOptions {
  /** Sends out what the SDK holds. Default: `forceFlush` of the registered providers. */
  readonly flush?: Flush;
  /** Milliseconds that flushing may take. Default: 2000. */
  readonly deadlineMs?: number;
  /** Signals that flush before they end the process. Default: SIGTERM, SIGINT, SIGHUP. */
  readonly signals?: readonly NodeJS.Signals[];
  /** Told of a fatal error before the flush, to log it. */
  readonly onFatal?: (fatal: Fatal) => void;
  /** Whether Node's warnings become events on the active span. Default: true. */
  readonly warnings?: boolean;
}

const SIGNALS: readonly NodeJS.Signals[] = ["SIGTERM", "SIGINT", "SIGHUP"];

class Guard implements Disposable {
  readonly #options: GuardOptions;
  #dying = false;

  constructor(options: GuardOptions) {
    this.#options = options;
    holdLeftovers();
    process.on("uncaughtException", this.#onException);
    process.on("beforeExit", this.#onBeforeExit);
    if (options.warnings !== false) process.on("warning", this.#onWarning);
    for (const signal of this.#signals) process.on(signal, this.#onSignal);
  }

  get #signals(): readonly NodeJS.Signals[] {
    return this.#options.signals ?? SIGNALS;
  }

  // Node raises what was rejected and not handled here too, unless --unhandled-rejections says that it should not end
  // the process: so there is no listener for unhandledRejection, which would change what that flag means.
  readonly #onException = (error: unknown, origin: NodeJS.UncaughtExceptionOrigin): void => {
    const active = this.#record(error, origin);
    // Somebody else has a listener: Node would not have ended the process, neither do we.
    if (this.#dying || process.listenerCount("uncaughtException") > 1) return;
    this.#dying = true;
    active?.end(); // nobody else will
    endLeftovers();
    void this.#flush().then(() => {
      this[Symbol.dispose]();
      // Thrown again where nobody listens: Node prints it and ends the process as it would have done.
      setImmediate(() => {
        throw error;
      });
    });
  };

  readonly #onSignal = (signal: NodeJS.Signals): void => {
    if (this.#dying) return;
    const alone = process.listenerCount(signal) === 1;
    if (alone) {
      this.#dying = true;
      endLeftovers();
    }
    addEvent("process.signal", { "process.signal": signal });
    void this.#flush().then(() => {
      if (!alone) return;
      this[Symbol.dispose]();
      process.kill(process.pid, signal);
    });
  };

  /** Nothing is left to do, and nobody left who could consume or resume anything. */
  readonly #onBeforeExit = (): void => {
    if (endLeftovers() > 0) void this.#flush();
  };

  readonly #onWarning = (warning: Error): void => {
    addEvent("process.warning", errorAttributes(warning));
  };

  #flush(): Promise<void> {
    const { flush = flushProviders, deadlineMs = 2000 } = this.#options;
    return within(deadlineMs, flush, "flushing before the process ends");
  }

  /** Records the error; gives the span that was active. */
  #record(error: unknown, origin: FatalOrigin): Span | undefined {
    const active = trace.getActiveSpan();
    recordFatal(error, { attributes: { "errspan.severity": "FATAL" } });
    // A span of its own: the active one may have ended, or never end now.
    const span = trace.getTracer("@errspan/runtime").startSpan(origin, {
      attributes: { "errspan.severity": "FATAL", "error.type": typeOf(error) ?? "_OTHER" },
    });
    try {
      span.setStatus({ code: SpanStatusCode.ERROR, message: messageOf(error) });
      context.with(trace.setSpan(context.active(), span), () =>
        recordFatal(error, { attributes: { "errspan.severity": "FATAL" } }),
      );
    } finally {
      span.end();
    }
    notify(this.#options.onFatal, { error, origin, traceId: active?.spanContext().traceId });
    return active;
  }

  [Symbol.dispose](): void {
    process.off("uncaughtException", this.#onException);
    process.off("beforeExit", this.#onBeforeExit);
    process.off("warning", this.#onWarning);
    for (const signal of this.#signals) process.off(signal, this.#onSignal);
  }
}

/**
 * Sees to it that an error that ends the process is in its traces: uncaught exceptions and unhandled rejections are
 * recorded as FATAL in the trace that was active, the SDK is flushed within a deadline, and the process ends as Node
 * would have ended it (Rust's panic hook): the same output, the same exit code, the same signal. Where another
 * listener keeps the process alive, it stays alive. However the process ends, spans that wait for a promise that nobody
 * has consumed, or for a generator that nobody has finished, end before it does.
 * @param options - what to flush, for how long, and who is told.
 * @returns a handle; disposing of it takes the guard away.
 * @example
 * guardProcess({ flush: () => sdk.shutdown(), onFatal: ({ error, traceId }) => logger.fatal({ err: error, traceId }) });
 */
export function guardProcess(options: GuardOptions = {}): Disposable {
  return new Guard(options);
}

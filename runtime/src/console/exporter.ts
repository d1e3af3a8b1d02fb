import { renderTree } from "./render.js";
import { type FinishedSpan, localParent, treesOf } from "./span.js";
import { styleOf, wantsColor } from "./style.js";

/** Options of {@link ConsoleSpanExporter}. */
export interface ConsoleSpanExporterOptions {
  /** Takes the text, line breaks included. Default standard output, or `console.log` where there is none. */
  readonly write?: ((text: string) => void) | undefined;
  /** Whether to colour; default by `FORCE_COLOR`, `NO_COLOR`, and whether standard output is a terminal. */
  readonly color?: boolean | undefined;
  /** Most spans kept while their traces are not complete; the oldest traces are printed as they are. Default 2048. */
  readonly maxSpans?: number | undefined;
}

/** What an SDK makes of an export: `ExportResultCode.SUCCESS` or `FAILED`. */
interface Outcome {
  readonly code: 0 | 1;
  readonly error?: Error;
}

interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** How many traces and spans that have been printed are remembered, for those that come late. */
const REMEMBERED = 2048;

/**
 * A `SpanExporter` that prints each trace as a tree, as soon as its root in this process has ended: names,
 * durations, status, attributes, exceptions with their causes, source locations. Spans that end after that are
 * printed under the heading of their trace again. Works with the SDKs of both lines.
 *
 * @example
 * new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(new ConsoleSpanExporter())] }).register();
 */
export class ConsoleSpanExporter {
  readonly #write: (text: string) => void;
  readonly #style;
  readonly #maxSpans: number;
  /** Spans that have not been printed, by trace; traces in the order of their first span. */
  readonly #traces = new Map<string, FinishedSpan[]>();
  readonly #printed = new Set<string>();
  #kept = 0;
  #shutDown = false;

  /** @param options see {@link ConsoleSpanExporterOptions} */
  constructor(options: ConsoleSpanExporterOptions = {}) {
    const { process } = globalThis as { process?: { stdout?: Output; env?: Record<string, string | undefined> } };
    const output = process?.stdout;
    this.#write =
      options.write ??
      (output === undefined ? (text) => console.log(text.replace(/\n$/, "")) : (text) => void output.write(text));
    const terminal = options.write === undefined && output?.isTTY === true;
    this.#style = styleOf(options.color ?? wantsColor(process?.env ?? {}, terminal));
    this.#maxSpans = options.maxSpans ?? 2048;
  }

  /** Takes finished spans; called by a span processor. Reports a failure to write instead of throwing it. */
  export(spans: FinishedSpan[], done: (result: Outcome) => void): void {
    if (this.#shutDown) {
      done({ code: 1, error: new Error("the exporter has been shut down") });
      return;
    }
    try {
      for (const span of spans) this.#keep(span);
      for (const span of spans) if (this.#completes(span)) this.#print(span.spanContext().traceId);
      for (const traceId of this.#traces.keys()) {
        if (this.#kept <= this.#maxSpans) break;
        this.#print(traceId);
      }
      done({ code: 0 });
    } catch (error) {
      done({ code: 1, error: error instanceof Error ? error : new Error(String(error)) });
    }
  }

  /** Prints what is kept, complete or not. */
  forceFlush(): Promise<void> {
    return new Promise((resolve) => {
      for (const traceId of [...this.#traces.keys()]) this.#print(traceId);
      resolve();
    });
  }

  /** Prints what is kept and takes no more. */
  shutdown(): Promise<void> {
    this.#shutDown = true;
    return this.forceFlush();
  }

  #keep(span: FinishedSpan): void {
    const { traceId } = span.spanContext();
    const spans = this.#traces.get(traceId);
    if (spans === undefined) this.#traces.set(traceId, [span]);
    else spans.push(span);
    this.#kept++;
  }

  /** A local root completes its trace; so does a latecomer whose parent has been printed. */
  #completes(span: FinishedSpan): boolean {
    const parent = localParent(span);
    return parent === undefined || this.#printed.has(parent);
  }

  #print(traceId: string): void {
    const spans = this.#traces.get(traceId);
    if (spans === undefined) return;
    this.#traces.delete(traceId);
    this.#kept -= spans.length;
    for (const span of spans) this.#remember(span.spanContext().spanId);
    this.#write(treesOf(spans).map((tree) => renderTree(tree, this.#style)).join(""));
  }

  #remember(id: string): void {
    this.#printed.add(id);
    if (this.#printed.size <= REMEMBERED) return;
    for (const oldest of this.#printed) {
      this.#printed.delete(oldest);
      return;
    }
  }
}

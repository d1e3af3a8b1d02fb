import { tracingChannel } from "node:diagnostics_channel";
import { type Span, SpanStatusCode, trace } from "@opentelemetry/api";
import { SugaredTracer } from "@opentelemetry/api/experimental";
// What is measured is what is published: the built packages.
import { traced, withSpan } from "@errspan/runtime";
import { Traced as JsDecorator } from "@fullstackhouse/opentelemetry-js-decorator";
import { Effect } from "effect";
import { Span as NestSpan } from "nestjs-otel";
import { rewritten } from "./rewritten.ts";
import * as bare from "./subjects.ts";

type Subjects = typeof bare;
export type Subject = keyof Subjects;
/** A function that takes what the subject takes. */
export type Traced = (input: never) => unknown;

/** A way to trace a function; undefined where it cannot. */
export interface Way {
  readonly name: string;
  trace(subject: Subject): Traced | undefined;
}

const attributes = Object.freeze({
  "code.function.name": "work",
  "code.file.path": "src/work.ts",
  "code.line.number": 10,
  "code.column.number": 1,
});
const isAsync = (subject: Subject): boolean => bare[subject].constructor.name === "AsyncFunction";
const plain = (subject: Subject): ((input: unknown) => unknown) => bare[subject] as (input: unknown) => unknown;

const rewrittenSubjects = await rewritten<Subjects>("subjects.ts");

const tracer = trace.getTracer("hand-written", "1.0.0");
const sugared = new SugaredTracer(tracer);

function recordByHand(span: Span, error: unknown): void {
  span.recordException(error as Error);
  span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).message });
}

/** What an expert writes: attributes at the start, status and exception where it fails, always an end. */
function byHand(subject: Subject): Traced {
  const body = plain(subject);
  if (isAsync(subject)) {
    return async (input: unknown) =>
      tracer.startActiveSpan("work", { attributes }, async (span) => {
        try {
          return await body(input);
        } catch (error) {
          recordByHand(span, error);
          throw error;
        } finally {
          span.end();
        }
      });
  }
  return (input: unknown) =>
    tracer.startActiveSpan("work", { attributes }, (span) => {
      try {
        return body(input);
      } catch (error) {
        recordByHand(span, error);
        throw error;
      } finally {
        span.end();
      }
    });
}

/** A decorator of `experimentalDecorators`, put on as compiled code does it. */
function decorated(decorator: MethodDecorator, subject: Subject): Traced {
  class Work {
    [method: string]: unknown;
  }
  const descriptor = { value: plain(subject), writable: true, enumerable: false, configurable: true };
  const result = decorator(Work.prototype, "work", descriptor) as PropertyDescriptor | undefined;
  Object.defineProperty(Work.prototype, "work", result ?? descriptor);
  const work = new Work() as { work(input: unknown): unknown };
  return (input: unknown) => work.work(input);
}

interface Message {
  span?: Span;
  error?: unknown;
}

/** Node's own channels, with a subscriber that makes spans where an SDK is registered. */
function channelled(subject: Subject): Traced {
  const channel = tracingChannel<unknown, Message>(`errspan-bench-${subject}`);
  const settle = ({ span }: Message): void => span?.end();
  if (process.argv[2] !== "off") {
    channel.subscribe({
      start: (message) => void (message.span = tracer.startSpan("work", { attributes })),
      end: isAsync(subject) ? () => undefined : settle,
      asyncStart: () => undefined,
      asyncEnd: settle,
      error: ({ span, error }) => span && recordByHand(span, error),
    });
  }
  const body = plain(subject);
  return isAsync(subject)
    ? (input: unknown) => channel.tracePromise(body as (input: unknown) => Promise<unknown>, {}, undefined, input)
    : (input: unknown) => channel.traceSync(body, {}, undefined, input);
}

/** Effect with its own tracer and no bridge: what its spans cost before anybody exports them. */
function effect(subject: Subject): Traced | undefined {
  if (subject === "sync") {
    const work = Effect.fn("work", { attributes })(function* (input: number) {
      return (input * 31) | 0;
    });
    return (input: number) => Effect.runSync(work(input));
  }
  if (subject === "oneAwait") {
    const work = Effect.fn("work", { attributes })(function* (input: number) {
      yield* Effect.promise(async () => input);
      return (input * 31) | 0;
    });
    return (input: number) => Effect.runPromise(work(input));
  }
  return undefined;
}

/** All ways, ours first. The tree rewriter prints the calls that the text rewriter does, and is not measured apart. */
export const ways: readonly Way[] = [
  { name: "bare", trace: (subject) => bare[subject] },
  { name: "rewritten", trace: (subject) => rewrittenSubjects[subject] },
  { name: "traced", trace: (subject) => traced({ name: "work", attributes }, plain(subject)) },
  { name: "@traced", trace: (subject) => decorated(traced({ name: "work", attributes }) as MethodDecorator, subject) },
  {
    name: "withSpan",
    trace(subject) {
      const body = plain(subject);
      return isAsync(subject)
        ? (input: unknown) => withSpan("work", { attributes }, async () => await body(input))
        : (input: unknown) => withSpan("work", { attributes }, () => body(input));
    },
  },
  { name: "by hand", trace: byHand },
  {
    name: "Sugared",
    trace(subject) {
      const body = plain(subject);
      return (input: unknown) => sugared.withActiveSpan("work", { attributes }, () => body(input));
    },
  },
  { name: "nestjs-otel", trace: (subject) => decorated(NestSpan("work", { attributes }) as MethodDecorator, subject) },
  { name: "js-decorator", trace: (subject) => decorated(JsDecorator("work", { attributes }) as MethodDecorator, subject) },
  { name: "Effect.fn", trace: effect },
  { name: "tracingChannel", trace: channelled },
];

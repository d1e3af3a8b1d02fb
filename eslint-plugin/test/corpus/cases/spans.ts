// given: import { trace, SpanStatusCode, SpanKind, context, type Span } from "@opentelemetry/api"; const tracer = trace.getTracer("orders"); declare function work(...a: unknown[]): Promise<string>; declare function compute(...a: unknown[]): number;
// defect: never ended
export async function f() {
  const span = tracer.startSpan("f");
  span.setAttribute("a", 1);
  return await work();
}

// defect: not ended when the work throws
export async function f() {
  const span = tracer.startSpan("f");
  const result = await work();
  span.end();
  return result;
}

// defect: not ended at an early return
export async function f(id?: string) {
  const span = tracer.startSpan("f");
  try {
    if (!id) return undefined;
    const r = await work(id);
    span.end();
    return r;
  } catch (e) {
    span.recordException(e as Error);
    span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
    throw e;
  }
}

// defect: ended in try only
export function f() {
  const span = tracer.startSpan("f");
  try {
    const n = compute();
    span.end();
    return n;
  } catch (e) {
    span.recordException(e as Error);
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw e;
  }
}

// defect: ended in catch only
export function f() {
  const span = tracer.startSpan("f");
  try {
    return compute();
  } catch (e) {
    span.recordException(e as Error);
    span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
    throw e;
  }
}

// defect: startActiveSpan without an end
export const f = () =>
  tracer.startActiveSpan("f", async (span) => {
    span.setAttribute("a", 1);
    return work();
  });

// defect: startActiveSpan, ended on success only
export const f = () =>
  tracer.startActiveSpan("f", async (span) => {
    const r = await work();
    span.end();
    return r;
  });

// defect: started and thrown away
export function f() {
  tracer.startSpan("f");
  return compute();
}

// defect: a child span is forgotten
export async function f() {
  const parent = tracer.startSpan("parent");
  try {
    const child = tracer.startSpan("child", {}, trace.setSpan(context.active(), parent));
    await work();
    child.addEvent("done");
  } finally {
    parent.end();
  }
}

// defect: ended under a condition
export function f(ok: boolean) {
  const span = tracer.startSpan("f", { kind: SpanKind.CLIENT });
  if (ok) span.end();
}

// defect: ended in then only
export function f() {
  const span = tracer.startSpan("f");
  return work().then((r) => {
    span.end();
    return r;
  });
}

// defect: a loop continues over it
export function f(xs: string[]) {
  for (const x of xs) {
    const span = tracer.startSpan("item");
    if (!x) continue;
    span.setAttribute("x", x);
    span.end();
  }
}

// defect: a catch that neither records nor sets a status
export async function f() {
  const span = tracer.startSpan("f");
  try {
    return await work();
  } catch (e) {
    throw new Error("failed", { cause: e });
  } finally {
    span.end();
  }
}

// defect: no catch at all
export async function f() {
  const span = tracer.startSpan("f");
  try {
    return await work();
  } finally {
    span.end();
  }
}

// defect: recorded as an event only
export async function f() {
  const span = tracer.startSpan("f");
  try {
    return await work();
  } catch (e) {
    span.addEvent("error");
    throw e;
  } finally {
    span.end();
  }
}

// defect: a status of OK in the catch
export async function f() {
  const span = tracer.startSpan("f");
  try {
    return await work();
  } catch (e) {
    span.setStatus({ code: SpanStatusCode.OK });
    throw e;
  } finally {
    span.end();
  }
}

// defect: an active span without a status
export const f = () =>
  tracer.startActiveSpan("f", async (span) => {
    try {
      return await work();
    } catch (e) {
      console.error(e);
      throw e;
    } finally {
      span.end();
    }
  });

// defect: the catch of a chain
export function f() {
  const span = tracer.startSpan("f");
  return work()
    .catch((e: unknown) => {
      throw new Error("failed", { cause: e });
    })
    .finally(() => span.end());
}

// defect: an attribute after the end
export function f() {
  const span = tracer.startSpan("f");
  const n = 1;
  span.end();
  span.setAttribute("n", n);
  return n;
}

// defect: recorded after the end
export async function f() {
  const span = tracer.startSpan("f");
  try {
    const r = await work();
    span.end();
    return r;
  } catch (e) {
    span.end();
    span.recordException(e as Error);
    throw e;
  }
}

// defect: ended twice
export async function f() {
  const span = tracer.startSpan("f");
  try {
    return await work();
  } catch (e) {
    span.recordException(e as Error);
    span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
    throw e;
  } finally {
    span.end();
  }
}

// defect: ends the active span, which is somebody else's
export function f() {
  const span = trace.getActiveSpan();
  span?.setAttribute("a", 1);
  span?.end();
}

// defect: ends the span it was given from the context
export function f() {
  trace.getSpan(context.active())?.end();
}

// defect: ended before the work is done
export function f() {
  const span = tracer.startSpan("f");
  try {
    return work();
  } catch (e) {
    span.recordException(e as Error);
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw e;
  } finally {
    span.end();
  }
}

// defect: startActiveSpan, ended before the work is done
export const f = () =>
  tracer.startActiveSpan("f", (span) => {
    const result = work();
    span.end();
    return result;
  });

// defect: ended while a callback still uses it
export function f() {
  const span = tracer.startSpan("f");
  void work().then(
    (r) => span.setAttribute("r", r),
    (e: unknown) => span.recordException(e as Error),
  );
  span.end();
}

// sound: the full pattern
export async function f() {
  const span = tracer.startSpan("f");
  try {
    return await work();
  } catch (e) {
    span.recordException(e as Error);
    span.setStatus({ code: SpanStatusCode.ERROR, message: (e as Error).message });
    throw e;
  } finally {
    span.end();
  }
}

// sound: the full active pattern
export const f = () =>
  tracer.startActiveSpan("f", { kind: SpanKind.CLIENT }, async (span) => {
    try {
      const r = await work();
      span.setStatus({ code: SpanStatusCode.OK });
      return r;
    } catch (e) {
      span.recordException(e as Error);
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw e;
    } finally {
      span.end();
    }
  });

// sound: a wrapper
export async function withSpan<T>(name: string, fn: (span: Span) => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, async (span) => {
    try {
      return await fn(span);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      if (error instanceof Error) span.recordException(error);
      throw error;
    } finally {
      span.end();
    }
  });
}

// sound: handed off
export function begin(name: string) {
  const span = tracer.startSpan(name);
  span.setAttribute("component", "http");
  return span;
}

// sound: kept in a field
export class Request {
  private span: Span | undefined;
  start() {
    this.span = tracer.startSpan("request");
  }
  stop() {
    this.span?.end();
  }
}

// sound: kept in a map
const open = new Map<string, Span>();
export function onStart(id: string) {
  open.set(id, tracer.startSpan("request"));
}
export function onEnd(id: string) {
  open.get(id)?.end();
  open.delete(id);
}

// sound: ended by an event
declare const response: { once(n: string, f: () => void): void };
export function f() {
  const span = tracer.startSpan("f");
  response.once("finish", () => span.end());
}

// sound: passed to a helper
declare function finish(span: Span, e?: unknown): void;
export async function f() {
  const span = tracer.startSpan("f");
  try {
    const r = await work();
    finish(span);
    return r;
  } catch (e) {
    finish(span, e);
    throw e;
  }
}

// sound: a chain
export function f() {
  const span = tracer.startSpan("f");
  return work()
    .catch((e: unknown) => {
      span.recordException(e as Error);
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw e;
    })
    .finally(() => span.end());
}

// sound: both arms of then
export function f() {
  const span = tracer.startSpan("f");
  return work().then(
    (r) => {
      span.end();
      return r;
    },
    (e: unknown) => {
      span.recordException(e as Error);
      span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
      throw e;
    },
  );
}

// sound: ended in both
export async function f() {
  const span = tracer.startSpan("f");
  try {
    const r = await work();
    span.end();
    return r;
  } catch (e) {
    span.recordException(e as Error);
    span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
    throw e;
  }
}

// sound: a moment's span
export function f() {
  tracer.startSpan("marker").end();
}

// sound: a moment's span with attributes
export function f(id: string) {
  const span = tracer.startSpan("marker", { attributes: { id } });
  span.setAttribute("a", 1);
  span.end();
}

// sound: the active span is annotated
export function f(id: string) {
  const span = trace.getActiveSpan();
  span?.setAttribute("id", id);
  span?.addEvent("seen");
}

// sound: the active span gets the error
export async function f() {
  try {
    return await work();
  } catch (e) {
    const span = trace.getActiveSpan();
    span?.recordException(e as Error);
    span?.setStatus({ code: SpanStatusCode.ERROR });
    throw e;
  }
}

// sound: a span of Sentry's
import * as Sentry from "@sentry/node";
export const f = () => Sentry.startSpan({ name: "f" }, () => work());

// sound: an HTML span
export function f() {
  const span = document.createElement("span");
  span.textContent = "x";
  return span;
}

// sound: a text span of a parser
declare const parser: { startSpan(): { start: number } };
export function f() {
  const span = parser.startSpan();
  return span.start;
}

// sound: its context after the end
export function f() {
  const span = tracer.startSpan("f");
  span.end();
  return span.spanContext().traceId;
}

// sound: using
declare function spanScope(name: string): Disposable & { span: Span };
export async function f() {
  using scope = spanScope("f");
  scope.span.setAttribute("a", 1);
  return await work();
}

// sound: ended once by a flag
export async function f() {
  const span = tracer.startSpan("f");
  let ended = false;
  const end = () => {
    if (ended) return;
    ended = true;
    span.end();
  };
  try {
    const r = await work();
    end();
    return r;
  } catch (e) {
    span.recordException(e as Error);
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw e;
  } finally {
    end();
  }
}

// sound: isRecording guards
export async function f() {
  const span = tracer.startSpan("f");
  try {
    return await work();
  } catch (e) {
    if (span.isRecording()) {
      span.recordException(e as Error);
    }
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw e;
  } finally {
    span.end();
  }
}

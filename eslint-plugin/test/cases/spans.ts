/** Spans by what becomes of them. `lost` must be reported by the strict configs, `sound` by none. */
const given = `import { trace, context, SpanStatusCode, type Span } from "@opentelemetry/api"; const tracer = trace.getTracer("t"); declare function work(...a: unknown[]): Promise<string>; declare function step(...a: unknown[]): number;`;
const cases = (list: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(list).map(([name, code]) => [name, `${given}\n${code}`]));

export const lost: Record<string, string> = cases({
  "a span that is dropped": `function f() { tracer.startSpan("x"); }`,
  "a span nobody ends": `async function f() { const span = tracer.startSpan("x"); span.setAttribute("a", 1); await work(); }`,
  "an early return": `async function f(x: number) { const span = tracer.startSpan("x"); try { if (x) return; } catch (e) { span.recordException(e as Error); throw e; } span.end(); }`,
  "a call that may throw": `async function f() { const span = tracer.startSpan("x"); const r = await work(); span.end(); return r; }`,
  "a synchronous call that may throw": `function f() { const span = tracer.startSpan("x"); const r = step(); span.end(); return r; }`,
  "a catch that does not end it": `async function f() { const span = tracer.startSpan("x"); try { await work(); span.end(); } catch (e) { span.recordException(e as Error); throw e; } }`,
  "an active span nobody ends": `async function f() { return tracer.startActiveSpan("x", async (span) => { span.setAttribute("a", 1); return await work(); }); }`,
  "an active span whose callback may throw": `async function f() { return tracer.startActiveSpan("x", async (span) => { const r = await work(); span.end(); return r; }); }`,
  "a branch without an end": `function f(x: number) { const span = tracer.startSpan("x"); if (x) { span.end(); } }`,
  "an error path without a status": `async function f() { const span = tracer.startSpan("x"); try { return await work(); } finally { span.end(); } }`,
  "a catch that tells the span nothing": `async function f(log: (e: unknown) => void) { const span = tracer.startSpan("x"); try { return await work(); } catch (e) { log(e); throw e; } finally { span.end(); } }`,
  "an active span without a status": `async function f() { return tracer.startActiveSpan("x", async (span) => { try { return await work(); } finally { span.end(); } }); }`,
  "use after the end": `function f() { const span = tracer.startSpan("x"); span.end(); span.setAttribute("a", 1); }`,
  "a double end": `async function f() { const span = tracer.startSpan("x"); try { await work(); span.end(); } catch (e) { span.recordException(e as Error); throw e; } finally { span.end(); } }`,
  "an active span of others": `function f() { trace.getActiveSpan()?.end(); }`,
  "an active span of others, kept": `function f() { const span = trace.getActiveSpan(); span?.end(); }`,
  "an end before the work is done": `function f() { const span = tracer.startSpan("x"); try { return work(); } catch (e) { span.recordException(e as Error); throw e; } finally { span.end(); } }`,
});

export const sound: Record<string, string> = cases({
  "ended in finally": `async function f() { const span = tracer.startSpan("x"); try { return await work(); } catch (e) { span.recordException(e as Error); span.setStatus({ code: SpanStatusCode.ERROR }); throw e; } finally { span.end(); } }`,
  "ended in both": `async function f() { const span = tracer.startSpan("x"); try { await work(); span.end(); } catch (e) { span.recordException(e as Error); span.end(); throw e; } }`,
  "an active span": `async function f() { return tracer.startActiveSpan("x", async (span) => { try { return await work(); } catch (e) { span.recordException(e as Error); throw e; } finally { span.end(); } }); }`,
  "returned": `function f() { const span = tracer.startSpan("x"); return span; }`,
  "returned in an object": `function f() { const span = tracer.startSpan("x"); return { span }; }`,
  "stored": `class A { span?: Span; f() { this.span = tracer.startSpan("x"); } g() { this.span?.end(); } }`,
  "passed on": `declare function finish(s: Span): void; function f() { const span = tracer.startSpan("x"); finish(span); }`,
  "ended by a listener": `function f(res: { on(n: string, l: () => void): void }) { const span = tracer.startSpan("x"); res.on("finish", () => span.end()); }`,
  "ended by a chain": `function f() { const span = tracer.startSpan("x"); return work().then((r) => { span.end(); return r; }, (e) => { span.recordException(e); span.end(); throw e; }); }`,
  "in a map": `const open = new Map<string, Span>(); function f() { const span = tracer.startSpan("x"); open.set("a", span); }`,
  "an event without work": `function f() { const span = tracer.startSpan("x"); span.setAttribute("a", 1); span.end(); }`,
  "a chained end": `function f() { const span = tracer.startSpan("x"); span.setAttribute("a", 1).end(); }`,
  "its own context": `async function f() { const span = tracer.startSpan("x"); try { return await context.with(trace.setSpan(context.active(), span), () => work()); } catch (e) { span.recordException(e as Error); throw e; } finally { span.end(); } }`,
  "a status by a helper": `declare function fail(s: Span, e: unknown): void; async function f() { const span = tracer.startSpan("x"); try { return await work(); } catch (e) { fail(span, e); throw e; } finally { span.end(); } }`,
  "annotating the active span": `function f() { trace.getActiveSpan()?.setAttribute("a", 1); }`,
  "another startSpan": `declare const monitor: { startSpan(n: string): void }; function f() { monitor.startSpan("x"); }`,
  "the context after the end": `function f() { const span = tracer.startSpan("x"); span.end(); return span.spanContext(); }`,
});

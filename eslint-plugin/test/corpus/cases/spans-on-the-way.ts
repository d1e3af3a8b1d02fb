// defect: an attribute after the finally
import { trace } from "@opentelemetry/api";
export function f(work: () => void) { const span = trace.getTracer("a").startSpan("f"); try { work(); } finally { span.end(); } span.setAttribute("a", 1); }

// defect: an event after the try that ended it
import { trace } from "@opentelemetry/api";
export async function f(work: () => Promise<void>) { const span = trace.getTracer("a").startSpan("f"); try { await work(); span.end(); } catch (e) { span.recordException(e as Error); span.end(); throw e; } span.addEvent("done"); }

// defect: ended in a branch and once more
import { trace } from "@opentelemetry/api";
export function f(n: number) { const span = trace.getTracer("a").startSpan("f"); if (n > 3) { span.addEvent("big"); span.end(); } span.end(); return n; }

// sound: ended in a branch that returns
import { trace } from "@opentelemetry/api";
export function f(n: number) { const span = trace.getTracer("a").startSpan("f"); if (n > 3) { span.addEvent("big"); span.end(); return n; } span.end(); return n; }

// sound: a flag says whether it is ended
import { trace } from "@opentelemetry/api";
export function f(n: number) { const span = trace.getTracer("a").startSpan("f"); let ended = false; if (n > 3) { ended = true; span.end(); } if (!ended) span.end(); return n; }

// defect: a catch handler ends it
import { trace } from "@opentelemetry/api";
declare function work(): Promise<void>;
export function f() { const span = trace.getTracer("a").startSpan("f"); return work().then(() => { span.end(); }).catch((e) => { span.end(); throw e; }); }

// sound: a rejection handler marks and ends it
import { trace, SpanStatusCode } from "@opentelemetry/api";
declare function work(): Promise<void>;
export function f() { const span = trace.getTracer("a").startSpan("f"); return work().then(() => { span.end(); }, (e) => { span.recordException(e); span.setStatus({ code: SpanStatusCode.ERROR }); span.end(); throw e; }); }

// sound: a rejection handler gives it away and ends it
import { trace, type Span } from "@opentelemetry/api";
declare function work(): Promise<void>;
declare function failSpan(span: Span, e: unknown): void;
export function f() { const span = trace.getTracer("a").startSpan("f"); return work().then(() => { span.end(); }, (e) => { failSpan(span, e); span.end(); throw e; }); }

// defect: an error listener ends it
import { trace } from "@opentelemetry/api";
import { createReadStream } from "node:fs";
export function f(p: string) { return new Promise<void>((resolve, reject) => { const span = trace.getTracer("a").startSpan("f"); const s = createReadStream(p); s.on("error", (e) => { span.end(); reject(e); }); s.on("end", () => { span.end(); resolve(); }); s.resume(); }); }

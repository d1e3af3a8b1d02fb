import { noSpanMisuse } from "../../src/rules/no-span-misuse.js";
import { spanMustEnd } from "../../src/rules/span-must-end.js";
import { spanRecordsError } from "../../src/rules/span-records-error.js";
import { untyped } from "./tester.js";

untyped.run("span-must-end", spanMustEnd as never, {
  valid: [
    { name: "an optional end", code: `function f() { const span = tracer?.startSpan("x"); span?.end(); }` },
    { name: "an endless loop that ends it on its way out", code: `async function f() { const span = tracer.startSpan("x"); try { for (;;) { if (await next()) return; } } finally { span.end(); } }` },
    { name: "other libraries' startSpan", code: `Sentry.startSpan({ name: "x" }, () => work());` },
    { name: "a collection of the file between start and end", code: `const cache = new Map(); function f(k) { const span = tracer.startSpan("x"); const hit = cache.get(k); span.end(); return hit; }` },
    { name: "a flag that tells whether it is ended", code: `function f(x) { const span = tracer.startSpan("x"); let ended = false; if (x) { ended = true; span.end(); } if (!ended) span.end(); }` },
    { name: "a switch that ends it in every case", code: `function f(k) { const span = tracer.startSpan("x"); switch (k) { case 1: span.end(); break; default: span.end(); } }` },
  ],
  invalid: [
    { name: "dropped", code: `tracer.startSpan("x");`, errors: [{ messageId: "dropped" }] },
    { name: "never ended", code: `function f() { const span = tracer.startSpan("x"); }`, errors: [{ messageId: "neverEnded", data: { name: "span" } }] },
    { name: "an early return, reported where it leaves", code: `function f(x) {\n  const s = tracer.startSpan("x");\n  if (x) return;\n  s.end();\n}`, errors: [{ messageId: "notAlways", line: 3 }] },
    { name: "a call that may throw, reported where it is", code: `function f() {\n  const s = getTracer().startSpan("x");\n  work();\n  s.end();\n}`, errors: [{ messageId: "notWhenThrown", line: 3 }] },
  ],
});

untyped.run("span-records-error", spanRecordsError as never, {
  valid: [
    { name: "the runtime's recorder", code: `async function f() { const span = tracer.startSpan("x"); try { await g(); } catch (e) { recordError(e); throw e; } finally { span.end(); } }` },
    { name: "a rejection handler that gives it away first", code: `function f() { const span = tracer.startSpan("x"); return g().then(() => { span.end(); }, (e) => { fail(span, e); span.end(); throw e; }); }` },
    { name: "a callback that marks it", code: `function f(done) { const span = tracer.startSpan("x"); g((err) => { if (err) { span.recordException(err); } span.end(); done(err); }); }` },
    { name: "an expected error", code: `async function f() { const span = tracer.startSpan("x"); try { return await g(); } catch (e) { if (e.code === "ENOENT") return null; span.recordException(e); throw e; } finally { span.end(); } }` },
    { name: "an outer catch that tells the span", code: `async function f() { const span = tracer.startSpan("x"); try { try { await g(); } catch (e) { throw wrap(e); } } catch (e) { span.recordException(e); throw e; } finally { span.end(); } }` },
  ],
  invalid: [
    { name: "a rejection handler that ends it", code: `function f() { const span = tracer.startSpan("x"); return g().then(() => { span.end(); }, (e) => { span.end(); throw e; }); }`, errors: [{ messageId: "handlerWithout" }] },
    { name: "the error's branch of a callback", code: `function f(done) { const span = tracer.startSpan("x"); g((err, x) => { if (err) { span.end(); return done(err); } span.end(); done(null, x); }); }`, errors: [{ messageId: "handlerWithout" }] },
    { name: "an error listener", code: `function f(s, done) { const span = tracer.startSpan("x"); s.on("error", (e) => { span.end(); done(e); }); s.on("end", () => { span.end(); done(); }); }`, errors: [{ messageId: "handlerWithout" }] },
    { name: "no catch", code: `async function f() { const span = tracer.startSpan("x"); try { await g(); } finally { span.end(); } }`, errors: [{ messageId: "noCatch" }] },
    { name: "a catch that only logs", code: `async function f() { const span = tracer.startSpan("x"); try { await g(); } catch (e) { log(e); throw e; } finally { span.end(); } }`, errors: [{ messageId: "catchWithout" }] },
  ],
});

untyped.run("no-span-misuse", noSpanMisuse as never, {
  valid: [
    { name: "two ends on two paths", code: `function f(x) { const span = tracer.startSpan("x"); if (x) { span.end(); return; } span.end(); }` },
    { name: "an end after the try, where the one in it was not reached", code: `function f() { const span = tracer.startSpan("x"); let done = false; try { g(); span.end(); done = true; } catch (e) { h(e); } if (!done) span.end(); }` },
    { name: "the span's own context after its end", code: `function f() { const span = tracer.startSpan("x"); span.end(); return span.spanContext(); }` },
  ],
  invalid: [
    { name: "an attribute after the end", code: `function f() { const span = tracer.startSpan("x"); span.end(); span.setAttribute("a", 1); }`, errors: [{ messageId: "afterEnd" }] },
    { name: "an attribute after the finally", code: `function f() { const span = tracer.startSpan("x"); try { g(); } finally { span.end(); } span.setAttribute("a", 1); }`, errors: [{ messageId: "afterEnd" }] },
    { name: "a second end after one in a branch", code: `function f(x) { const span = tracer.startSpan("x"); if (x) { span.addEvent("x"); span.end(); } span.end(); }`, errors: [{ messageId: "doubleEnd" }] },
    { name: "a second end", code: `function f() { const span = tracer.startSpan("x"); span.end(); span.end(); }`, errors: [{ messageId: "doubleEnd" }] },
    { name: "an end in the block and in finally", code: `async function f() { const span = tracer.startSpan("x"); try { await g(); span.end(); } finally { span.end(); } }`, errors: [{ messageId: "doubleEnd" }] },
    { name: "a promise kept over the end", code: `async function g() { await h(); } function f() { const span = tracer.startSpan("x"); const p = g(); span.end(); return p; }`, errors: [{ messageId: "early" }] },
    { name: "the span of others", code: `trace.getActiveSpan()?.end();`, errors: [{ messageId: "notOwned" }] },
  ],
});

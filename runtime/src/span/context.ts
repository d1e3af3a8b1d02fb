import { type Context, INVALID_SPAN_CONTEXT, type Span, trace } from "@opentelemetry/api";

/** The key under which this API keeps the active span in a context: found out by asking it to set one. */
export const SPAN_KEY: symbol = ((): symbol => {
  let found: symbol | undefined;
  const probe: Context = {
    getValue: () => undefined,
    setValue(key) {
      found = key;
      return probe;
    },
    deleteValue: () => probe,
  };
  trace.setSpan(probe, trace.wrapSpanContext(INVALID_SPAN_CONTEXT));
  return found ?? Symbol.for("OpenTelemetry Context Key SPAN");
})();

/**
 * A context that differs from another in its span alone. The API's own contexts copy a Map for that, which costs
 * forty times as much. Nodes never link to nodes: a deep recursion keeps neither its ancestors' contexts alive
 * nor makes looking up a key slower.
 */
export class SpanContextNode implements Context {
  readonly span: Span;
  readonly base: Context;

  constructor(parent: Context, span: Span) {
    this.base = parent instanceof SpanContextNode ? parent.base : parent;
    this.span = span;
  }

  getValue(key: symbol): unknown {
    return key === SPAN_KEY ? this.span : this.base.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    return key === SPAN_KEY ? this.base.setValue(key, value) : new SpanContextNode(this.base.setValue(key, value), this.span);
  }

  deleteValue(key: symbol): Context {
    return key === SPAN_KEY ? this.base.deleteValue(key) : new SpanContextNode(this.base.deleteValue(key), this.span);
  }
}

/** The span of a context, if it has one. */
export function spanOf(context: Context): Span | undefined {
  return context.getValue(SPAN_KEY) as Span | undefined;
}

import { type Context, createContextKey, type Span } from "@opentelemetry/api";

/** The key under which every version of the API keeps the active span in a context: keys of one name are one symbol. */
const SPAN_KEY = createContextKey("OpenTelemetry Context Key SPAN");

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
    return this.over(key, this.base.setValue(key, value));
  }

  deleteValue(key: symbol): Context {
    return this.over(key, this.base.deleteValue(key));
  }

  private over(key: symbol, base: Context): Context {
    return key === SPAN_KEY ? base : new SpanContextNode(base, this.span);
  }
}

/** The span of a context, if it has one. */
export function spanOf(context: Context): Span | undefined {
  return context.getValue(SPAN_KEY) as Span | undefined;
}

import type { Context, Span } from "@opentelemetry/api";

/** The key under which every version of the API keeps the active span in a context: `createContextKey` gives registered symbols. */
export const SPAN_KEY = Symbol.for("OpenTelemetry Context Key SPAN");

/**
 * A context that differs from another in its span alone. The API's own contexts copy a Map for that, which costs
 * forty times as much. Nodes never link to nodes: a deep recursion keeps neither its ancestors' contexts alive
 * nor makes looking up a key slower.
 */
export class SpanContextNode<Given extends Span | undefined = Span | undefined> implements Context {
  declare readonly span: Given;
  declare readonly base: Context;

  constructor(parent: Context, span: Given) {
    this.base = parent instanceof SpanContextNode ? parent.base : parent;
    this.span = span;
  }

  getValue(key: symbol): unknown {
    return key === SPAN_KEY ? this.span : this.base.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    return new SpanContextNode(this.base.setValue(key, value), key === SPAN_KEY ? (value as Span) : this.span);
  }

  deleteValue(key: symbol): Context {
    return new SpanContextNode(this.base.deleteValue(key), key === SPAN_KEY ? undefined : this.span);
  }
}

/** The span of a context, if it has one. */
export function spanOf(context: Context): Span | undefined {
  return context.getValue(SPAN_KEY) as Span | undefined;
}

import { INVALID_SPAN_CONTEXT, type Span, trace } from "@opentelemetry/api";
import { activeSpan } from "./active.js";
import { Variable } from "./carrier.js";
import { functionKind } from "./function-kind.js";
import { siteOf, type SpanOptions } from "./options.js";
import { shared } from "./process.js";
import { ASYNC, type Site, SYNC } from "./site.js";
import { begin, type State } from "./state.js";

const NO_SPAN: Span = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);

/** Starts a span for a site, unless there is nobody to take it. */
export function start(site: Site, fields?: () => object, args?: () => object): State | undefined {
  const { registry } = shared;
  return registry?.trace === undefined ? undefined : begin(registry, site, fields, args);
}

/**
 * Calls into a function in a state's context. A manager that cannot attach (Zone.js, stack managers) is entered by
 * its callback form here, which rewritten code has not.
 */
export function inside<T>(state: State, fn: () => T): T {
  const { carrier, context } = state;
  return carrier instanceof Variable ? carrier.with(context, fn) : fn();
}

/** Runs a function as the body of a state that has been started. */
export function run<T>(state: State, fn: () => T): T {
  try {
    const value = inside(state, fn);
    state.returned(value);
    return value;
  } catch (error) {
    state.fail(error);
    throw error;
  } finally {
    state.finish();
  }
}

/**
 * The same for an async function. Nobody else holds its promise, so that another can stand for it, whose settlement
 * is seen whether or not anybody waits for it.
 */
export async function runAsync<T>(state: State, fn: () => T): Promise<Awaited<T>> {
  try {
    return state.resolved(await state.suspend(inside(state, fn)));
  } catch (error) {
    state.fail(error);
    throw error;
  } finally {
    state.finish();
  }
}

/**
 * Runs a function in a span of its own. An error that it throws, or that the promise it returns rejects with, is
 * recorded on the span and goes on to the caller; the span ends when the function has, promise included. What `fn`
 * returns comes back as it is, except that an async function's promise is another one that settles alike. The promise
 * of a plain function is watched from when somebody waits for it: `withSpan(name, async () => …)` also serves work
 * that nobody waits for.
 *
 * @param name the span's name
 * @param options see {@link SpanOptions}
 * @param fn gets the span: the active one with `span: false`, one that records nothing while no SDK is registered
 * @returns what `fn` returns
 * @throws what `fn` throws
 * @example
 * const rows = await withSpan("load orders", { kind: "client" }, async (span) => {
 *   const found = await db.query(sql);
 *   span.setAttribute("db.rows", found.length);
 *   return found;
 * });
 */
export function withSpan<T>(name: string, fn: (span: Span) => T): T;
export function withSpan<T>(name: string, options: SpanOptions, fn: (span: Span) => T): T;
export function withSpan<T>(
  name: string,
  ...rest: [fn: (span: Span) => T] | [options: SpanOptions, fn: (span: Span) => T]
): T {
  const [options, fn] = rest.length === 1 ? [undefined, rest[0]] : rest;
  if (shared.registry?.trace === undefined) return fn(NO_SPAN);
  const kind = functionKind(fn) === ASYNC ? ASYNC : SYNC;
  const state = start(siteOf(name, kind, {}, options));
  // The promise of an async function is as good as the one it returned: `T` is that type.
  if (state !== undefined && kind === ASYNC) return runAsync(state, () => fn(state.context.span)) as T;
  if (state !== undefined) return run(state, () => fn(state.context.span));
  return fn((options?.span === false && activeSpan()) || NO_SPAN);
}

import { type Context, INVALID_SPAN_CONTEXT, ROOT_CONTEXT, trace } from "@opentelemetry/api";
import { SpanContextNode } from "./context.js";
import { type AttachToken, type Manager, type Registry, shared } from "./process.js";

/** A manager that lets a context be entered without a callback. */
export interface AttachingManager extends Manager {
  attach(context: Context): AttachToken;
}

/** The registered context manager, where it can attach. */
export function attachingManager(registry: Registry): AttachingManager | undefined {
  const manager = registry.context;
  return manager !== undefined && typeof manager.attach === "function" ? (manager as AttachingManager) : undefined;
}

/** The context that the manager has, which is the root context where there is no manager. */
export function theirContext(manager: Manager | undefined): Context {
  return manager === undefined ? ROOT_CONTEXT : manager.active();
}

/**
 * The context in force. Without a manager that can attach it is ours, unless somebody has entered another one
 * through the manager's callback form since ours was set.
 */
export function activeContext(manager: Manager | undefined): Context {
  const theirs = theirContext(manager);
  const ours = shared.current;
  return ours !== undefined && shared.base === theirs ? ours : theirs;
}

/** Runs a function in a context, by the manager's callback form and in our own current context. */
export function runInContext<T>(manager: Manager | undefined, context: Context, fn: () => T): T {
  if (manager !== undefined && typeof manager.attach === "function") return manager.with(context, fn);
  const { current, base } = shared;
  const inside = (): T => {
    shared.current = context;
    shared.base = theirContext(manager);
    return fn();
  };
  try {
    return manager === undefined ? inside() : manager.with(context, inside);
  } finally {
    shared.current = current;
    shared.base = base;
  }
}

let probed: AttachingManager | undefined;
let follows = false;

/**
 * Whether the manager carries a context across `await` by itself, so that an async function needs its context
 * attached once after its first suspension and never again. Asked of the manager, not guessed from its name; the
 * answer takes a turn of the microtask queue, and until it is there the answer is no, which is always safe.
 */
export function followsAwait(manager: AttachingManager): boolean {
  if (manager !== probed) {
    probed = manager;
    follows = false;
    void probe(manager);
  }
  return follows;
}

async function probe(manager: AttachingManager): Promise<void> {
  try {
    const context = new SpanContextNode(ROOT_CONTEXT, trace.wrapSpanContext(INVALID_SPAN_CONTEXT));
    const answer = await manager.with(context, async () => {
      await undefined;
      return manager.active() === context;
    });
    if (manager === probed) follows = answer;
  } catch {
    // A manager that fails here keeps being bracketed at every await.
  }
}

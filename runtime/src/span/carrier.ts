import { type Context, ROOT_CONTEXT } from "@opentelemetry/api";
import { CONTEXT, guard } from "./guard.js";
import { type AttachToken, type Manager, shared } from "./process.js";

/** What the current context is kept in; a context manager that lets one be entered without a callback is one. */
export interface Carrier {
  active(): Context;
  attach(context: Context): AttachToken;
  with<T>(context: Context, fn: () => T): T;
}

/**
 * A variable of ours, where there is no manager that can attach (Zone.js, stack managers). It counts until somebody
 * enters another context through the manager's callback form.
 */
export class Variable implements Carrier {
  readonly manager: Manager | undefined;

  constructor(manager: Manager | undefined) {
    this.manager = manager;
  }

  active(): Context {
    const { current, base } = shared;
    const theirs = this.theirs();
    return current !== undefined && base === theirs ? current : theirs;
  }

  attach(context: Context): AttachToken {
    const { current, base } = shared;
    shared.base = this.theirs();
    shared.current = context;
    return {
      dispose() {
        shared.current = current;
        shared.base = base;
      },
    };
  }

  with<T>(context: Context, fn: () => T): T {
    const inside = (): T => {
      const token = this.attach(context);
      try {
        return fn();
      } finally {
        token.dispose();
      }
    };
    return this.manager === undefined ? inside() : this.manager.with(context, inside);
  }

  private theirs(): Context {
    return this.manager === undefined ? ROOT_CONTEXT : this.manager.active();
  }
}

let variable = new Variable(undefined);

/** What keeps the context where this manager is registered, or none. */
export function carrierOf(manager: Manager | undefined): Carrier {
  if (manager !== undefined && typeof manager.attach === "function") return manager as Carrier;
  if (variable.manager !== manager) variable = new Variable(manager);
  return variable;
}

let probed: Carrier | undefined;
let follows = false;

/**
 * Whether the carrier keeps a context across `await` by itself, so that an async function needs its context attached
 * once after its first suspension and never again. Asked of the manager, not guessed from its name; the answer takes
 * a turn of the microtask queue, and until it is there the answer is no, which is always safe.
 */
export function followsAwait(carrier: Carrier): boolean {
  if (carrier === probed) return follows;
  probed = carrier;
  follows = false;
  if (!(carrier instanceof Variable)) probe(carrier);
  return false;
}

/** A context that nobody else is in. */
const PROBE = ROOT_CONTEXT.setValue(Symbol(), true);

function probe(carrier: Carrier): void {
  const look = async (): Promise<void> => {
    await undefined;
    // A manager that fails here keeps being bracketed at every await.
    guard(CONTEXT, () => {
      if (carrier === probed) follows = carrier.active() === PROBE;
    });
  };
  // Nothing waits for the promise: that would read its `constructor`, which a program may have made a getter.
  guard(CONTEXT, () => void carrier.with(PROBE, look));
}

import { type Context, ROOT_CONTEXT } from "@opentelemetry/api";
import { SPAN_KEY } from "./context.js";
import { CONTEXT, guard } from "./guard.js";
import { type AttachToken, type Manager, shared } from "./process.js";

/** What the current context is kept in; a context manager that lets one be entered without a callback is one. */
export interface Carrier {
  active(): Context;
  attach(context: Context): AttachToken;
  with<T>(context: Context, fn: () => T): T;
}

/** Where no manager is registered. */
const NOBODY: Manager = { active: () => ROOT_CONTEXT, with: (_, fn) => fn() };

/**
 * A variable of ours, where there is no manager that can attach (Zone.js, stack managers). It counts until somebody
 * enters another context through the manager's callback form.
 */
export class Variable implements Carrier {
  declare readonly manager: Manager;

  constructor(manager: Manager) {
    this.manager = manager;
  }

  active(): Context {
    const { current, base } = shared;
    const theirs = this.manager.active();
    return base === theirs ? (current as Context) : theirs;
  }

  attach(context: Context): AttachToken {
    const { current, base } = shared;
    shared.base = this.manager.active();
    shared.current = context;
    return {
      dispose() {
        shared.current = current;
        shared.base = base;
      },
    };
  }

  with<T>(context: Context, fn: () => T): T {
    return this.manager.with(context, () => {
      const token = this.attach(context);
      try {
        return fn();
      } finally {
        token.dispose();
      }
    });
  }
}

let variable = new Variable(NOBODY);

/** What keeps the context where this manager is registered, or none. */
export function carrierOf(manager: Manager = NOBODY): Carrier {
  if (manager.attach) return manager as Carrier;
  if (variable.manager !== manager) variable = new Variable(manager);
  return variable;
}

let probed: Carrier | undefined;
let follower: Carrier | undefined;

/**
 * Whether the carrier keeps a context across `await` by itself, so that an async function needs its context attached
 * once after its first suspension and never again. Asked of the manager, not guessed from its name; the answer takes
 * a turn of the microtask queue, and until it is there the answer is no, which is always safe.
 */
export function followsAwait(carrier: Carrier): boolean {
  if (carrier !== probed) {
    probed = carrier;
    // A manager that fails here keeps being bracketed at every await.
    if (!(carrier instanceof Variable)) guard(CONTEXT, () => carrier.with(PROBE, () => void look(carrier)));
  }
  return carrier === follower;
}

/** A context that nobody else is in. */
const PROBE = ROOT_CONTEXT.deleteValue(SPAN_KEY);

/** Nothing waits for the promise: that would read its `constructor`, which a program may have made a getter. */
async function look(carrier: Carrier): Promise<void> {
  await undefined;
  guard(CONTEXT, () => {
    if (carrier.active() === PROBE) follower = carrier;
  });
}

import { tell } from "./diagnostics.js";
import { shared } from "./process.js";

/** What is told of where it fails. */
export const CONTEXT = "changing the context";
export const VALUE = "looking at a value";
export const ENDING = "ending a span";

/**
 * Does work of ours that calls into the SDK, into hooks, or into what a program may have patched: what it throws is
 * told once and gives undefined, and traced functions that it calls get no spans (see {@link ProcessState.busy}).
 *
 * @param what names the work, as in "… failed"
 */
export function guard<T>(what: string, work: () => T): T | undefined {
  const { busy } = shared;
  shared.busy = true;
  try {
    return work();
  } catch (error) {
    tell(what, error);
    return undefined;
  } finally {
    shared.busy = busy;
  }
}

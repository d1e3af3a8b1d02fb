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
 * @param work a function that stands by itself where it runs with each call: closures cost a twentieth of a traced call
 */
export function guard<T>(what: string, work: () => T): T | undefined;
export function guard<A, T>(what: string, work: (a: A) => T, a: A): T | undefined;
export function guard<A, B, T>(what: string, work: (a: A, b: B) => T, a: A, b: B): T | undefined;
export function guard<A, B, C, T>(what: string, work: (a: A, b: B, c: C) => T, a: A, b: B, c: C): T | undefined;
export function guard<A, B, C, D, T>(what: string, work: (a: A, b: B, c: C, d: D) => T, a: A, b: B, c: C, d: D): T | undefined;
export function guard(what: string, work: (...given: unknown[]) => unknown, a?: unknown, b?: unknown, c?: unknown, d?: unknown): unknown {
  const { busy } = shared;
  shared.busy = true;
  try {
    return work(a, b, c, d);
  } catch (error) {
    tell(what, error);
    return undefined;
  } finally {
    shared.busy = busy;
  }
}

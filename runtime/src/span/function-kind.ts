import { ASYNC, ASYNC_GENERATOR, GENERATOR, SYNC } from "./site.js";

const { getPrototypeOf } = Object;

const KINDS = new Map<unknown, number>([
  [getPrototypeOf(async () => {}), ASYNC],
  [getPrototypeOf(function* () {}), GENERATOR],
  [getPrototypeOf(async function* () {}), ASYNC_GENERATOR],
]);

/** The kind of a function, which shows in its prototype. */
export function functionKind(fn: object): number {
  return KINDS.get(getPrototypeOf(fn)) ?? SYNC;
}

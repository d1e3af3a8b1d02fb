/** What has been done about the error on a path so far, least first; a state is the sum of what holds on some path. */
export type State = number;
export const untouched = 1;
export const signalled = 2;
export const printed = 4;
export const handled = 8;
export const unreachable = 0;

/** The state once something more has been done on every path. */
export function raise(state: State, to: State): State {
  if (state === unreachable) return unreachable;
  let out = state & ~(to - 1) ? state & ~(to - 1) : unreachable;
  if (state & (to - 1)) out |= to;
  // Printed and, besides, signalled: the user sees the one and the caller the other.
  if (to === signalled && state & printed) out = (out & ~printed) | handled;
  if (to === printed && state & signalled) out = (out & ~printed) | handled | (state & untouched ? printed : unreachable);
  return out;
}

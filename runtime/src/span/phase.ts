// Where a call stands. In a file without imports: bundlers put such constants where they are used.

/** On the caller's stack, our context attached. */
export const ATTACHED = 0;
/** The caller has its context back. */
export const SUSPENDED = 1;
/** Resumed from the microtask queue, where the manager carries our context by itself. */
export const CARRIED = 2;
/** The call is over; its span may wait for a promise. */
export const DONE = 3;
export const ENDED = 4;

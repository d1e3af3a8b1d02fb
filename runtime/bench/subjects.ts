// What is measured: functions that do next to nothing. As they stand here they are the bare calls; the transformer's
// text of this file is what `rewritten` stands for.

export function sync(input: number): number {
  return (input * 31) | 0;
}

export async function oneAwait(input: number): Promise<number> {
  await input;
  return (input * 31) | 0;
}

export async function fiveAwaits(input: number): Promise<number> {
  let sum = 0;
  for (let round = 0; round < 5; round++) sum += await input;
  return sum;
}

/** Calls the next level, or fails. */
export function fail(next: () => unknown): unknown {
  return next();
}

export async function failLater(next: () => Promise<unknown>): Promise<unknown> {
  return await next();
}

/** Waits until all calls have begun: what a pending call holds in memory. */
export async function pending(gate: Promise<void>): Promise<void> {
  await gate;
}

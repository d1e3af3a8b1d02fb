// A retry/breaker/timeout stack on the success path, ours against cockatiel alone, in interleaved rounds.
// Run after `npm run build`: node runtime/bench/toolkit-resilience.ts
import * as cockatiel from "cockatiel";
import { circuitBreaker, compose, retry, timeout } from "@errspan/runtime/resilience";

const ROUNDS = 15;
const CALLS = 20_000;

const theirs = cockatiel.wrap(
  cockatiel.retry(cockatiel.handleAll, { maxAttempts: 2, backoff: new cockatiel.ExponentialBackoff() }),
  cockatiel.circuitBreaker(cockatiel.handleAll, { halfOpenAfter: 10_000, breaker: new cockatiel.ConsecutiveBreaker(5) }),
  cockatiel.timeout(1_000, cockatiel.TimeoutStrategy.Aggressive),
);
const ours = compose(
  retry({ maxAttempts: 3 }),
  circuitBreaker({ name: "bench", halfOpenAfter: 10_000, opensAfter: { consecutive: 5 } }),
  timeout(1_000),
);
const operation = async (): Promise<number> => 1;
const runs: Readonly<Record<string, () => Promise<unknown>>> = {
  cockatiel: () => theirs.execute(operation),
  errspan: () => ours.execute(operation),
};

const samples = new Map<string, number[]>(Object.keys(runs).map((name) => [name, []]));
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, run] of Object.entries(runs)) {
    const start = process.hrtime.bigint();
    for (let call = 0; call < CALLS; call++) await run();
    const perCall = Number(process.hrtime.bigint() - start) / CALLS;
    // The first rounds are the compiler's.
    if (round >= 3) samples.get(name)?.push(perCall);
  }
}
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
const base = median(samples.get("cockatiel") ?? []);
for (const [name, values] of samples) {
  const nanoseconds = median(values);
  console.log(`${name.padEnd(10)} ${nanoseconds.toFixed(0).padStart(7)} ns/call  ${(nanoseconds / base).toFixed(2)} × cockatiel`);
}

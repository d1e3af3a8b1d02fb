/** What happened in a window. */
export interface Counts {
  readonly total: number;
  readonly failures: number;
}

interface Slice {
  /** Number of the slice since the clock began; a slice of another turn of the ring is empty. */
  index: number;
  total: number;
  failures: number;
}

/**
 * Successes and failures of the last `duration` milliseconds, in a ring of slices: constant memory, and one slice's
 * length of blur at its old end. Goes by the monotonic clock, so that setting the time of day changes nothing.
 */
export class SlidingWindow {
  readonly #sliceLength: number;
  readonly #slices: Slice[];

  constructor(duration: number, slices = 10) {
    if (!(duration > 0 && Number.isFinite(duration))) throw new RangeError(`window: ${duration} ms is no duration`);
    this.#sliceLength = duration / slices;
    this.#slices = Array.from({ length: slices }, () => ({ index: -1, total: 0, failures: 0 }));
  }

  /** Counts one outcome. */
  add(failed: boolean): void {
    const index = this.#now();
    const slice = this.#slices[index % this.#slices.length];
    if (slice === undefined) return;
    if (slice.index !== index) Object.assign(slice, { index, total: 0, failures: 0 });
    slice.total++;
    if (failed) slice.failures++;
  }

  /** What happened in the window that ends now. */
  counts(): Counts {
    const oldest = this.#now() - this.#slices.length;
    let total = 0;
    let failures = 0;
    for (const slice of this.#slices) {
      if (slice.index <= oldest) continue;
      total += slice.total;
      failures += slice.failures;
    }
    return { total, failures };
  }

  /** Forgets everything. */
  clear(): void {
    for (const slice of this.#slices) slice.index = -1;
  }

  #now(): number {
    return Math.floor(performance.now() / this.#sliceLength);
  }
}

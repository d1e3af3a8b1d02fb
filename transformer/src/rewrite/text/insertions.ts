/** One piece of text that goes into the source at an offset. */
interface Insertion {
  readonly at: number;
  readonly text: string;
  readonly closes: boolean;
  /** The other end of the range that the piece opens or closes. */
  readonly far: number;
  readonly order: number;
}

/**
 * Collects texts that open and close ranges of the source, and sorts what meets at one offset: ranges that end there
 * close before others open, inner ranges close first, outer ranges open first. Of two equal ranges the one that was
 * added first is the outer one.
 */
export class Insertions {
  readonly #pieces: Insertion[] = [];

  /** Brackets a range. */
  around(start: number, end: number, open: string, close: string): void {
    // At one offset the closing would be sorted before the opening.
    if (start === end) {
      this.open(start, end, open + close);
      return;
    }
    this.open(start, end, open);
    this.close(start, end, close);
  }

  /** Goes in where a range starts. */
  open(start: number, end: number, text: string): void {
    this.#pieces.push({ at: start, text, closes: false, far: end, order: this.#pieces.length });
  }

  /** Goes in where a range ends. */
  close(start: number, end: number, text: string): void {
    this.#pieces.push({ at: end, text, closes: true, far: start, order: this.#pieces.length });
  }

  /** The texts in source order, one per offset. */
  sorted(): readonly { readonly at: number; readonly text: string }[] {
    const pieces = this.#pieces.sort(compare);
    const sorted: { readonly at: number; text: string }[] = [];
    let last: (typeof sorted)[number] | undefined;
    for (const { at, text } of pieces) {
      if (last?.at === at) last.text += text;
      else sorted.push((last = { at, text }));
    }
    return sorted;
  }
}

function compare(a: Insertion, b: Insertion): number {
  if (a.at !== b.at) return a.at - b.at;
  if (a.closes !== b.closes) return a.closes ? -1 : 1;
  if (a.far !== b.far) return b.far - a.far;
  return a.closes ? b.order - a.order : a.order - b.order;
}

/** Characters to a block, as a shift. */
const BLOCK = 4;
const BRACE = 123;
const EQUALS = 61;
const GREATER = 62;

/**
 * Tells which stretches of a text can hold a function or a class, and so which parts of a tree are worth a walk: each has
 * a brace or an arrow. Most expressions have neither.
 */
export class Braces {
  readonly #source: string;
  /** By block of the text: the first brace or arrow that begins in it or behind it. */
  readonly #next: Int32Array;

  constructor(source: string) {
    const { length } = source;
    const next = new Int32Array((length >> BLOCK) + 2).fill(length);
    for (const opening of ["{", "=>"]) {
      for (let at = source.indexOf(opening); at >= 0; at = source.indexOf(opening, at + 1)) {
        const block = at >> BLOCK;
        if (at < (next[block] ?? 0)) next[block] = at;
      }
    }
    let first = length;
    for (let block = next.length - 1; block >= 0; block--) first = next[block] = Math.min(first, next[block] ?? first);
    this.#source = source;
    this.#next = next;
  }

  /** False where a stretch has neither function nor class. */
  mayHoldFunction({ start, end }: { readonly start: number; readonly end: number }): boolean {
    const first = this.#next[start >> BLOCK] ?? 0;
    return first < end && (first >= start || this.#firstFrom(start) < end);
  }

  /** The first brace or arrow from an offset on; others stand before it in its block. */
  #firstFrom(start: number): number {
    const source = this.#source;
    const block = start >> BLOCK;
    const blockEnd = (block + 1) << BLOCK;
    for (let at = start; at < blockEnd; at++) {
      const code = source.charCodeAt(at);
      if (code === BRACE || (code === EQUALS && source.charCodeAt(at + 1) === GREATER)) return at;
    }
    return this.#next[block + 1] ?? 0;
  }
}

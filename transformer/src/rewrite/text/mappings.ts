const BASE64 = Buffer.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
const COMMA = 44;
const SEMICOLON = 59;
const LINE_END = 10;
/** `A`, which stands for 0. */
const ZERO = 65;

const WORD = Uint8Array.from({ length: 128 }, (_, code) => (/\w/.test(String.fromCharCode(code)) ? 1 : 0));

/** 1 for a unit that words are made of. */
function wordBit(code: number): number {
  return code < 128 ? (WORD[code] ?? 0) : 0;
}

/** One segment has four numbers of at most seven digits, one separator, and any number of line ends before it. */
const LONGEST_SEGMENT = 32;
// Written to, turned into text when full, and used again: one file after another is mapped.
const scratch = Buffer.alloc(0x4000);
const view = new DataView(scratch.buffer, scratch.byteOffset, scratch.length);
const FULL = scratch.length - LONGEST_SEGMENT;

/** Steps that take one digit. */
const SHORT = 16;
/** By such a step: the digit. */
const DIGIT = Uint8Array.from({ length: SHORT }, (_, step) => BASE64[step << 1] ?? 0);
/** The same as the beginning of a segment so far behind the last, `,CAA` for 1; its last digit is missing. Little-endian. */
const STEP = Uint32Array.from(DIGIT, (digit) => COMMA | (digit << 8) | (ZERO << 16) | (ZERO << 24));

/**
 * Writes the `mappings` of a source map ({@link https://tc39.es/ecma426/ ECMA-426}) from one source to a text that is
 * made of it, from beginning to end. There is a segment for every word and for every other character that was in the
 * source, and none for what was not. Lines end with LF alone, as all who read source maps count them.
 */
export class Mappings {
  readonly #source: string;
  #written = "";
  #size = 0;
  /** Offset, line and column in the source up to which all is written, and the column in the made text. */
  #at = 0;
  #line = 0;
  #column = 0;
  #madeColumn = 0;
  // The segment before.
  #lastMadeColumn = 0;
  #lastLine = 0;
  #lastColumn = 0;
  #firstOnLine = true;

  constructor(source: string) {
    this.#source = source;
  }

  /** The source goes on as it is, up to an offset. */
  keep(end: number): void {
    const source = this.#source;
    while (this.#at < end) {
      if (source.charCodeAt(this.#at) !== LINE_END) this.#restOfLine(end);
      else {
        this.#at++;
        this.#line++;
        this.#column = 0;
        this.#endLine();
      }
    }
  }

  /** Something that was not in the source. */
  add(text: string): void {
    let lineStart = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", lineStart)) {
      lineStart = end + 1;
      this.#endLine();
    }
    this.#madeColumn += text.length - lineStart;
  }

  /** Something of the same shape stands in the place of what was in the source up to an offset; each of its lines maps to the start of that. */
  replace(end: number, text: string): void {
    for (const line of text.split(/(?<=\n)/)) {
      this.#segment();
      this.add(line);
    }
    const replaced = this.#source.slice(this.#at, end);
    const lineStart = replaced.lastIndexOf("\n") + 1;
    if (lineStart > 0) this.#column = 0;
    this.#column += replaced.length - lineStart;
    this.#line += replaced.split("\n").length - 1;
    this.#at = end;
  }

  toString(): string {
    this.#flush();
    return this.#written;
  }

  #flush(): void {
    this.#written += scratch.toString("latin1", 0, this.#size);
    this.#size = 0;
  }

  #endLine(): void {
    if (this.#size > FULL) this.#flush();
    scratch[this.#size++] = SEMICOLON;
    this.#madeColumn = 0;
    this.#lastMadeColumn = 0;
    this.#firstOnLine = true;
  }

  /** Numbers are written as differences to those of the segment before. */
  #segment(): void {
    if (this.#size > FULL) this.#flush();
    if (!this.#firstOnLine) scratch[this.#size++] = COMMA;
    this.#firstOnLine = false;
    this.#number(this.#madeColumn - this.#lastMadeColumn);
    scratch[this.#size++] = ZERO;
    this.#number(this.#line - this.#lastLine);
    this.#number(this.#column - this.#lastColumn);
    this.#lastMadeColumn = this.#madeColumn;
    this.#lastLine = this.#line;
    this.#lastColumn = this.#column;
  }

  #number(value: number): void {
    let rest = value < 0 ? (-value << 1) | 1 : value << 1;
    for (; rest > 31; rest >>>= 5) scratch[this.#size++] = BASE64[(rest & 31) | 32] ?? 0;
    scratch[this.#size++] = BASE64[rest] ?? 0;
  }

  /** The segments up to the end of a line, or to an offset before it; both columns go on alike. */
  #restOfLine(end: number): void {
    this.#segment();
    const source = this.#source;
    const start = this.#at;
    let size = this.#size;
    let last = start;
    let inWord = wordBit(source.charCodeAt(start));
    let at = start + 1;
    for (; at < end; at++) {
      const code = source.charCodeAt(at);
      if (code === LINE_END) break;
      const isWord = wordBit(code);
      const step = at - last;
      // All ones where a segment begins. No processor could guess where that is, so there is no branch that asks: a
      // segment is written for every character, over the one before if that turned out to be none.
      const begins = (isWord & inWord) - 1;
      inWord = isWord;
      if ((step & begins) < SHORT) {
        view.setUint32(size, STEP[step & (SHORT - 1)] ?? 0, true);
        scratch[size + 4] = DIGIT[step & (SHORT - 1)] ?? 0;
        size += 5 & begins;
      } else {
        this.#size = size;
        this.#longStep(step);
        size = this.#size;
      }
      last = (at & begins) | (last & ~begins);
      if (size > FULL) {
        this.#size = size;
        this.#flush();
        size = 0;
      }
    }
    this.#size = size;
    this.#at = at;
    this.#column += at - start;
    this.#madeColumn += at - start;
    this.#lastColumn += last - start;
    this.#lastMadeColumn += last - start;
  }

  #longStep(step: number): void {
    scratch[this.#size++] = COMMA;
    this.#number(step);
    scratch[this.#size++] = ZERO;
    scratch[this.#size++] = ZERO;
    this.#number(step);
  }
}

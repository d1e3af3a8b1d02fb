import type { CommandIo } from "./io.js";
import { styleFor } from "./style.js";

/** Work shorter than this needs no progress, in milliseconds. */
const PATIENCE = 500;
const INTERVAL = 100;

/** Tells on a terminal how far long work is; silent elsewhere. */
export class Progress {
  readonly #io: CommandIo;
  readonly #total: number;
  readonly #now: () => number;
  readonly #begin: number;
  #shownAt: number | null = null;
  #done = 0;

  /**
   * @param total number of steps
   * @param now in milliseconds
   */
  constructor(io: CommandIo, total: number, now: () => number = Date.now) {
    this.#io = io;
    this.#total = total;
    this.#now = now;
    this.#begin = now();
  }

  /** One more step is about to be made. */
  step(what: string): void {
    this.#done++;
    if (!this.#io.err.isTTY) return;
    const now = this.#now();
    if (now - this.#begin < PATIENCE || (this.#shownAt !== null && now - this.#shownAt < INTERVAL)) return;
    this.#shownAt = now;
    const { dim } = styleFor(this.#io.err, this.#io.env);
    this.#io.err.write(`\r\u001b[2K${this.#done}/${this.#total} ${dim(what.length > 60 ? `…${what.slice(-59)}` : what)}`);
  }

  /** Takes the line away; to be called before anything else is printed. */
  end(): void {
    if (this.#shownAt !== null) this.#io.err.write("\r\u001b[2K");
    this.#shownAt = null;
  }
}

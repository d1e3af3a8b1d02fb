import type { Range } from "../../plan/plan.js";
import { Mappings } from "./mappings.js";

/** A text in which something is put in, and something replaced by other text of the same shape. Edits come in source order. */
export class EditedText {
  readonly #source: string;
  readonly #edits: (Range & { readonly text: string })[] = [];

  constructor(source: string) {
    this.#source = source;
  }

  insert(at: number, text: string): void {
    this.#edits.push({ start: at, end: at, text });
  }

  replace({ start, end }: Range, text: string): void {
    this.#edits.push({ start, end, text });
  }

  toString(): string {
    const pieces: string[] = [];
    let at = 0;
    for (const { start, end, text } of this.#edits) {
      pieces.push(this.#source.slice(at, start), text);
      at = end;
    }
    pieces.push(this.#source.slice(at));
    return pieces.join("");
  }

  /** The `mappings` of the source map from the edited text to the source. */
  mappings(): string {
    const mappings = new Mappings(this.#source);
    for (const { start, end, text } of this.#edits) {
      mappings.keep(start);
      if (start === end) mappings.add(text);
      else mappings.replace(end, text);
    }
    mappings.keep(this.#source.length);
    return mappings.toString();
  }
}

import { join } from "node:path";
import { readIfThere } from "./manifest.js";

/** A file that is to change. */
export interface Change {
  /** Relative to the project, `/` between its parts. */
  readonly file: string;
  /** Null where it is new. */
  readonly before: string | null;
  readonly after: string;
}

/** Something that people have to write themselves, because we cannot tell where it goes. */
export interface ByHand {
  readonly what: string;
  readonly lines: string;
}

/** What would become of a project; nothing is written. */
export class Draft {
  readonly #root: string;
  readonly #changes = new Map<string, { before: string | null; after: string }>();
  readonly byHand: ByHand[] = [];
  readonly #packages = { runtime: new Set<string>(), development: new Set<string>() };

  constructor(root: string) {
    this.#root = root;
  }

  /** The text of a file as it would be; null where there is none. */
  read(file: string): string | null {
    return this.#changes.get(file)?.after ?? readIfThere(join(this.#root, file)) ?? null;
  }

  write(file: string, text: string): void {
    const before = this.#changes.get(file)?.before ?? readIfThere(join(this.#root, file)) ?? null;
    this.#changes.set(file, { before, after: text });
  }

  /** Asks for packages; those that the project has are left out in the end. */
  need(kind: "runtime" | "development", ...packages: readonly string[]): void {
    for (const name of packages) this.#packages[kind].add(name);
  }

  packages(kind: "runtime" | "development", present: ReadonlySet<string>): readonly string[] {
    return [...this.#packages[kind]].filter((name) => !present.has(name.replace(/(?<=.)@.*$/, "")));
  }

  changes(): readonly Change[] {
    return [...this.#changes].map(([file, change]) => ({ file, ...change })).filter(({ before, after }) => before !== after);
  }
}

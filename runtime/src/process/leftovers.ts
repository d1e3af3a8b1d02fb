import { type Leftover, shared } from "../span/process.js";
import { endLeftover } from "../span/state.js";

/** Where the runtime puts spans that are to end when something is collected. */
type Registry = NonNullable<typeof shared.leftovers>;

/** One that can end them before: nothing need be collected before a process ends. */
class Leftovers implements Registry {
  readonly #open = new Set<Leftover>();
  /** Has those that were put there before. */
  readonly #previous = shared.leftovers;
  readonly #collected = new FinalizationRegistry<Leftover>((leftover) => {
    this.#open.delete(leftover);
    endLeftover(leftover);
  });

  register(target: object, leftover: Leftover): void {
    this.#open.add(leftover);
    this.#collected.register(target, leftover, leftover);
  }

  unregister(leftover: Leftover): boolean {
    this.#previous?.unregister(leftover);
    this.#collected.unregister(leftover);
    return this.#open.delete(leftover);
  }

  endAll(): number {
    const leftovers = [...this.#open];
    for (const leftover of leftovers) {
      this.unregister(leftover);
      endLeftover(leftover);
    }
    return leftovers.length;
  }
}

let leftovers: Leftovers | undefined;

/** From now on, spans of promises that nobody consumes and of generators that nobody resumes can be ended with the process. */
export function holdLeftovers(): void {
  leftovers ??= shared.leftovers = new Leftovers();
}

/** Ends those spans: nobody will come to see their ends. Gives how many there were. */
export function endLeftovers(): number {
  return leftovers?.endAll() ?? 0;
}

import type { Child, Outcome, Tracing } from "./child.js";
import type { Program } from "./program.js";
import type { Rewriter } from "./rewriters.js";

/** One way in which a rewritten program did not do what the original does. */
export interface Difference {
  readonly rewriter: string;
  readonly tracing: Tracing;
  readonly what: string;
  /** The rewritten main file. */
  readonly code: string;
}

const tracings: readonly Tracing[] = ["off", "on", "dropped"];

/**
 * Runs a program as it is and rewritten, with tracing off, on, and on with every span dropped; tells what differs.
 *
 * @param seen what of an effect is compared
 */
export async function differences(
  program: Program,
  rewriters: readonly Rewriter[],
  child: Child,
  seen: (effect: string) => string = (effect) => effect,
): Promise<readonly Difference[]> {
  const found: Difference[] = [];
  for (const rewriter of rewriters) {
    const { format } = program;
    const original = program.files.map((file) => ({ name: file.name, code: rewriter.compile(file, format) }));
    const expected = only(seen, await child.run({ files: original, format, tracing: "off", rewritten: false }));
    const files = program.files.map((file) => ({ name: file.name, code: rewriter.rewrite(file, format) }));
    for (const tracing of tracings) {
      const actual = only(seen, await child.run({ files, format, tracing, rewritten: true }));
      const what = compare(expected, actual, tracing === "on" ? program.spans : undefined);
      found.push(...what.map((text) => ({ rewriter: rewriter.name, tracing, what: text, code: files[0]?.code ?? "" })));
    }
  }
  return found;
}

function only(seen: (effect: string) => string, outcome: Outcome): Outcome {
  return { ...outcome, effects: outcome.effects.map(seen) };
}

function compare(expected: Outcome, actual: Outcome, spans: string | undefined): readonly string[] {
  const what = [...actual.faults];
  const length = Math.max(expected.effects.length, actual.effects.length);
  for (let at = 0; at < length; at++) {
    if (expected.effects[at] === actual.effects[at]) continue;
    what.push(`effect ${at + 1} is ${String(actual.effects[at])}, not ${String(expected.effects[at])}`);
    break;
  }
  if (spans !== undefined && spans !== actual.spans) what.push(`the spans are ${actual.spans}, not ${spans}`);
  return what;
}

/** The differences for people to read. */
export function report(found: readonly Difference[]): string {
  return found.map(({ rewriter, tracing, what, code }) => `${rewriter}, tracing ${tracing}: ${what}\n${code}`).join("\n\n");
}

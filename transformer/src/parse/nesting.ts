import { classOf, NAME_CLASS } from "./characters.js";
import { BRACKET, BUDGET, LINK, TYPE_ARGUMENT } from "./nesting-costs.js";
import { NestingMeter } from "./nesting-meter.js";
import type { DeepNesting } from "./nesting-meter.js";

/** Added to the index of a character that stands behind one of a name. */
const BEHIND_NAME = 128;
/** By ASCII code: {@link BEHIND_NAME} for what names are made of. */
const MARK = Uint8Array.from({ length: 128 }, (_, code) => (classOf(code) === NAME_CLASS ? BEHIND_NAME : 0));

/** The most that a punctuator can add to the cost, be what it may, in quarters. */
function mostOf(character: string): number {
  if ("([{".includes(character)) return 4 * BRACKET;
  if (character === "<") return 4 * TYPE_ARGUMENT;
  return "=:?".includes(character) ? 4 * LINK : 1;
}

/** The same for every character, by its ASCII code. Words count by their first letter. */
const MOST = new Uint8Array(2 * BEHIND_NAME);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  const kind = classOf(code);
  if (kind === 0) MOST[code] = MOST[BEHIND_NAME + code] = mostOf(character);
  else if (kind === NAME_CLASS) MOST[code] = "ifwd".includes(character) ? 4 * LINK : 1;
}

/** Whether all that a text is made of could together exceed the budget; no small file can, and that is soon told. */
function isLarge(text: string): boolean {
  let most = 0;
  let mark = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // Beyond ASCII stand letters and spaces, which cost nothing; a word may begin behind either.
    if (code > 127) {
      mark = 0;
      continue;
    }
    // By tables alone: what a processor has to guess at every other character costs more than to look it up.
    most += MOST[mark + code] ?? 0;
    mark = MARK[code] ?? 0;
  }
  return most > 4 * BUDGET;
}

/** Tells whether, and where, a text is nested deeper than the parser can be trusted with. */
export function findDeepNesting(text: string): DeepNesting | null {
  return isLarge(text) ? new NestingMeter(text).measure() : null;
}

// What a word means for nesting. Bits, for several may apply.
/** `(…)` behind it is a head, after which a statement follows. */
export const HEAD = 1;
/** Begins a statement in which another is nested without a bracket. */
export const NESTS_STATEMENT = 2;
export const PREFIX = 4;
/** An expression is still to come: a slash begins a regular expression, and a line break ends nothing. */
export const BEFORE_EXPRESSION = 8;
/** Goes on with what stands before it, on whatever line. */
export const CONTINUES = 16;

const WORDS = new Map<string, number>();
for (const [bit, words] of [
  [HEAD, "if for while with await"],
  [NESTS_STATEMENT, "if for while do with"],
  [PREFIX, "typeof void delete await new yield"],
  [BEFORE_EXPRESSION, "typeof void delete await new yield return throw case do else in instanceof of extends default"],
  [CONTINUES, "else in instanceof of as satisfies while catch finally"],
] as const) {
  for (const word of words.split(" ")) WORDS.set(word, (WORDS.get(word) ?? 0) | bit);
}
const LONGEST_WORD = 10;
// By first letter and length: spares cutting out words that cannot be any of these.
const MAY_MATTER = new Uint8Array(128 * (LONGEST_WORD + 1));
for (const word of WORDS.keys()) MAY_MATTER[word.charCodeAt(0) * (LONGEST_WORD + 1) + word.length] = 1;

/** Bits of the word between two offsets, 0 where it means nothing for nesting. */
export function wordBits(text: string, start: number, end: number): number {
  const length = end - start;
  if (length > LONGEST_WORD || MAY_MATTER[text.charCodeAt(start) * (LONGEST_WORD + 1) + length] !== 1) return 0;
  return WORDS.get(text.slice(start, end)) ?? 0;
}

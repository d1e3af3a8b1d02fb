import picomatch from "picomatch";

/** How globs of files are read. */
export const FILES = { dot: true } as const;
/** How patterns of names are read: these have no path separators, so `*` may stand for dots and slashes of computed keys too. */
export const NAMES = { dot: true, bash: true, noextglob: true } as const;

const PAIRS: Record<string, string> = { ")": "(", "]": "[", "}": "{", "(": ")", "[": "]", "{": "}" };

/** A pattern without the `!` that makes it take something out. */
export function withoutNegation(pattern: string): string {
  return pattern.startsWith("!") ? pattern.slice(1) : pattern;
}

/** A glob may begin with `./`, as paths in shells do. */
export function withoutDot(glob: string): string {
  return glob.startsWith("./") ? glob.slice(2) : glob;
}

/**
 * What is wrong with a pattern that nothing could ever match as it was meant: half of a pair of brackets, or nothing at
 * all; null where it is good.
 */
export function explainPattern(pattern: string, options: typeof FILES | typeof NAMES): string | null {
  const bare = withoutDot(withoutNegation(pattern));
  if (bare === "") return `has nothing ${pattern.startsWith("!") ? 'behind its "!"' : "in it"} that could match.`;
  try {
    picomatch(bare, { ...options, strictBrackets: true });
    return null;
  } catch (error) {
    const [, which, bracket = ""] = /Missing (opening|closing): "(.)"/.exec(String(error)) ?? [];
    if (which === undefined) return `cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
    const [given, missing] = [PAIRS[bracket] ?? "", bracket];
    return `has a "${given}" without its "${missing}". For the character itself write "\\${given}", which is "\\\\${given}" in JSON.`;
  }
}

/** Nesting beyond this is refused before the parser sees it. */
export const NESTING_LIMIT = 1000;

/** The deepest nesting of brackets in a text, and where it is reached. */
export function nestingDepth(source: string): { depth: number; offset: number } {
  let depth = 0;
  let deepest = 0;
  let offset = 0;
  for (let i = 0; i < source.length; i++) {
    const unit = source.charCodeAt(i);
    if (unit === 40 || unit === 91 || unit === 123) {
      if (++depth > deepest) {
        deepest = depth;
        offset = i;
      }
    } else if (unit === 41 || unit === 93 || unit === 125) {
      depth = Math.max(depth - 1, 0);
    }
  }
  return { depth: deepest, offset };
}

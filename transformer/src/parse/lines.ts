/** Turns offsets into places as people and OpenTelemetry count them. */
export interface LineTable {
  /** 1-based line and 1-based column (in UTF-16 units) of an offset. */
  at(offset: number): { line: number; column: number };
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const LINE_SEPARATOR = 0x2028;
const PARAGRAPH_SEPARATOR = 0x2029;

/**
 * Line starts of a text, found once, looked up by bisection. Lines end as ECMAScript says: LF, CRLF, CR, U+2028 and
 * U+2029. A byte order mark takes no column, for editors do not show it.
 */
export function createLineTable(text: string): LineTable {
  let starts: number[] | undefined;
  const lineStarts = (): number[] => {
    const found = [0];
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > CARRIAGE_RETURN && unit < LINE_SEPARATOR) continue;
      if (unit === CARRIAGE_RETURN && text.charCodeAt(i + 1) === LINE_FEED) continue;
      if (
        unit === LINE_FEED ||
        unit === CARRIAGE_RETURN ||
        unit === LINE_SEPARATOR ||
        unit === PARAGRAPH_SEPARATOR
      ) {
        found.push(i + 1);
      }
    }
    return found;
  };
  const markLength = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  return {
    at(offset) {
      starts ??= lineStarts();
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      const start = Math.max(starts[low] ?? 0, low === 0 ? markLength : 0);
      return { line: low + 1, column: Math.max(offset - start, 0) + 1 };
    },
  };
}

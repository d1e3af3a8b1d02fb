/** Turns offsets into places as people and OpenTelemetry count them. */
export interface LineTable {
  /** 1-based line and 1-based column (in UTF-16 units) of an offset. */
  at(offset: number): { line: number; column: number };
}

/** Whether there are line ends other than LF; CRLF ends with one. */
function hasRareLineEnd(text: string): boolean {
  return text.includes("\u2028") || text.includes("\u2029") || (text.includes("\r") && /\r(?!\n)/.test(text));
}

const LINE_END = /\r\n|[\n\r\u2028\u2029]/g;

function lineStarts(text: string): number[] {
  const starts = [0];
  if (hasRareLineEnd(text)) {
    for (const end of text.matchAll(LINE_END)) starts.push(end.index + end[0].length);
  } else {
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) starts.push(end + 1);
  }
  return starts;
}

/**
 * Line starts of a text, found once, looked up by bisection. Lines end as ECMAScript says: LF, CRLF, CR, U+2028 and
 * U+2029. A byte order mark takes no column, for editors do not show it.
 */
export function createLineTable(text: string): LineTable {
  let starts: number[] | undefined;
  const markLength = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  return {
    at(offset) {
      starts ??= lineStarts(text);
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

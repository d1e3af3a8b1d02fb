const LINE_ENDS = /[\n\r\u2028\u2029]/g;

function endOfLine(source: string, offset: number): number {
  LINE_ENDS.lastIndex = offset;
  return LINE_ENDS.exec(source)?.index ?? source.length;
}

function isSpace(unit: number): boolean {
  // Tab to carriage return, space; beyond ASCII, what `\s` knows.
  return (unit >= 9 && unit <= 13) || unit === 32 || (unit > 127 && /\s/.test(String.fromCharCode(unit)));
}

/** The next offset that is neither white space nor in a comment. `offset` itself must be in neither. */
export function skipTrivia(source: string, offset: number): number {
  let at = offset;
  for (;;) {
    while (at < source.length && isSpace(source.charCodeAt(at))) at += 1;
    if (source.startsWith("/*", at)) {
      const close = source.indexOf("*/", at + 2);
      at = close < 0 ? source.length : close + 2;
    } else if (source.startsWith("//", at)) {
      at = endOfLine(source, at);
    } else {
      return at;
    }
  }
}

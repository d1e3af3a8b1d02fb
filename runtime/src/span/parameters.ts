/** Longest source text looked at for a function's parameters. */
const MAX_SOURCE = 4096;

const OPENING = "([{";
const CLOSING = ")]}";

/**
 * The names of a function's parameters, read from its source: what a wrapper has to go by. A destructured parameter
 * has no name and is called by its place (`0`, `1`, …). Defaults are skipped, a rest parameter is marked by `...`.
 */
export function parameterNames(fn: object): string[] {
  const source = Function.prototype.toString.call(fn).slice(0, MAX_SOURCE);
  const single = /^(?:async\s+)?([\p{L}$_][\p{L}\p{N}$_]*)\s*=>/u.exec(source);
  if (single !== null) return [single[1] as string];
  return splitParameters(source).map((text, index) => {
    const name = /^(\.\.\.)?\s*([\p{L}$_][\p{L}\p{N}$_]*)/u.exec(text);
    return name === null ? String(index) : `${name[1] ?? ""}${name[2] as string}`;
  });
}

/** The texts between the commas of the first parentheses outside a computed name. */
function splitParameters(source: string): string[] {
  const parameters: string[] = [];
  let depth = 0;
  let start = -1;
  for (let index = 0; index < source.length; index++) {
    const character = source.charAt(index);
    if (character === "/" && /[/*]/.test(source.charAt(index + 1))) {
      const end = source.charAt(index + 1) === "/" ? source.indexOf("\n", index) : source.indexOf("*/", index + 2) + 1;
      if (end <= 0) return parameters;
      // What has been passed over must not be taken for a name.
      source = source.slice(0, index) + " ".repeat(end + 1 - index) + source.slice(end + 1);
      index = end;
    } else if (character === '"' || character === "'" || character === "`") {
      while (++index < source.length && source.charAt(index) !== character) if (source.charAt(index) === "\\") index++;
    } else if (OPENING.includes(character)) {
      if (depth === 0 && character === "(") start = index + 1;
      depth++;
    } else if (CLOSING.includes(character)) {
      if (--depth > 0 || start < 0) continue;
      const last = source.slice(start, index).trim();
      if (last !== "") parameters.push(last);
      return parameters;
    } else if (character === "," && depth === 1 && start >= 0) {
      parameters.push(source.slice(start, index).trim());
      start = index + 1;
    }
  }
  return parameters;
}

/** Marks parts of a line; without colour, what is given comes back. */
export interface Style {
  good(text: string): string;
  bad(text: string): string;
  strong(text: string): string;
  faint(text: string): string;
}

const sgr =
  (on: number, off: number) =>
  (text: string): string =>
    text === "" ? "" : `\u001b[${on}m${text}\u001b[${off}m`;
const same = (text: string): string => text;

/** The style of a terminal that understands SGR sequences, or that of a file. */
export function styleOf(color: boolean): Style {
  return color
    ? { good: sgr(32, 39), bad: sgr(31, 39), strong: sgr(1, 22), faint: sgr(2, 22) }
    : { good: same, bad: same, strong: same, faint: same };
}

/**
 * Whether to colour: `FORCE_COLOR` (any value but `0` and `false`) says yes, `NO_COLOR` (any value but the empty
 * one) says no, else it depends on whether the output is a terminal.
 */
export function wantsColor(environment: Readonly<Record<string, string | undefined>>, isTerminal: boolean): boolean {
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: terminal } = environment;
  if (force !== undefined) return force !== "0" && force !== "false";
  if (no !== undefined && no !== "") return false;
  return isTerminal && terminal !== "dumb";
}

/** Text from outside, fit for a terminal: control characters, which could move the cursor or worse, are shown. */
export function visible(text: string): string {
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (character) => {
    if (character === "\t") return "  ";
    const code = character.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : "\ufffd";
  });
}

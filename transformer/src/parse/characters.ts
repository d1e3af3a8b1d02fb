export const SPACE_CLASS = 1;
export const NAME_CLASS = 2;
export const DIGIT_CLASS = 3;
/** By UTF-16 unit: white space, part of a name, digit, or 0. Beyond ASCII nearly all is letters; the few kinds of space there do no harm as such. */
const CLASSES = new Uint8Array(0x10000).fill(NAME_CLASS);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  if (/\s/.test(character)) CLASSES[code] = SPACE_CLASS;
  else if (/\d/.test(character)) CLASSES[code] = DIGIT_CLASS;
  else if (!/[A-Za-z$_]/.test(character)) CLASSES[code] = 0;
}
for (const code of [0x2028, 0x2029, 0xfeff]) CLASSES[code] = SPACE_CLASS;

/** What a UTF-16 unit is part of; 0 for punctuation. */
export function classOf(code: number): number {
  return CLASSES[code] ?? 0;
}

export function isLineBreak(code: number): boolean {
  return code === 10 || code === 13 || code === 0x2028 || code === 0x2029;
}

/** The offset of the next line break, or the end. */
export function endOfLine(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isLineBreak(text.charCodeAt(at))) at++;
  return at;
}

/** The dialect the parser reads a file in. */
export type Language = "jsx" | "ts" | "tsx" | "dts";

/** Behind an extension, to the end: a query, which holds slashes in its values only, or a fragment, which holds none. */
const HUNG_ON = /(?<=\.\w+)(?:\?[^/\\]*(?:[=&].*)?|#[^/\\]*)$/s;

/**
 * The file name without what bundlers hang on it: `?used`, `#fragment`, a leading `\0`. Names may hold both characters
 * themselves: `C#/main.ts`.
 */
export function cleanFilename(filename: string): string {
  const named = /[?#]/.test(filename) ? filename.replace(HUNG_ON, "") : filename;
  return named.replace(/^\0+/, "");
}

/** Extension with its dot in lower case, or `""`. */
export function extensionOf(filename: string): string {
  return /\.[^./\\]+$/.exec(cleanFilename(filename))?.[0].toLowerCase() ?? "";
}

/** What bundlers call the script of a single-file component: `App.vue?vue&type=script&lang.ts`. */
const LANGUAGE_IN_QUERY = /\?.*\blang[.=]([jt]sx?)(?:&|$)/;

/** JSX is read in plain JavaScript as well: it is a pure extension there, and much of the world writes it so. */
export function languageOf(filename: string): Language {
  if (/\.d\.(?:[^./\\]+\.)?[cm]?ts$/i.test(cleanFilename(filename))) return "dts";
  const stated = LANGUAGE_IN_QUERY.exec(filename)?.[1];
  switch (stated === undefined ? extensionOf(filename) : `.${stated}`) {
    case ".ts":
    case ".mts":
    case ".cts":
      return "ts";
    case ".tsx":
      return "tsx";
    default:
      return "jsx";
  }
}

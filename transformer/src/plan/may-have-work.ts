import { compileConfig } from "../config/compile.js";
import type { ErrspanConfig } from "../config/config.js";
import { extensionOf, languageOf } from "../parse/language.js";
import { mentionsMarker } from "./comment-markers.js";
import { relativePath } from "./file-path.js";

const NOT_CODE = new Set([".json", ".jsonc", ".json5", ".css", ".scss", ".less", ".html", ".md", ".map", ".wasm", ".node", ".svg", ".txt"]);

/** Only arrow functions do without parentheses. */
const MAY_HAVE_FUNCTIONS = /\(|=>/;

/**
 * A look at the text that costs next to nothing: false where a file certainly has nothing to trace, so that nobody
 * needs to parse it.
 *
 * @param root directory that the config's globs are relative to
 */
export function mayHaveWork(code: string, filename: string, config: ErrspanConfig = {}, root?: string): boolean {
  if (NOT_CODE.has(extensionOf(filename)) || languageOf(filename) === "dts") return false;
  const { accepts, selectors } = compileConfig(config);
  const file = relativePath(filename, root);
  if (!accepts(file)) return false;
  const isSelected = selectors.some((selector) => selector.matchesFile(file)) && MAY_HAVE_FUNCTIONS.test(code);
  return isSelected || mentionsMarker(code);
}

import MagicString from "magic-string";
import { composeMaps } from "../compose-maps.js";
import type { Transformed } from "./types.js";

/** The name that the state of a call has in every function. Compilers keep it, but not that of the helpers. */
const STATE = /\b(__errspan\d*)_s\s*=\s*(?:\(0,\s*)?[\w$]+\.enter\)?\(/;
const IGNORE = "/* istanbul ignore next */";

/**
 * Has coverage leave out what we added to a file: nobody wrote it, so nobody can test it. The `try` itself still counts,
 * as a statement that runs whenever the function does.
 */
export function leaveOutOfCoverage({ code, map }: Transformed, path: string): Transformed {
  const prefix = STATE.exec(code)?.[1];
  if (prefix === undefined) return { code, map: map ?? null };
  const text = new MagicString(code);
  const call = (name: string): string => String.raw`\s*(?:\(0,\s*)?[\w$]+\.${name}\)?\(`;
  const added = new RegExp(
    String.raw`\b(?:const|let|var) ${prefix}_s\s*=${call("enter")}|(?<=\bcatch\s*\(${prefix}_e\)\s*)\{(?=${call("fail")})|(?<=\bfinally\s*)\{(?=${call("exit")})`,
    "g",
  );
  for (const { index } of code.matchAll(added)) text.appendLeft(index, IGNORE);
  const own = text.generateMap({ source: path, hires: "boundary", includeContent: true }).toString();
  return { code: text.toString(), map: map === undefined || map === null ? own : composeMaps(own, map) };
}

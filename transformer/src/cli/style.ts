import type { CommandIo, Output } from "./io.js";

/** Puts text in colour, or leaves it as it is. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
}

const CODES = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39], cyan: [36, 39] } as const;

/**
 * Whether to print colours: on a terminal, or where `FORCE_COLOR` asks for them, as of Node; not if `NO_COLOR` is set to
 * anything (https://no-color.org).
 */
export function isColoured(output: Output, env: CommandIo["env"]): boolean {
  const { NO_COLOR: none, FORCE_COLOR: forced, TERM: terminal } = env;
  if (none !== undefined && none !== "") return false;
  return forced === undefined ? output.isTTY && terminal !== "dumb" : !/^(?:0|false)$/.test(forced);
}

/** Colours, where they are printed. */
export function styleFor(output: Output, env: CommandIo["env"]): Style {
  const coloured = isColoured(output, env);
  const paint = (name: keyof typeof CODES) => {
    const [on, off] = CODES[name];
    return (text: string) => (coloured ? `\u001b[${on}m${text}\u001b[${off}m` : text);
  };
  return { bold: paint("bold"), dim: paint("dim"), red: paint("red"), green: paint("green"), yellow: paint("yellow"), cyan: paint("cyan") };
}

import { shownValue } from "../../config/shown-value.js";
import { CODES } from "../../plan/diagnostics.js";
import type { Diagnostic } from "../../plan/plan.js";

function advice(options: unknown): string {
  if (typeof options === "string") return ` To name a config file: { config: ${JSON.stringify(options)} }.`;
  return Array.isArray(options) ? " To select functions: { select: […] }." : " Without options: nothing at all.";
}

/**
 * What is wrong with the options of a plugin before they can be read at all: they may come from JavaScript, or from JSON.
 *
 * @returns null where they can be read
 */
export function explainOptions(options: unknown): Diagnostic | null {
  const place = { code: CODES.configWrongValue, severity: "error" as const, file: "", line: 1, column: 1 };
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    const message = `The options of @errspan/transformer must be an object, but are ${shownValue(options)}.${advice(options)}`;
    return { ...place, message };
  }
  for (const [key, what] of [["config", "path of a config file"], ["root", "path of a directory"]] as const) {
    const value: unknown = Reflect.get(options, key);
    if (value === undefined || (typeof value === "string" && value !== "")) continue;
    const inline = key === "config" ? " A config itself stands in the options as it is: { select: […] }." : "";
    const message = `In the options of @errspan/transformer: ${key} must be the ${what}, but is ${shownValue(value)}.${inline}`;
    return { ...place, message };
  }
  return null;
}

/**
 * For hosts that show what is thrown while they are set up.
 *
 * @throws TypeError where options cannot be read
 */
export function requireOptions(options: unknown): void {
  const wrong = explainOptions(options);
  if (wrong !== null) throw new TypeError(`${wrong.code} ${wrong.message}`);
}

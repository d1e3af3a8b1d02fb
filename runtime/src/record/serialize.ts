import { isOpaque } from "../span/promise.js";
import { settings } from "../span/settings.js";
import { tell } from "../span/diagnostics.js";
import { shorten } from "./text.js";

const MAX_DEPTH = 4;
const MAX_ENTRIES = 32;
const REDACTED = "[redacted]";

const SECRETS =
  /\b(pass ?(word|wd|phrase|code)?s?|pwd|secrets?|tokens?|credentials?|auth|authori[sz]ation|bearer|jwt|cookies?|cvv|cvc|ssn|pin|otp|iban|api ?keys?|(private|access|encryption|signing) keys?|(credit ?)?card( ?(number|no))?|session id)\b/;

const { getOwnPropertyDescriptor, getPrototypeOf, keys } = Object;
const { getTime } = Date.prototype;
const mapSize = getOwnPropertyDescriptor(Map.prototype, "size")?.get;
const setSize = getOwnPropertyDescriptor(Set.prototype, "size")?.get;

/** Whether a name looks like that of a secret: `apiKey`, `API_KEY`, `user-password`; not `passenger`, `discard`. */
export function looksSecret(name: string): boolean {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/[^A-Za-z\d]+/g, " ")
    .toLowerCase();
  return SECRETS.test(words) || settings.secretNames?.test(name) === true;
}

/**
 * A captured value as a span attribute: numbers and booleans as they are, everything else as bounded text. Runs no
 * getter, no `toJSON`, no `toString`, no Proxy trap of the user's; values under secret-looking names are left out.
 *
 * @param name the parameter's name, the first part of the path that the redaction hook gets
 */
export function serialize(name: string, value: unknown): string | number | boolean {
  const shown = redact(name, value);
  if (typeof shown === "number" || typeof shown === "boolean") return shown;
  if (typeof shown === "string") return shorten(shown, settings.maxValueLength);
  return shorten(write(shown, name, 0, [], { left: settings.maxValueLength }), settings.maxValueLength);
}

function redact(path: string, value: unknown): unknown {
  if (looksSecret(path.slice(path.lastIndexOf(".") + 1))) return REDACTED;
  const { redact: hook } = settings;
  if (hook === undefined) return value;
  try {
    return hook(path, value);
  } catch (error) {
    tell("the redaction hook", error);
    return REDACTED;
  }
}

/** Text of any value; `budget` is what all of it may still take. */
function write(value: unknown, path: string, depth: number, above: object[], budget: { left: number }): string {
  const text = writeUnbounded(value, path, depth, above, budget);
  budget.left -= text.length;
  return text;
}

function writeUnbounded(value: unknown, path: string, depth: number, above: object[], budget: { left: number }): string {
  if (typeof value === "string") return depth === 0 ? value : JSON.stringify(shorten(value, settings.maxValueLength));
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "symbol" || value === null || (typeof value !== "object" && typeof value !== "function")) {
    return String(value);
  }
  if (isOpaque(value)) return "[Proxy]";
  if (typeof value === "function") return `[Function: ${ownText(value, "name") || "anonymous"}]`;
  if (above.includes(value)) return "[Circular]";
  const special = writeSpecial(value);
  if (special !== undefined) return special;
  const array = Array.isArray(value);
  if (depth >= MAX_DEPTH) return array ? "[Array]" : "[Object]";
  const names = array ? undefined : keys(value);
  const count = names?.length ?? (value as unknown[]).length;
  const parts: string[] = [];
  for (let index = 0; index < count; index++) {
    if (index === MAX_ENTRIES || budget.left <= 0) {
      parts.push(`… ${count - index} more`);
      break;
    }
    const key = names?.[index] ?? String(index);
    const property = getOwnPropertyDescriptor(value, key);
    const inner = `${path}.${key}`;
    const text =
      property === undefined
        ? "undefined"
        : "value" in property
          ? write(redact(inner, property.value), inner, depth + 1, [...above, value], budget)
          : "[Getter]";
    parts.push(array ? text : `${JSON.stringify(shorten(key, 128))}:${text}`);
  }
  return array ? `[${parts.join(",")}]` : `{${parts.join(",")}}`;
}

/** Objects whose own properties say nothing of them, told by brands that no user code can notice. */
function writeSpecial(value: object): string | undefined {
  if (ArrayBuffer.isView(value)) return `[bytes: ${value.byteLength}]`;
  const prototype: unknown = getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype || Array.isArray(value)) return undefined;
  const time = branded(() => getTime.call(value as Date));
  if (time !== undefined) return Number.isNaN(time) ? "Invalid Date" : new Date(time).toISOString();
  const map = branded(() => mapSize?.call(value) as number | undefined);
  if (map !== undefined) return `[Map: ${map}]`;
  const set = branded(() => setSize?.call(value) as number | undefined);
  if (set !== undefined) return `[Set: ${set}]`;
  const message = ownText(value, "message");
  return message !== undefined && value instanceof Error ? `[Error: ${shorten(message, settings.maxMessageLength)}]` : undefined;
}

function branded<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    // Not of this brand: that is what was asked.
    return undefined;
  }
}

function ownText(value: object, key: string): string | undefined {
  const property: unknown = getOwnPropertyDescriptor(value, key)?.value;
  return typeof property === "string" ? property : undefined;
}

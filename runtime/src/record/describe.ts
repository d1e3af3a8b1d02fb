import { getOwnPropertyDescriptor, keys } from "../span/intrinsics.js";
import { isOpaque, isPlainPromise } from "../span/promise.js";
import { settings } from "../span/settings.js";
import { isObject, read, shorten } from "./text.js";

/** How an error is named on a span. */
export interface Description {
  /** For `error.type`: a class name, or `_OTHER`. */
  readonly type: string;
  readonly message: string;
}

/** Class names that say less than an error's own `name` does: those of one or two letters are a minifier's. */
const VAGUE = ["Error", "Object", "DOMException"];
const IDENTIFIER = /^[\p{L}$_][\p{L}\p{N}$_.]{0,99}$/u;

/** The last name that was found to be an identifier: an error goes through several spans, and is described on each. */
let known: string | undefined;

function identifier(value: unknown): string | undefined {
  return typeof value === "string" && (value === known || IDENTIFIER.test(value)) ? (known = value) : undefined;
}

/**
 * The class of a thrown value. `name` counts where the class is one of the built-in catch-alls or has lost its name
 * to a minifier, and only if it is an identifier: names such as `HTTP 503 from 10.0.0.7` would be a type each.
 * `code` never counts: a PostgreSQL error is no "23505".
 */
export function typeOf(error: unknown): string | undefined {
  if (!isObject(error)) return undefined;
  // Reading the constructor of a promise is what its consumers do, and would make it look consumed.
  if (isPlainPromise(error)) return "Promise";
  const ofClass = identifier(read(read(error, "constructor"), "name"));
  if (ofClass?.[2] && !VAGUE.includes(ofClass)) return ofClass;
  return identifier(read(error, "name")) ?? ofClass;
}

/** Type and message of anything that can be thrown, within bounds. */
export function describe(error: unknown): Description {
  return { type: typeOf(error) ?? "_OTHER", message: messageOf(error) };
}

function messageOf(error: unknown): string {
  const message = read(error, "message");
  const text = typeof message === "string" ? message : isObject(error) ? outline(error) : String(error);
  return shorten(text, settings.maxMessageLength);
}

/** Names whose values say what went wrong. The others of a thrown object may hold anything, and are only named. */
const TELLING = /^(code|errno|error|name|reason|status(Code|Text)?|title|type|detail)$/;

/** What a thrown object that is no error has, found without running code of its own. */
function outline(value: object): string {
  if (isOpaque(value)) return "[Proxy]";
  // To list the indices of ten million bytes takes seconds.
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return "[…]";
  const parts = keys(value)
    .slice(0, 16)
    .map((key) => {
      const shown: unknown = getOwnPropertyDescriptor(value, key)?.value;
      return ` ${key}: ${TELLING.test(key) && !isObject(shown) ? String(shown) : "…"}`;
    });
  return `{${parts.join()} }`;
}

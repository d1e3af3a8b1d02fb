import { isPlainPromise } from "../span/promise.js";
import { settings } from "../span/settings.js";
import { serialize } from "./serialize.js";
import { isObject, read, shorten } from "./text.js";

/** How an error is named on a span. */
export interface Description {
  /** For `error.type`: a class name, or `_OTHER`. */
  readonly type: string;
  readonly message: string;
}

/** Class names that say less than an error's own `name` does. */
const VAGUE = new Set(["Error", "Object", "DOMException"]);
const IDENTIFIER = /^[\p{L}$_][\p{L}\p{N}$_.]{0,99}$/u;

function identifier(value: unknown): string | undefined {
  return typeof value === "string" && value.length <= 100 && IDENTIFIER.test(value) ? value : undefined;
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
  if (ofClass !== undefined && ofClass.length > 2 && !VAGUE.has(ofClass)) return ofClass;
  const ofError = identifier(read(error, "name"));
  return typeof error === "function" ? ofClass : (ofError ?? ofClass);
}

/** Type and message of anything that can be thrown, within bounds. */
export function describe(error: unknown): Description {
  return { type: typeOf(error) ?? "_OTHER", message: messageOf(error) };
}

function messageOf(error: unknown): string {
  const limit = settings.maxMessageLength;
  if (typeof error === "string") return shorten(error, limit);
  const message = read(error, "message");
  if (typeof message === "string") return shorten(message, limit);
  try {
    return shorten(String(serialize("thrown", error)), limit);
  } catch {
    // What cannot be turned into text has none to show; its type is recorded all the same.
    return "";
  }
}

import { settings } from "../span/settings.js";
import { describe, typeOf } from "./describe.js";
import { isObject, read, shorten } from "./text.js";

const MAX_MEMBERS = 16;

/** A frame's line in V8's stacks; other engines' stacks have no header to tell from the frames. */
const FIRST_FRAME = "\n    at ";

/** An error's own stack: the header corrected where it hides the class, a huge message shortened, frames kept. */
function stackOf(error: object): string {
  const limit = settings.maxStackLength;
  const { type, message } = describe(error);
  const stack = read(error, "stack");
  if (typeof stack !== "string" || stack === "") return `[${type}${message && `: ${message}`}]`;
  const raw = read(error, "message");
  const start = typeof raw === "string" && raw !== "" ? stack.slice(0, raw.length + 256).indexOf(raw) : -1;
  let text = stack;
  if (start >= 0 && (raw as string).length > message.length) {
    text = stack.slice(0, start) + message + stack.slice(start + (raw as string).length, start + (raw as string).length + limit);
  }
  // A subclass that does not set `name` prints as "Error"; Node puts its class there, and so do we.
  if (type !== "_OTHER" && /^Error\b/.test(text) && type !== "Error") text = type + text.slice("Error".length);
  return text;
}

/** Leaves out the frames that an error has in common with its cause, as Node does. */
function withoutCommonFrames(stack: string, cause: string): string {
  const start = cause.indexOf(FIRST_FRAME);
  if (start < 0) return stack;
  const frames = stack.split("\n");
  const others = cause.slice(start + 1).split("\n");
  for (let offset = 0; offset < frames.length - 3; offset++) {
    const at = others.indexOf(frames[offset] as string);
    if (at < 0) continue;
    let length = 1;
    while (length < frames.length - offset && length < others.length - at && frames[offset + length] === others[at + length]) {
      length++;
    }
    if (length > 3) {
      frames.splice(offset + 1, length - 2, `    ... ${length - 2} lines matching cause stack trace ...`);
      break;
    }
  }
  return frames.join("\n");
}

function indent(text: string): string {
  return text.replaceAll("\n", "\n  ");
}

/**
 * A stack trace with its causes, members and suppressed errors, in the form in which Node prints them. Bounded in
 * length and depth; total.
 */
export function print(error: unknown): string | undefined {
  if (!isObject(error) || (typeof read(error, "stack") !== "string" && read(error, "cause") === undefined)) return undefined;
  return shorten(printLevel(error, [], { left: settings.maxStackLength }), settings.maxStackLength);
}

function printLevel(error: unknown, above: object[], budget: { left: number }): string {
  if (!isObject(error)) return typeof error === "string" ? `'${describe(error).message}'` : describe(error).message;
  if (above.includes(error)) return "[Circular]";
  if (typeof read(error, "stack") !== "string" && typeOf(error) === "Object") return describe(error).message;
  let text = stackOf(error);
  budget.left -= text.length;
  if (budget.left <= 0 || above.length >= settings.maxChainLength) return text;
  const path = [...above, error];
  const notes: string[] = [];
  const cause = read(error, "cause");
  if (cause !== undefined) {
    if (isObject(cause) && typeof read(cause, "stack") === "string") text = withoutCommonFrames(text, stackOf(cause));
    notes.push(`[cause]: ${indent(printLevel(cause, path, budget))}`);
  }
  const errors = read(error, "errors");
  if (Array.isArray(errors) && errors.length > 0) {
    const members = Array.from({ length: Math.min(errors.length, MAX_MEMBERS) }, (_, index) =>
      indent(indent(printLevel(read(errors, index), path, budget))),
    );
    if (errors.length > MAX_MEMBERS) members.push(`... ${errors.length - MAX_MEMBERS} more items`);
    notes.push(`[errors]: [\n    ${members.join(",\n    ")}\n  ]`);
  }
  if (typeOf(error) === "SuppressedError") {
    for (const key of ["error", "suppressed"]) notes.push(`[${key}]: ${indent(printLevel(read(error, key), path, budget))}`);
  }
  return notes.length === 0 ? text : `${text} {\n  ${notes.join(",\n  ")}\n}`;
}

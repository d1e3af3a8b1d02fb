import { causes, MAX_DEPTH, membersOf } from "../cause/walk.js";
import { settings } from "../span/settings.js";
import { type Description, describe } from "./describe.js";
import { isObject, read, shorten } from "./text.js";

const MAX_MEMBERS = 16;

/** A frame's line in V8's stacks; other engines' stacks have no header to tell from the frames. */
const FIRST_FRAME = "\n    at ";

/** An error with all that it leads to: causes, members of aggregates, both sides of a `SuppressedError`. */
export interface Printed {
  /** In the form in which Node prints it; undefined for what has neither a stack nor a cause. */
  readonly stack: string | undefined;
  /** `Type: message` of the error, its cause, the cause's cause, …; members are marked with their place: `[0] …`. */
  readonly chain: string[];
  /** How many causes deep: 0 for an error without one, at most {@link MAX_DEPTH}. */
  readonly depth: number;
}

/** Prints anything that was thrown. Bounded in length and depth, stopped by cycles; total. */
export function print(error: unknown): Printed {
  const chain: string[] = [];
  const text = printLevel(error, "", [], chain, { left: settings.maxStackLength });
  const hasStack = typeof read(error, "stack") === "string" || read(error, "cause") !== undefined;
  return {
    stack: hasStack ? shorten(text, settings.maxStackLength) : undefined,
    chain,
    depth: [...causes(error, MAX_DEPTH + 1)].length - 1,
  };
}

/** The text of one error with what it leads to, whose lines it adds to the chain. */
function printLevel(error: unknown, place: string, above: unknown[], chain: string[], budget: { left: number }): string {
  if (above.includes(error)) return "[Circular]";
  const description = describe(error);
  const { type, message } = description;
  const full = chain.length >= settings.maxChainLength;
  if (!full) chain.push(place + (isObject(error) ? headline(description) : message));
  if (!isObject(error)) return typeof error === "string" ? `'${message}'` : message;
  if (type === "Object" && typeof read(error, "stack") !== "string") return message;
  let text = stackOf(error, description);
  budget.left -= text.length;
  if ((full && budget.left <= 0) || above.length >= settings.maxChainLength) return text;

  const within = (value: unknown, where: string, indented = indent): string =>
    indented(printLevel(value, place + where, [...above, error], chain, budget));
  const notes: string[] = [];
  const members = membersOf(error)
    .slice(0, MAX_MEMBERS + 1)
    .map((member, index) => (index === MAX_MEMBERS ? "... more items" : within(member, `[${index}] `, indentTwice)));
  if (members.length > 0) notes.push(`[errors]: [\n    ${members.join(",\n    ")}\n  ]`);
  if (type === "SuppressedError") {
    for (const key of ["error", "suppressed"]) notes.push(`[${key}]: ${within(read(error, key), `[${key}] `)}`);
  }
  const cause = read(error, "cause");
  if (cause !== undefined) {
    if (typeof read(cause, "stack") === "string") text = withoutCommonFrames(text, stackOf(cause, describe(cause)));
    notes.unshift(`[cause]: ${within(cause, "")}`);
  }
  return notes.length === 0 ? text : `${text} {\n  ${notes.join(",\n  ")}\n}`;
}

function headline({ type, message }: Description): string {
  return type + (message && `: ${message}`);
}

/** An error's own stack: the header corrected where it hides the class, a huge message shortened, frames kept. */
function stackOf(error: unknown, description: Description): string {
  const stack = read(error, "stack");
  if (typeof stack !== "string" || stack === "") return `[${headline(description)}]`;
  const { type, message } = description;
  const whole = read(error, "message");
  let text = stack;
  if (typeof whole === "string" && whole.length > message.length) {
    // The header is at the start; searching all of a huge stack would take its time.
    const start = stack.slice(0, whole.length + 256).indexOf(whole);
    if (start >= 0) text = stack.slice(0, start) + message + stack.slice(start + whole.length);
  }
  // A subclass that does not set `name` prints as "Error"; Node puts its class there, and so do we.
  if (type !== "_OTHER") text = text.replace(/^Error\b/, () => type);
  return text.slice(0, settings.maxStackLength);
}

/** Leaves out the frames that an error has in common with its cause, as Node does. */
function withoutCommonFrames(stack: string, cause: string): string {
  const start = cause.indexOf(FIRST_FRAME);
  const frames = stack.split("\n");
  const others = start < 0 ? [] : cause.slice(start + 1).split("\n");
  for (let offset = 0; offset < frames.length - 3; offset++) {
    const at = others.indexOf(frames[offset] as string);
    let length = 0;
    while (at >= 0 && offset + length < frames.length && frames[offset + length] === others[at + length]) length++;
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

function indentTwice(text: string): string {
  return indent(indent(text));
}

import { causeOf, causes, MAX_DEPTH, membersOf } from "../cause/walk.js";
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

/** What is read of an error, once: reading `stack` formats it. */
interface Facts extends Description {
  readonly stack: unknown;
  readonly cause: unknown;
}

function look(error: unknown, { type, message }: Description = describe(error)): Facts {
  return { type, message, stack: read(error, "stack"), cause: read(error, "cause") };
}

/** Prints anything that was thrown. Bounded in length and depth, stopped by cycles; total. */
export function print(error: unknown, description?: Description): Printed {
  const chain: string[] = [];
  const facts = look(error, description);
  const text = printLevel(error, facts, "", [], chain, { left: settings.maxStackLength });
  const hasStack = typeof facts.stack === "string" || facts.cause !== undefined;
  return {
    stack: hasStack ? shorten(text, settings.maxStackLength) : undefined,
    chain,
    depth: causeOf(error) === undefined ? 0 : [...causes(error, MAX_DEPTH + 1)].length - 1,
  };
}

/** The text of one error with what it leads to, whose lines it adds to the chain. */
function printLevel(
  error: unknown,
  facts: Facts,
  place: string,
  above: unknown[],
  chain: string[],
  budget: { left: number },
): string {
  if (above.includes(error)) return "[Circular]";
  const { type, message, cause } = facts;
  const full = chain.length >= settings.maxChainLength;
  if (!full) chain.push(place + (isObject(error) ? headline(facts) : message));
  if (!isObject(error)) return typeof error === "string" ? `'${message}'` : message;
  if (type === "Object" && typeof facts.stack !== "string") return message;
  let text = stackOf(error, facts);
  budget.left -= text.length;
  if ((full && budget.left <= 0) || above.length >= settings.maxChainLength) return text;

  const notes: string[] = [];
  const within = (value: unknown, where: string, known = look(value)): string =>
    indent(printLevel(value, known, place + where, [...above, error], chain, budget));
  if (cause !== undefined) {
    const known = look(cause);
    if (typeof known.stack === "string") text = withoutCommonFrames(text, stackOf(cause, known));
    notes.push(`[cause]: ${within(cause, "", known)}`);
  }
  const members = membersOf(error)
    .slice(0, MAX_MEMBERS + 1)
    .map((member, index) => (index === MAX_MEMBERS ? "... more items" : indent(within(member, `[${index}] `))));
  if (members.length > 0) notes.push(`[errors]: [\n    ${members.join(",\n    ")}\n  ]`);
  if (type === "SuppressedError") {
    for (const key of ["error", "suppressed"]) notes.push(`[${key}]: ${within(read(error, key), `[${key}] `)}`);
  }
  return notes.length === 0 ? text : `${text} {\n  ${notes.join(",\n  ")}\n}`;
}

function headline({ type, message }: Description): string {
  return type + (message && `: ${message}`);
}

/** An error's own stack: the header corrected where it hides the class, a huge message shortened, frames kept. */
function stackOf(error: unknown, facts: Facts): string {
  const { type, message, stack } = facts;
  if (typeof stack !== "string" || stack === "") return `[${headline(facts)}]`;
  let text = stack;
  // Only a message of the greatest length, or one that ended inside a pair, may have been shortened.
  const whole = message.length < settings.maxMessageLength - 1 ? message : read(error, "message");
  if (typeof whole === "string" && whole.length > message.length) {
    // The header is at the start; searching all of a huge stack would take its time.
    const start = stack.slice(0, whole.length + 256).indexOf(whole);
    if (start >= 0) text = stack.slice(0, start) + message + stack.slice(start + whole.length);
  }
  // A subclass that does not set `name` prints as "Error"; Node puts its class there, and so do we.
  if (type !== "_OTHER" && type !== "Error") text = text.replace(/^Error\b/, () => type);
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

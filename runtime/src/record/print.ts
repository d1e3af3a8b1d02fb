import { causeOf, causes, MAX_DEPTH, membersOf } from "../cause/walk.js";
import { settings } from "../span/settings.js";
import { type Description, describe } from "./describe.js";
import { MAX_MEMBERS } from "./limits.js";
import { isObject, read, shorten } from "./text.js";

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
  readonly stack: string | undefined;
  readonly cause: unknown;
}

function look(error: unknown, { type, message }: Description = describe(error)): Facts {
  const own = read(error, "stack");
  let stack: string | undefined;
  if (typeof own === "string") {
    // The frames are kept; a huge message is shortened as it is elsewhere.
    const whole = message.endsWith("…") && read(error, "message");
    stack = typeof whole === "string" ? own.replace(whole, () => message) : own;
    // A subclass that does not set `name` prints as "Error"; Node puts its class there, and so do we.
    if (type !== "_OTHER" && type !== "Error") stack = stack.replace(/^Error\b/, () => type);
    stack = stack.slice(0, settings.maxStackLength);
  }
  return { type, message, stack, cause: read(error, "cause") };
}

/** Prints anything that was thrown. Bounded in length and depth, stopped by cycles; total. */
export function print(error: unknown, description?: Description): Printed {
  const { maxChainLength, maxStackLength } = settings;
  const chain: string[] = [];
  let left = maxStackLength;

  /** The text of one error with what it leads to, whose lines it adds to the chain. */
  const level = (error: unknown, above: unknown[], place: string, { type, message, stack, cause }: Facts): string => {
    if (above.includes(error)) return "[Circular]";
    const headline = type + (message && `: ${message}`);
    const full = chain.length >= maxChainLength;
    if (!full) chain.push(place + (isObject(error) ? headline : message));
    if (typeof error === "string") return `'${message}'`;
    if (!isObject(error) || (type === "Object" && !stack)) return message;
    let text = stack || `[${headline}]`;
    left -= text.length;
    if ((full && left <= 0) || above.length >= maxChainLength) return text;

    const notes: string[] = [];
    const within = (value: unknown, where: string, known = look(value)): string =>
      indent(level(value, above.concat([error]), place + where, known));
    if (cause !== undefined) {
      const known = look(cause);
      text = withoutCommonFrames(text, known.stack ?? "");
      notes.push(`[cause]: ${within(cause, "", known)}`);
    }
    const members = membersOf(error)
      .slice(0, MAX_MEMBERS + 1)
      .map((member, index) => (index === MAX_MEMBERS ? "... more items" : indent(within(member, `[${index}] `))));
    if (members.length) notes.push(`[errors]: [\n    ${members.join(",\n    ")}\n  ]`);
    if (type === "SuppressedError") {
      for (const key of ["error", "suppressed"]) notes.push(`[${key}]: ${within(read(error, key), `[${key}] `)}`);
    }
    return notes.length ? `${text} {\n  ${notes.join(",\n  ")}\n}` : text;
  };

  const facts = look(error, description);
  const text = level(error, [], "", facts);
  return {
    stack: facts.stack || facts.cause !== undefined ? shorten(text, maxStackLength) : undefined,
    chain,
    depth: causeOf(error) === undefined ? 0 : [...causes(error, MAX_DEPTH + 1)].length - 1,
  };
}

/** Leaves out the frames that an error has in common with its cause, as Node does. */
function withoutCommonFrames(stack: string, cause: string): string {
  const frames = stack.split("\n");
  const others = cause.slice(cause.indexOf(FIRST_FRAME)).split("\n");
  frames.some((frame, offset) => {
    const at = others.indexOf(frame);
    let length = 0;
    while (frames[offset + length] && frames[offset + length] === others[at + length]) length++;
    return length > 3 && frames.splice(offset + 1, length - 2, `    ... ${length - 2} lines matching cause stack trace ...`);
  });
  return frames.join("\n");
}

function indent(text: string): string {
  return text.replaceAll("\n", "\n  ");
}

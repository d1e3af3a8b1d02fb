import { settings } from "../span/settings.js";
import { describe, typeOf } from "./describe.js";
import { isObject, read } from "./text.js";

/** How far causes are counted; a longer chain is as deep as this. */
const MAX_DEPTH = 1000;

/** An error's causes and members, one line each. */
export interface Chain {
  /** `Type: message` of the error, its cause, the cause's cause, …; members are marked with their place: `[0] …`. */
  readonly lines: string[];
  /** How many causes deep: 0 for an error without one. */
  readonly depth: number;
}

function line(error: unknown): string {
  const { type, message } = describe(error);
  return isObject(error) ? `${type}${message && `: ${message}`}` : message;
}

/** Walks causes, members of aggregates and suppressed errors; bounded, and stopped by cycles. */
export function chainOf(error: unknown): Chain {
  const lines: string[] = [];
  return { lines, depth: walk(error, "", lines, new Set()) };
}

function walk(start: unknown, prefix: string, lines: string[], seen: Set<unknown>): number {
  let depth = 0;
  for (let error = start; ; depth++) {
    if (lines.length < settings.maxChainLength) lines.push(prefix + line(error));
    if (!isObject(error) || seen.size > MAX_DEPTH) return depth;
    seen.add(error);
    if (lines.length < settings.maxChainLength) walkMembers(error, prefix, lines, seen);
    const cause = read(error, "cause");
    if (cause === undefined || seen.has(cause) || depth >= MAX_DEPTH) return depth;
    error = cause;
  }
}

function walkMembers(error: object, prefix: string, lines: string[], seen: Set<unknown>): void {
  const errors = read(error, "errors");
  const members: [string, unknown][] = [];
  if (Array.isArray(errors)) {
    const count = Math.min(errors.length, settings.maxChainLength);
    for (let index = 0; index < count; index++) members.push([`[${index}]`, read(errors, index)]);
  }
  if (typeOf(error) === "SuppressedError") {
    members.push(["[error]", read(error, "error")], ["[suppressed]", read(error, "suppressed")]);
  }
  for (const [place, member] of members) {
    if (!seen.has(member)) walk(member, `${prefix}${place} `, lines, seen);
  }
}

import { causes, MAX_DEPTH, membersOf } from "../cause/walk.js";
import { read } from "../cause/read.js";
import { headline, messageOf } from "../cause/message.js";
import { TRANSPARENT } from "./protocol.js";
import { passes } from "./test.js";
import type { ErrorTest } from "./test.js";

/**
 * The error and its causes, outermost first (anyhow's `chain`). Ends at the first value that was there before and
 * after 1000 links; of a `SuppressedError`, the failure that came first counts as the cause.
 * @param error - anything that was thrown.
 * @returns at least the error itself.
 * @example
 * chain(new Error("save failed", { cause: new Error("disk full") })).length; // 2
 */
export function chain(error: unknown): readonly unknown[] {
  return [...causes(error)];
}

/**
 * The last of the causes (anyhow's `root_cause`): the error itself when it has none.
 * @param error - anything that was thrown.
 * @example
 * rootCause(new Error("save failed", { cause: "disk full" })); // "disk full"
 */
export function rootCause(error: unknown): unknown {
  let last = error;
  for (const link of causes(error)) last = link;
  return last;
}

/**
 * The first error of that type among the error, its causes, and the members of aggregates (anyhow's `downcast_ref`,
 * which also sees through context). Level by level, so that the nearest is found.
 * @param error - anything that was thrown.
 * @param test - a class, or a type predicate.
 * @returns `undefined` when there is none. A predicate that throws counts as a no.
 * @example
 * const refused = find(error, SystemError);
 * const broken = find(error, (e): e is { code: string } => e instanceof Error && "code" in e);
 */
export function find<E>(error: unknown, test: ErrorTest<E>): E | undefined {
  const seen = new Set<unknown>();
  let level: unknown[] = [error];
  while (level.length > 0 && seen.size < MAX_DEPTH) {
    const next: unknown[] = [];
    for (const candidate of level) {
      for (const link of causes(candidate)) {
        if (seen.has(link)) break;
        seen.add(link);
        if (passes(link, test)) return link;
        next.push(...membersOf(link));
      }
    }
    level = next;
  }
  return undefined;
}

/**
 * The chain as a person reads it:
 *
 * ```
 * Error: Business logic failed
 *   Caused by: Database operation failed
 *   Caused by: Connection refused
 * ```
 *
 * Members of an `AggregateError` follow it, numbered and indented, at most 20 of them. Messages of several lines are
 * kept whole.
 * @param error - anything that was thrown.
 * @returns text without a final line break.
 * @example
 * console.error(formatChain(error));
 */
export function formatChain(error: unknown): string {
  const lines: string[] = [];
  print(error, "", `Error: ${messageOf(error)}`, lines, new Set());
  return lines.join("\n");
}

const MEMBERS = 20;

function print(error: unknown, indent: string, title: string, lines: string[], seen: Set<unknown>): void {
  lines.push(indent + title);
  let first = true;
  let hidden = false;
  for (const link of causes(error)) {
    if (seen.has(link)) {
      if (!first) lines.push(`${indent}  Caused by: ${messageOf(link)} [seen above]`);
      return;
    }
    seen.add(link);
    // A transparent variant has the message of its cause: once is enough.
    if (!first && !hidden) lines.push(`${indent}  Caused by: ${messageOf(link)}`);
    hidden = read(link, TRANSPARENT) === true;
    first = false;
    const members = membersOf(link);
    for (const [index, member] of members.slice(0, MEMBERS).entries()) {
      print(member, `${indent}  `, `[${index + 1}/${members.length}] ${headline(member)}`, lines, seen);
    }
    if (members.length > MEMBERS) lines.push(`${indent}  … ${members.length - MEMBERS} more`);
  }
}

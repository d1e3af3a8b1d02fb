import type { InterruptedCode } from "./interruption.js";

/** What a command reads of its surroundings and writes to; a test gives its own. */
export interface CommandIo {
  /** Working directory, absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly out: Output;
  readonly err: Output;
  /** Asks a yes-or-no question on the terminal; null where nobody can answer. */
  readonly confirm: ((question: string) => Promise<boolean>) | null;
}

/** A stream to print to. */
export interface Output {
  readonly isTTY: boolean;
  write(text: string): void;
}

/** Exit codes of the command. */
export const EXIT = {
  ok: 0,
  /** A diagnostic of severity error. */
  problems: 1,
  /** The command was called wrongly. */
  usage: 2,
  /** There is something to write, and it was not agreed to. */
  unwritten: 3,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT] | InterruptedCode;

/** The command was called wrongly; the message says how to call it. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

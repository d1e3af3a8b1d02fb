import { chmodSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** A file to be written. */
export interface PendingFile {
  readonly path: string;
  readonly text: string;
  /** File whose permissions it takes over; without one it gets those of any new file. */
  readonly like?: string;
}

/**
 * Writes files that belong together so that each is there whole or not at all: first all beside their places, then all
 * moved into them. If one cannot be written, none of them changes.
 */
export function writeAtomically(files: readonly PendingFile[]): void {
  const written: { temporary: string; path: string }[] = [];
  try {
    for (const { path, text, like } of files) {
      mkdirSync(dirname(path), { recursive: true });
      const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.errspan`);
      written.push({ temporary, path });
      writeFileSync(temporary, text);
      if (like !== undefined) chmodSync(temporary, statSync(like).mode & 0o777);
    }
    for (const { temporary, path } of written) renameSync(temporary, path);
  } catch (error) {
    for (const { temporary } of written) rmSync(temporary, { force: true });
    throw error;
  }
}

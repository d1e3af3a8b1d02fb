import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** A file to be written. */
export interface PendingFile {
  readonly path: string;
  readonly text: string;
  /** File whose permissions it takes over; without one it gets those of any new file. */
  readonly like?: string;
}

/** A file could not be written; nothing has changed. The message says why. */
export class WriteError extends Error {
  override readonly name = "WriteError";
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full. Free some space",
  EDQUOT: "your disk quota is used up. Free some space",
  EFBIG: "it is larger than files may be here",
  EROFS: "the file system is read-only",
  EACCES: "permission is denied. Make the directory writable",
  EPERM: "the system does not permit it. Make the directory writable",
  EEXIST: "what should be a directory is a file",
  ENOTDIR: "what should be a directory is a file",
  EISDIR: "a directory stands in its place",
};

/** Why the system did not write, in words, with its code. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reason = REASONS[code] ?? (error instanceof Error ? error.message : String(error));
  return `${reason}${code === "" ? "" : ` (${code})`}`;
}

/** Makes a directory with all above it. */
function makeDirectory(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    // Asked for several at once, Node says of a read-only file system that there is no such directory.
    let first = path;
    while (!existsSync(dirname(first))) first = dirname(first);
    mkdirSync(first);
    throw error;
  }
}

function temporaryName(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}.errspan`);
}

/**
 * Writes files that belong together so that each is there whole or not at all: first all beside their places, then all
 * moved into them. If one cannot be written, none of them changes.
 *
 * @throws WriteError
 */
export function writeAtomically(files: readonly PendingFile[]): void {
  const written: { temporary: string; path: string }[] = [];
  let current = "";
  try {
    for (const { path, text, like } of files) {
      current = path;
      // Moving a file onto a directory fails only when others have been moved already.
      if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) throw Object.assign(new Error(), { code: "EISDIR" });
      makeDirectory(dirname(path));
      const temporary = temporaryName(path);
      written.push({ temporary, path });
      writeFileSync(temporary, text);
      if (like !== undefined) chmodSync(temporary, statSync(like).mode & 0o777);
    }
    for (const { temporary, path } of written) {
      current = path;
      renameSync(temporary, path);
    }
  } catch (error) {
    for (const { temporary } of written) rmSync(temporary, { force: true });
    throw new WriteError(`${current} cannot be written: ${reasonOf(error)}. It is as it was.`, { cause: error });
  }
}

const TEMPORARY = /^\.(.+)\.(\d+)\.errspan$/;

/** Whether another process with this number runs. */
export function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is somebody else's process.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/**
 * Tidies directories in which a run was killed while it wrote. What had not begun to be moved into place is thrown away;
 * where the first file of several was moved, the others follow, so that a file and its map fit together.
 */
export function recover(directories: Iterable<string>): void {
  for (const directory of directories) {
    let names: string[];
    try {
      names = readdirSync(directory);
    } catch {
      // It is not there yet: nobody has written to it.
      continue;
    }
    const left = names.flatMap((name) => {
      const [, target = "", pid = ""] = TEMPORARY.exec(name) ?? [];
      return target === "" || isAlive(Number(pid)) ? [] : [{ path: join(directory, name), target, pid }];
    });
    for (const { path, pid, target } of left) {
      // A map is written behind its file and moved behind it: alone, it was about to be moved.
      const isRest = target.endsWith(".map") && !left.some((other) => other.pid === pid && !other.target.endsWith(".map"));
      if (isRest) renameSync(path, join(directory, target));
      else rmSync(path, { force: true });
    }
  }
}

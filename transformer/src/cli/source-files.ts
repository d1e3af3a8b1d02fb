import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import type { Dirent, Stats } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import { whyUnreadable } from "../config/unreadable.js";
import { languageOf } from "../parse/language.js";
import { CODES } from "../plan/diagnostics.js";
import type { Diagnostic } from "../plan/plan.js";
import { UsageError } from "./io.js";

const CODE = /\.[cm]?[jt]sx?$/i;
// What people install, and what belongs to tools: named outright they are read all the same.
const SKIPPED = /^(?:node_modules|bower_components|\..*)$/;

export function isInside(path: string, directory: string): boolean {
  const way = relative(directory, path);
  return way === "" || (!way.startsWith("..") && !isAbsolute(way));
}

function isCode(path: string): boolean {
  return CODE.test(path) && languageOf(path) !== "dts";
}

/** What arguments of the command stand for. */
export interface SourceFiles {
  /** Absolute paths, each once. */
  readonly files: readonly string[];
  /** Directories that could not be looked into, with the reasons. */
  readonly unreadable: ReadonlyMap<string, unknown>;
}

function collect(directory: string, skip: string | undefined, found: Set<string>, unreadable: Map<string, unknown>): void {
  const files: string[] = [];
  const pending = [directory];
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    for (const entry of entriesOf(current, unreadable)) {
      const path = join(current, entry.name);
      if (SKIPPED.test(entry.name) || path === skip) continue;
      // Links are not followed: they may lead in circles, and out of the project.
      if (entry.isDirectory()) pending.push(path);
      else if (entry.isFile() && isCode(path)) files.push(path);
    }
  }
  for (const file of files.sort()) found.add(file);
}

function entriesOf(directory: string, unreadable: Map<string, unknown>): readonly Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    // Somebody else's, such as the data of a database: the others are looked at all the same.
    unreadable.set(directory, error);
    return [];
  }
}

/** On Windows both separators are good; elsewhere a backslash is a character like any other. */
function slashHint(path: string, cwd: string): string {
  const other = path.replaceAll("\\", "/");
  return other !== path && existsSync(resolve(cwd, other)) ? ` Did you mean "${other}"?` : "";
}

function statsOf(path: string, absolute: string): Stats | undefined {
  try {
    return statSync(absolute, { throwIfNoEntry: false });
  } catch (error) {
    throw new UsageError(`"${path}" cannot be read: ${whyUnreadable(error)}.`, { cause: error });
  }
}

/**
 * The code files that arguments of the command stand for: files themselves, directories with all below them.
 *
 * @param root nothing outside of it is taken, links that lead out neither
 * @param skip a directory to leave out, such as the one that is written to
 * @throws UsageError if an argument does not exist, is no code, or is outside of the root
 * @throws TypeError if a path is no string, as node:path has it
 */
export function findSourceFiles(paths: readonly string[], cwd: string, root: string, skip?: string): SourceFiles {
  const found = new Set<string>();
  const unreadable = new Map<string, unknown>();
  const realRoot = realpathSync(root);
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    // Nothing at all, as of a variable that is not set, does not mean everything.
    const stats = path === "" ? undefined : statsOf(path, absolute);
    if (stats === undefined) throw new UsageError(`There is no file or directory "${path}".${slashHint(path, cwd)}`);
    if (!isInside(absolute, root) || !isInside(realpathSync(absolute), realRoot)) {
      throw new UsageError(`"${path}" is outside of the project's root ${root}. Run errspan there, or name its config.`);
    }
    if (stats.isDirectory()) {
      collect(absolute, skip, found, unreadable);
    } else if (!stats.isFile()) {
      // To read from a pipe is to wait.
      throw new UsageError(`"${path}" is neither a file nor a directory.`);
    } else if (isCode(absolute)) {
      found.add(absolute);
    } else if (!CODE.test(absolute)) {
      // Declaration files are passed over: hooks name whatever is committed.
      throw new UsageError(`"${path}" is not a JavaScript or TypeScript file.`);
    }
  }
  return { files: [...found], unreadable };
}

/** What to say of a file or directory that the system does not read. */
export function unreadableFile(error: unknown, shown: string): Diagnostic {
  return leftAlone(CODES.unreadable, `It is left alone because it cannot be read: ${whyUnreadable(error)}.`, shown);
}

function leftAlone(code: string, message: string, file: string): Diagnostic {
  return { code, severity: "warning", message, file, line: 1, column: 1 };
}

/**
 * The text of a file with its byte order mark, or what to say where it cannot be read, or its bytes are not UTF-8.
 *
 * @param shown how diagnostics name it
 */
export function readSource(file: string, shown: string): string | Diagnostic {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    return unreadableFile(error, shown);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    return error instanceof TypeError ? leftAlone(CODES.notUtf8, "The file is left alone because it is not valid UTF-8.", shown) : unreadableFile(error, shown);
  }
}

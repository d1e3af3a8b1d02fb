import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import { languageOf } from "../parse/language.js";
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

function filesIn(directory: string, skip: string | undefined): string[] {
  const files: string[] = [];
  const pending = [directory];
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    const entries = readdirSync(current, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const path = join(current, entry.name);
      if (SKIPPED.test(entry.name) || path === skip) continue;
      // Links are not followed: they may lead in circles, and out of the project.
      if (entry.isDirectory()) pending.push(path);
      else if (entry.isFile() && isCode(path)) files.push(path);
    }
  }
  return files.sort();
}

/** On Windows both separators are good; elsewhere a backslash is a character like any other. */
function slashHint(path: string, cwd: string): string {
  const other = path.replaceAll("\\", "/");
  return other !== path && existsSync(resolve(cwd, other)) ? ` Did you mean "${other}"?` : "";
}

/**
 * The code files that arguments of the command stand for: files themselves, directories with all below them.
 *
 * @param root nothing outside of it is taken, links that lead out neither
 * @param skip a directory to leave out, such as the one that is written to
 * @returns absolute paths, each once
 * @throws UsageError if an argument does not exist, is no code, or is outside of the root
 * @throws TypeError if a path is no string, as node:path has it
 */
export function findSourceFiles(paths: readonly string[], cwd: string, root: string, skip?: string): string[] {
  const found = new Set<string>();
  const realRoot = realpathSync(root);
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    const stats = statSync(absolute, { throwIfNoEntry: false });
    if (stats === undefined) throw new UsageError(`There is no file or directory "${path}".${slashHint(path, cwd)}`);
    if (!isInside(absolute, root) || !isInside(realpathSync(absolute), realRoot)) {
      throw new UsageError(`"${path}" is outside of the project's root ${root}. Run errspan there, or name its config.`);
    }
    if (stats.isDirectory()) {
      for (const file of filesIn(absolute, skip)) found.add(file);
    } else if (isCode(absolute)) {
      found.add(absolute);
    } else if (!CODE.test(absolute)) {
      // Declaration files are passed over: hooks name whatever is committed.
      throw new UsageError(`"${path}" is not a JavaScript or TypeScript file.`);
    }
  }
  return [...found];
}

/** The text of a file with its byte order mark, or null where its bytes are not UTF-8. */
export function readSource(file: string): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

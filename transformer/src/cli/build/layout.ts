import { dirname, extname, join, relative, resolve, sep } from "node:path";
import { isInside } from "../source-files.js";
import type { ResolvedSettings } from "./project-compiler.js";

const OUTPUT_EXTENSIONS: Readonly<Record<string, string>> = {
  ".ts": ".js",
  ".tsx": ".js",
  ".mts": ".mjs",
  ".cts": ".cjs",
  ".js": ".js",
  ".jsx": ".js",
  ".mjs": ".mjs",
  ".cjs": ".cjs",
};

/** Where a project's files are, and what they are compiled to. */
export class Layout {
  /** The directory that holds all sources and the tsconfig. */
  readonly top: string;
  readonly #rootDir: string;
  readonly #outDir: string | undefined;
  readonly #keepsJsx: boolean;

  /**
   * @param directory of the tsconfig, absolute
   * @param sources files of the program that are compiled, absolute
   */
  constructor(directory: string, sources: readonly string[], { compilerOptions }: ResolvedSettings, compilerMajor: number) {
    const { rootDir, outDir, jsx, composite } = compilerOptions;
    this.top = commonDirectory([...sources.map((source) => dirname(source)), directory]);
    this.#outDir = typeof outDir === "string" ? resolve(directory, outDir) : undefined;
    this.#keepsJsx = jsx === "preserve";
    // Up to version 5 it is what the sources have in common, where nothing says otherwise.
    const isDirectory = composite === true || compilerMajor >= 6;
    this.#rootDir =
      typeof rootDir === "string"
        ? resolve(directory, rootDir)
        : isDirectory
          ? directory
          : commonDirectory(sources.map((source) => dirname(source)));
  }

  /** The file that the compiler writes for a source. */
  outputOf(source: string): string {
    return this.#outDir === undefined
      ? this.#compiled(source)
      : join(this.#outDir, this.#compiled(relative(this.#rootDir, source)));
  }

  /** The same where the sources are in another place, and `top` is the root. */
  shadowOutputOf(source: string, outDir: string): string {
    return join(outDir, this.#compiled(relative(this.top, source)));
  }

  /** Whether it is something that the compiler, or we, have written. */
  isOutput(path: string): boolean {
    return this.#outDir !== undefined && isInside(path, this.#outDir);
  }

  #compiled(path: string): string {
    const extension = extname(path);
    const output = this.#keepsJsx && /x$/.test(extension) ? ".jsx" : (OUTPUT_EXTENSIONS[extension] ?? extension);
    return path.slice(0, path.length - extension.length) + output;
  }
}

function commonDirectory(directories: readonly string[]): string {
  const [first = sep, ...others] = directories;
  let common = first;
  for (const directory of others) while (!isInside(directory, common)) common = dirname(common);
  return common;
}

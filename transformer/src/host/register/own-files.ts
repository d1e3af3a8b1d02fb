import { isAbsolute, relative } from "node:path";
import { fileURLToPath } from "node:url";

const CODE = /\.[cm]?[jt]sx?$/i;

/** Packages are rewritten only where a glob of the config asks for them by this very word. */
export const INSTALLED = "node_modules";

/** Tells the files of a program that may be rewritten. */
export class OwnFiles {
  readonly #root: string;
  readonly #withInstalled: boolean;

  constructor(root: string, withInstalled: boolean) {
    this.#root = root;
    this.#withInstalled = withInstalled;
  }

  /**
   * The path of a module that may be rewritten, from its URL; null for what is no code, not below the root, installed
   * by a package manager, or not what is on the disk: a query may stand for anything.
   */
  pathOf(url: string): string | null {
    if (!url.startsWith("file:")) return null;
    const { pathname, searchParams } = new URL(url);
    // OpenTelemetry's hook for ES modules puts a module of its own in front of the real one.
    if (!CODE.test(pathname) || searchParams.has("iitm")) return null;
    const file = fileURLToPath(new URL(pathname, "file:"));
    const way = relative(this.#root, file);
    if (way.startsWith("..") || isAbsolute(way)) return null;
    if (!this.#withInstalled && way.split(/[\\/]/).includes(INSTALLED)) return null;
    return file;
  }
}

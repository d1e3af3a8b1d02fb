import { readFileSync } from "node:fs";
import { mentionsMarker } from "../../plan/comment-markers.js";
import type { Rewriter, RewrittenFile } from "./node-project.js";
import { OwnFiles } from "./own-files.js";

/**
 * A program without a config: only what holds a marker is rewritten, and what rewrites is loaded with the first file that does.
 * That takes several times as long as all the rest of Node's start.
 */
export class MarkedFiles implements Rewriter {
  readonly #files: OwnFiles;
  readonly #open: () => Rewriter;
  #rewriter: Rewriter | null = null;
  #isOpening = false;

  constructor(root: string, open: () => Rewriter) {
    this.#files = new OwnFiles(root, false);
    this.#open = open;
  }

  ownFile(url: string): string | null {
    return this.#files.pathOf(url);
  }

  rewriteFile(file: string, stated: string | null | undefined): RewrittenFile | null {
    return isUnmarked(file) ? null : (this.#opened()?.rewriteFile(file, stated) ?? null);
  }

  rewriteText(text: string, file: string, stated: string | null | undefined): string | null {
    return mentionsMarker(text) ? (this.#opened()?.rewriteText(text, file, stated) ?? null) : null;
  }

  /** Null while it is loaded: of that, too, this hook is asked. */
  #opened(): Rewriter | null {
    if (this.#rewriter !== null || this.#isOpening) return this.#rewriter;
    this.#isOpening = true;
    try {
      this.#rewriter = this.#open();
    } finally {
      this.#isOpening = false;
    }
    return this.#rewriter;
  }
}

function isUnmarked(file: string): boolean {
  try {
    return !mentionsMarker(readFileSync(file, "utf8"));
  } catch {
    // Whoever rewrites it will say that it cannot be read.
    return false;
  }
}

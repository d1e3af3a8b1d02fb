import { fileMatcher } from "../config/compile.js";
import { explainPattern, FILES } from "../config/patterns.js";

/** Ways to write a glob that people mix up with globs. */
const CORRECTIONS: readonly ((glob: string, root: string) => string)[] = [
  // A directory stands for itself, not for what is below it.
  (glob) => (glob === "." || glob === "./" ? "**" : `${glob.replace(/\/+$/, "")}/**`),
  (glob) => glob.replaceAll("\\", "/"),
  // Directories of routers are called `[id]` and `(shop)`, which have meanings of their own in globs.
  (glob) => glob.replaceAll(/[[\]()]/g, "\\$&"),
  (glob, root) => (glob.startsWith(`${root}/`) ? glob.slice(root.length + 1) : glob),
  (glob) => glob.replace(/^\/+/, ""),
  (glob) => `**/${glob}`,
];

/**
 * The glob that was probably meant by those that fit no file; undefined where nothing comes near.
 *
 * @param files paths relative to the root
 * @param root with `/` between names
 */
export function meantGlob(globs: readonly string[], files: ReadonlySet<string>, root: string): string | undefined {
  for (const glob of globs.filter((each) => !each.startsWith("!"))) {
    for (const correct of CORRECTIONS) {
      const corrected = correct(glob, root);
      if (corrected === glob || explainPattern(corrected, FILES) !== null) continue;
      const fits = fileMatcher([corrected]);
      for (const file of files) if (fits(file)) return corrected;
    }
  }
  return undefined;
}

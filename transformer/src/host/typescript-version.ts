/** Oldest compiler whose tree the rewriter knows. */
const OLDEST = 5.4;

/** Why a TypeScript version cannot be used through its transformer API, and what to do; undefined where it can. */
export function explainVersion(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major >= 7) {
    return (
      `TypeScript ${version} has no transformers. Compile with "errspan build", or rewrite what tsc has written with "errspan instrument", ` +
      "rewrite in a bundler or in Node's loader, or stay with TypeScript 6 for tspc (docs/typescript.md)"
    );
  }
  if (major < 5 || (major === 5 && minor < 4)) {
    return `TypeScript ${version} is too old for @errspan/transformer, which needs ${OLDEST} or newer`;
  }
  return undefined;
}

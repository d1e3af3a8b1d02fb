import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What every traced call runs through: traced itself, it would call itself for ever. */
const TRACING = /^@errspan\/runtime$|^@opentelemetry\//;

const byDirectory = new Map<string, boolean>();

/**
 * Whether a file belongs to a package that tracing is made of, and must not be traced. Where it is installed its path
 * says so (see config/compile.ts); linked from elsewhere (`npm link`, workspaces), only the name in its package.json does.
 *
 * @param file absolute path
 */
export function isOfTracing(file: string): boolean {
  return isInside(dirname(file));
}

function isInside(directory: string): boolean {
  const known = byDirectory.get(directory);
  if (known !== undefined) return known;
  const parent = dirname(directory);
  const name = packageName(join(directory, "package.json"));
  const answer = name !== undefined ? TRACING.test(name) : parent !== directory && isInside(parent);
  byDirectory.set(directory, answer);
  return answer;
}

/** Undefined also for those that only say of a part of a package what its module system is. */
function packageName(file: string): string | undefined {
  try {
    const contents: unknown = JSON.parse(readFileSync(file, "utf8"));
    const named = typeof contents === "object" && contents !== null && "name" in contents ? contents.name : undefined;
    return typeof named === "string" ? named : undefined;
  } catch {
    // There is none, or none that can be read.
    return undefined;
  }
}

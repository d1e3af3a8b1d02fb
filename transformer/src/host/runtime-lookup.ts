import { createRequire } from "node:module";
import { dirname } from "node:path";
import type { Diagnostic } from "../plan/plan.js";
import { EMIT_MODULE } from "../rewrite/enter-code.js";
import { HOST_CODES } from "./codes.js";

/** Tells whether rewritten files will find the helpers that they import. */
export class RuntimeLookup {
  readonly #byDirectory = new Map<string, boolean>();

  /** @param file absolute path of a file that is going to import the helpers */
  isThere(file: string): boolean {
    const directory = dirname(file);
    let found = this.#byDirectory.get(directory);
    if (found === undefined) {
      found = resolves(file);
      this.#byDirectory.set(directory, found);
    }
    return found;
  }
}

function resolves(file: string): boolean {
  try {
    createRequire(file).resolve(EMIT_MODULE);
    return true;
  } catch (error) {
    // Not installed, or a version of it that has no such entry.
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "MODULE_NOT_FOUND" || code === "ERR_PACKAGE_PATH_NOT_EXPORTED") return false;
    throw error;
  }
}

/** What to say where the helpers are not there. */
export function explainMissingRuntime(file: string, root: string): Diagnostic {
  const message =
    `"${EMIT_MODULE}", which traced functions call, cannot be found from ${root}. ` +
    "Install it in the project: npm install @errspan/runtime @opentelemetry/api";
  return { code: HOST_CODES.runtimeMissing, severity: "error", message, file, line: 1, column: 1 };
}

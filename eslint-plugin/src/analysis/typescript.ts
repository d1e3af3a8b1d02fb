import { createRequire } from "node:module";
import type ts from "typescript";

export type TypeScript = typeof ts;

const found = new WeakMap<ts.Program, { typescript: TypeScript | undefined }>();

/**
 * The TypeScript that made a program: the one whose library lies beside it. Syntax trees of other files can be read
 * with no other, for their kinds are numbers that differ between versions.
 *
 * @returns undefined where it cannot be found
 */
export function typescriptOf(program: ts.Program): TypeScript | undefined {
  let entry = found.get(program);
  if (!entry) found.set(program, (entry = { typescript: load(program) }));
  return entry.typescript;
}

function load(program: ts.Program): TypeScript | undefined {
  const library = program.getSourceFiles().find((file) => program.isSourceFileDefaultLibrary(file));
  if (!library) return undefined;
  try {
    return createRequire(library.fileName)("./typescript.js") as TypeScript;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}

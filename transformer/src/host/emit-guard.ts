import type ts from "typescript";

/** A program of ts-patch: its `emit` collects the plugins' transformers and then calls the compiler's. */
interface PatchedProgram extends ts.Program {
  originalEmit?: ts.Program["emit"];
  emitBuildInfo?(...parameters: unknown[]): ts.EmitResult;
}

/** A new one each time, as ts-patch adds to its diagnostics. */
const skipped = (): ts.EmitResult => ({ emitSkipped: true, diagnostics: [] });

/**
 * Has nothing written that would not be what the user asked for: where `allows` says no, the compiler's emit is skipped.
 * What it says is asked for the whole program, or for one file of it where the compiler builds incrementally.
 */
export function guardEmit(program: ts.Program, allows: (target: ts.SourceFile | undefined) => boolean): void {
  const patched: PatchedProgram = program;
  const { originalEmit } = patched;
  if (!originalEmit) return;
  patched.originalEmit = (target, ...others) =>
    allows(target) ? originalEmit.call(program, target, ...others) : skipped();
}

/** Keeps an incremental build from noting down that all is built, when nothing was. */
export function withholdBuildInfo(program: ts.Program): void {
  const patched: PatchedProgram = program;
  if (patched.emitBuildInfo) patched.emitBuildInfo = skipped;
}

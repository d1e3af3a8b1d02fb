import type ts from "typescript";
import type { Diagnostic, ModuleFormat, Plan, PlannedFunction } from "../../plan/plan.js";
import { traceFunction } from "./function-body.js";
import { createEmit, type Emit } from "./emit.js";
import { withHeader } from "./header.js";
import type { BodiedFunction } from "./bodied-function.js";
import { matchPlan, type Match, type Mismatch } from "./match.js";
import { applyOperation } from "./operations.js";
import { traceParameter } from "./parameter.js";
import type { TypeScript } from "./typescript.js";
import { adjustImports } from "./imports.js";

/** The code of a function that another transformer had changed before it came to us. */
export const CODE_CHANGED = "ERRSPAN4101";

/** A file's tree, rewritten. */
export interface TreeRewrite {
  /** The same object when nothing was rewritten. */
  readonly sourceFile: ts.SourceFile;
  readonly rewritten: readonly PlannedFunction[];
  /** Functions that were planned and could not be found as planned, as another transformer had changed them. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Carries out a plan on the compiler's tree, in its `before` stage. Functions are rewritten whole or not at all.
 *
 * @param ts The compiler that made the tree.
 * @param sourceFile The file, possibly changed by other transformers; its text is the one that was planned.
 * @param format How the file is emitted, which decides how the helpers are brought in.
 */
export function rewriteTree(
  ts: TypeScript,
  sourceFile: ts.SourceFile,
  plan: Plan,
  format: ModuleFormat,
  context: ts.TransformationContext,
): TreeRewrite {
  if (plan.functions.length === 0) return { sourceFile, rewritten: [], diagnostics: [] };
  const match = matchPlan(ts, sourceFile, plan.functions);
  const diagnostics = match.mismatches.map(diagnose);
  if (match.functions.size === 0) return { sourceFile, rewritten: [], diagnostics };
  const emit = createEmit(ts, context, sourceFile, plan.prefix);
  const rewritten = [...match.functions.values()].map(({ planned }) => planned);
  const body = ts.visitNodes(sourceFile.statements, visitor(emit, match), ts.isStatement);
  const kept = adjustImports(emit, body, match.decorators, emit.fieldNames);
  const statements = withHeader(
    emit,
    kept,
    plan,
    format,
    // Functions that are compared by their text share a record.
    [...new Set(rewritten.map(({ index }) => index))].sort((a, b) => a - b),
  );
  const list = ts.setTextRange(context.factory.createNodeArray(statements), sourceFile.statements);
  return { sourceFile: context.factory.updateSourceFile(sourceFile, list), rewritten, diagnostics };
}

function visitor(emit: Emit, match: Match): ts.Visitor {
  const { ts, context } = emit;
  const visit = (node: ts.Node): ts.Node | ts.Node[] | undefined => {
    if (!match.ancestors.has(node)) return node;
    if (match.decorators.has(node)) return undefined;
    let result: ts.Node | ts.Node[] = ts.visitEachChild(node, visit, context);
    const planned = match.functions.get(node)?.planned;
    if (planned) result = traceFunction(emit, planned, result as BodiedFunction);
    for (const operation of match.operations.get(node) ?? []) {
      if (!Array.isArray(result)) result = applyOperation(emit, operation, result);
    }
    const parameter = match.parameters.get(node);
    if (parameter) result = traceParameter(emit, parameter.planned, parameter.range, result as ts.Expression, node);
    return result;
  };
  return visit;
}

function diagnose({ planned, reason }: Mismatch): Diagnostic {
  const { functionName, location } = planned.site;
  return {
    code: CODE_CHANGED,
    severity: "warning",
    message:
      `"${functionName}" is not traced: ${reason}. ` +
      "Put @errspan/transformer before the other transformers in the list of plugins.",
    file: location.file,
    line: location.line,
    column: location.column,
    name: functionName,
  };
}

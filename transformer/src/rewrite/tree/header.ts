import type ts from "typescript";
import type { ModuleFormat, Plan } from "../../plan/plan.js";
import { helperModules } from "../enter-code.js";
import type { Emit } from "./emit.js";

/**
 * Puts the helpers' import and the site records after the file's directives. Site records are `var`s that fill
 * themselves on first use, as a hoisted function may be called through an import cycle before any of this has run.
 */
export function withHeader(
  emit: Emit,
  statements: readonly ts.Statement[],
  plan: Plan,
  format: ModuleFormat,
  sites: readonly number[],
): ts.Statement[] {
  const { ts, sourceFile } = emit;
  const prologue = statements.findIndex(
    (s) => !(ts.isExpressionStatement(s) && ts.isStringLiteral(s.expression)),
  );
  const at = prologue < 0 ? statements.length : prologue;
  const modules = helperModules(plan.functions, emit.names);
  const helpers = modules.map((module) => (format === "module" ? importHelpers(emit, module) : requireHelpers(emit, module)));
  const [brought] = helpers as [ts.Statement, ...ts.Statement[]];
  const first = statements[at];
  if (first && first.pos >= 0 && commentsBelongToFile(emit, first, plan)) {
    // What stands above the first import is about the file, and stays above ours too.
    ts.setCommentRange(brought, { pos: first.pos, end: first.end });
    ts.setEmitFlags(brought, ts.EmitFlags.NoTrailingComments);
    ts.setEmitFlags(first, ts.EmitFlags.NoLeadingComments);
  } else {
    ts.setEmitFlags(brought, ts.EmitFlags.NoComments);
  }
  for (const helper of helpers) ts.setSourceMapRange(helper, { pos: 0, end: 0, source: sourceFile });
  return [...statements.slice(0, at), ...helpers, declareSites(emit, sites), ...statements.slice(at)];
}

function commentsBelongToFile({ ts, sourceFile }: Emit, first: ts.Statement, plan: Plan): boolean {
  const last = ts.getLeadingCommentRanges(sourceFile.text, first.pos)?.at(-1);
  // An import of types alone is dropped, and what stands above it too.
  const isDropped = ts.isImportDeclaration(first) && first.importClause?.isTypeOnly === true;
  return last !== undefined && last.end <= plan.importAt && !isDropped;
}

/** A namespace import: the names of other synthesized imports are not renamed where a module system needs it. */
function importHelpers({ factory }: Emit, [name, specifier]: readonly [string, string]): ts.Statement {
  const namespace = factory.createNamespaceImport(factory.createIdentifier(name));
  return factory.createImportDeclaration(
    undefined,
    factory.createImportClause(undefined, undefined, namespace),
    factory.createStringLiteral(specifier),
  );
}

function requireHelpers({ ts, factory }: Emit, [name, specifier]: readonly [string, string]): ts.Statement {
  const required = factory.createCallExpression(factory.createIdentifier("require"), undefined, [
    factory.createStringLiteral(specifier),
  ]);
  const declaration = factory.createVariableDeclaration(
    factory.createIdentifier(name),
    undefined,
    undefined,
    required,
  );
  return factory.createVariableStatement(
    undefined,
    factory.createVariableDeclarationList([declaration], ts.NodeFlags.None),
  );
}

function declareSites({ ts, factory, names }: Emit, sites: readonly number[]): ts.Statement {
  const declarations = sites.map((index) => factory.createVariableDeclaration(names.site(index)));
  const statement = factory.createVariableStatement(
    undefined,
    factory.createVariableDeclarationList(declarations, ts.NodeFlags.None),
  );
  return ts.setEmitFlags(statement, ts.EmitFlags.NoComments);
}

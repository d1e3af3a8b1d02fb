import type ts from "typescript";
import type { Emit } from "./emit.js";

/** A part of the compiler's emit resolver, which it does not document: absent, imports stay as they are. */
interface AliasResolver {
  isReferencedAliasDeclaration(node: ts.Node, checkChildren?: boolean): boolean | undefined;
  getReferencedImportDeclaration(node: ts.Identifier): ts.Declaration | undefined;
}

type Binding = ts.ImportClause | ts.NamespaceImport | ts.ImportSpecifier;

/**
 * Brings the imports in line with what the rewriting took away and added. Those whose only uses were decorators that are
 * compiled away go, as the compiler drops unused imports; those that only the fields of a marker use stay. The compiler
 * does not look again at a declaration that changes, so what it would elide in it goes here too.
 *
 * @param decorators Decorators that were removed.
 * @param added Identifiers of expressions that were added.
 */
export function adjustImports(
  emit: Emit,
  statements: readonly ts.Statement[],
  decorators: ReadonlySet<ts.Node>,
  added: readonly ts.Identifier[],
): readonly ts.Statement[] {
  const { ts, context } = emit;
  const resolver = aliasResolver(context);
  if (
    (decorators.size === 0 && added.length === 0) ||
    context.getCompilerOptions().verbatimModuleSyntax ||
    !resolver
  )
    return statements;
  const needed = new Set<ts.Node | undefined>(
    added.map((name) => resolver.getReferencedImportDeclaration(name)),
  );
  const candidates = new Set<string>();
  for (const decorator of decorators) collectIdentifiers(ts, decorator, candidates);
  const used = new Set<string>();
  for (const statement of statements)
    if (!ts.isImportDeclaration(statement)) collectIdentifiers(ts, statement, used);
  const isKept = (binding: Binding, name: ts.Identifier): boolean =>
    needed.has(binding) ||
    (resolver.isReferencedAliasDeclaration(binding) === true &&
      !(candidates.has(name.text) && !used.has(name.text)));
  const isElsewise = (binding: Binding, name: ts.Identifier): boolean =>
    isKept(binding, name) !== (resolver.isReferencedAliasDeclaration(binding) === true);
  return statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) || ts.getOriginalNode(statement) !== statement) return [statement];
    return bindingsOf(ts, statement).some(([binding, name]) => isElsewise(binding, name))
      ? keepOnly(emit, statement, isKept)
      : [statement];
  });
}

/** What a declaration imports, type-only bindings left out. */
function bindingsOf(
  ts: Emit["ts"],
  { importClause }: ts.ImportDeclaration,
): (readonly [Binding, ts.Identifier])[] {
  if (!importClause || importClause.isTypeOnly) return [];
  const { name, namedBindings } = importClause;
  const own: (readonly [Binding, ts.Identifier])[] = name ? [[importClause, name]] : [];
  if (!namedBindings) return own;
  if (ts.isNamespaceImport(namedBindings)) return [...own, [namedBindings, namedBindings.name]];
  return [
    ...own,
    ...namedBindings.elements
      .filter(({ isTypeOnly }) => !isTypeOnly)
      .map((element) => [element, element.name] as const),
  ];
}

function keepOnly(
  { ts, factory }: Emit,
  declaration: ts.ImportDeclaration,
  isKept: (binding: Binding, name: ts.Identifier) => boolean,
): ts.ImportDeclaration[] {
  const kept = new Set<ts.Node>(
    bindingsOf(ts, declaration)
      .filter((binding) => isKept(...binding))
      .map(([binding]) => binding),
  );
  if (kept.size === 0) return [];
  const { importClause } = declaration;
  const bindings = importClause?.namedBindings;
  const named =
    bindings && ts.isNamedImports(bindings) ? bindings.elements.filter((element) => kept.has(element)) : [];
  const clause = factory.createImportClause(
    undefined,
    importClause && kept.has(importClause) ? importClause.name : undefined,
    bindings && ts.isNamespaceImport(bindings) && kept.has(bindings)
      ? bindings
      : named.length > 0
        ? factory.createNamedImports(named)
        : undefined,
  );
  return [
    factory.updateImportDeclaration(
      declaration,
      declaration.modifiers,
      clause,
      declaration.moduleSpecifier,
      declaration.attributes,
    ),
  ];
}

function aliasResolver(context: ts.TransformationContext): AliasResolver | undefined {
  const { getEmitResolver } = context as { getEmitResolver?: () => Partial<AliasResolver> | undefined };
  const resolver = getEmitResolver?.();
  return typeof resolver?.isReferencedAliasDeclaration === "function"
    ? (resolver as AliasResolver)
    : undefined;
}

/** Every identifier's text, a property's name as well: a name too many keeps an import, one too few would break it. */
function collectIdentifiers(ts: Emit["ts"], root: ts.Node, into: Set<string>): void {
  const pending: ts.Node[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (ts.isIdentifier(node)) into.add(node.text);
    ts.forEachChild(node, (child) => void pending.push(child));
  }
}

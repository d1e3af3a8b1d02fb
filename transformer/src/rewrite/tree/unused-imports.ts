import type ts from "typescript";
import type { Emit } from "./emit.js";

/** A part of the compiler's emit resolver, which it does not document: absent, imports stay as they are. */
interface AliasResolver {
  isReferencedAliasDeclaration(node: ts.Node, checkChildren?: boolean): boolean | undefined;
}

/**
 * Drops the imports whose only uses were the decorators that are compiled away, as the compiler drops unused imports.
 * A declaration that changes is not looked at by the compiler again, so what it would elide in it goes here too.
 */
export function dropUnusedImports(emit: Emit, statements: readonly ts.Statement[], decorators: ReadonlySet<ts.Node>): ts.Statement[] {
  const { ts, context } = emit;
  const options = context.getCompilerOptions();
  const resolver = aliasResolver(context);
  if (decorators.size === 0 || options.verbatimModuleSyntax || !resolver) return [...statements];
  const candidates = new Set<string>();
  for (const decorator of decorators) collectIdentifiers(ts, decorator, candidates);
  const used = new Set<string>();
  for (const statement of statements) if (!ts.isImportDeclaration(statement)) collectIdentifiers(ts, statement, used);
  const unused = (name: ts.Identifier): boolean => candidates.has(name.text) && !used.has(name.text);
  return statements.flatMap((statement) => (ts.isImportDeclaration(statement) ? withoutUnused(emit, resolver, statement, unused) : [statement]));
}

function withoutUnused(
  { ts, factory }: Emit,
  resolver: AliasResolver,
  declaration: ts.ImportDeclaration,
  unused: (name: ts.Identifier) => boolean,
): ts.ImportDeclaration[] {
  const { importClause } = declaration;
  const bindings = importClause?.namedBindings;
  if (!importClause || ts.getOriginalNode(declaration) !== declaration || importClause.isTypeOnly) return [declaration];
  const names = [
    ...(importClause.name ? [importClause.name] : []),
    ...(bindings ? (ts.isNamespaceImport(bindings) ? [bindings.name] : bindings.elements.map(({ name }) => name)) : []),
  ];
  if (!names.some(unused)) return [declaration];
  const kept = (node: ts.ImportClause | ts.NamespaceImport | ts.ImportSpecifier, name: ts.Identifier): boolean =>
    !unused(name) && resolver.isReferencedAliasDeclaration(node) === true;

  const name = importClause.name && kept(importClause, importClause.name) ? importClause.name : undefined;
  let named: ts.NamedImportBindings | undefined;
  if (bindings && ts.isNamespaceImport(bindings)) {
    named = kept(bindings, bindings.name) ? bindings : undefined;
  } else if (bindings) {
    const elements = bindings.elements.filter((element) => !element.isTypeOnly && kept(element, element.name));
    named = elements.length > 0 ? factory.updateNamedImports(bindings, elements) : undefined;
  }
  if (!name && !named) return [];
  const clause = factory.createImportClause(undefined, name, named);
  return [factory.updateImportDeclaration(declaration, declaration.modifiers, clause, declaration.moduleSpecifier, declaration.attributes)];
}

function aliasResolver(context: ts.TransformationContext): AliasResolver | undefined {
  const { getEmitResolver } = context as { getEmitResolver?: () => Partial<AliasResolver> | undefined };
  const resolver = getEmitResolver?.();
  return typeof resolver?.isReferencedAliasDeclaration === "function" ? (resolver as AliasResolver) : undefined;
}

/** Every identifier's text, a property's name as well: a name too many keeps an import, one too few would break it. */
function collectIdentifiers(ts: Emit["ts"], root: ts.Node, into: Set<string>): void {
  const pending: ts.Node[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (ts.isIdentifier(node)) into.add(node.text);
    ts.forEachChild(node, (child) => void pending.push(child));
  }
}

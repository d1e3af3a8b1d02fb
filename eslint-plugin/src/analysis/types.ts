import type { ParserServicesWithTypeInformation, TSESLint, TSESTree } from "@typescript-eslint/utils";
import type ts from "typescript";

/**
 * Type information, asked for without loading TypeScript: what is needed is read off the checker that the parser
 * brings, so there is one TypeScript in the process and none where no types are.
 */
export interface Types {
  checker: ts.TypeChecker;
  services: ParserServicesWithTypeInformation;
  typeOf: (node: TSESTree.Node) => ts.Type;
}

/** The file's types, or undefined under a parser (or another linter) that has none. */
export function typesOf(source: Readonly<TSESLint.SourceCode>): Types | undefined {
  const services = source.parserServices as Partial<ParserServicesWithTypeInformation> | undefined;
  if (!services?.program || !services.esTreeNodeToTSNodeMap) return undefined;
  const full = services as ParserServicesWithTypeInformation;
  const checker = full.program.getTypeChecker();
  let types = known.get(full);
  if (!types) {
    const asked = new Map<TSESTree.Node, ts.Type>();
    const typeOf = (node: TSESTree.Node): ts.Type => {
      let type = asked.get(node);
      if (!type) asked.set(node, (type = typeAt(full.esTreeNodeToTSNodeMap.get(node), checker)));
      return type;
    };
    known.set(full, (types = { checker, services: full, typeOf }));
  }
  return types;
}

/** By the services of a file, which all rules share: what one has asked, the next need not. */
const known = new WeakMap<ParserServicesWithTypeInformation, Types>();

/** What a name stands for, seen through an import. */
export function symbolOf(node: TSESTree.Node, { checker, services }: Types): ts.Symbol | undefined {
  const symbol = checker.getSymbolAtLocation(services.esTreeNodeToTSNodeMap.get(node));
  const aliasFlag = 2_097_152;
  return symbol && symbol.flags & aliasFlag ? checker.getAliasedSymbol(symbol) : symbol;
}

/** A program may be more than the checker can stand; a linter that falls over it hides everything else. */
function typeAt(node: ts.Node, checker: ts.TypeChecker): ts.Type {
  try {
    return checker.getTypeAtLocation(node);
  } catch (error) {
    if (error instanceof RangeError) return checker.getAnyType();
    throw error;
  }
}

/** `any` and, told apart from it, `unknown`. Their flags have never moved, but are read off the checker where it offers them. */
const anyFlag = 1;
const unknownFlag = 2;

export function isAny(type: ts.Type): boolean {
  return (type.flags & anyFlag) !== 0;
}

/** What the checker gives where a name or module cannot be found: `any` that nobody has written. */
export function isUnresolved(type: ts.Type): boolean {
  return isAny(type) && (type as ts.Type & { intrinsicName?: string }).intrinsicName === "error";
}

export function isUnknown(type: ts.Type): boolean {
  return (type.flags & unknownFlag) !== 0;
}

/** `boolean`, `true` or `false`: flags that have never moved. */
export function isBooleanType(type: ts.Type, { checker }: Types): boolean {
  return (type.flags & (checker.getBooleanType().flags | checker.getTrueType().flags)) !== 0;
}

/** Whether the value is nothing but `void`: what most calls in statements give, so it is worth asking first. */
export function isVoid(type: ts.Type, { checker }: Types): boolean {
  return type === checker.getVoidType();
}

/** The members of a union, or the type alone; a type parameter stands for its constraint. */
export function partsOf(type: ts.Type, { checker }: Types): ts.Type[] {
  const constraint = type.isTypeParameter() ? (checker.getBaseConstraintOfType(type) ?? type) : type;
  return constraint.isUnion() ? constraint.types : [constraint];
}

/** Whether the value has a `then` that can be called with two callbacks: something that may reject. */
export function isThenable(type: ts.Type, node: TSESTree.Node, types: Types): boolean {
  const tsNode = types.services.esTreeNodeToTSNodeMap.get(node);
  return partsOf(types.checker.getApparentType(type), types).some((part) => isThenablePart(part, tsNode, types));
}

function isThenablePart(part: ts.Type, tsNode: ts.Node, { checker }: Types): boolean {
  const then = part.getProperty("then");
  if (!then) return false;
  const thenType = checker.getTypeOfSymbolAtLocation(then, tsNode);
  const signatures = thenType.isUnion() ? thenType.types.flatMap((each) => each.getCallSignatures()) : thenType.getCallSignatures();
  return signatures.some((signature) => {
    const first = signature.parameters[0];
    return first !== undefined && isCallable(checker.getTypeOfSymbolAtLocation(first, tsNode));
  });
}

export function isCallable(type: ts.Type): boolean {
  const parts = type.isUnion() ? type.types : [type];
  return parts.some((part) => part.getCallSignatures().length > 0);
}

/** Whether the value can be called whatever it is at run time; what has no type is given the benefit of the doubt. */
export function isAlwaysCallable(type: ts.Type, types: Types): boolean {
  if (isAny(type) || isUnknown(type)) return true;
  return partsOf(type, types).every((part) => isCallable(part) || isAny(part) || derivesFrom(part, functionNames, types));
}

const functionNames = new Set(["Function", "CallableFunction"]);

/** Whether the type is, or is derived from, one of the library's own types of these names. */
export function derivesFrom(type: ts.Type, names: ReadonlySet<string>, types: Types): boolean {
  let answers = descents.get(types.checker);
  if (!answers) descents.set(types.checker, (answers = new Map<ReadonlySet<string>, Map<ts.Type, boolean>>()));
  let known = answers.get(names);
  if (!known) answers.set(names, (known = new Map<ts.Type, boolean>()));
  let answer = known.get(type);
  if (answer === undefined) {
    answer = ancestors(type, types).some((symbol) => names.has(symbol.getName()) && isOfTheLibrary(symbol, types));
    known.set(type, answer);
  }
  return answer;
}

/** By checker, by the set of names a rule asks for. */
const descents = new WeakMap<ts.TypeChecker, Map<ReadonlySet<string>, Map<ts.Type, boolean>>>();

/** The names of a type and of everything it is derived from. */
export function lineage(type: ts.Type, types: Types): string[] {
  return ancestors(type, types).map((symbol) => symbol.getName());
}

function ancestors(type: ts.Type, types: Types, seen = new Set<ts.Type>()): ts.Symbol[] {
  if (seen.has(type)) return [];
  seen.add(type);
  const own = type.getSymbol();
  const members = type.isIntersection() ? type.types : [];
  return [...(own ? [own] : []), ...[...baseTypes(type, types), ...members].flatMap((base) => ancestors(base, types, seen))];
}

function baseTypes(type: ts.Type, { checker }: Types): ts.Type[] {
  const target = (type as Partial<ts.TypeReference>).target ?? type;
  return target.isClassOrInterface() ? checker.getBaseTypes(target) : [];
}

export function isOfTheLibrary(symbol: ts.Symbol, { services }: Types): boolean {
  return (symbol.declarations ?? []).some((declaration) => services.program.isSourceFileDefaultLibrary(declaration.getSourceFile()));
}

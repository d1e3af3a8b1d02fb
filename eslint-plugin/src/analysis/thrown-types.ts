import type ts from "typescript";
import { lineage, partsOf, type Types } from "./types.js";
import type { TypeScript } from "./typescript.js";

/** A kind of error that a function can throw or reject with: its class's name, and those of the classes it derives from. */
export interface ThrownType {
  name: string;
  lineage: readonly string[];
}

/** What a function can throw or reject with, as far as the program's sources tell. */
export interface Throws {
  types: ReadonlyMap<string, ThrownType>;
  /** Whether something is called, or thrown, of which the sources do not tell what may come of it. */
  isOpen: boolean;
}

interface Found {
  types: Map<string, ThrownType>;
  isOpen: boolean;
}

/** What is around a node: what the nearest `try` caught, and whether a promise here is waited for. */
interface Around {
  caught: readonly Caught[];
  awaited: boolean;
}

interface Caught {
  variable: ts.Symbol | undefined;
  types: ReadonlyMap<string, ThrownType>;
}

/** Functions of the language and its hosts that throw by what they are given. */
const throwing = /^(?:parse|fetch|json|decodeURI(?:Component)?|encodeURI(?:Component)?|structuredClone|BigInt|URL|RegExp|atob|btoa|normalize|toISOString|require|eval|Function|compile)$/;
const eager = /^(?:forEach|map|filter|some|every|find|findIndex|findLast|findLastIndex|flatMap|reduce|reduceRight|sort|toSorted)$/;

/** Infers, through all calls in a program, which error types its functions can throw or reject with. */
export class ThrowInference {
  private readonly known = new Map<ts.Node, Throws>();
  private readonly visiting = new Set<ts.Node>();
  /** Set when a recursion was cut off: what was found meanwhile is not the whole yet. */
  private isCut = false;
  private readonly types: Types;
  private readonly ts: TypeScript;

  constructor(types: Types, typescript: TypeScript) {
    this.types = types;
    this.ts = typescript;
  }

  of(target: ts.Node): Throws {
    const known = this.known.get(target);
    if (known) return known;
    const found: Found = { types: new Map(), isOpen: false };
    if (this.visiting.has(target)) {
      this.isCut = true;
      return found;
    }
    this.visiting.add(target);
    const body = (target as ts.FunctionLikeDeclaration).body;
    if (body) {
      // What an expression body gives is returned, so a promise there is handed on.
      for (const parameter of (target as ts.FunctionLikeDeclaration).parameters) if (parameter.initializer) this.visit(parameter.initializer, { caught: [], awaited: false }, found);
      this.visit(body, { caught: [], awaited: !this.ts.isBlock(body) }, found);
    }
    this.visiting.delete(target);
    if (this.visiting.size === 0) this.isCut = false;
    if (!this.isCut) this.known.set(target, found);
    return found;
  }

  private visit(node: ts.Node, around: Around, found: Found): void {
    const { ts } = this;
    if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isTypeNode(node)) return;
    if (ts.isThrowStatement(node)) {
      this.thrown(node.expression, around, found);
    } else if (ts.isTryStatement(node)) {
      this.attempt(node, around, found);
    } else if (ts.isAwaitExpression(node)) {
      this.visit(this.startedAs(node.expression), { ...around, awaited: true }, found);
    } else if (ts.isReturnStatement(node)) {
      if (node.expression) this.visit(node.expression, { ...around, awaited: true }, found);
    } else if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      this.call(node, around, found);
    } else if (this.passesOn(node)) {
      ts.forEachChild(node, (child) => this.visit(child, around, found));
    } else {
      ts.forEachChild(node, (child) => this.visit(child, { ...around, awaited: false }, found));
    }
  }

  /** What stands inside is the value of the whole, so that a promise there is waited for with it. */
  private passesOn(node: ts.Node): boolean {
    const { ts } = this;
    if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node) || ts.isConditionalExpression(node)) return true;
    return ts.isBinaryExpression(node) && /^(?:\?\?|\|\||&&|,)$/.test(node.operatorToken.getText());
  }

  /** `const pending = load(); … await pending;` */
  private startedAs(expression: ts.Expression): ts.Expression {
    const { ts } = this;
    if (!ts.isIdentifier(expression)) return expression;
    const declaration = this.types.checker.getSymbolAtLocation(expression)?.valueDeclaration;
    return declaration && ts.isVariableDeclaration(declaration) && declaration.initializer ? declaration.initializer : expression;
  }

  private attempt(node: ts.TryStatement, around: Around, found: Found): void {
    const inner: Found = { types: new Map(), isOpen: false };
    this.visit(node.tryBlock, around, inner);
    const handler = node.catchClause;
    if (handler) {
      const binding = handler.variableDeclaration?.name;
      const variable = binding ? this.types.checker.getSymbolAtLocation(binding) : undefined;
      this.visit(handler.block, { ...around, caught: [...around.caught, { variable, types: inner.types }] }, found);
      // What nobody knows of the block matters only where the handler passes on what it got.
      if (inner.isOpen && this.rethrows(handler.block, variable)) found.isOpen = true;
    } else {
      merge(found, inner);
    }
    if (node.finallyBlock) this.visit(node.finallyBlock, around, found);
  }

  private rethrows(block: ts.Block, variable: ts.Symbol | undefined): boolean {
    const { ts } = this;
    let found = false;
    const look = (node: ts.Node): void => {
      if (ts.isThrowStatement(node) && variable && this.types.checker.getSymbolAtLocation(node.expression) === variable) found = true;
      if (!found && !ts.isFunctionLike(node)) ts.forEachChild(node, look);
    };
    look(block);
    return found;
  }

  private thrown(expression: ts.Expression, around: Around, found: Found): void {
    const symbol = this.types.checker.getSymbolAtLocation(expression);
    const caught = symbol ? around.caught.findLast((each) => each.variable === symbol) : undefined;
    const type = this.types.checker.getTypeAtLocation(expression);
    if (caught && this.isOpenType(type)) {
      const gone = this.toldApart(expression, symbol);
      for (const [name, each] of caught.types) if (!each.lineage.some((ancestor) => gone.has(ancestor))) found.types.set(name, each);
      return;
    }
    this.visit(expression, { ...around, awaited: false }, found);
    this.add(type, found);
  }

  /** The classes that `if (e instanceof X) { … return; }` before a rethrow has taken out. */
  private toldApart(expression: ts.Expression, symbol: ts.Symbol | undefined): Set<string> {
    const { ts } = this;
    const gone = new Set<string>();
    let child: ts.Node = expression;
    for (let at: ts.Node = expression.parent; !ts.isCatchClause(at) && !ts.isSourceFile(at); child = at, at = at.parent) {
      if (ts.isIfStatement(at) && at.elseStatement === child) this.askedClass(at.expression, symbol, gone);
      if (!ts.isBlock(at)) continue;
      for (const statement of at.statements) {
        if (statement === child) break;
        if (ts.isIfStatement(statement) && this.leaves(statement.thenStatement)) this.askedClass(statement.expression, symbol, gone);
      }
    }
    return gone;
  }

  private askedClass(test: ts.Expression, symbol: ts.Symbol | undefined, gone: Set<string>): void {
    const { ts } = this;
    if (!ts.isBinaryExpression(test)) return;
    if (test.operatorToken.kind === ts.SyntaxKind.BarBarToken) {
      this.askedClass(test.left, symbol, gone);
      this.askedClass(test.right, symbol, gone);
    } else if (test.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword && this.types.checker.getSymbolAtLocation(test.left) === symbol && ts.isIdentifier(test.right)) {
      gone.add(test.right.text);
    }
  }

  private leaves(statement: ts.Statement): boolean {
    const { ts } = this;
    const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
    return last !== undefined && (ts.isReturnStatement(last) || ts.isThrowStatement(last) || ts.isContinueStatement(last) || ts.isBreakStatement(last));
  }

  private call(node: ts.CallExpression | ts.NewExpression, around: Around, found: Found): void {
    const { ts } = this;
    const callee = node.expression;
    const method = ts.isPropertyAccessExpression(callee) ? callee.name.text : undefined;
    if (ts.isPropertyAccessExpression(callee) && ts.isCallExpression(node) && (method === "catch" || method === "then" || method === "finally") && this.isPromise(callee.expression)) {
      this.chain(node, callee.expression, method, around, found);
      return;
    }
    this.visit(callee, { ...around, awaited: false }, found);
    const isPromiseMaker = ts.isPropertyAccessExpression(callee) && callee.expression.getText() === "Promise";
    for (const argument of node.arguments ?? []) this.visit(argument, { ...around, awaited: around.awaited && isPromiseMaker && /^(?:all|race|any)$/.test(method ?? "") }, found);
    if (isPromiseMaker && method === "reject") {
      const [reason] = node.arguments ?? [];
      if (around.awaited && reason) this.add(this.types.checker.getTypeAtLocation(reason), found);
      return;
    }
    if (isPromiseMaker) {
      // `Promise.all(list.map((each) => load(each)))`
      for (const argument of node.arguments ?? []) if (ts.isCallExpression(argument)) this.runsCallbacks(argument, around.awaited, found);
      return;
    }
    this.runsCallbacks(node, false, found);
    const target = this.targetOf(node);
    if (target && (target as Partial<ts.FunctionLikeDeclaration>).body) {
      if (!this.givesPromiseOf(target) || around.awaited) merge(found, this.of(target));
      return;
    }
    this.opaque(node, target, around, found);
  }

  /** What the program has no body of: its own tags say what it throws, and otherwise nobody does. */
  private opaque(node: ts.CallExpression | ts.NewExpression, target: ts.Node | undefined, around: Around, found: Found): void {
    const { ts } = this;
    // The constructor that a class has without writing it.
    if (ts.isNewExpression(node) && !target && this.isOwnClass(node.expression)) return;
    const file = target?.getSourceFile();
    const name = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : node.expression.getText();
    if (file && this.types.services.program.isSourceFileDefaultLibrary(file)) {
      if (throwing.test(name)) found.isOpen = true;
      return;
    }
    const tags = target ? ts.getJSDocTags(target).filter((tag) => /^(?:throws|exception)$/.test(tag.tagName.text)) : [];
    for (const tag of tags) {
      if (this.givesPromiseOf(target as ts.Node) && !around.awaited) continue;
      for (const written of namesIn(tag.getText())) {
        // `path.join` throws it at what is no string: the compiler has seen to that.
        if (written === "TypeError" && file?.isDeclarationFile) continue;
        found.types.set(written, { name: written, lineage: [written] });
      }
    }
    if (tags.length === 0) found.isOpen = true;
  }

  private isOwnClass(callee: ts.Expression): boolean {
    const declarations = this.types.checker.getTypeAtLocation(callee).getSymbol()?.declarations ?? [];
    return declarations.some((declaration) => !declaration.getSourceFile().isDeclarationFile || this.types.services.program.isSourceFileDefaultLibrary(declaration.getSourceFile()));
  }

  private chain(node: ts.CallExpression, promise: ts.Expression, method: string, around: Around, found: Found): void {
    const [first, second] = node.arguments;
    const handler = method === "catch" ? first : method === "then" ? second : undefined;
    // A promise whose rejection somebody takes gives what that handler throws.
    if (handler) this.callback(handler, around.awaited, found);
    else this.visit(promise, around, found);
    if (method !== "catch" && first) this.callback(first, around.awaited, found);
  }

  private callback(node: ts.Expression, awaited: boolean, found: Found): void {
    const { ts } = this;
    if (!awaited) return;
    if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) merge(found, this.of(node));
    else found.isOpen = true;
  }

  /** `list.map((each) => { throw … })`: the callback runs on the spot. An async one gives promises. */
  private runsCallbacks(node: ts.CallExpression | ts.NewExpression, awaited: boolean, found: Found): void {
    const { ts } = this;
    const called = ts.isParenthesizedExpression(node.expression) ? node.expression.expression : node.expression;
    if (ts.isArrowFunction(called) || ts.isFunctionExpression(called)) return;
    if (!ts.isPropertyAccessExpression(node.expression) || !eager.test(node.expression.name.text)) return;
    for (const argument of node.arguments ?? []) {
      if (!ts.isArrowFunction(argument) && !ts.isFunctionExpression(argument)) continue;
      if (awaited || !this.givesPromiseOf(argument)) merge(found, this.of(argument));
    }
  }

  private targetOf(node: ts.CallExpression | ts.NewExpression): ts.Node | undefined {
    const { ts } = this;
    const called = ts.isParenthesizedExpression(node.expression) ? node.expression.expression : node.expression;
    if (ts.isArrowFunction(called) || ts.isFunctionExpression(called)) return called;
    const declaration = this.types.checker.getResolvedSignature(node)?.declaration as ts.Node | undefined;
    if (!declaration || !ts.isFunctionLike(declaration)) return declaration;
    if ((declaration as Partial<ts.FunctionLikeDeclaration>).body) return declaration;
    // An overload: the implementation stands with the same name.
    const symbol = (declaration as ts.Node & { symbol?: ts.Symbol }).symbol;
    return symbol?.declarations?.find((each) => ts.isFunctionLike(each) && (each as Partial<ts.FunctionLikeDeclaration>).body !== undefined) ?? declaration;
  }

  private givesPromiseOf(target: ts.Node): boolean {
    const { ts, types } = this;
    if (!ts.isFunctionLike(target)) return false;
    const signature = types.checker.getSignatureFromDeclaration(target);
    return signature !== undefined && partsOf(signature.getReturnType(), types).some((part) => part.getSymbol()?.getName() === "Promise");
  }

  private isPromise(node: ts.Expression): boolean {
    return this.types.checker.getTypeAtLocation(node).getProperty("then") !== undefined;
  }

  private isOpenType(type: ts.Type): boolean {
    return (type.flags & (this.ts.TypeFlags.Any | this.ts.TypeFlags.Unknown)) !== 0;
  }

  private add(type: ts.Type, found: Found): void {
    const { ts, types } = this;
    for (const part of partsOf(type, types)) {
      if (this.isOpenType(part)) found.isOpen = true;
      else if (part.flags & ts.TypeFlags.Never) continue;
      else if (part.flags & ts.TypeFlags.Object) {
        const name = part.getSymbol()?.getName();
        if (name && !name.startsWith("__")) found.types.set(name, { name, lineage: lineage(part, types) });
        else found.isOpen = true;
      } else found.isOpen = true;
    }
  }
}

function merge(into: Found, from: Throws): void {
  for (const [name, type] of from.types) into.types.set(name, type);
  if (from.isOpen) into.isOpen = true;
}

/** The types that a `@throws` tag names: `{A | B}`, `{@link A}`, or a bare `AError` in front of the text. */
export function namesIn(tag: string): string[] {
  const rest = tag.replace(/^\s*\*?\s*@(?:throws|exception)\b/, "").trim();
  const link = /^\{@link\s+([\w.]+)/.exec(rest);
  if (link) return [lastPart(link[1] ?? "")];
  const braces = /^\{([^}]*)\}/.exec(rest);
  if (braces) {
    return (braces[1] ?? "")
      .replace(/^Promise<(.*)>$/, "$1")
      .split(/[|()]/)
      .map((part) => lastPart(part.trim()))
      .filter(Boolean);
  }
  const bare = /^([A-Z][\w.]*(?:Error|Exception))\b/.exec(rest);
  return bare ? [lastPart(bare[1] ?? "")] : [];
}

function lastPart(name: string): string {
  return name.split(".").at(-1) ?? name;
}

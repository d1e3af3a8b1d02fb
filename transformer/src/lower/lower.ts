import type { FunctionNode, Node } from "../parse/estree.js";
import type { Exit, FunctionKind, Operation } from "../plan/plan.js";
import { refuseBodyFunctions, refuseRedeclaredParameters } from "./body-functions.js";
import { collectOperations } from "./operations.js";
import { parameterOperations } from "./parameters.js";
import { refusals } from "./refusal.js";
import type { Refusal } from "./refusal.js";
import { skipTrivia } from "./trivia.js";

export type { Refusal };

/** What surrounds a function and decides whether and how it can be rewritten. */
export interface FunctionSurroundings {
  /** Whether the body is strict code, by its own `'use strict'` or by what is around it. */
  readonly strict: boolean;
  /** The innermost class, when the function is its constructor. */
  readonly constructorOf: null | {
    readonly derived: boolean;
    /** Has instance field initialisers or parameter properties, which compilers put behind a root-level `super(…)`. */
    readonly initialisesFields: boolean;
  };
  readonly insideWith: boolean;
  /** In asm.js code, or such code itself. */
  readonly insideAsm: boolean;
  /** Every return value is wanted (option `ret`), not only those that may be promises. */
  readonly captureReturn?: boolean;
}

/** How one function is traced: see {@link Operation} for what each edit does. */
export interface Lowering {
  readonly kind: FunctionKind;
  /** As in a planned function. */
  readonly begin: number;
  readonly operations: readonly Operation[];
  readonly exit: Exit;
}

function kindOf(node: FunctionNode, surroundings: FunctionSurroundings): FunctionKind {
  if (node.generator) return node.async ? "async-generator" : "generator";
  if (node.async) return "async";
  return surroundings.constructorOf ? "constructor" : "function";
}

/** The offset right behind the `=>` of an arrow function. */
function behindArrow(node: FunctionNode, source: string): number {
  let offset = node.start;
  for (const before of [node.typeParameters, node.params.at(-1), node.returnType]) {
    if (before) offset = Math.max(offset, before.end);
  }
  for (;;) {
    offset = skipTrivia(source, offset);
    if (source.startsWith("=>", offset)) return offset + 2;
    // What is left here is `async`, parentheses, and a trailing comma.
    offset += 1;
  }
}

function rootSuperCall(statements: readonly Node[]): Node | undefined {
  return statements.find(
    (statement) =>
      statement.type === "ExpressionStatement" &&
      statement.expression.type === "CallExpression" &&
      statement.expression.callee.type === "Super",
  );
}

/**
 * Works out the edits that trace one function, or why it cannot be traced faithfully.
 *
 * The body stays where it is: it becomes the block of a `try`, and each place where the function suspends, resumes or
 * returns a promise is bracketed. So a refusal is needed only where a block differs from a body, and where names that
 * are brought in could be caught.
 *
 * @param node a function with a body
 * @param source the text that the offsets of `node` count in
 * @example
 * const lowering = lower(node, { strict: true, constructorOf: null, insideWith: false, insideAsm: false }, source);
 * if ("reason" in lowering) report(lowering.code, lowering.reason);
 */
export function lower(node: FunctionNode, surroundings: FunctionSurroundings, source: string): Lowering | Refusal {
  const { body } = node;
  if (surroundings.insideAsm) return refusals.asm;
  if (surroundings.insideWith) return refusals.insideWith;
  if (body === null) throw new TypeError("a function without a body cannot be traced");
  const kind = kindOf(node, surroundings);
  const captureReturn = surroundings.captureReturn ?? false;
  let begin: number;
  if (body.type === "BlockStatement") {
    const statements: readonly Node[] = body.body;
    begin = body.start + 1;
    for (const statement of statements) {
      if (statement.type !== "ExpressionStatement" || typeof statement.directive !== "string") break;
      begin = statement.end;
    }
    let before = "";
    if (surroundings.constructorOf?.derived && surroundings.constructorOf.initialisesFields) {
      // Compilers that lower fields put them behind a `super(…)` at the root and look nowhere else. Where there is none
      // they take every `super(…)` as they find it, and so the whole body can stand in the block.
      const call = rootSuperCall(statements);
      if (call) {
        before = source.slice(begin, call.end);
        begin = call.end;
      }
    }
    const refusal =
      refuseBodyFunctions(node, statements, surroundings.strict, before, begin) ?? refuseRedeclaredParameters(node, statements);
    if (refusal) return refusal;
  } else {
    begin = behindArrow(node, source);
  }
  const inside = collectOperations(node, body, kind, begin, captureReturn);
  if ("code" in inside) return inside;
  const ofParameters = parameterOperations(node);
  const operations = ofParameters.length === 0 ? inside.operations : [...ofParameters, ...inside.operations];
  return { kind, begin, operations, exit: inside.exit };
}

import type { Expression, FunctionNode, Node } from "../parse/estree.js";
import { addChildren, addStatements, reverseFrom } from "../parse/children.js";
import { isFunctionNode, isTypeOnly } from "../parse/estree.js";
import type { AwaitForm, Exit, FunctionKind, Operation, Range } from "../plan/plan.js";
import { endIsReachable } from "./completion.js";
import { refusals } from "./refusal.js";
import type { Refusal } from "./refusal.js";
import { isPlainValue } from "./values.js";

function rangeOf(node: Node): Range {
  return { start: node.start, end: node.end };
}

function contains(range: Range, offset: number): boolean {
  return range.start <= offset && offset < range.end;
}

/** What of a class runs in the function around it: heritage, computed keys, decorators, but not what its members hold. */
function addOwnChildren(node: Node, into: Node[]): void {
  switch (node.type) {
    case "StaticBlock":
      return;
    case "PropertyDefinition":
    case "AccessorProperty":
      into.push(...node.decorators, node.key);
      return;
    default:
      addChildren(node, into);
  }
}

interface PendingReturn {
  readonly node: Range;
  readonly argument: Expression | null;
}

/** What one walk through a body found, before it is decided what of it becomes an operation. */
interface Found {
  readonly operations: Operation[];
  readonly returns: PendingReturn[];
  /** Offsets at which the function may be suspended. */
  readonly suspensions: number[];
  readonly tries: { readonly block: Range; readonly handler: Range | null; readonly handlerBody: Range | null; readonly finalizer: Range | null }[];
  readonly withBodies: Range[];
  /** Where something runs behind a `return`: a `finally`, what disposes, an iterator that is closed. */
  readonly closing: Range[];
  refusal?: Refusal;
}

function isUsing(node: Node | null): boolean {
  return node?.type === "VariableDeclaration" && (node.kind === "using" || node.kind === "await using");
}

/** `await using` may stand in any statement list; the block of the function itself needs nothing after it. */
function disposesAsynchronously(statements: readonly Node[]): boolean {
  return statements.some((statement) => statement.type === "VariableDeclaration" && statement.kind === "await using");
}

/** How an `await` is written: see {@link Operation}. What begins a statement begins with a word, or it would go on with the line before. */
function awaitForm(kind: FunctionKind, node: Node, statement: (Node & { type: "ExpressionStatement" }) | undefined): AwaitForm {
  if (kind !== "async") return "call";
  if (statement?.start !== node.start) return "bare";
  return statement.expression === node ? "statement" : "call";
}

function survey(kind: FunctionKind, body: Node, begin: number): Found {
  const found: Found = { operations: [], returns: [], suspensions: [], tries: [], withBodies: [], closing: [] };
  const { operations, suspensions } = found;
  let outermostLabel: Map<Node, Node> | undefined;
  /** The last one that was met: the one that an expression which begins where it does stands in. */
  let statement: (Node & { type: "ExpressionStatement" }) | undefined;
  // What a function does that never waits is all told by its statements.
  const addParts = kind === "function" || kind === "constructor" ? addStatements : addOwnChildren;
  const open: Node[] = [body];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    // Functions run on their own; the computed key of a method is no part of its function node.
    if (isFunctionNode(node) || isTypeOnly(node)) continue;
    switch (node.type) {
      case "ExpressionStatement":
        statement = node;
        break;
      case "AwaitExpression":
        operations.push({ type: "await", node: rangeOf(node), argument: rangeOf(node.argument), form: awaitForm(kind, node, statement) });
        suspensions.push(node.start);
        break;
      case "YieldExpression":
        if (node.delegate && node.argument) {
          operations.push({ type: "yield-delegate", node: rangeOf(node), argument: rangeOf(node.argument) });
        } else {
          operations.push({ type: "yield", node: rangeOf(node), argument: node.argument && rangeOf(node.argument) });
        }
        suspensions.push(node.start);
        break;
      case "ReturnStatement":
        if (node.start < begin) break;
        found.returns.push({ node: rangeOf(node), argument: node.argument });
        if (node.argument && kind === "async-generator") suspensions.push(node.start);
        break;
      case "LabeledStatement":
        outermostLabel ??= new Map();
        outermostLabel.set(node.body, outermostLabel.get(node) ?? node);
        break;
      case "ForOfStatement": {
        found.closing.push(rangeOf(node));
        const disposes = node.left.type === "VariableDeclaration" && node.left.kind === "await using";
        if (!node.await && !disposes) break;
        operations.push({
          type: "for-await",
          node: rangeOf(outermostLabel?.get(node) ?? node),
          iterable: node.await ? rangeOf(node.right) : null,
          body: rangeOf(node.body),
          // In an async function every turn after the first runs from the microtask queue, where no caller is left.
          suspendEachTurn: disposes || kind === "async-generator",
        });
        suspensions.push(node.start);
        break;
      }
      case "ForStatement":
        if (isUsing(node.init)) found.closing.push(rangeOf(node));
        if (node.init?.type === "VariableDeclaration" && node.init.kind === "await using") {
          found.refusal ??= refusals.disposedInLoopHead;
        }
        break;
      case "SwitchStatement":
        if (node.cases.some(({ consequent }) => consequent.some(isUsing))) found.closing.push(rangeOf(node));
        break;
      case "BlockStatement":
        if (node.body.some(isUsing)) found.closing.push(rangeOf(node));
        if (!disposesAsynchronously(node.body)) break;
        if (node !== body) operations.push({ type: "resume-after", block: rangeOf(node) });
        for (const statement of node.body) {
          if (statement.type !== "VariableDeclaration" || statement.kind !== "await using") continue;
          operations.push({ type: "await-using", node: rangeOf(statement) });
          suspensions.push(statement.start);
        }
        break;
      case "TryStatement":
        if (node.finalizer) found.closing.push(rangeOf(node));
        found.tries.push({
          block: rangeOf(node.block),
          handler: node.handler && rangeOf(node.handler),
          handlerBody: node.handler && rangeOf(node.handler.body),
          finalizer: node.finalizer && rangeOf(node.finalizer),
        });
        break;
      case "WithStatement":
        found.withBodies.push(rangeOf(node.body));
        break;
      default:
    }
    const rest = open.length;
    addParts(node, open);
    reverseFrom(open, rest);
  }
  return found;
}

/** After a suspension that ends in an error or a forced return, the first code of ours to run is a `catch` or `finally` block. */
function resumedBlocks(found: Found): Operation[] {
  if (found.tries.length === 0 || found.suspensions.length === 0) return [];
  const offsets = found.suspensions.sort((a, b) => a - b);
  const suspendsIn = (range: Range): boolean => {
    let low = 0;
    let high = offsets.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((offsets[middle] ?? 0) < range.start) low = middle + 1;
      else high = middle;
    }
    const next = offsets[low];
    return next !== undefined && next < range.end;
  };
  const operations: Operation[] = [];
  for (const { block, handler, handlerBody, finalizer } of found.tries) {
    const blockSuspends = suspendsIn(block);
    if (handlerBody && blockSuspends) operations.push({ type: "resume-block", block: handlerBody });
    if (finalizer && (blockSuspends || (handler && suspendsIn(handler)))) {
      operations.push({ type: "resume-block", block: finalizer });
    }
  }
  return operations;
}

const RETURN_HELPERS = {
  function: "returned",
  constructor: "returned",
  generator: "returned",
  async: "resolved",
  "async-generator": "suspend",
} as const;

/** Whether what is returned says nothing about the call. A generator's is told only where it is captured; nothing waits for it. */
function isSilent(kind: FunctionKind, argument: Expression): boolean {
  return kind === "generator" || (kind !== "async-generator" && isPlainValue(argument));
}

/** In a `with` nothing of ours can stand; and a generator may be told to return at any `yield`. */
function exitOf(kind: FunctionKind, { returns, closing, withBodies }: Found, body: Node): Exit {
  if (kind === "generator" || kind === "async-generator") return "finally";
  const around = [...closing, ...withBodies];
  const isLast = ({ node }: PendingReturn): boolean => !around.some((range) => contains(range, node.start));
  if (!returns.every(isLast)) return "finally";
  return body.type === "BlockStatement" && endIsReachable(body) ? "end" : "return";
}

/** The `await`s of an async function behind which none of its own code runs, by their offsets. */
function lastAwaits(body: Node, { returns, closing }: Found): Set<number> {
  const ends: (Node | null | undefined)[] = returns.map(({ argument }) => argument);
  const statement = body.type === "BlockStatement" ? body.body.at(-1) : undefined;
  if (statement?.type === "ExpressionStatement" && !closing.some((range) => contains(range, statement.start))) ends.push(statement.expression);
  return new Set(ends.flatMap((end) => (end?.type === "AwaitExpression" ? end.start : [])));
}

/**
 * Finds every place in a body that takes part in tracing: where the function is suspended and resumed, and where it returns.
 *
 * @param begin what stands before this offset runs before the span starts
 * @param captureReturn every return value is wanted, not only those that may be promises
 */
export function collectOperations(
  node: FunctionNode,
  body: Node,
  kind: FunctionKind,
  begin: number,
  captureReturn: boolean,
): { readonly operations: readonly Operation[]; readonly exit: Exit } | Refusal {
  const found = survey(kind, body, begin);
  if (found.refusal) return found.refusal;
  const { operations, returns, withBodies } = found;
  operations.push(...resumedBlocks(found));
  const insideWith = (offset: number): boolean => withBodies.some((range) => contains(range, offset));
  if (operations.some((operation) => insideWith("node" in operation ? operation.node.start : operation.block.start))) {
    return refusals.suspendsInsideWith;
  }
  // A `return` in a `finally` block replaces an earlier one, so the runtime has to hear of both.
  const replaces = found.tries.some(({ finalizer }) => finalizer && returns.some((each) => contains(finalizer, each.node.start)));
  if (node.type === "ArrowFunctionExpression" && node.expression && body.type !== "BlockStatement") {
    returns.push({ node: rangeOf(body), argument: body as Expression });
  }
  const exit = exitOf(kind, found, body);
  if (kind === "async" && exit !== "finally") {
    const last = lastAwaits(body, found);
    for (const operation of operations) if (operation.type === "await" && last.has(operation.node.start)) operation.form = "last";
  }
  for (const { node: range, argument } of returns) {
    const isToldOf = argument !== null && (captureReturn || replaces || !isSilent(kind, argument));
    if (exit === "finally" && !isToldOf) continue;
    if (insideWith(range.start)) {
      if (kind === "async-generator") return refusals.suspendsInsideWith;
      continue;
    }
    operations.push({ type: "return", node: range, argument: argument && rangeOf(argument), helper: isToldOf ? RETURN_HELPERS[kind] : "done" });
  }
  operations.sort((a, b) => {
    const first = "node" in a ? a.node : a.block;
    const second = "node" in b ? b.node : b.block;
    return first.start - second.start || second.end - first.end;
  });
  return { operations, exit };
}

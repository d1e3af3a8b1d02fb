import type { Expression, FunctionNode, Node } from "../parse/estree.js";
import { addChildren, addStatements, reverseFrom } from "../parse/children.js";
import { isFunctionNode, isTypeOnly } from "../parse/estree.js";
import type { FunctionKind, Operation, Range } from "../plan/plan.js";
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
  readonly argument: Expression;
}

/** What one walk through a body found, before it is decided what of it becomes an operation. */
interface Found {
  readonly operations: Operation[];
  readonly returns: PendingReturn[];
  /** Offsets at which the function may be suspended. */
  readonly suspensions: number[];
  readonly tries: { readonly block: Range; readonly handler: Range | null; readonly handlerBody: Range | null; readonly finalizer: Range | null }[];
  readonly withBodies: Range[];
  refusal?: Refusal;
}

/** `await using` may stand in any statement list; the block of the function itself needs nothing after it. */
function disposesAsynchronously(statements: readonly Node[]): boolean {
  return statements.some((statement) => statement.type === "VariableDeclaration" && statement.kind === "await using");
}

function survey(kind: FunctionKind, body: Node, begin: number): Found {
  const found: Found = { operations: [], returns: [], suspensions: [], tries: [], withBodies: [] };
  const { operations, suspensions } = found;
  const outermostLabel = new Map<Node, Node>();
  // What a function does that never waits is all told by its statements.
  const addParts = kind === "function" || kind === "constructor" ? addStatements : addOwnChildren;
  const open: Node[] = [body];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    // Functions run on their own; the computed key of a method is no part of its function node.
    if (isFunctionNode(node) || isTypeOnly(node)) continue;
    switch (node.type) {
      case "AwaitExpression":
        operations.push({ type: "await", node: rangeOf(node), argument: rangeOf(node.argument) });
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
        if (node.argument && node.start >= begin) {
          found.returns.push({ node: rangeOf(node), argument: node.argument });
          if (kind === "async-generator") suspensions.push(node.start);
        }
        break;
      case "LabeledStatement":
        outermostLabel.set(node.body, outermostLabel.get(node) ?? node);
        break;
      case "ForOfStatement": {
        const disposes = node.left.type === "VariableDeclaration" && node.left.kind === "await using";
        if (!node.await && !disposes) break;
        operations.push({
          type: "for-await",
          node: rangeOf(outermostLabel.get(node) ?? node),
          iterable: node.await ? rangeOf(node.right) : null,
          body: rangeOf(node.body),
          // In an async function every turn after the first runs from the microtask queue, where no caller is left.
          suspendEachTurn: disposes || kind === "async-generator",
        });
        suspensions.push(node.start);
        break;
      }
      case "ForStatement":
        if (node.init?.type === "VariableDeclaration" && node.init.kind === "await using") {
          found.refusal ??= refusals.disposedInLoopHead;
        }
        break;
      case "BlockStatement":
        if (!disposesAsynchronously(node.body)) break;
        if (node !== body) operations.push({ type: "resume-after", block: rangeOf(node) });
        for (const statement of node.body) {
          if (statement.type !== "VariableDeclaration" || statement.kind !== "await using") continue;
          operations.push({ type: "await-using", node: rangeOf(statement) });
          suspensions.push(statement.start);
        }
        break;
      case "TryStatement":
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
  async: "resolved",
  "async-generator": "suspend",
} as const;

function returnOperation(kind: FunctionKind, node: Range, argument: Expression, keepAll: boolean): Operation | undefined {
  // A generator's return value is told only where it is captured; nothing waits for it.
  const helper = kind === "generator" ? "returned" : RETURN_HELPERS[kind];
  const tells =
    helper === "suspend" ||
    keepAll ||
    (kind !== "generator" && !isPlainValue(argument) && !(kind === "async" && argument.type === "AwaitExpression"));
  return tells ? { type: "return", node, argument: rangeOf(argument), helper } : undefined;
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
): readonly Operation[] | Refusal {
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
  for (const each of returns) {
    const operation = returnOperation(kind, each.node, each.argument, captureReturn || replaces);
    if (!operation) continue;
    if (!insideWith(each.node.start)) operations.push(operation);
    else if (kind === "async-generator") return refusals.suspendsInsideWith;
  }
  return operations.sort((a, b) => {
    const first = "node" in a ? a.node : a.block;
    const second = "node" in b ? b.node : b.block;
    return first.start - second.start || second.end - first.end;
  });
}

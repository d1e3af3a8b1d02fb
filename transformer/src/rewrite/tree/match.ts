import type ts from "typescript";
import type { Operation, PlannedFunction, Range } from "../../plan/plan.js";
import { isBodiedFunction, kindOf, type BodiedFunction } from "./bodied-function.js";
import type { BodyOperation } from "./operations.js";
import {
  beginsIn,
  indexPlan,
  newFinding,
  slotKey,
  slotOf,
  type Finding,
  type Place,
  type PlanIndex,
} from "./plan-index.js";
import type { TypeScript } from "./typescript.js";

/** What was found of one planned function in a tree. */
export interface FunctionMatch {
  readonly planned: PlannedFunction;
  readonly node: BodiedFunction;
}

/** An expression of a parameter list, and whose it is. */
interface ParameterMatch {
  readonly planned: PlannedFunction;
  readonly range: Range;
}

/** A planned function that cannot be rewritten on this tree, and why. */
export interface Mismatch {
  readonly planned: PlannedFunction;
  readonly reason: string;
}

/** A plan, found again in a tree of the compiler. */
export interface Match {
  readonly functions: ReadonlyMap<ts.Node, FunctionMatch>;
  /** Innermost first, where one node has several. */
  readonly operations: ReadonlyMap<ts.Node, readonly BodyOperation[]>;
  /** Expressions of parameter lists that are evaluated in a `try`. */
  readonly parameters: ReadonlyMap<ts.Node, ParameterMatch>;
  /** Decorators that are compiled away. */
  readonly decorators: ReadonlySet<ts.Node>;
  /** Nodes with something to rewrite in them: all others are left exactly as they are. */
  readonly ancestors: ReadonlySet<ts.Node>;
  readonly mismatches: readonly Mismatch[];
}

/**
 * Finds the functions and operations of a plan in a source file's tree, by kind and range. The tree may have gone
 * through other transformers: nodes they made are traced back to the original, and a function in which something
 * does not fit is reported rather than half rewritten.
 */
export function matchPlan(
  ts: TypeScript,
  sourceFile: ts.SourceFile,
  functions: readonly PlannedFunction[],
): Match {
  const findings = functions.map(newFinding);
  const index = indexPlan(findings);
  walk(ts, sourceFile, index);

  const mismatches = new Map<PlannedFunction, string>();
  for (const finding of findings) {
    const reason = problemOf(finding);
    if (reason !== undefined) mismatches.set(finding.planned, reason);
  }
  spreadThroughDecorators(findings, mismatches);
  return collect(findings, mismatches);
}

/** Walks the tree without recursion: chains of thousands of operators, which the compiler survives, must not end us. */
function walk(ts: TypeScript, sourceFile: ts.SourceFile, index: PlanIndex): void {
  const pending: Place[] = [{ node: sourceFile, parent: undefined, owner: undefined }];
  for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
    const parent = place;
    const { node } = place;
    const inner = isBodiedFunction(ts, node) ? matchFunction(ts, sourceFile, index, place, node) : undefined;
    matchNode(ts, sourceFile, index, place);
    matchParameters(ts, sourceFile, index, place);
    ts.forEachChild(node, (child) => {
      if (isParsed(ts, child) && !beginsIn(index, child.pos, child.end)) return;
      pending.push({ node: child, parent, owner: ownerOf(ts, child, parent, inner) });
    });
  }
}

/** Whether a node is one of the source file, and so is all that stands in it: it holds what its range holds. */
function isParsed(ts: TypeScript, node: ts.Node): boolean {
  return node.pos >= 0 && node.parent !== undefined && (node.flags & ts.NodeFlags.Synthesized) === 0;
}

/** Which planned function the code of a child node runs in. */
function ownerOf(
  ts: TypeScript,
  child: ts.Node,
  { node, owner }: Place,
  inner: Finding | undefined,
): Finding | undefined {
  if (isBodiedFunction(ts, node)) {
    if (child === node.body) return inner;
    return ts.isParameter(child) ? undefined : owner;
  }
  if (ts.isPropertyDeclaration(node) && child === node.initializer) return undefined;
  return ts.isClassStaticBlockDeclaration(node) ? undefined : owner;
}

function matchFunction(
  ts: TypeScript,
  sourceFile: ts.SourceFile,
  index: PlanIndex,
  place: Place,
  node: BodiedFunction & { body: ts.Node },
): Finding | undefined {
  const body = withoutParentheses(ts, node.body);
  const range = rangeOf(ts, sourceFile, body);
  const finding = range && index.bodies.get(slotKey("body", range));
  if (!finding || !isFrom(ts, sourceFile, body)) return undefined;
  finding.functions.push({ place, node });
  const kind = kindOf(ts, node);
  if (kind !== finding.planned.kind)
    finding.problem = `it was planned as ${finding.planned.kind} and is now ${kind}`;
  if (!ts.isBlock(body)) {
    const at: Place = { node: node.body, parent: place, owner: finding };
    for (const { operation } of index.operations.get(slotKey("body", range)) ?? []) {
      finding.operations.get(operation)?.push(at);
    }
  }
  return finding;
}

function matchNode(ts: TypeScript, sourceFile: ts.SourceFile, index: PlanIndex, place: Place): void {
  const { node, owner } = place;
  if (owner && (ts.isReturnStatement(node) || closes(ts, node)))
    owner.isExtended ||= rangeOf(ts, sourceFile, node) === undefined;
  const slot = slotOf(ts, node);
  if (slot === undefined) return;
  const range = rangeOf(ts, sourceFile, node);
  if (range === undefined) {
    if (owner && suspends(ts, node)) owner.problem = "an earlier transformer put an await or yield into it";
    return;
  }
  const at = slotKey(slot, range);
  if (slot === "decorator") {
    for (const finding of index.decorators.get(at) ?? []) finding.decorators.push(place);
    return;
  }
  for (const { finding, operation } of index.operations.get(at) ?? []) {
    if (finding !== owner) finding.problem = "a part of it was moved elsewhere";
    else if (isFrom(ts, sourceFile, node)) finding.operations.get(operation)?.push(place);
  }
}

/** Default values and computed keys, which any expression can be. */
function matchParameters(ts: TypeScript, sourceFile: ts.SourceFile, index: PlanIndex, place: Place): void {
  const { node } = place;
  const expressions: [expression: ts.Expression | undefined, parent: Place][] = [];
  if (ts.isParameter(node)) expressions.push([node.initializer, place]);
  if (ts.isBindingElement(node)) {
    const { initializer, propertyName } = node;
    expressions.push([initializer, place]);
    if (propertyName && ts.isComputedPropertyName(propertyName))
      expressions.push([propertyName.expression, { node: propertyName, parent: place, owner: place.owner }]);
  }
  for (const [expression, parent] of expressions) {
    const inner = expression && withoutParentheses(ts, expression);
    const range = inner && rangeOf(ts, sourceFile, inner);
    if (!range || !isFrom(ts, sourceFile, inner)) continue;
    for (const { finding, operation } of index.operations.get(slotKey("parameter", range)) ?? [])
      finding.operations.get(operation)?.push({ node: expression, parent, owner: finding });
  }
}

/** Whether a node that no plan knows suspends its function. */
function suspends(ts: TypeScript, node: ts.Node): boolean {
  return (
    ts.isAwaitExpression(node) ||
    ts.isYieldExpression(node) ||
    (ts.isForOfStatement(node) && node.awaitModifier !== undefined) ||
    (ts.isVariableStatement(node) &&
      (node.declarationList.flags & ts.NodeFlags.AwaitUsing) === ts.NodeFlags.AwaitUsing)
  );
}

/** Whether something runs behind a `return` that stands in a node. */
function closes(ts: TypeScript, node: ts.Node): boolean {
  return (
    (ts.isTryStatement(node) && node.finallyBlock !== undefined) ||
    ts.isForOfStatement(node) ||
    (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.Using) === ts.NodeFlags.Using)
  );
}

/** The expression inside any parentheses, which are nodes in this tree and none in the plan's. */
export function withoutParentheses(ts: TypeScript, node: ts.Node): ts.Node {
  let inner = node;
  while (ts.isParenthesizedExpression(inner)) inner = inner.expression;
  return inner;
}

/** A node's range in the source text, without leading comments; undefined for what a transformer made anew. */
function rangeOf(ts: TypeScript, sourceFile: ts.SourceFile, node: ts.Node): Range | undefined {
  const placed = node.pos >= 0 ? node : ts.getOriginalNode(node);
  return placed.pos < 0 ? undefined : { start: placed.getStart(sourceFile), end: placed.end };
}

/** Whether a node comes from this file, as far as can be told: transformers may copy nodes between files. */
function isFrom(ts: TypeScript, sourceFile: ts.SourceFile, node: ts.Node): boolean {
  let root = ts.getOriginalNode(node);
  while (root.parent !== undefined) root = root.parent;
  return !ts.isSourceFile(root) || root.fileName === sourceFile.fileName;
}

function problemOf(finding: Finding): string | undefined {
  if (finding.functions.length === 0) return "it is not in the tree that the compiler hands over";
  if (finding.functions.length > 1) return "an earlier transformer copied it";
  if (finding.problem !== undefined) return finding.problem;
  for (const [operation, places] of finding.operations) {
    if (places.length === 0 && isMereEnd(operation)) finding.isExtended = true;
    else if (places.length !== 1)
      return `its ${operation.type} at offset ${startOf(operation)} was found ${places.length} times`;
  }
  if (finding.planned.removeDecorator && finding.decorators.length !== 1)
    return "its @traced decorator was not found";
  return undefined;
}

/** A `return` that need not be told of where a `finally` ends the call. */
const isMereEnd = (operation: Operation): boolean => operation.type === "return" && operation.helper === "done";

const startOf = (operation: Operation): number =>
  ("block" in operation ? operation.block : operation.node).start;

/** A decorator on a class stands for all its methods: it goes when all of them are rewritten, or else none is. */
function spreadThroughDecorators(
  findings: readonly Finding[],
  mismatches: Map<PlannedFunction, string>,
): void {
  if (mismatches.size === 0) return;
  for (const { decorators } of findings) {
    for (const { parent } of decorators) {
      const target = parent?.node;
      const marked = findings.filter(
        ({ planned }) => target && target.pos <= planned.node.start && planned.node.end <= target.end,
      );
      if (!marked.some(({ planned }) => mismatches.has(planned))) continue;
      for (const { planned } of marked) {
        if (!mismatches.has(planned))
          mismatches.set(planned, "its decorator also marks a function that cannot be rewritten");
      }
    }
  }
}

function collect(findings: readonly Finding[], mismatches: ReadonlyMap<PlannedFunction, string>): Match {
  const functions = new Map<ts.Node, FunctionMatch>();
  const operations = new Map<ts.Node, BodyOperation[]>();
  const parameters = new Map<ts.Node, ParameterMatch>();
  const decorators = new Set<ts.Node>();
  const ancestors = new Set<ts.Node>();
  const mark = (place: Place | undefined): void => {
    for (let at = place; at !== undefined && !ancestors.has(at.node); at = at.parent) ancestors.add(at.node);
  };
  for (const finding of findings) {
    if (mismatches.has(finding.planned)) continue;
    for (const { place, node } of finding.functions) {
      const { planned } = finding;
      functions.set(node, { planned: finding.isExtended ? { ...planned, exit: "finally" } : planned, node });
      mark(place);
    }
    for (const [operation, places] of finding.operations) {
      if (finding.isExtended && isMereEnd(operation)) continue;
      for (const place of places) {
        mark(place);
        if (operation.type === "parameter") {
          parameters.set(place.node, { planned: finding.planned, range: operation.node });
          continue;
        }
        const ordered = [...(operations.get(place.node) ?? []), operation].sort(
          (a, b) => depth(a) - depth(b),
        );
        operations.set(place.node, ordered);
      }
    }
    for (const place of finding.decorators) {
      decorators.add(place.node);
      mark(place);
    }
  }
  return {
    functions,
    operations,
    parameters,
    decorators,
    ancestors,
    mismatches: [...mismatches].map(([planned, reason]) => ({ planned, reason })),
  };
}

/** Of several operations on one node, the one that ends up outside comes last. */
const depth = ({ type }: BodyOperation): number => (type === "return" || type === "resume-block" ? 1 : 0);

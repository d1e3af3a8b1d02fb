import type ts from "typescript";
import type { Operation, PlannedFunction, Range } from "../../plan/plan.js";
import type { BodiedFunction } from "./bodied-function.js";
import type { TypeScript } from "./typescript.js";

/** A node on the way from the root. */
export interface Place {
  readonly node: ts.Node;
  readonly parent: Place | undefined;
  /** The innermost function round the node, when that is a planned one. */
  readonly owner: Finding | undefined;
}

/** What the walk collects for one planned function. */
export interface Finding {
  readonly planned: PlannedFunction;
  readonly functions: { readonly place: Place; readonly node: BodiedFunction }[];
  readonly operations: Map<Operation, Place[]>;
  readonly decorators: Place[];
  problem: string | undefined;
  /** An earlier transformer has put in what no plan knows and what may leave the function, or run behind a `return`. */
  isExtended: boolean;
}

/** The kinds of node that something in a plan can stand for. */
type Slot = "body" | "decorator" | "parameter" | "await" | "yield" | "return" | "loop" | "block" | "using";

/** Where a plan's part is looked for: the kind of node and its range. */
export const slotKey = (slot: Slot, range: Range): string => `${slot}:${range.start}:${range.end}`;

/** An empty finding. */
export function newFinding(planned: PlannedFunction): Finding {
  return { planned, functions: [], operations: new Map(), decorators: [], problem: undefined, isExtended: false };
}

/** An operation and whose it is. */
interface PlannedOperation {
  readonly finding: Finding;
  readonly operation: Operation;
}

/** A plan, to be asked what stands at a place. */
export interface PlanIndex {
  readonly bodies: ReadonlyMap<string, Finding>;
  readonly operations: ReadonlyMap<string, readonly PlannedOperation[]>;
  readonly decorators: ReadonlyMap<string, readonly Finding[]>;
  /** Where the parts begin, in ascending order. */
  readonly starts: Int32Array;
}

/** Puts the parts of a plan in order of their places. */
export function indexPlan(findings: readonly Finding[]): PlanIndex {
  const bodies = new Map<string, Finding>();
  const operations = new Map<string, PlannedOperation[]>();
  const decorators = new Map<string, Finding[]>();
  const starts: number[] = [];
  for (const finding of findings) {
    const { planned } = finding;
    bodies.set(slotKey("body", planned.body), finding);
    starts.push(planned.body.start);
    for (const operation of planned.operations) {
      finding.operations.set(operation, []);
      append(operations, operationKey(operation, planned), { finding, operation });
      starts.push("block" in operation ? operation.block.start : operation.node.start);
    }
    if (planned.removeDecorator) {
      append(decorators, slotKey("decorator", planned.removeDecorator), finding);
      starts.push(planned.removeDecorator.start);
    }
  }
  return { bodies, operations, decorators, starts: Int32Array.from(starts).sort() };
}

/** Whether some part begins in a range, whose end does not belong to it. */
export function beginsIn({ starts }: PlanIndex, start: number, end: number): boolean {
  let low = 0;
  for (let high = starts.length; low < high; ) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? Infinity) < start) low = middle + 1;
    else high = middle;
  }
  return (starts[low] ?? Infinity) < end;
}

function append<T>(map: Map<string, T[]>, at: string, value: T): void {
  const values = map.get(at);
  if (values) values.push(value);
  else map.set(at, [value]);
}

/** What an arrow returns has no statement of its own: the body stands for it. */
function operationKey(operation: Operation, planned: PlannedFunction): string {
  switch (operation.type) {
    case "parameter":
      return slotKey("parameter", operation.node);
    case "await":
      return slotKey("await", operation.node);
    case "yield":
    case "yield-delegate":
      return slotKey("yield", operation.node);
    case "return":
      return planned.expressionBody ? slotKey("body", planned.body) : slotKey("return", operation.node);
    case "for-await":
      return slotKey("loop", operation.node);
    case "resume-block":
    case "resume-after":
      return slotKey("block", operation.block);
    case "await-using":
      return slotKey("using", operation.node);
  }
}

/** Which operations a node can take. */
export function slotOf(ts: TypeScript, node: ts.Node): Slot | undefined {
  const { SyntaxKind } = ts;
  switch (node.kind) {
    case SyntaxKind.AwaitExpression:
      return "await";
    case SyntaxKind.YieldExpression:
      return "yield";
    case SyntaxKind.ReturnStatement:
      return "return";
    case SyntaxKind.ForOfStatement:
    case SyntaxKind.LabeledStatement:
      return "loop";
    case SyntaxKind.Block:
      return "block";
    case SyntaxKind.VariableStatement:
      return "using";
    case SyntaxKind.Decorator:
      return "decorator";
    default:
      return undefined;
  }
}

import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { effectOf, isCollecting, isRetry } from "./calls.js";
import { isDebugCondition, isStoppingCondition } from "./conditions.js";
import { comparesData, neverHoldsInLoop } from "./data-conditions.js";
import { ExpressionWalk, testedValue } from "./fate-expressions.js";
import { handled, printed, raise, signalled, type State, unreachable, untouched } from "./fate-state.js";
import { isVoidCall } from "./pretence.js";
import type { Vocabulary } from "./settings.js";
import { isSuccessCallback } from "./success-calls.js";
import { type Node, unwrap, visit } from "./syntax.js";
import { type ValueKind, valueKind } from "./values.js";

/** A way out of a handler on which the error was not dealt with. */
export interface Leak {
  /** The statement or expression that leaves, or the handler's body where it just ends. */
  node: Node;
  how: "end" | "loop" | "return";
  /** What leaves instead of the error. */
  value: ValueKind;
}

export interface Fate {
  /** Ways out on which nothing was done about the error. */
  lost: Leak[];
  /** Ways out on which it was only printed. */
  printed: Leak[];
  /** A log line about the failure that leaves the error out. */
  bareLog: Node | undefined;
  /** Where the failure alone is told, by a constant: `return { ok: false }`, `this.ready = false`, `res.status(500).end()`. */
  bareSignal: Node | undefined;
  /** Whether a call tells of the failure in its own way, or tries something else. */
  signalsByCall: boolean;
  /** Whether some path deals with the error, or throws. */
  handledSomewhere: boolean;
  throwsSomewhere: boolean;
  /** Whether the handler looks at the error anywhere. */
  looksAtError: boolean;
  /** Whether the error that is expected, a missing file or the like, is thrown on, and every other left. */
  isInverted: boolean;
  /** Whether a look at it changes nothing: both ways are alike, or it is only told when somebody debugs. */
  looksInVain: boolean;
  bound: boolean;
}

export interface Handler {
  /** The pattern that binds the error, if any. */
  param: Node | undefined;
  body: TSESTree.BlockStatement | TSESTree.Expression;
  /** The catch clause or function. */
  node: Node;
  /** Nobody gets what the handler returns. */
  isValueDropped?: boolean;
}

/**
 * Follows every path through an error handler and tells what becomes of the error on each. Conditions on the error
 * itself narrow it: where a test says that this is the very error that was expected, the path is a decision, not a loss.
 */
export function fateOf(handler: Handler, source: Readonly<TSESLint.SourceCode>, vocabulary: Vocabulary): Fate {
  return new Walk(handler, source, vocabulary).run();
}

interface Loop {
  label: string | undefined;
  isLoop: boolean;
  left: State;
}

/** What is asked for because it may well be: nothing there, or something there already. */
const expected = /\bE(?:NOENT|NOTDIR|EXIST|SRCH)\b|NotFound|NOT_FOUND|not_found|\b404\b|NoSuchKey/;

class Walk extends ExpressionWalk {
  private readonly loops: Loop[] = [];

  run(): Fate {
    const { body } = this.handler;
    if (body.type === "BlockStatement") this.leave(this.statements(body.body, untouched), body, "end", "nothing");
    else this.leaveWith(body, this.expression(body, untouched), body);
    return this.fate;
  }

  // ——— ways out ———
  private leaveWith(value: Node | null, state: State, node: Node): void {
    if (this.handler.isValueDropped) {
      this.leave(state, node, "end", "nothing");
      return;
    }
    if (value && this.isSameEitherWay(unwrap(value))) value = (unwrap(value) as TSESTree.ConditionalExpression).consequent;
    if (value && this.mentions(unwrap(value)) && this.carriesError(value)) state = raise(state, handled);
    const kind = valueKind(value, this.source);
    if (kind === "failure" || kind === "recovery") {
      if (value && kind === "failure" && unwrap(value).type === "ObjectExpression") this.fate.bareSignal ??= node;
      // A call has already been judged by what it does; here it counts as a second attempt.
      state = raise(state, value && (this.tellsNothing(value) || this.pretendsSuccess(value)) ? untouched : signalled);
    }
    this.leave(state, node, "return", kind);
  }

  /** `return done(null, [])`, `return console.log("…")`: no second attempt, and no word of the failure. */
  private tellsNothing(value: Node): boolean {
    const call = unwrap(value);
    return isVoidCall(call, this.around.vocabulary) || (call.type === "CallExpression" && (isSuccessCallback(call, this.source) || this.isDrain(call)));
  }

  /** `return isTimeout(e)` answers a question; anything else that is made of the error passes it on. */
  private carriesError(value: Node): boolean {
    const inner = unwrap(value);
    if (inner.type === "UnaryExpression") return inner.operator !== "void";
    if (inner.type !== "CallExpression") return true;
    const effect = effectOf(inner, this.around);
    return effect !== "prints" && !this.isDrain(inner);
  }

  /** `() => failures.push(e)`, where nobody reads the list. */
  private isDrain(call: TSESTree.CallExpression): boolean {
    return isCollecting(call) && effectOf(call, this.around) === "nothing";
  }

  // ——— statements ———

  private statements(list: readonly TSESTree.Statement[], state: State): State {
    for (const [index, statement] of list.entries()) {
      if (state === unreachable) return state;
      // `if (optional) return null; throw e`: the condition decides what the last line throws.
      const deliberate = statement.type === "IfStatement" && !statement.alternate && this.endsInThrow(list.slice(index + 1));
      if (statement.type === "IfStatement" && this.mentions(statement.test) && leavesAlike(statement, list.slice(index + 1), this.source)) {
        this.fate.looksInVain = true;
        state = this.expression(statement.test, state);
        if (statement.alternate) state = this.statement(statement.alternate, state);
      } else state = statement.type === "IfStatement" ? this.branch(statement, state, deliberate) : this.statement(statement, state);
    }
    return state;
  }

  private endsInThrow(rest: readonly TSESTree.Statement[]): boolean {
    const last = rest.at(-1);
    return last !== undefined && this.alwaysThrows(last);
  }

  private alwaysThrows(node: Node | null | undefined): boolean {
    if (!node) return false;
    if (node.type === "ThrowStatement") return true;
    if (node.type === "BlockStatement") return this.alwaysThrows(node.body.at(-1));
    if (node.type === "ReturnStatement") {
      const value = node.argument ? unwrap(node.argument) : undefined;
      return value?.type === "CallExpression" && !isRetry(value, this.around) && effectOf(value, this.around) === "handles";
    }
    return false;
  }

  private statement(node: TSESTree.Statement, state: State): State {
    switch (node.type) {
      case "BlockStatement":
        return this.statements(node.body, state);
      case "ExpressionStatement":
        return this.expression(node.expression, state);
      case "VariableDeclaration":
        return node.declarations.reduce((before, each) => (each.init ? this.expression(each.init, before) : before), state);
      case "IfStatement":
        return this.branch(node, state, false);
      case "ReturnStatement":
        this.leaveWith(node.argument, node.argument ? this.expression(node.argument, state) : state, node);
        return unreachable;
      case "ThrowStatement":
        this.fate.throwsSomewhere = true;
        return unreachable;
      case "TryStatement":
        return this.attempt(node, state);
      case "SwitchStatement":
        return this.choose(node, state);
      case "LabeledStatement":
        return this.statement(node.body, state);
      case "BreakStatement":
      case "ContinueStatement":
        return this.jump(node, state);
      case "WhileStatement":
      case "DoWhileStatement":
      case "ForStatement":
      case "ForInStatement":
      case "ForOfStatement":
        return this.loop(node, state);
      default:
        return state;
    }
  }

  private branch(node: TSESTree.IfStatement, state: State, restThrows: boolean): State {
    let [whenTrue, whenFalse] = this.test(node.test, state);
    if (neverHoldsInLoop(node.test, this.handler.node, this.source)) return node.alternate ? this.statement(node.alternate, whenFalse) : whenFalse;
    const aboutError = this.mentions(node.test);
    if (!aboutError && !isDebugCondition(node.test) && !this.isAboutData(node.test)) {
      // Somebody decides, by something other than the error, whether it is thrown: an option, an attempt counter.
      if ((restThrows || this.alwaysThrows(node.alternate)) && !isInvertedStop(node.test)) whenTrue = raise(whenTrue, handled);
      if (this.alwaysThrows(node.consequent)) whenFalse = raise(whenFalse, handled);
      if (this.isExistenceGuard(node)) whenFalse = raise(whenFalse, handled);
    }
    if (aboutError && !node.alternate && this.alwaysThrows(node.consequent) && whenTrue === handled && !(whenFalse & handled)) {
      this.fate.isInverted ||= expected.test(this.source.getText(node.test));
    }
    const first = this.statement(node.consequent, whenTrue);
    if (!aboutError && isDebugCondition(node.test) && first & (handled | printed) && !(whenTrue & (handled | printed))) this.fate.looksInVain = true;
    if (!node.alternate) return first | whenFalse;
    const second = this.statement(node.alternate, whenFalse);
    // `if (dev) console.error(e); else report(e);`: printed where somebody looks at the console.
    const isToldEither = !aboutError && isDebugCondition(node.test) && [first, second].includes(printed) && [first, second].includes(handled);
    return isToldEither ? handled : first | second;
  }

  private isAboutData(test: Node): boolean {
    const { node } = this.handler;
    return node.type === "CatchClause" && comparesData(test, node.parent.block, this.source);
  }

  /** `if (onError) onError(e)`: only who is there can be told. */
  private isExistenceGuard(node: TSESTree.IfStatement): boolean {
    if (node.alternate) return false;
    const tested = this.source.getText(testedValue(node.test));
    let guarded = false;
    visit(node.consequent, this.source.visitorKeys, (each) => {
      if (each.type === "CallExpression" && this.source.getText(each.callee).startsWith(tested) && effectOf(each, this.around) === "handles") guarded = true;
      return !guarded;
    });
    return guarded;
  }

  private attempt(node: TSESTree.TryStatement, state: State): State {
    const throwing = this.fate.throwsSomewhere;
    let out = this.statement(node.block, state);
    if (node.handler) {
      this.fate.throwsSomewhere = throwing;
      out |= this.statement(node.handler.body, out || state);
    }
    return node.finalizer ? this.statement(node.finalizer, out || state) && out : out;
  }

  private choose(node: TSESTree.SwitchStatement, state: State): State {
    const entry = this.expression(node.discriminant, state);
    const aboutError = this.mentions(node.discriminant) || node.cases.some((each) => each.test && this.mentions(each.test));
    this.loops.push({ label: undefined, isLoop: false, left: unreachable });
    let through: State = unreachable;
    let hasDefault = false;
    for (const each of node.cases) {
      if (!each.test) hasDefault = true;
      const narrowed = aboutError && each.test ? raise(entry, handled) : entry;
      through = this.statements(each.consequent, through | narrowed);
    }
    const { left } = this.loops.pop() as Loop;
    return through | left | (hasDefault ? unreachable : entry);
  }

  private jump(node: TSESTree.BreakStatement | TSESTree.ContinueStatement, state: State): State {
    const target = this.loops.findLast((loop) => (node.type === "BreakStatement" ? !node.label : loop.isLoop && !node.label));
    if (target) target.left |= state;
    else this.leave(state, node, "loop", "nothing");
    return unreachable;
  }

  /** What a loop over reporters, callbacks or retries does is taken to happen at least once. */
  private loop(node: TSESTree.DoWhileStatement | TSESTree.ForInStatement | TSESTree.ForOfStatement | TSESTree.ForStatement | TSESTree.WhileStatement, state: State): State {
    let entry = state;
    if ("right" in node) entry = this.expression(node.right, entry);
    if ("test" in node && node.test) entry = this.expression(node.test, entry);
    this.loops.push({ label: undefined, isLoop: true, left: unreachable });
    const out = this.statement(node.body, entry);
    const { left } = this.loops.pop() as Loop;
    return out | left || entry;
  }
}

/** `if (e.code === "ENOENT") return null; return null;`: whatever the error is, the same is done. */
function leavesAlike(node: TSESTree.IfStatement, rest: readonly TSESTree.Statement[], source: Readonly<TSESLint.SourceCode>): boolean {
  const first = node.consequent.type === "BlockStatement" ? node.consequent.body : [node.consequent];
  const second = node.alternate ? (node.alternate.type === "BlockStatement" ? node.alternate.body : [node.alternate]) : rest.slice(0, first.length);
  if (first.length === 0 || first.length !== second.length || (!node.alternate && !/^(?:Return|Break|Continue)Statement$/.test(first.at(-1)?.type ?? ""))) return false;
  return first.every((each, index) => source.getText(each) === source.getText(second[index]));
}

/** `if (!signal.aborted) return; throw e;`: thrown only where nobody waits any more. */
function isInvertedStop(test: Node): boolean {
  const plain = unwrap(test);
  return plain.type === "UnaryExpression" && plain.operator === "!" && isStoppingCondition(plain.argument);
}

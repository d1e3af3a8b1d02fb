import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { type CallSurroundings, effectOf, isCollecting, isLogCall, isRetry, isSuccessCallback } from "./calls.js";
import { siblingsAfter } from "./outcomes.js";
import { asksForLife, isDebugCondition, isStoppingCondition, narrowing } from "./conditions.js";
import type { Vocabulary } from "./settings.js";
import { type CallLike, calleePath, enclosingFunction, type FunctionNode, isFunction, type Node, unwrap, visit } from "./syntax.js";
import { carriersOf, mentionTest } from "./carriers.js";
import { isBusyName, isFailureName, isRetryName } from "./vocabulary.js";
import { targetName, type ValueKind, valueKind } from "./values.js";
import { isObserved, variableOf } from "./variables.js";

/** What has been done about the error on a path so far, least first. */
const untouched = 1;
const signalled = 2;
const printed = 4;
const handled = 8;
type State = number;
const unreachable = 0;

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
  bound: boolean;
}

export interface Handler {
  /** The pattern that binds the error, if any. */
  param: Node | undefined;
  body: TSESTree.BlockStatement | TSESTree.Expression;
  /** The catch clause or function. */
  node: Node;
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

class Walk {
  private readonly fate: Fate;
  private readonly around: CallSurroundings;
  private readonly carriers: ReadonlySet<TSESLint.Scope.Variable>;
  private readonly errors: ReadonlySet<TSESLint.Scope.Variable>;
  private readonly loops: Loop[] = [];
  private readonly handler: Handler;
  private readonly source: Readonly<TSESLint.SourceCode>;

  constructor(handler: Handler, source: Readonly<TSESLint.SourceCode>, vocabulary: Vocabulary) {
    this.handler = handler;
    this.source = source;
    const { errors, carriers } = carriersOf(handler, source);
    this.errors = errors;
    this.carriers = carriers;
    const retries: FunctionNode[] = [];
    const own = isFunction(handler.node) ? handler.node : undefined;
    for (let outer = enclosingFunction(handler.node); outer; outer = enclosingFunction(outer)) if (outer !== own) retries.push(outer);
    // A leading underscore says that the error is not meant to be used.
    const bound = handler.param !== undefined && !(handler.param.type === "Identifier" && handler.param.name.startsWith("_"));
    this.around = { source, vocabulary, bound, mentions: mentionTest(carriers), retries };
    this.fate = {
      lost: [],
      printed: [],
      bareLog: undefined,
      bareSignal: undefined,
      signalsByCall: false,
      handledSomewhere: false,
      throwsSomewhere: false,
      looksAtError: [...errors].some((variable) => variable.references.some((reference) => reference.isRead())),
      bound,
    };
  }

  run(): Fate {
    const { body } = this.handler;
    if (body.type === "BlockStatement") this.leave(this.statements(body.body, untouched), body, "end", "nothing");
    else this.leaveWith(body, this.expression(body, untouched), body);
    return this.fate;
  }

  private mentions(node: Node): boolean {
    return this.around.mentions(node);
  }

  private isError = (node: Node): boolean => {
    if (node.type !== "Identifier") return false;
    const variable = variableOf(node, this.source);
    return variable !== undefined && this.errors.has(variable);
  };

  // ——— ways out ———

  private leave(state: State, node: Node, how: Leak["how"], value: ValueKind): void {
    const leak: Leak = { node, how, value };
    if (state & untouched) this.fate.lost.push(leak);
    if (state & printed) this.fate.printed.push(leak);
    if (state & handled) this.fate.handledSomewhere = true;
  }

  private leaveWith(value: Node | null, state: State, node: Node): void {
    if (value && this.mentions(value) && this.carriesError(value)) state = raise(state, handled);
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
    return isVoidCall(call, this.around.vocabulary) || (call.type === "CallExpression" && (isSuccessCallback(call) || this.isDrain(call)));
  }

  /** `return isTimeout(e)` answers a question; anything else that is made of the error passes it on. */
  private carriesError(value: Node): boolean {
    const inner = unwrap(value);
    if (inner.type === "UnaryExpression") return inner.operator !== "void";
    if (inner.type !== "CallExpression") return true;
    const effect = effectOf(inner, this.around);
    return effect !== "prints" && !this.isDrain(inner);
  }

  /** `return json([])` after `return json(await load())`, `done({ ok: true })` twice: what success does, with a constant. */
  private pretendsSuccess(value: Node): boolean {
    const call = unwrap(value);
    const block = this.handler.node.type === "CatchClause" ? this.handler.node.parent.block : undefined;
    if (!block || call.type !== "CallExpression" || call.arguments.length !== 1 || !call.arguments[0] || call.arguments[0].type === "SpreadElement") return false;
    const given = unwrap(call.arguments[0]);
    const isConstant = /^(?:ArrayExpression|ObjectExpression)$/.test(given.type) || (given.type === "Literal" && typeof given.value !== "string");
    const kind = valueKind(given, this.source);
    if (!isConstant || this.mentions(given) || (kind !== "default" && kind !== "absence")) return false;
    const name = this.source.getText(call.callee);
    let same = false;
    const look = (code: Node): void =>
      visit(code, this.source.visitorKeys, (each) => {
        if (each.type === "CallExpression" && this.source.getText(each.callee) === name && this.saysAsMuch(given, each)) same = true;
        return !same && !isFunction(each);
      });
    look(block);
    // `try { await save() } catch { res.json({ ok: true }); return; } res.json({ ok: true })`
    const { parent } = block;
    if (parent.type === "TryStatement") for (const each of siblingsAfter(parent)) look(each);
    return same;
  }

  /** What the success call says in words, the constant says, too; other words may well tell of the failure. */
  private saysAsMuch(given: Node, success: TSESTree.CallExpression): boolean {
    const text = this.source.getText(success);
    let same = true;
    visit(given, this.source.visitorKeys, (each) => {
      if (each.type === "TemplateElement" || each.type === "TaggedTemplateExpression") same = false;
      if (each.type === "Literal" && typeof each.value === "string" && !text.includes(each.raw)) same &&= each.value === "";
    });
    return same;
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
      state = statement.type === "IfStatement" ? this.branch(statement, state, deliberate) : this.statement(statement, state);
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
    const aboutError = this.mentions(node.test);
    if (!aboutError && !isDebugCondition(node.test)) {
      // Somebody decides, by something other than the error, whether it is thrown: an option, an attempt counter.
      if (restThrows || this.alwaysThrows(node.alternate)) whenTrue = raise(whenTrue, handled);
      if (this.alwaysThrows(node.consequent)) whenFalse = raise(whenFalse, handled);
      if (this.isExistenceGuard(node)) whenFalse = raise(whenFalse, handled);
    }
    const first = this.statement(node.consequent, whenTrue);
    return first | (node.alternate ? this.statement(node.alternate, whenFalse) : whenFalse);
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

  // ——— conditions ———

  private test(node: Node, state: State): [whenTrue: State, whenFalse: State] {
    node = unwrap(node);
    if (node.type === "UnaryExpression" && node.operator === "!") {
      const [whenTrue, whenFalse] = this.test(node.argument, state);
      return [whenFalse, whenTrue];
    }
    if (node.type === "LogicalExpression" && node.operator !== "??") {
      const [leftTrue, leftFalse] = this.test(node.left, state);
      if (node.operator === "&&") {
        const [whenTrue, whenFalse] = this.test(node.right, leftTrue);
        return [whenTrue, leftFalse | whenFalse];
      }
      const [whenTrue, whenFalse] = this.test(node.right, leftFalse);
      return [leftTrue | whenTrue, whenFalse];
    }
    const after = this.expression(node, state);
    if (!this.mentions(node)) {
      const lives = asksForLife(node);
      const nobodyWaits = raise(after, handled);
      return [isStoppingCondition(node) || lives === false ? nobodyWaits : after, lives === true ? nobodyWaits : after];
    }
    const { whenTrue, whenFalse } = narrowing(node, this.isError);
    return [whenTrue === "known" ? raise(after, handled) : after, whenFalse === "known" ? raise(after, handled) : after];
  }

  // ——— expressions ———

  private expression(node: Node, state: State): State {
    switch (node.type) {
      case "CallExpression":
      case "NewExpression":
        return this.call(node, state);
      case "ArrowFunctionExpression":
      case "FunctionExpression":
      case "ClassExpression":
        return state;
      case "LogicalExpression": {
        const [whenTrue, whenFalse] = this.test(node.left, state);
        if (node.operator === "&&") {
          const out = this.expression(node.right, whenTrue);
          return out | (this.isExistenceTest(node) ? raise(whenFalse, handled) : whenFalse);
        }
        return this.expression(node.right, node.operator === "||" ? whenFalse : whenTrue | whenFalse) | (node.operator === "||" ? whenTrue : unreachable);
      }
      case "ConditionalExpression": {
        const [whenTrue, whenFalse] = this.test(node.test, state);
        return this.expression(node.consequent, whenTrue) | this.expression(node.alternate, whenFalse);
      }
      case "AssignmentExpression":
        return this.assign(node, this.expression(node.right, state));
      case "UnaryExpression":
        state = this.expression(node.argument, state);
        // What could not be dealt with is taken away.
        return node.operator === "delete" && this.isSeen(node.argument) ? raise(state, signalled) : state;
      case "UpdateExpression":
        return this.isSeen(node.argument) && countsFailures(targetName(node.argument)) ? raise(state, signalled) : state;
      case "YieldExpression":
        if (node.argument) state = this.expression(node.argument, state);
        return node.argument && this.mentions(node.argument) ? raise(state, handled) : state;
      default: {
        let out = state;
        for (const key of this.source.visitorKeys[node.type] ?? []) {
          const child = (node as unknown as Record<string, unknown>)[key];
          for (const each of Array.isArray(child) ? child : [child]) {
            if (typeof each === "object" && each !== null && "type" in each) out = this.expression(each as Node, out);
          }
        }
        return out;
      }
    }
  }

  private isExistenceTest(node: TSESTree.LogicalExpression): boolean {
    const right = unwrap(node.right);
    return right.type === "CallExpression" && this.source.getText(right.callee).startsWith(this.source.getText(testedValue(node.left)));
  }

  private call(node: CallLike, state: State): State {
    let out = this.expression(node.callee, state);
    for (const argument of node.arguments) out = this.expression(argument, out);
    const effect = effectOf(node, this.around);
    if (effect !== "ends" && this.pretendsSuccess(node)) return out;
    switch (effect) {
      case "ends": {
        const code = node.arguments[0];
        if (code && unwrap(code).type === "Literal" && (unwrap(code) as TSESTree.Literal).value === 0) {
          this.leave(out, node, "end", "nothing");
        } else {
          this.fate.handledSomewhere = true;
        }
        return unreachable;
      }
      case "handles":
        return raise(out, handled);
      case "prints":
        return raise(out, printed);
      case "signals":
        if (isLogCall(node)) this.fate.bareLog ??= node;
        if (isStatusCall(node)) this.fate.bareSignal ??= node;
        else this.fate.signalsByCall = true;
        return raise(out, signalled);
      case "nothing":
        return out;
    }
  }

  private assign(node: TSESTree.AssignmentExpression, state: State): State {
    const seen = this.isSeen(node.left);
    if (this.mentions(node.right)) return seen ? raise(state, handled) : state;
    if (!seen) return state;
    const name = targetName(node.left);
    const value = unwrap(node.right);
    if (node.operator !== "=") return countsFailures(name) ? raise(state, signalled) : state;
    const kind = isSum(value) ? "default" : valueKind(value, this.source);
    if (value.type === "Literal" || (value.type === "UnaryExpression" && value.operator === "-")) this.fate.bareSignal ??= node;
    if (name === "exitCode" || kind === "failure" || kind === "recovery") return raise(state, signalled);
    if (value.type === "Literal" && typeof value.value === "boolean" && !isBusyName(name)) return raise(state, signalled);
    return isFailureName(name) && kind !== "nothing" && kind !== "absence" ? raise(state, signalled) : state;
  }

  /** Whether anybody reads what is written there. A variable of the handler itself is followed as a carrier instead. */
  private isSeen(target: Node): boolean {
    target = unwrap(target);
    if (target.type !== "Identifier") return target.type === "MemberExpression" ? this.isSeenThrough(target) : true;
    const variable = variableOf(target, this.source);
    if (!variable) return true;
    if (this.carriers.has(variable)) return false;
    return isObserved(variable);
  }

  private isSeenThrough(target: TSESTree.MemberExpression): boolean {
    const object = unwrap(target.object);
    if (object.type !== "Identifier") return true;
    if (this.mentions(object)) return false;
    return this.isSeen(object);
  }
}

function raise(state: State, to: State): State {
  if (state === unreachable) return unreachable;
  let out = state & ~(to - 1) ? state & ~(to - 1) : unreachable;
  if (state & (to - 1)) out |= to;
  // Printed and, besides, signalled: the user sees the one and the caller the other.
  if (to === signalled && state & printed) out = (out & ~printed) | handled;
  if (to === printed && state & signalled) out = (out & ~printed) | handled | (state & untouched ? printed : unreachable);
  return out;
}

/** `res.status(500).end()`, `reply.code(503)`: a number and nothing about what failed. */
function isStatusCall(node: CallLike): boolean {
  const names = calleePath(node).flatMap((name) => name.split("."));
  const isResponse = /^(?:res|resp|response|reply|rep|ctx)\b/.test(names[0] ?? "");
  return isResponse && (names.some((name) => /^(?:status|code|sendStatus|writeHead)\b/.test(name)) || /^(?:end|send|json)$/.test(names.at(-1) ?? ""));
}

/** `Date.now() - started`: a number that is the same with and without a failure. */
function isSum(value: Node): boolean {
  return value.type === "BinaryExpression" && /^(?:[-*/%]|\*\*)$/.test(value.operator);
}

/** `failures++` tells somebody; `attempt++` only leads to the next attempt. */
function countsFailures(name: string): boolean {
  return isFailureName(name) || !(isRetryName(name) || isBusyName(name));
}

function testedValue(test: Node): Node {
  test = unwrap(test);
  if (test.type === "UnaryExpression" && test.operator === "typeof") return testedValue(test.argument);
  if (test.type === "BinaryExpression") return testedValue(test.left);
  if (test.type === "LogicalExpression") return testedValue(test.right);
  return test;
}

/** The call's value is nothing anybody could use: `return console.log("…")`. */
function isVoidCall(value: Node, vocabulary: Vocabulary): boolean {
  value = unwrap(value);
  return value.type === "CallExpression" && value.callee.type === "MemberExpression" && (unwrap(value.callee.object) as { name?: string }).name === "console" && !vocabulary.isHandler(["console"]);
}

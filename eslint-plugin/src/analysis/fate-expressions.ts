import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { type CallSurroundings, effectOf, isLogCall } from "./calls.js";
import { carriersOf, isReadForNothing, mentionTest } from "./carriers.js";
import { isWriteOnly } from "./private-fields.js";
import { asksForLife, isDebugCondition, isStoppingCondition, narrowing } from "./conditions.js";
import type { Fate, Handler, Leak } from "./fate.js";
import { handled, printed, raise, signalled, type State, unreachable, untouched } from "./fate-state.js";
import { isStatusCall, pretendsSuccess } from "./pretence.js";
import { isWrittenOver } from "./kept-for-nothing.js";
import type { Vocabulary } from "./settings.js";
import { type CallLike, contains, enclosingFunction, type FunctionNode, isFunction, isNothing, type Node, unwrap, visit } from "./syntax.js";
import { targetName, type ValueKind, valueKind } from "./values.js";
import { isObserved, variableOf } from "./variables.js";
import { isBusyName, isFailureName, isRetryName, isSuccessName } from "./vocabulary.js";

/** Follows the paths through the expressions of a handler. */
export abstract class ExpressionWalk {
  protected readonly fate: Fate;
  protected readonly around: CallSurroundings;
  protected readonly carriers: ReadonlySet<TSESLint.Scope.Variable>;
  protected readonly errors: ReadonlySet<TSESLint.Scope.Variable>;
  protected readonly handler: Handler;
  protected readonly source: Readonly<TSESLint.SourceCode>;

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
    this.around = { source, vocabulary, bound, mentions: mentionTest(carriers), failed: () => calledObjects(handler, source), retries };
    this.fate = {
      lost: [],
      printed: [],
      bareLog: undefined,
      bareSignal: undefined,
      signalsByCall: false,
      handledSomewhere: false,
      throwsSomewhere: false,
      looksAtError: [...errors].some((variable) => variable.references.some((reference) => reference.isRead() && !isReadForNothing(reference.identifier, handler, source))),
      looksInVain: false,
      isInverted: false,
      bound,
    };
  }

  protected mentions(node: Node): boolean {
    return this.around.mentions(node);
  }

  protected isError = (node: Node): boolean => {
    if (node.type !== "Identifier") return false;
    const variable = variableOf(node, this.source);
    return variable !== undefined && this.errors.has(variable);
  };

  protected leave(state: State, node: Node, how: Leak["how"], value: ValueKind): void {
    const leak: Leak = { node, how, value };
    if (state & untouched) this.fate.lost.push(leak);
    if (state & printed) this.fate.printed.push(leak);
    if (state & handled) this.fate.handledSomewhere = true;
  }

  protected pretendsSuccess(node: Node): boolean {
    return pretendsSuccess(node, this.handler, this.source, this.around.mentions);
  }

  // ——— conditions ———

  protected test(node: Node, state: State): [whenTrue: State, whenFalse: State] {
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

  protected expression(node: Node, state: State): State {
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
          if (isDebugCondition(node.left) && !this.mentions(node.left) && out & (handled | printed) && !(whenTrue & (handled | printed))) this.fate.looksInVain = true;
          return out | (this.isExistenceTest(node) ? raise(whenFalse, handled) : whenFalse);
        }
        return this.expression(node.right, node.operator === "||" ? whenFalse : whenTrue | whenFalse) | (node.operator === "||" ? whenTrue : unreachable);
      }
      case "ConditionalExpression": {
        if (this.isSameEitherWay(node)) {
          this.fate.looksInVain = true;
          return this.expression(node.consequent, this.expression(node.test, state));
        }
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
        return this.yields(node, node.argument ? this.expression(node.argument, state) : state);
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

  /** `e.code === "ENOENT" ? "" : ""` */
  protected isSameEitherWay(node: Node): boolean {
    return node.type === "ConditionalExpression" && this.mentions(node.test) && this.source.getText(node.consequent) === this.source.getText(node.alternate);
  }

  /** What a generator yields in place of the result reaches its caller as what is returned would. */
  private yields(node: TSESTree.YieldExpression, state: State): State {
    if (!node.argument || node.delegate) return state;
    if (this.mentions(node.argument)) return raise(state, handled);
    const kind = valueKind(node.argument, this.source);
    if (kind === "failure" || kind === "recovery") return raise(state, signalled);
    if (kind === "default") this.leave(state, node.argument, "return", kind);
    return kind === "default" ? raise(state, handled) : state;
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
    if (this.mentions(node.right)) return seen && !this.isWrittenOver(node) ? raise(state, handled) : state;
    if (!seen) return state;
    const name = targetName(node.left);
    const value = unwrap(node.right);
    if (node.operator !== "=") return countsFailures(name) && !isIdentity(node.operator, value) ? raise(state, signalled) : state;
    const kind = isSum(value) ? "default" : valueKind(value, this.source);
    if (value.type === "Literal" || (value.type === "UnaryExpression" && value.operator === "-")) this.fate.bareSignal ??= node;
    if (name === "exitCode" || kind === "failure" || kind === "recovery") return raise(state, signalled);
    if (value.type === "Literal" && typeof value.value === "boolean" && !isBusyName(name) && !this.isAsBefore(node, value)) return raise(state, signalled);
    return isFailureName(name) && kind !== "nothing" && kind !== "absence" ? raise(state, signalled) : state;
  }

  private isWrittenOver(node: TSESTree.AssignmentExpression): boolean {
    return this.handler.node.type === "CatchClause" && isWrittenOver(node, this.handler.node, this.source);
  }

  /** `let saved = true; try { … } catch { saved = true; }`: with and without a failure it says the same. */
  private isAsBefore(node: TSESTree.AssignmentExpression, value: TSESTree.Literal): boolean {
    if (value.value === true && isSuccessName(targetName(node.left))) return true;
    const target = unwrap(node.left);
    const variable = variableOf(target, this.source);
    const init = variable?.defs[0]?.node.type === "VariableDeclarator" ? variable.defs[0].node.init : undefined;
    if (!variable || !init || this.source.getText(init) !== value.raw) return false;
    return variable.references.every((reference) => reference.init === true || !reference.isWrite() || contains(this.handler.node, reference.identifier));
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
    if (object.type === "ThisExpression") return !isWriteOnly(target, this.source);
    if (object.type !== "Identifier") return true;
    if (this.mentions(object)) return false;
    return this.isSeen(object);
  }
}

/** `client` and `client.socket` in `try { client.socket.send(message) }`. */
function calledObjects(handler: Handler, source: Readonly<TSESLint.SourceCode>): ReadonlySet<string> {
  const names = new Set<string>();
  if (handler.node.type !== "CatchClause") return names;
  visit(handler.node.parent.block, source.visitorKeys, (node) => {
    if (node.type !== "CallExpression") return;
    for (let at = unwrap(node.callee); at.type === "MemberExpression"; at = unwrap(at.object)) names.add(source.getText(at.object));
  });
  return names;
}

/** `sum += 0`, `text += ""`: what was there stays as it was. */
function isIdentity(operator: string, value: Node): boolean {
  if (value.type !== "Literal") return isNothing(value) || (value.type === "ArrayExpression" && value.elements.length === 0);
  return /^[*/]=$/.test(operator) ? value.value === 1 : !value.value;
}

/** `Date.now() - started`: a number that is the same with and without a failure. */
function isSum(value: Node): boolean {
  return value.type === "BinaryExpression" && /^(?:[-*/%]|\*\*)$/.test(value.operator);
}

/** `failures++` tells somebody; `attempt++` only leads to the next attempt. */
function countsFailures(name: string): boolean {
  return isFailureName(name) || !(isRetryName(name) || isBusyName(name));
}

/** What a condition asks about: `typeof onError === "function"` → `onError`. */
export function testedValue(test: Node): Node {
  test = unwrap(test);
  if (test.type === "UnaryExpression" && test.operator === "typeof") return testedValue(test.argument);
  if (test.type === "BinaryExpression") return testedValue(test.left);
  if (test.type === "LogicalExpression") return testedValue(test.right);
  return test;
}

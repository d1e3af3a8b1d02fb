import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { declaredType, referenceName } from "./annotations.js";
import { isEndless } from "./loops.js";
import { calleeName, calleePath, isFunction, memberName, type Node, unwrap, visit } from "./syntax.js";
import { isPureCall } from "./pure-calls.js";
import { endingHelpers } from "./span-helpers.js";
import { spanMethod, type StartedSpan, startsSpan } from "./spans.js";
import { constantValue, functionOf, variableOf } from "./variables.js";

/** What is wrong on some path from a span's start. */
export interface SpanLeak {
  node: Node;
  how: "exits" | "throws";
}

const open = 1;
const ended = 2;
type State = number;

const harmless = /^(?:console\.\w+|Date\.now|performance\.now|Math\.\w+|String|Number(?:\.\w+)?|parseInt|parseFloat|isNaN|Boolean|Object\.(?:keys|values|entries|fromEntries|assign|freeze)|Array\.(?:isArray|from|of)|(?:crypto\.)?randomUUID|process\.(?:hrtime(?:\.bigint)?|uptime|memoryUsage)|(?:clear|set)(?:Timeout|Interval|Immediate))$/;

/** Follows the paths from a span's start to where its function ends, and tells those on which it is never ended. */
export function spanLeaks(span: StartedSpan, source: Readonly<TSESLint.SourceCode>): SpanLeak[] {
  return new SpanWalk(span, source).run();
}

class SpanWalk {
  private readonly leaks: SpanLeak[] = [];
  private readonly ends = new Set<Node>();
  private readonly own = new Set<Node>();
  private readonly source: Readonly<TSESLint.SourceCode>;
  private readonly scope: readonly TSESTree.Statement[];
  /** How many `finally` blocks around here end the span, and how many `catch` clauses take what is thrown. */
  private endingFinally = 0;
  private catching = 0;
  /** For each `switch` around here, what holds where a `break` has left it. */
  private readonly left: State[] = [];

  constructor(span: StartedSpan, source: Readonly<TSESLint.SourceCode>) {
    this.source = source;
    this.scope = span.scope;
    for (const call of [...endingHelpers(span, source).values()].flat()) {
      this.own.add(call);
      this.ends.add(call);
    }
    for (const { identifier } of span.references) {
      const method = spanMethod(identifier);
      if (!method) continue;
      this.own.add(method.call);
      if (method.name === "end") this.ends.add(method.call);
      // `span.setStatus(…).end()`
      for (let at: Node | undefined = method.call.parent; at && !at.type.endsWith("Statement"); at = at.parent) {
        if (at.type !== "CallExpression") continue;
        this.own.add(at);
        if (calleePath(at).at(-1) === "end") this.ends.add(at);
      }
    }
  }

  run(): SpanLeak[] {
    const out = this.statements(this.scope, open);
    const last = this.scope.at(-1);
    if (out & open && last) this.leaks.push({ node: last, how: "exits" });
    return this.leaks;
  }

  private statements(list: readonly TSESTree.Statement[], state: State): State {
    return list.reduce((before, statement) => (before === 0 ? 0 : this.statement(statement, before)), state);
  }

  private leave(node: Node, state: State, how: SpanLeak["how"]): void {
    if (state & open && this.endingFinally === 0 && (how === "exits" || this.catching === 0)) this.leaks.push({ node, how });
  }

  private statement(node: TSESTree.Statement, state: State): State {
    switch (node.type) {
      case "BlockStatement":
        return this.statements(node.body, state);
      case "ExpressionStatement":
        return this.expression(node.expression, state);
      case "VariableDeclaration":
        return node.declarations.reduce((before, each) => (each.init ? this.expression(each.init, before) : before), state);
      case "ReturnStatement": {
        const out = node.argument ? this.expression(node.argument, state) : state;
        this.leave(node, out, "exits");
        return 0;
      }
      case "ThrowStatement":
        this.leave(node, this.expression(node.argument, state), "throws");
        return 0;
      case "IfStatement": {
        const test = this.expression(node.test, state);
        // `if (span) span.end()` ends it wherever there is one.
        const guardsSpan = [...this.ends].some((end) => isWithin(end, node.consequent)) && [...this.own].some((call) => this.sharesSpan(call, node.test));
        const whenTrue = this.statement(node.consequent, test);
        return whenTrue | (node.alternate ? this.statement(node.alternate, test) : guardsSpan || this.asksWhetherEnded(node) ? whenTrue : test);
      }
      case "TryStatement":
        return this.attempt(node, state);
      case "SwitchStatement": {
        const entry = this.expression(node.discriminant, state);
        let through = 0;
        this.left.push(0);
        for (const each of node.cases) through = this.statements(each.consequent, through | entry);
        return through | (this.left.pop() ?? 0) | (node.cases.some((each) => !each.test) ? 0 : entry);
      }
      case "LabeledStatement":
        return this.statement(node.body, state);
      case "BreakStatement":
      case "ContinueStatement":
        // Out of the loop, or the turn of it, that the span was started in.
        if (!this.isInside(node)) {
          this.leave(node, state, "exits");
          return 0;
        }
        if (!isOfSwitch(node)) return state;
        this.left.push((this.left.pop() ?? 0) | state);
        return 0;
      case "WhileStatement":
      case "DoWhileStatement":
      case "ForStatement":
      case "ForInStatement":
      case "ForOfStatement": {
        let entry = state;
        if ("right" in node) entry = this.expression(node.right, entry);
        if ("test" in node && node.test) entry = this.expression(node.test, entry);
        const out = this.statement(node.body, entry);
        return isEndless(node) ? out : out | entry;
      }
      default:
        return state;
    }
  }

  /** `if (!ended) span.end()`, where `ended` is set next to another `end()`. */
  private asksWhetherEnded(node: TSESTree.IfStatement): boolean {
    if (![...this.ends].some((end) => isWithin(end, node.consequent))) return false;
    const asked = unwrap(node.test.type === "UnaryExpression" ? node.test.argument : node.test);
    return (
      variableOf(asked, this.source)?.references.some((reference) => {
        const block = reference.isWrite() && !reference.init ? reference.identifier.parent.parent?.parent : undefined;
        return block?.type === "BlockStatement" && [...this.ends].some((end) => isWithin(end, block));
      }) ?? false
    );
  }

  /** Whether the loop or `switch` that the statement leaves stands among the statements the span lives in. */
  private isInside(node: TSESTree.BreakStatement | TSESTree.ContinueStatement): boolean {
    for (let at: Node | undefined = node.parent; at && !isFunction(at); at = at.parent) {
      if (node.label) {
        if (at.type !== "LabeledStatement" || at.label.name !== node.label.name) continue;
      } else if (!/^(?:For|ForIn|ForOf|While|DoWhile)Statement$/.test(at.type) && !(at.type === "SwitchStatement" && node.type === "BreakStatement")) continue;
      return this.scope.some((statement) => isWithin(at, statement));
    }
    return true;
  }

  private sharesSpan(call: Node, test: Node): boolean {
    const object = call.type === "CallExpression" && call.callee.type === "MemberExpression" ? this.source.getText(unwrap(call.callee.object)) : "";
    return object !== "" && this.source.getText(unwrap(test)).includes(object);
  }

  private attempt(node: TSESTree.TryStatement, state: State): State {
    const endsFinally = node.finalizer !== null && this.endsOnEveryPath(node.finalizer);
    if (endsFinally) this.endingFinally++;
    if (node.handler) this.catching++;
    let out = this.statement(node.block, state);
    if (node.handler) {
      this.catching--;
      // What threw may have done so before or after the span was ended in the block.
      const reached = this.endsLast(node.block) ? state : state | (out & ended && this.endsEarly(node.block) ? ended : 0);
      out |= this.statement(node.handler.body, reached);
    }
    if (endsFinally) this.endingFinally--;
    if (!node.finalizer) return out;
    return endsFinally ? (out === 0 ? 0 : ended) : out === 0 ? 0 : this.statement(node.finalizer, out);
  }

  private endsOnEveryPath(block: TSESTree.BlockStatement): boolean {
    if (![...this.ends].some((end) => isWithin(end, block))) return false;
    const before = this.leaks.length;
    const out = this.statements(block.body, open);
    // What throws in there is another matter.
    this.leaks.length = before;
    return (out & open) === 0;
  }

  private endsLast(block: TSESTree.BlockStatement): boolean {
    const last = block.body.at(-1);
    const before = last?.type === "ReturnStatement" ? block.body.at(-2) : last;
    return before !== undefined && [...this.ends].some((end) => isWithin(end, before));
  }

  private endsEarly(block: TSESTree.BlockStatement): boolean {
    return [...this.ends].some((end) => isWithin(end, block));
  }

  private expression(node: Node, state: State): State {
    let out = state;
    visit(node, this.source.visitorKeys, (each) => {
      if (isFunction(each) || (each.type === "AwaitExpression" && this.isHandled(each))) return false;
      if (this.ends.has(each)) {
        out = ended;
        return false;
      }
      if (this.mayThrow(each)) this.leave(each, out, "throws");
      return true;
    });
    return out;
  }

  /** `cache.get(id)` where the file says that `cache` is a `Map`. */
  private isOfOwnCollection(node: TSESTree.CallExpression): boolean {
    const callee = unwrap(node.callee);
    if (callee.type !== "MemberExpression" || !plainMethods.test(memberName(callee) ?? "")) return false;
    const object = unwrap(callee.object);
    if (object.type === "ArrayExpression") return true;
    const value = constantValue(variableOf(object, this.source));
    const made = value ? unwrap(value) : undefined;
    if (made?.type === "ArrayExpression" || (made?.type === "NewExpression" && collections.test(calleeName(made)))) return true;
    const declared = declaredType(object, this.source);
    return declared?.type === "TSArrayType" || collections.test((referenceName(declared) ?? "").replace(/^Readonly/, ""));
  }

  /** What another span is told, or its end. */
  private isOfSpan(node: TSESTree.CallExpression): boolean {
    const callee = unwrap(node.callee);
    if (callee.type !== "MemberExpression") return false;
    const name = memberName(callee) ?? "";
    if (name !== "end") return spanMethods.test(name);
    const value = constantValue(variableOf(unwrap(callee.object), this.source));
    return value !== undefined && startsSpan(value);
  }

  /** `await work().then(f, g)`, where the rejection handler throws nothing. */
  private isHandled(node: TSESTree.AwaitExpression): boolean {
    const call = unwrap(node.argument);
    const callee = call.type === "CallExpression" ? unwrap(call.callee) : undefined;
    if (call.type !== "CallExpression" || callee?.type !== "MemberExpression") return false;
    const name = memberName(callee);
    const handler = name === "catch" ? call.arguments[0] : name === "then" ? call.arguments[1] : undefined;
    const target = handler ? functionOf(handler, this.source) : undefined;
    if (target?.body.type !== "BlockStatement") return false;
    return target.body.body.every((each) => each.type === "ExpressionStatement" && this.own.has(unwrap(each.expression)));
  }

  private mayThrow(node: Node): boolean {
    if (node.type === "AwaitExpression" || node.type === "YieldExpression") return true;
    if (node.type === "NewExpression") return !harmlessConstructors.test(calleePath(node).join("."));
    if (node.type !== "CallExpression" || this.isOfOwnCollection(node) || isPureCall(node, this.source, (each) => this.mayThrow(each))) return false;
    return !this.own.has(node) && !this.isOfSpan(node) && !harmless.test(calleePath(node).join(".")) && !/^(?:setSpan|active|startSpan|getTracer|getTracerProvider|getActiveSpan)$/.test(calleePath(node).at(-1) ?? "");
  }
}

/** `break` at the end of a case. */
function isOfSwitch(node: TSESTree.BreakStatement | TSESTree.ContinueStatement): boolean {
  if (node.label || node.type === "ContinueStatement") return false;
  let at: Node | undefined = node.parent;
  while (at && !/^(?:For|ForIn|ForOf|While|DoWhile|Switch)Statement$/.test(at.type)) at = at.parent;
  return at?.type === "SwitchStatement";
}

const spanMethods = /^(?:setAttributes?|addEvent|addLinks?|recordException|setStatus|updateName|isRecording|spanContext)$/;
const harmlessConstructors = /^(?:(?:[A-Z]\w*)?Error|Map|Set|WeakMap|WeakSet|Date|AbortController|Array|Object|URLSearchParams|Headers|FormData|TextEncoder|TextDecoder)$/;
const collections = /^(?:Map|Set|WeakMap|WeakSet|Array|Date|URLSearchParams|Headers)$/;
const plainMethods = /^(?:get|set|has|add|delete|clear|push|pop|shift|unshift|at|slice|concat|includes|indexOf|join|keys|values|entries|getTime|append|reverse)$/;

function isWithin(node: Node, outer: Node): boolean {
  return outer.range[0] <= node.range[0] && node.range[1] <= outer.range[1];
}

import type { TSESTree } from "@typescript-eslint/utils";
import { givesPromise } from "../analysis/rejections.js";
import { siblingsAfter } from "../analysis/outcomes.js";
import { isPromise } from "../analysis/promise-types.js";
import { isHandedOff, spanMethod, type StartedSpan, startedSpan } from "../analysis/spans.js";
import { calleePath, climb, enclosingFunction, memberName, type Node, unwrap, visit } from "../analysis/syntax.js";
import { typesOf } from "../analysis/types.js";
import { constantValue, functionOf, type Variable, variableOf } from "../analysis/variables.js";
import { createRule } from "../create-rule.js";

type Ids = "afterEnd" | "doubleEnd" | "early" | "notOwned";

export const noSpanMisuse = createRule<readonly [], Ids>({
  name: "no-span-misuse",
  type: "problem",
  docs: {
    description: "Disallow using a span after its end, ending it twice, too early, or without having started it",
    config: "recommended",
    types: "uses",
  },
  messages: {
    afterEnd: "`{{name}}` has been ended before: what is set on it now is dropped. Move this before `{{name}}.end()`.",
    doubleEnd: "`{{name}}` has been ended before: the second `end()` is ignored and hides where it really ends. Keep one, in a `finally`.",
    early: "`{{name}}` is ended here while the promise it covers is still at work: its duration and its errors are lost. `await` the promise first.",
    notOwned: "This ends a span that other code has started and will go on using. Only who starts a span ends it.",
  },
  schema: [],
  defaultOptions: [],
  create(context) {
    const source = context.sourceCode;

    function checkStarted(call: TSESTree.CallExpression): void {
      const span = startedSpan(call, source);
      if (!span) return;
      checkOrder(span);
      checkLate(span);
      if (!isHandedOff(span, source)) checkEarly(span);
    }

    /** Statements of one block run one after the other: what follows an `end()` there comes too late. */
    function checkOrder(span: StartedSpan): void {
      const uses = span.references.flatMap(({ identifier }) => {
        const method = spanMethod(identifier);
        return method ? [{ identifier, ...method }] : [];
      });
      for (const end of uses.filter(({ name }) => name === "end")) {
        const after = uses.find((use) => use !== end && comesAfter(use.call, end.call));
        if (after) {
          const messageId = after.name === "end" ? "doubleEnd" : "afterEnd";
          if (after.name !== "spanContext" && after.name !== "isRecording") context.report({ node: after.call, messageId, data: { name: span.variable.name } });
          return;
        }
      }
    }

    /** `setTimeout(() => span.setAttribute(…)); span.end();`: what a timer or listener says of it comes too late. */
    function checkLate(span: StartedSpan): void {
      const ends = span.references.flatMap(({ identifier }) => {
        const method = spanMethod(identifier);
        const statement = method?.name === "end" ? climb(method.call).parent : undefined;
        return statement?.type === "ExpressionStatement" && span.scope.includes(statement) ? [statement] : [];
      });
      const [end] = ends;
      if (!end) return;
      for (const { identifier } of span.references) {
        const use = spanMethod(identifier);
        const target = use && enclosingFunction(identifier);
        if (!use || use.name === "end" || !target || target === span.owner || enclosingFunction(target) !== span.owner) continue;
        const call = climb(target).parent;
        if (call?.type !== "CallExpression" || call.parent.type !== "ExpressionStatement") continue;
        const isTimer = /^(?:set(?:Timeout|Interval|Immediate)|queueMicrotask)$/.test(calleePath(call).join("."));
        const isListener = /^(?:on|once|addEventListener|addListener)$/.test(calleePath(call).at(-1) ?? "") && siblingsAfter(call.parent)[0] === end;
        if (!isTimer && !isListener) continue;
        context.report({ node: use.call, messageId: "afterEnd", data: { name: span.variable.name } });
        return;
      }
    }

    /** Whether `later` runs after `earlier` whenever `earlier` has run, or, where a branch comes to its end, on that way. */
    function comesAfter(later: Node, earlier: Node): boolean {
      if (enclosingFunction(later) !== enclosingFunction(earlier)) return false;
      const statement = climb(earlier).parent;
      if (statement?.type !== "ExpressionStatement") return false;
      let isSure = true;
      for (let at: Node = statement; ; ) {
        const block: Node | undefined = at.parent;
        if (block?.type !== "BlockStatement" && block?.type !== "Program") return false;
        const rest = siblingsAfter(at);
        // Out of a branch only what stands there plainly: another condition may well ask whether the span is still open.
        if (rest.some((each) => (isSure ? isWithin(later, each) : climb(later).parent === each))) return true;
        if (block.type === "Program" || rest.some((each) => leaves(each))) return isInFinallyOf(block, later);
        if (isInFinallyOf(block, later)) return true;
        const outer: Node = block.parent;
        if (outer.type !== "IfStatement" && outer.type !== "TryStatement" && outer.type !== "BlockStatement") return false;
        isSure &&= outer.type === "BlockStatement" || block === (outer as TSESTree.TryStatement).finalizer;
        at = outer.type === "BlockStatement" ? block : outer;
        while (at.parent?.type === "IfStatement") at = at.parent;
      }
    }

    /** An `end()` in the block or the catch, and another use in the `finally`. */
    function isInFinallyOf(block: Node, later: Node): boolean {
      const outer = block.parent;
      const tried = outer?.type === "CatchClause" ? outer.parent : outer;
      return tried?.type === "TryStatement" && tried.finalizer !== null && tried.finalizer !== block && isWithin(later, tried.finalizer);
    }

    /** `const p = work(); span.end(); return p;` and `try { return work(); } finally { span.end(); }`. */
    function checkEarly(span: StartedSpan): void {
      for (const { identifier } of span.references) {
        const method = spanMethod(identifier);
        if (method?.name !== "end" || enclosingFunction(identifier) !== span.owner) continue;
        const pending = pendingAt(method.call, span);
        if (pending) {
          context.report({ node: method.call, messageId: "early", data: { name: span.variable.name } });
          return;
        }
      }
    }

    function pendingAt(end: TSESTree.CallExpression, span: StartedSpan): Node | undefined {
      for (let at: Node | undefined = end.parent; at && at !== span.owner; at = at.parent) {
        if (at.parent?.type === "TryStatement" && at.parent.finalizer === at) return returnedPromise(at.parent.block, span);
      }
      const statement = climb(end).parent;
      const block = statement?.parent;
      if (statement?.type !== "ExpressionStatement" || block?.type !== "BlockStatement") return undefined;
      const index = block.body.indexOf(statement);
      for (const next of block.body.slice(index + 1)) {
        const waited = waitedFor(next);
        const variable = waited && variableOf(waited, source);
        const init = constantValue(variable);
        // Only what was started while the span was open, and is waited for nowhere else.
        if (waited && init && init.range[0] > span.call.range[0] && init.range[1] < end.range[0] && isWorking(init) && !isWaitedBefore(variable, end)) return waited;
      }
      const before = block.body[index - 1];
      return before?.type === "ExpressionStatement" && isPending(before.expression) && isThen(before.expression) ? before : undefined;
    }

    /** `return p`, `await p`, `return await Promise.all(ps)`: the name of what is waited for. */
    function waitedFor(statement: TSESTree.Statement): Node | undefined {
      let value: Node | null | undefined = statement.type === "ReturnStatement" ? statement.argument : statement.type === "ExpressionStatement" ? statement.expression : statement.type === "VariableDeclaration" ? statement.declarations[0]?.init : undefined;
      value = value && unwrap(value);
      const isReturned = statement.type === "ReturnStatement";
      if (!value || (!isReturned && value.type !== "AwaitExpression")) return undefined;
      if (value.type === "AwaitExpression") value = unwrap(value.argument);
      if (value.type === "CallExpression" && /^Promise\.(?:all|allSettled|any|race)$/.test(calleePath(value).join(".")) && value.arguments[0]) value = unwrap(value.arguments[0]);
      return value.type === "Identifier" ? value : undefined;
    }

    /** A promise, or a list of them: `items.map(async (item) => …)`. */
    function isWorking(node: Node): boolean {
      const call = unwrap(node);
      if (call.type !== "CallExpression") return false;
      if (isPending(call)) return true;
      const mapper = calleePath(call).at(-1) === "map" && call.arguments[0] ? functionOf(call.arguments[0], source) : undefined;
      return mapper !== undefined && (mapper.async || (mapper.body.type === "CallExpression" && isPending(mapper.body)));
    }

    function isWaitedBefore(variable: Variable | undefined, end: Node): boolean {
      return variable?.references.some(({ identifier, init }) => !init && identifier.range[0] < end.range[0]) ?? false;
    }

    function isThen(node: Node): boolean {
      const call = unwrap(node);
      return call.type === "CallExpression" && call.callee.type === "MemberExpression" && memberName(call.callee) === "then";
    }

    function returnedPromise(block: Node, span: StartedSpan): Node | undefined {
      let found: Node | undefined;
      visit(block, source.visitorKeys, (node) => {
        if (/Function/.test(node.type)) return false;
        if (node.type === "ReturnStatement" && node.argument && !found && unwrap(node.argument).type === "CallExpression" && isPending(node.argument)) found = node;
        return true;
      });
      return found && enclosingFunction(found) === span.owner ? found : undefined;
    }

    function isPending(node: Node): boolean {
      const types = typesOf(source);
      const value = unwrap(node);
      if (types) return isPromise(value, types, false);
      return givesPromise(value, source) || isThen(value);
    }

    function checkForeign(node: TSESTree.CallExpression): void {
      const callee = unwrap(node.callee);
      if (callee.type !== "MemberExpression" || memberName(callee) !== "end") return;
      const object = unwrap(callee.object);
      const origin = object.type === "Identifier" ? constantValue(variableOf(object, source)) : object;
      let value = origin ? unwrap(origin) : undefined;
      // `trace.getActiveSpan() ?? parent`
      if (value?.type === "LogicalExpression") value = unwrap(value.left);
      if (value?.type !== "CallExpression") return;
      const path = calleePath(value);
      if (/^(?:getActiveSpan)$/.test(path.at(-1) ?? "") || /(?:^|\.)trace\.getSpan$/.test(path.join("."))) context.report({ node, messageId: "notOwned" });
    }

    return {
      CallExpression(node) {
        checkStarted(node);
        checkForeign(node);
      },
    };
  },
});

function leaves(statement: Node): boolean {
  return /^(?:Break|Continue|Return|Throw)Statement$/.test(statement.type);
}

function isWithin(node: Node, outer: Node): boolean {
  return outer.range[0] <= node.range[0] && node.range[1] <= outer.range[1];
}

import type { TSESTree } from "@typescript-eslint/utils";
import { declaredType, promised } from "../analysis/annotations.js";
import { isConsole, isNoop } from "../analysis/calls.js";
import { isErrorAsValue } from "../analysis/error-as-value.js";
import { fateOf, type Leak } from "../analysis/fate.js";
import { isKeptForNothing } from "../analysis/kept-for-nothing.js";
import { type Attempted, isAnswer, isMissedAfterwards, isWhileHandling } from "../analysis/outcomes.js";
import { functionBehind } from "../analysis/own-members.js";
import {
  constantHandlerValue,
  isAwaitedElsewhere,
  isNoHandler,
  isResultUsed,
  looksLikeBuilder,
  rejectionHandlerOf,
  type RejectionHandler,
} from "../analysis/promise-handlers.js";
import { hasReason, hasReasonAbove } from "../analysis/reasons.js";
import { readVocabulary } from "../analysis/settings.js";
import { climb, type FunctionNode, isNothing, memberName, namePath, type Node, unwrap } from "../analysis/syntax.js";
import { isAny, isBooleanType, isThenable, isUnknown, partsOf, typesOf } from "../analysis/types.js";
import { type ValueKind, valueKind } from "../analysis/values.js";
import { constantValue, variableOf } from "../analysis/variables.js";
import { handlingSchema, type HandlingOptions, lenient } from "./handling-options.js";
import { createRule } from "../create-rule.js";

type Ids = "asValue" | "defaulted" | "noHandler" | "partly" | "printed" | "printedThenUsed" | "silent" | "remove" | "withoutError";

interface Verdict {
  messageId: Ids;
  leak: Leak;
  value?: Node | null;
}

export const noSilentCatch = createRule<readonly [HandlingOptions], Ids>({
  name: "no-silent-catch",
  type: "problem",
  docs: {
    description: "Disallow promise rejection handlers that lose the error on some path",
    config: "recommended",
    types: "uses",
  },
  hasSuggestions: true,
  messages: {
    silent:
      "This handler throws the rejection away: the promise counts as handled, so nobody will ever hear of the failure. Pass the error on, or give the reason for the silence in a comment.",
    defaulted:
      "This handler turns every rejection into {{value}}, which the code after it cannot tell from a real result. Rethrow what was not expected, or report the error before falling back.",
    partly:
      "On some path this handler loses the rejection: others deal with it, this one ends without it. Rethrow what was not expected.",
    printed:
      "The rejection is only printed: no trace, metric or caller will ever see it. Rethrow it, or record it on the active span.",
    printedThenUsed:
      "After a rejection this handler only prints, and the code goes on with `undefined` as the result. Rethrow the error, or deal with the missing result.",
    asValue:
      "This handler makes the error the promise's value: the code after it takes it for a result and nobody looks whether it is one. Let the rejection pass, or say in the type that an error may come, and check for it.",
    noHandler: "This `.{{method}}` has no handler for the rejection, so it changes nothing. Give it a function, or remove it.",
    withoutError:
      "The log line leaves `{{name}}` out, which alone says what failed and where. Log it as well.",
    remove: "Remove the handler, so that the rejection reaches the caller.",
  },
  schema: handlingSchema,
  defaultOptions: [lenient],
  create(context, [options]) {
    const source = context.sourceCode;
    const vocabulary = readVocabulary(context);

    function check(call: TSESTree.CallExpression): void {
      const found = rejectionHandlerOf(call);
      if (!found) return;
      if (isNoHandler(found.handler)) return checkMissing(found);
      const handler = found.handler as Node;
      const verdict = judge(found, handler);
      if (!verdict) return;
      const { messageId, leak, value } = verdict;
      if (isExcused(found, handler, leak, messageId) || !isPromise(found)) return;
      context.report({
        node: handler,
        messageId,
        data: { method: found.method, value: value ? `\`${source.getText(value)}\`` : "`undefined`", name: "the error" },
        suggest: removal(found, messageId),
      });
    }

    function checkMissing(found: RejectionHandler): void {
      if (found.method !== "catch" || looksLikeBuilder(found.promise, source)) return;
      if (found.handler && !isNothing(found.handler) && !typesOf(source)) return;
      if (isPromise(found)) context.report({ node: found.call, messageId: "noHandler", data: { method: found.method } });
    }

    function judge(found: RejectionHandler, handler: Node): Verdict | undefined {
      const plain = unwrap(handler);
      if (plain.type === "ConditionalExpression") return judge(found, plain.consequent) ?? judge(found, plain.alternate);
      // `.catch(onError ?? (() => {}))`: where nobody asked to hear of it, nobody does.
      if (plain.type === "LogicalExpression" && plain.operator !== "&&") return options.answers === "strict" ? judge(found, plain.right) : undefined;
      if (isNoop(plain, source)) {
        const leak = leakAt(plain, "nothing");
        return isAnswer(leak, triedBy(found), source) ? undefined : { messageId: "silent", leak };
      }
      const constant = constantHandlerValue(plain);
      if (constant !== undefined) {
        const kind = valueKind(constant, source);
        return kind === "failure" || isAnswer(leakAt(plain, kind), triedBy(found), source) ? undefined : { messageId: kind === "nothing" ? "silent" : "defaulted", leak: leakAt(plain, kind), value: constant };
      }
      if (plain.type === "MemberExpression" && isConsole(namePath(plain), vocabulary)) return printed(found, leakAt(plain, "nothing"));
      const target = functionBehind(plain, source);
      return target ? judgeFunction(found, target, target === plain) : undefined;
    }

    function triedBy(found: RejectionHandler): Attempted {
      // `const pending = save(); … pending.catch(() => {})`
      const started = constantValue(variableOf(unwrap(found.promise), source));
      return { code: started ?? found.promise, handler: found.call, mode: options.answers, givesNoBoolean: () => givesNoBoolean(found) };
    }

    /** `count().catch(() => false)`: what comes of success is known, and it is neither yes nor no. */
    function givesNoBoolean(found: RejectionHandler): boolean {
      const first = found.method === "then" ? found.call.arguments[0] : undefined;
      if (first && !isNothing(first)) return false;
      const types = typesOf(source);
      if (types) {
        const awaited = types.checker.getAwaitedType(types.typeOf(found.promise));
        return awaited !== undefined && !isAny(awaited) && !isUnknown(awaited) && !partsOf(awaited, types).some((part) => isBooleanType(part, types) || isAny(part));
      }
      const declared = declaredType(found.promise, source);
      const given = declared ? promised(declared, source) : undefined;
      return given !== undefined && /^TS(?:Number|String|Void|Null|Undefined)Keyword$|^TS(?:Array|Tuple)Type$|^TSTypeLiteral$/.test(given.type);
    }

    /** The rejection handler's value goes to nobody. */
    function isDropped(node: Node): boolean {
      const { parent, child } = climb(node);
      if (parent?.type === "ExpressionStatement") return true;
      if (parent?.type === "AwaitExpression" || (parent?.type === "UnaryExpression" && parent.operator === "void")) return isDropped(parent);
      if (parent?.type !== "MemberExpression" || parent.object !== child || memberName(parent) !== "finally") return false;
      const call = climb(parent).parent;
      return call?.type === "CallExpression" && isDropped(call);
    }

    function judgeFunction(found: RejectionHandler, target: FunctionNode, isInline: boolean): Verdict | undefined {
      if (target.generator) return undefined;
      const fate = fateOf({ param: target.params[0], body: target.body, node: target, isValueDropped: isInline && isDropped(found.call) }, source, vocabulary);
      const isKept = isKeptForNothing(target.params[0], target.body, source);
      const lost = fate.lost.find((leak) => isKept || !isAnswer(leak, { ...triedBy(found), looksAtError: fate.looksAtError, rethrows: fate.looksAtError && fate.throwsSomewhere, looksInVain: fate.looksInVain, isInverted: fate.isInverted }, source));
      if (lost) {
        const value = lost.node.type === "ReturnStatement" ? lost.node.argument : lost.how === "return" ? lost.node : null;
        const mixed = fate.handledSomewhere || fate.throwsSomewhere || fate.printed.length > 0;
        const isValue = lost.how === "return" && lost.value !== "nothing";
        return { messageId: mixed ? "partly" : isValue ? "defaulted" : "silent", leak: lost, value };
      }
      if (fate.printed[0]) return printed(found, fate.printed[0]);
      if (isInline && options.answers === "strict" && isErrorAsValue(target, found.call, source)) return { messageId: "asValue", leak: leakAt(target.body, "recovery") };
      if (isInline && fate.bareLog && options.signals === "report" && fate.bound && !fate.looksAtError) {
        return { messageId: "withoutError", leak: leakAt(fate.bareLog, "nothing") };
      }
      return undefined;
    }

    function printed(found: RejectionHandler, leak: Leak): Verdict | undefined {
      const used = isResultUsed(found.call) && (leak.value === "nothing" || leak.value === "recovery");
      if (used) return { messageId: "printedThenUsed", leak };
      return options.console === "report" ? { messageId: "printed", leak } : undefined;
    }

    function isExcused(found: RejectionHandler, handler: Node, leak: Leak, messageId: Ids): boolean {
      if (messageId === "printedThenUsed") return hasReason(handler, options.comments, source);
      return (
        (leak.how !== "return" || leak.value === "nothing" ? isAwaitedElsewhere(found, source) || isWhileHandling(found.call) : false) ||
        (options.answers === "lenient" && leak.value !== "default" && isMissedAfterwards(found.call, source)) ||
        hasReason(handler, options.comments, source) ||
        hasReason(found.call, options.comments, source) ||
        hasReasonAbove(found.call, options.comments, source)
      );
    }

    function isPromise(found: RejectionHandler): boolean {
      if (found.method === "catchError" || found.method === "use") return true;
      const types = typesOf(source);
      if (!types) return !looksLikeBuilder(found.promise, source) && !isDeclaredOtherwise(found.promise) && !isOwnMethod(found.promise);
      return isThenable(types.typeOf(found.promise), found.promise, types) || isLoose(found.promise);
    }

    /** The file itself says what this is, and it is no promise. */
    function isDeclaredOtherwise(promise: Node): boolean {
      const type = declaredType(promise, source);
      return type !== undefined && type.type !== "TSAnyKeyword" && type.type !== "TSUnknownKeyword" && !/\b(?:Promise|PromiseLike|Thenable|async)\b/.test(source.getText(type)) && !("async" in type) && (type.type === "TSTypeLiteral" || (type.type === "TSTypeReference" && isInterface(type)));
    }

    /** The chain starts at an instance of a class of this file that has a `catch` of its own, and no `then`. */
    function isOwnMethod(promise: Node): boolean {
      let start = unwrap(promise);
      while (start.type === "CallExpression" && start.callee.type === "MemberExpression") start = unwrap(start.callee.object);
      const type = declaredType(start, source);
      if (type?.type !== "ClassDeclaration" && type?.type !== "ClassExpression") return false;
      const methods = type.body.body.flatMap((each) => (each.type === "MethodDefinition" && each.key.type === "Identifier" ? [each.key.name] : []));
      return methods.includes("catch") && !methods.includes("then");
    }

    function isInterface(type: TSESTree.TSTypeReference): boolean {
      return type.typeName.type === "Identifier" && variableOf(type.typeName, source)?.defs[0]?.node.type === "TSInterfaceDeclaration";
    }

    /** With `any` the types know no more than the syntax does. */
    function isLoose(promise: Node): boolean {
      const types = typesOf(source);
      return types !== undefined && (types.typeOf(promise).flags & 1) !== 0 && !looksLikeBuilder(promise, source);
    }

    function removal(found: RejectionHandler, messageId: Ids): { messageId: Ids; fix: (fixer: import("@typescript-eslint/utils").TSESLint.RuleFixer) => import("@typescript-eslint/utils").TSESLint.RuleFix }[] {
      if (messageId !== "silent" && messageId !== "defaulted" && messageId !== "printedThenUsed") return [];
      if (found.method !== "catch" || found.call.callee.type !== "MemberExpression" || found.call.parent.type === "ExpressionStatement") return [];
      return [{ messageId: "remove", fix: (fixer) => fixer.removeRange([found.promise.range[1], found.call.range[1]]) }];
    }

    return { CallExpression: check };
  },
});

function leakAt(node: Node, value: ValueKind): Leak {
  return { node, how: value === "nothing" ? "end" : "return", value };
}

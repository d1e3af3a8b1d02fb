import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import type ts from "typescript";
import { askedFunction, asyncExecutor, forgetfulReducer, mayWaitForCallbacks, waitsOnlyGuarded } from "../analysis/async-callbacks.js";
import { isNoop } from "../analysis/calls.js";
import { isDeclaredOptional } from "../analysis/annotations.js";
import { isAlwaysCallable, isAny, partsOf, symbolOf, type Types, typesOf } from "../analysis/types.js";
import { type Misuse, misuseListeners } from "../analysis/misused-promises.js";
import { matchesOrigin, matchesSymbol, type NamedOrigin, originsSchema } from "../analysis/origins.js";
import { isPromise, isPromiseArray } from "../analysis/promise-types.js";
import { looksLikeBuilder } from "../analysis/promise-handlers.js";
import { calledFunction, cannotReject, givesPromise } from "../analysis/rejections.js";
import { calleePath, climb, contains, type FunctionNode, isFunction, literalString, memberName, type Node, unwrap } from "../analysis/syntax.js";
import { functionOf, isExported, type Variable, variableOf } from "../analysis/variables.js";
import { lateFirstUse, onlyBranchOfUse } from "../analysis/late-handlers.js";
import { unreadContents } from "../analysis/unread-lists.js";
import { createRule } from "../create-rule.js";

export interface FloatingOptions {
  allowForKnownSafeCalls: readonly (NamedOrigin | string)[];
  allowForKnownSafePromises: readonly (NamedOrigin | string)[];
  checkThenables: boolean;
  ignoreIIFE: boolean;
  ignoreNeverRejecting: boolean;
  ignoreVoid: boolean;
  lateHandlers: "allow" | "report";
  listeners: "allow" | "report";
  silentHandlers: "allow" | "report";
  unusedConstants: "allow" | "report";
}

type Ids = "array" | "asked" | "await" | "callback" | "executor" | "floating" | "late" | "misused" | "silent" | "sometimes" | "tried" | "unread" | "unused" | "useless";

/** What becomes of a promise that is taken for its result. */
const misuses: Record<Misuse, string> = {
  condition: "a condition on it always holds",
  number: "it counts as `NaN`, or as a text",
  spread: "nothing of it is spread",
  text: "its text is `[object Promise]`",
  tried: "",
};

export const noFloatingPromises = createRule<readonly [FloatingOptions], Ids>({
  name: "no-floating-promises",
  type: "problem",
  docs: {
    description: "Disallow promises whose rejection nobody will see",
    config: "recommended",
    types: "uses",
  },
  hasSuggestions: true,
  messages: {
    floating:
      "Nobody waits for this promise: when it rejects, the process gets an unhandled rejection and the caller goes on as if it had worked. `await` it, return it, or give it a `.catch` that deals with the error.",
    array:
      "Nobody waits for the promises in this array: when one rejects, the process gets an unhandled rejection. Await `Promise.all(…)` of it, or `Promise.allSettled(…)` and look at the outcome.",
    callback:
      "`{{method}}` does not wait for the promises of this async function: when one rejects, the process gets an unhandled rejection. Use a loop with `await`, `Promise.all` with `map`, or deal with the error inside the function.",
    asked:
      "`{{method}}` takes the promise of this async function for its answer, which makes it always true, and nobody waits for it. Await all answers first, or use a loop.",
    executor:
      "`new Promise` drops what its executor returns: when this async function throws outside of a `try`, the promise never settles. Do without `new Promise`, or reject it from a `catch`.",
    misused: "This takes the promise for its result: {{how}}, and nobody sees its rejection. `await` it.",
    tried: "The promise is returned before it has settled, so this `catch` will never see its rejection. `await` it here.",
    unread:
      "`{{name}}` takes promises that nobody ever looks at: when one rejects, the process gets an unhandled rejection. Await `Promise.all({{name}})`.",
    unused:
      "The promise in `{{name}}` is never looked at: when it rejects, the process gets an unhandled rejection. `await` it, or give it a `.catch` that deals with the error.",
    sometimes:
      "The promise in `{{name}}` is only looked at in one branch of the `if` on line {{line}}: on the other way, when it rejects, the process gets an unhandled rejection. `await` it there too, or start it where it is awaited.",
    late: "`{{name}}` has no handler yet while the code waits on line {{line}}: if it rejects meanwhile, the process reports an unhandled rejection and may end. Await both with `Promise.all`, or attach the handler first.",
    useless:
      "The rejection handler of this promise is not a function, so it is ignored and the rejection stays unhandled. Give it a function.",
    silent:
      "`.{{method}}` with a handler that does nothing only hides the rejection: nobody will learn that this failed. Deal with the error, or `await` the promise.",
    await: "Await the promise.",
  },
  schema: [
    {
      type: "object",
      additionalProperties: false,
      properties: {
        allowForKnownSafeCalls: { ...originsSchema, description: "Functions whose promises need not be waited for, by name and origin." },
        allowForKnownSafePromises: { ...originsSchema, description: "Promise types that need not be waited for, by name and origin." },
        checkThenables: { type: "boolean", description: "Whether every thenable counts, not only `Promise` and classes of it." },
        ignoreIIFE: { type: "boolean", description: "Whether async functions that are called on the spot are left alone." },
        ignoreNeverRejecting: {
          type: "boolean",
          description: "Whether calls of async functions of the same file that provably never reject are left alone.",
        },
        ignoreVoid: { type: "boolean", description: "Whether `void promise` is accepted." },
        lateHandlers: {
          type: "string",
          enum: ["allow", "report"],
          description: "Whether a promise may be kept without a handler while another one is awaited.",
        },
        listeners: {
          type: "string",
          enum: ["allow", "report"],
          description: "Whether an event listener may be an async function that can reject.",
        },
        silentHandlers: {
          type: "string",
          enum: ["allow", "report"],
          description: "Whether `.catch(() => {})` counts as handling. The configs leave it to `no-silent-catch`.",
        },
        unusedConstants: {
          type: "string",
          enum: ["allow", "report"],
          description: "Whether a promise may be put into a variable that nobody reads.",
        },
      },
    },
  ],
  defaultOptions: [
    {
      allowForKnownSafeCalls: [],
      allowForKnownSafePromises: [],
      checkThenables: false,
      ignoreIIFE: false,
      ignoreNeverRejecting: true,
      ignoreVoid: true,
      lateHandlers: "report",
      listeners: "allow",
      silentHandlers: "report",
      unusedConstants: "report",
    },
  ],
  create(context, [options]) {
    const source = context.sourceCode;
    const types = typesOf(source);

    function isPromiseValue(node: Node): boolean {
      if (!types) return givesPromise(node, source);
      const type = types.typeOf(node);
      // What comes from a module without types: the text may still tell.
      if (isAny(type)) return givesPromise(node, source);
      return isPromise(node, types, options.checkThenables) && !isSafeType(type);
    }

    function isSafeType(type: ts.Type): boolean {
      return types !== undefined && matchesOrigin(type, options.allowForKnownSafePromises, types);
    }

    function isSafeCall(node: TSESTree.CallExpression): boolean {
      if (isTestDeclaration(node)) return true;
      const target = calledFunction(node, source);
      if (options.ignoreNeverRejecting && target && cannotReject(target, source)) return true;
      const names = options.allowForKnownSafeCalls;
      if (names.length === 0) return false;
      if (types) return matchesOrigin(types.typeOf(node.callee), names, types) || matchesSymbol([symbolOf(node.callee, types)], names, types);
      const name = calleePath(node).at(-1) ?? "";
      return names.some((each) => (typeof each === "string" ? each === name : [each.name].flat().includes(name)));
    }

    /** `test("…", …)` of node:test: the runner waits for it and reports its failure. */
    function isTestDeclaration(node: TSESTree.CallExpression): boolean {
      let callee = unwrap(node.callee);
      while (callee.type === "MemberExpression") callee = unwrap(callee.object);
      const definition = variableOf(callee, source)?.defs[0];
      return definition?.type === "ImportBinding" && definition.parent?.type === "ImportDeclaration" && definition.parent.source.value === "node:test";
    }

    /** Why the value of the expression is a promise that nobody deals with, if it is one. */
    function problemOf(expression: Node): { messageId: Ids; node: Node; method?: string } | undefined {
      const node = unwrapForm(expression);
      switch (node.type) {
        case "AssignmentExpression":
          return undefined;
        case "SequenceExpression":
          return firstProblem(node.expressions);
        case "ConditionalExpression":
          if (types && !isPromiseValue(node)) return undefined;
          return firstProblem([node.consequent, node.alternate]);
        case "LogicalExpression":
          if (types && !isPromiseValue(node)) return undefined;
          return firstProblem([node.left, node.right]);
        case "UnaryExpression":
          return node.operator === "void" && !options.ignoreVoid ? problemOf(node.argument) : undefined;
        case "AwaitExpression":
          return types && isPromiseArray(node, types, options.checkThenables, isSafeType) ? { messageId: "array", node } : undefined;
        default:
          break;
      }
      if (types && mayBeArray(node) && isPromiseArray(node, types, options.checkThenables, isSafeType)) return { messageId: "array", node };
      switch (node.type) {
        case "CallExpression":
          return callProblem(node);
        case "Identifier":
        case "MemberExpression":
        case "NewExpression":
        case "TaggedTemplateExpression":
        case "ImportExpression":
        case "YieldExpression":
          return isPromiseValue(node) ? { messageId: "floating", node } : undefined;
        default:
          return undefined;
      }
    }

    function firstProblem(nodes: readonly Node[]): ReturnType<typeof problemOf> {
      for (const node of nodes) {
        const problem = problemOf(node);
        if (problem) return problem;
      }
      return undefined;
    }

    function callProblem(node: TSESTree.CallExpression): ReturnType<typeof problemOf> {
      const callee = unwrap(node.callee);
      const method = callee.type === "MemberExpression" ? memberName(callee) : undefined;
      if (callee.type === "MemberExpression" && (method === "catch" || method === "then" || method === "finally")) {
        if (!types && looksLikeBuilder(callee.object, source)) return undefined;
        if (!types ? method === "then" || givesPromise(node, source) : isPromiseValue(node)) {
          return chainProblem(node, callee.object, method);
        }
        return undefined;
      }
      if (isPromiseValue(node)) return isSafeCall(node) ? undefined : { messageId: "floating", node };
      if (!types && method === "map" && givesPromises(node.arguments[0])) return { messageId: "array", node };
      const problem = callbackProblem(node, callee, method);
      return problem && !isSafeCall(node) ? problem : undefined;
    }

    /** Without types: the function gives a promise for each element. */
    function givesPromises(callback: Node | undefined): boolean {
      const target = callback ? functionOf(callback, source) : undefined;
      if (!target || target.generator) return false;
      return target.async ? !cannotReject(target, source) : target.body.type !== "BlockStatement" && givesPromise(target.body, source);
    }

    /** `list.forEach(async (item) => …)`, `setInterval(async () => …)`: the caller drops what the function returns. */
    function callbackProblem(node: TSESTree.CallExpression, callee: Node, method: string | undefined): ReturnType<typeof problemOf> {
      if (node.arguments.length === 0) return undefined;
      const path = calleePath(node).join(".").replace(/^(?:window|globalThis)\./, "");
      const isListening = options.listeners === "report" && /^(?:on|once|addListener|prependListener|addEventListener)$/.test(method ?? "") && literalString(node.arguments[0]) !== undefined;
      const first = node.arguments[isListening ? 1 : 0];
      if (!first || (!isListening && method !== "forEach" && !/^(?:set(?:Timeout|Interval|Immediate)|queueMicrotask|process\.nextTick)$/.test(path))) return undefined;
      if (callee.type === "MemberExpression" && method === "forEach" && types && !isListed(callee.object, types)) return undefined;
      const target = functionOf(first, source);
      if (!target || target.generator || !dropsPromise(target, isListening)) return undefined;
      if (target.async && method !== "forEach" && options.ignoreNeverRejecting && waitsOnlyGuarded(target, source)) return undefined;
      return { messageId: "callback", node, method: method ?? path };
    }

    /** `list.filter(async (item) => …)`, `list.reduce(async (_, item) => …, start)`, `const timer = setInterval(async () => …)`. */
    function checkCallbacks(node: TSESTree.CallExpression): void {
      const callee = unwrap(node.callee);
      const isStatement = climb(node).parent?.type === "ExpressionStatement";
      const dropped = isStatement ? undefined : callbackProblem(node, callee, callee.type === "MemberExpression" ? memberName(callee) : undefined);
      if (dropped && !isSafeCall(node)) context.report({ node, messageId: dropped.messageId, data: { method: dropped.method ?? "" } });
      const asked = askedFunction(node, source);
      if (asked && isWaitedForByNobody(asked.list, node)) context.report({ node, messageId: "asked", data: { method: asked.method } });
      const reducer = asked ? undefined : forgetfulReducer(node, source);
      if (reducer && dropsPromise(reducer.target, false) && isWaitedForByNobody(reducer.list, node)) context.report({ node, messageId: "callback", data: { method: "reduce" } });
    }

    function isWaitedForByNobody(list: Node, node: TSESTree.CallExpression): boolean {
      return types && !isAny(types.typeOf(list)) ? isListed(list, types) : !mayWaitForCallbacks(list, node, source);
    }

    function checkExecutor(node: TSESTree.NewExpression): void {
      const executor = asyncExecutor(node);
      if (executor && !cannotReject(executor, source)) context.report({ node: executor, messageId: "executor" });
    }

    function checkMisuse(call: TSESTree.CallExpression, how: Misuse): void {
      if (!isSurelyPromise(call) || (how === "tried" && (isSafeCall(call) || isRecursion(call)))) return;
      context.report({ node: call, messageId: how === "tried" ? "tried" : "misused", data: { how: misuses[how] }, suggest: mayAwait(call) ? [{ messageId: "await", fix: (fixer) => fixer.replaceText(call, `(await ${source.getText(call)})`) }] : [] });
    }

    /** The called function is one around here, and has this very `catch` of its own. */
    function isRecursion(call: TSESTree.CallExpression): boolean {
      const target = calledFunction(call, source);
      return target !== undefined && contains(target, call);
    }

    /** Not `Promise<T> | undefined`, of which a condition may well ask whether it is there. */
    function isSurelyPromise(node: Node): boolean {
      if (!isPromiseValue(node)) return false;
      if (!types) return !isDeclaredOptional(node, source);
      return isAny(types.typeOf(node)) || partsOf(types.typeOf(node), types).every((part) => part.getProperty("then") !== undefined);
    }

    /** All but the last of `(save(item), item)`; the last, too, where a loop drops it. */
    function checkDropped(nodes: readonly Node[]): void {
      for (const node of nodes) {
        const problem = problemOf(node);
        if (problem) context.report({ node, messageId: problem.messageId, data: { method: problem.method ?? "catch" } });
      }
    }

    /** An async function that can reject, or `(id) => save(id)`, whose promise goes the same way. */
    function dropsPromise(target: FunctionNode, isListening: boolean): boolean {
      if (target.async) return !(options.ignoreNeverRejecting && cannotReject(target, source));
      return !isListening && target.body.type !== "BlockStatement" && problemOf(target.body)?.messageId === "floating";
    }

    /** An array, set or map: their `forEach` waits for nobody. */
    function isListed(node: Node, known: Types): boolean {
      const type = known.checker.getApparentType(known.typeOf(node));
      return isAny(type) || partsOf(type, known).every((part) => /^(?:ReadonlyArray|Array|ReadonlySet|Set|ReadonlyMap|Map|NodeListOf|NodeList)$/.test(part.getSymbol()?.getName() ?? ""));
    }

    function chainProblem(node: TSESTree.CallExpression, promise: Node, method: "catch" | "finally" | "then"): ReturnType<typeof problemOf> {
      if (method === "finally") return problemOf(promise);
      const handler = node.arguments[method === "catch" ? 0 : 1];
      const isSpread = node.arguments.slice(0, method === "catch" ? 1 : 2).some((argument) => argument.type === "SpreadElement");
      if (!handler || isSpread) {
        if (!types && !givesPromise(node, source) && unwrap(promise).type !== "CallExpression") return undefined;
        return method === "then" && isSafeChain(promise, node) ? undefined : { messageId: "floating", node };
      }
      if (types ? !isAlwaysCallable(types.typeOf(handler), types) : isNoFunction(handler)) return { messageId: "useless", node };
      if (options.silentHandlers === "report" && isNoop(handler, source) && !source.getCommentsInside(handler).length) {
        return { messageId: "silent", node, method };
      }
      return undefined;
    }

    /** `.then(f)` on what cannot reject can still reject through `f`. */
    function isSafeChain(promise: Node, node: TSESTree.CallExpression): boolean {
      const start = unwrap(promise);
      if (start.type !== "CallExpression" || !isSafeCall(start)) return false;
      const first = node.arguments[0];
      const target = first ? functionOf(first, source) : undefined;
      return target !== undefined && target.body.type === "BlockStatement" && target.body.body.length === 0;
    }

    function isNoFunction(handler: Node): boolean {
      const value = unwrap(handler);
      return value.type === "Literal" || value.type === "ObjectExpression" || (value.type === "Identifier" && value.name === "undefined");
    }

    /** `({}) as Promise<number>`: a promise by declaration; what stands inside may be none. */
    function castProblem(node: Node): ReturnType<typeof problemOf> {
      if (!types || (node.type !== "TSAsExpression" && node.type !== "TSTypeAssertion")) return undefined;
      const inner = unwrapForm(node);
      return /^(?:Identifier|ObjectExpression|MemberExpression)$/.test(inner.type) && isPromiseValue(node) ? { messageId: "floating", node } : undefined;
    }

    function checkStatement(statement: TSESTree.ExpressionStatement): void {
      const expression = unwrapForm(statement.expression);
      if (options.ignoreIIFE && isIife(expression)) return;
      const problem = problemOf(expression) ?? castProblem(statement.expression);
      if (!problem) return;
      context.report({
        node: statement,
        messageId: problem.messageId,
        data: { method: problem.method ?? "catch" },
        suggest: suggestionsFor(statement, problem.messageId),
      });
    }

    function suggestionsFor(statement: TSESTree.ExpressionStatement, id: Ids): TSESLint.ReportSuggestionArray<Ids> {
      const text = source.getText(statement.expression);
      const grouped = isSimple(statement.expression) ? text : `(${text})`;
      const isVoided = statement.expression.type === "UnaryExpression" && statement.expression.operator === "void";
      const inner = isVoided ? source.getText((statement.expression as TSESTree.UnaryExpression).argument) : grouped;
      const awaited = id === "array" ? `await Promise.all(${isVoided ? inner : text})` : `await ${inner}`;
      const suggest: TSESLint.ReportSuggestionArray<Ids> = [];
      if (mayAwait(statement)) suggest.push({ messageId: "await", fix: (fixer) => fixer.replaceText(statement.expression, awaited) });
      return suggest;
    }

    function checkDeclaration(node: TSESTree.VariableDeclarator): void {
      if (node.id.type !== "Identifier" || !node.init || options.unusedConstants === "allow" && options.lateHandlers === "allow") return;
      const init = unwrap(node.init);
      const variable = source.getDeclaredVariables(node)[0];
      if (variable && options.unusedConstants === "report") checkContents(node, variable);
      if (init.type !== "CallExpression" && init.type !== "NewExpression" && init.type !== "ImportExpression") return;
      if (!variable || node.parent.parent.type === "ExportNamedDeclaration" || variable.scope.type === "global") return;
      const reads = variable.references.filter((reference) => reference.isRead());
      const waiting = reads.length > 0 && options.lateHandlers === "report" ? lateFirstUse(node, variable, source) : undefined;
      const isUnused = reads.length === 0 && options.unusedConstants === "report" && variable.references.every((reference) => reference.init === true);
      // A promise that is made by hand is rejected by hand, too: maybe only where it has been given away.
      const branch = isUnused || init.type !== "CallExpression" || options.unusedConstants === "allow" ? undefined : onlyBranchOfUse(node, variable);
      if (!isUnused && !waiting && !branch) return;
      if (init.type === "CallExpression" && isSafeCall(init)) return;
      if (isUnused && isPromiseList(init)) {
        context.report({ node, messageId: "array" });
        return;
      }
      if (!isPromiseValue(init) || isHandledChain(init)) return;
      if (isUnused) context.report({ node, messageId: "unused", data: { name: node.id.name } });
      else if (branch) context.report({ node, messageId: "sometimes", data: { name: node.id.name, line: String(branch.loc.start.line) } });
      else if (waiting) context.report({ node, messageId: "late", data: { name: node.id.name, line: String(waiting.loc.start.line) } });
    }

    function checkContents(node: TSESTree.VariableDeclarator, variable: Variable): void {
      if (variable.scope.type === "global" || isExported(variable)) return;
      const promise = unreadContents(node, variable)?.find((each) => problemOf(each) !== undefined);
      if (promise) context.report({ node: promise, messageId: "unread", data: { name: variable.name } });
    }

    function isPromiseList(node: Node): boolean {
      if (types) return isPromiseArray(node, types, options.checkThenables, isSafeType);
      return node.type === "CallExpression" && calleePath(node).at(-1) === "map" && givesPromises(node.arguments[0]);
    }

    function isHandledChain(node: Node): boolean {
      if (node.type !== "CallExpression" || unwrap(node.callee).type !== "MemberExpression") return false;
      const method = memberName(unwrap(node.callee) as TSESTree.MemberExpression);
      return (method === "catch" || method === "then") && callProblem(node) === undefined;
    }

    /** `() => void save()`, where `void` does not count as an answer. */
    function checkVoidBody(node: TSESTree.ArrowFunctionExpression): void {
      if (options.ignoreVoid || node.body.type !== "UnaryExpression" || node.body.operator !== "void") return;
      const problem = problemOf(node.body);
      if (problem) context.report({ node: node.body, messageId: problem.messageId, data: { method: problem.method ?? "catch" } });
    }

    return {
      ...misuseListeners(checkMisuse),
      ArrowFunctionExpression: checkVoidBody,
      CallExpression: checkCallbacks,
      ExpressionStatement: checkStatement,
      ForStatement: (node) => checkDropped([node.init, node.update].filter((each) => each !== null && each.type !== "VariableDeclaration")),
      NewExpression: checkExecutor,
      SequenceExpression: (node) => {
        if (node.parent.type !== "ExpressionStatement" && node.parent.type !== "ForStatement") checkDropped(node.expressions.slice(0, -1));
      },
      VariableDeclarator: checkDeclaration,
    };
  },
});

/** Only calls and what stands for a value can be an array of promises; asking the checker costs. */
function mayBeArray(node: Node): boolean {
  return /^(?:CallExpression|Identifier|MemberExpression|ArrayExpression|NewExpression|TaggedTemplateExpression)$/.test(node.type);
}

/** As `unwrap`, but keeps sequences apart. */
function unwrapForm(node: Node): Node {
  while (/^(?:ChainExpression|TSAsExpression|TSNonNullExpression|TSSatisfiesExpression|TSTypeAssertion)$/.test(node.type)) {
    node = (node as TSESTree.ChainExpression).expression;
  }
  return node;
}

function isIife(node: Node): boolean {
  return node.type === "CallExpression" && isFunction(unwrap(node.callee));
}

function isSimple(node: Node): boolean {
  return /^(?:CallExpression|Identifier|MemberExpression|NewExpression|ChainExpression|ImportExpression|TaggedTemplateExpression)$/.test(node.type);
}

function mayAwait(node: Node): boolean {
  for (let at = node.parent; at; at = at.parent) if (isFunction(at)) return at.async;
  return true;
}

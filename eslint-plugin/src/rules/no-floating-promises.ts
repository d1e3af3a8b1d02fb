import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { askedFunction, asyncExecutor, forgetfulReducer, mayWaitForCallbacks } from "../analysis/async-callbacks.js";
import { promisesOf, type PromiseCare, unwrapForm } from "../analysis/dropped-promises.js";
import { lateFirstUse, onlyBranchOfUse } from "../analysis/late-handlers.js";
import { type Misuse, misuseListeners } from "../analysis/misused-promises.js";
import { originsSchema } from "../analysis/origins.js";
import { isWriteOnly } from "../analysis/private-fields.js";
import { hasReason, hasRemarkAbove } from "../analysis/reasons.js";
import { calledFunction, cannotReject } from "../analysis/rejections.js";
import { asyncStreamMethods, asyncStreamOptions, type StreamHook } from "../analysis/stream-hooks.js";
import { calleeName, climb, contains, isFunction, memberName, type Node, unwrap } from "../analysis/syntax.js";
import { isAny, typesOf } from "../analysis/types.js";
import { isOnlyCounted, unreadContents } from "../analysis/unread-lists.js";
import { isExported, type Variable } from "../analysis/variables.js";
import { isCommandName } from "../analysis/vocabulary.js";
import { createRule } from "../create-rule.js";

export interface FloatingOptions extends PromiseCare {
  ignoreIIFE: boolean;
  lateHandlers: "allow" | "report";
  unusedConstants: "allow" | "report";
  voidedCommands: "allow" | "report";
}

type Ids = "array" | "asked" | "await" | "callback" | "executor" | "finalized" | "floating" | "hook" | "late" | "misused" | "silent" | "sometimes" | "tried" | "unread" | "unused" | "useless" | "voided";

/** What becomes of a promise that is taken for its result. */
const misuses: Record<Misuse, string> = {
  condition: "a condition on it always holds",
  finalized: "",
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
    hook: "A stream does not wait for the promise of its `{{method}}`: when this rejects, the process gets an unhandled rejection and the stream stands still. Give the error to the callback from a `catch`, or `destroy` the stream with it.",
    misused: "This takes the promise for its result: {{how}}, and nobody sees its rejection. `await` it.",
    tried: "The promise is returned before it has settled, so this `catch` will never see its rejection. `await` it here.",
    finalized:
      "The promise is returned before it has settled, so this `finally` runs while the work still goes on: what it closes or releases is gone when that is needed. `await` it here.",
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
    voided:
      "`void` only says that nobody waits for `{{method}}`: when it rejects, the process gets an unhandled rejection and what should have been done is not. `await` it, give it a `.catch`, or say in a comment why it may fail.",
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
        voidedCommands: {
          type: "string",
          enum: ["allow", "report"],
          description:
            "Whether, with `ignoreVoid`, the statement `void save()` is accepted without a comment where the call is made for what it does: save, send, publish and their like.",
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
      voidedCommands: "allow",
    },
  ],
  create(context, [options]) {
    const source = context.sourceCode;
    const types = typesOf(source);
    const promises = promisesOf(source, types, options);
    const { problemOf, isPromiseValue, isSafeCall } = promises;

    /** `list.filter(async (item) => …)`, `list.reduce(async (_, item) => …, start)`, `const timer = setInterval(async () => …)`. */
    function checkCallbacks(node: TSESTree.CallExpression): void {
      const callee = unwrap(node.callee);
      const isStatement = climb(node).parent?.type === "ExpressionStatement";
      const dropped = isStatement ? undefined : promises.callbackProblem(node, callee, callee.type === "MemberExpression" ? memberName(callee) : undefined);
      if (dropped && !isSafeCall(node)) context.report({ node, messageId: dropped.messageId, data: { method: dropped.method ?? "" } });
      const asked = askedFunction(node, source, promises.isSurelyPromise);
      if (asked && isWaitedForByNobody(asked.list, node)) context.report({ node, messageId: "asked", data: { method: asked.method } });
      const reducer = asked ? undefined : forgetfulReducer(node, source);
      if (reducer && promises.dropsPromise(reducer.target, false) && isWaitedForByNobody(reducer.list, node)) context.report({ node, messageId: "callback", data: { method: "reduce" } });
    }

    function isWaitedForByNobody(list: Node, node: TSESTree.CallExpression): boolean {
      return types && !isAny(types.typeOf(list)) ? promises.isListed(list, types) : !mayWaitForCallbacks(list, node, source);
    }

    function checkExecutor(node: TSESTree.NewExpression): void {
      const executor = asyncExecutor(node);
      if (executor && !cannotReject(executor, source)) context.report({ node: executor, messageId: "executor" });
    }

    function checkHooks(hooks: readonly StreamHook[]): void {
      for (const { target, name } of hooks) context.report({ node: target, messageId: "hook", data: { method: name } });
    }

    function checkMisuse(call: TSESTree.CallExpression, how: Misuse): void {
      const isReturned = how === "tried" || how === "finalized";
      if (!promises.isSurelyPromise(call) || (isReturned && (isSafeCall(call) || isRecursion(call)))) return;
      context.report({ node: call, messageId: isReturned ? how : "misused", data: { how: misuses[how] }, suggest: mayAwait(call) ? [{ messageId: "await", fix: (fixer) => fixer.replaceText(call, `(await ${source.getText(call)})`) }] : [] });
    }

    /** The called function is one around here, and has this very `catch` of its own. */
    function isRecursion(call: TSESTree.CallExpression): boolean {
      const target = calledFunction(call, source);
      return target !== undefined && contains(target, call);
    }

    /** All but the last of `(save(item), item)`; the last, too, where a loop drops it. */
    function checkDropped(nodes: readonly Node[]): void {
      for (const node of nodes) {
        const problem = problemOf(node);
        if (problem) context.report({ node, messageId: problem.messageId, data: { method: problem.method ?? "catch" } });
      }
    }

    function checkStatement(statement: TSESTree.ExpressionStatement): void {
      const expression = unwrapForm(statement.expression);
      if (options.ignoreIIFE && isIife(expression)) return;
      if (expression.type === "AssignmentExpression") return checkKept(expression);
      const problem = problemOf(expression) ?? promises.castProblem(statement.expression);
      if (!problem) {
        checkVoided(statement, expression);
        return;
      }
      context.report({
        node: statement,
        messageId: problem.messageId,
        data: { method: problem.method ?? "catch" },
        suggest: suggestionsFor(statement, problem.messageId),
      });
    }

    /** `this.#last = save();`, of a private field that the class never reads. */
    function checkKept(node: TSESTree.AssignmentExpression): void {
      const target = unwrap(node.left);
      const value = unwrap(node.right);
      if (options.unusedConstants === "allow" || node.operator !== "=" || target.type !== "MemberExpression" || target.object.type !== "ThisExpression" || value.type !== "CallExpression") return;
      if (!isWriteOnly(target, source) || isSafeCall(value) || !isPromiseValue(value) || promises.isHandledChain(value)) return;
      context.report({ node, messageId: "unused", data: { name: source.getText(target) } });
    }

    /** `void save(order);`, where `void` is a word about the promise and none about its failing. */
    function checkVoided(statement: TSESTree.ExpressionStatement, expression: Node): void {
      if (options.voidedCommands === "allow" || expression.type !== "UnaryExpression" || expression.operator !== "void") return;
      const command = startOfChain(expression.argument);
      if (!command || !isCommandName(calleeName(command)) || problemOf(expression.argument)?.messageId !== "floating") return;
      if (hasReason(statement, "reason", source) || hasRemarkAbove(statement, source)) return;
      context.report({ node: statement, messageId: "voided", data: { method: calleeName(command) }, suggest: suggestionsFor(statement, "floating") });
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
      const isCounted = options.unusedConstants === "report" && isOnlyCounted(variable);
      if (!isUnused && !isCounted && !waiting && !branch) return;
      if (init.type === "CallExpression" && isSafeCall(init)) return;
      if ((isUnused || isCounted) && promises.isPromiseList(init)) {
        context.report({ node, messageId: "array" });
        return;
      }
      if (!isPromiseValue(init) || promises.isHandledChain(init)) return;
      if (isUnused) context.report({ node, messageId: "unused", data: { name: node.id.name } });
      else if (branch) context.report({ node, messageId: "sometimes", data: { name: node.id.name, line: String(branch.loc.start.line) } });
      else if (waiting) context.report({ node, messageId: "late", data: { name: node.id.name, line: String(waiting.loc.start.line) } });
    }

    function checkContents(node: TSESTree.VariableDeclarator, variable: Variable): void {
      if (variable.scope.type === "global" || isExported(variable)) return;
      const promise = unreadContents(node, variable)?.find((each) => problemOf(each) !== undefined);
      if (promise) context.report({ node: promise, messageId: "unread", data: { name: variable.name } });
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
      NewExpression: (node) => {
        checkExecutor(node);
        checkHooks(asyncStreamOptions(node, source));
      },
      "ClassDeclaration, ClassExpression": (node: TSESTree.ClassDeclaration | TSESTree.ClassExpression) => checkHooks(asyncStreamMethods(node, source)),
      SequenceExpression: (node) => {
        if (node.parent.type !== "ExpressionStatement" && node.parent.type !== "ForStatement") checkDropped(node.expressions.slice(0, -1));
      },
      VariableDeclarator: checkDeclaration,
    };
  },
});

/** `save().then(f).finally(g)` → `save()` */
function startOfChain(node: Node): TSESTree.CallExpression | undefined {
  const call = unwrap(node);
  if (call.type !== "CallExpression") return undefined;
  const callee = unwrap(call.callee);
  const isLink = callee.type === "MemberExpression" && /^(?:then|finally)$/.test(memberName(callee) ?? "");
  return isLink ? startOfChain(callee.object) : call;
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

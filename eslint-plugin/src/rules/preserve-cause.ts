import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { isConsole, isLogCall } from "../analysis/calls.js";
import { builtInErrorOf, causeArgument, CauseTracker, lastWritten, makesError } from "../analysis/causes.js";
import { errorSinkOf } from "../analysis/error-sinks.js";
import type { Handler } from "../analysis/fate.js";
import { functionCalled, keptByCall } from "../analysis/kept-by-call.js";
import { listenerOf } from "../analysis/listeners.js";
import { readVocabulary } from "../analysis/settings.js";
import { calleeName, calleePath, climb, type FunctionNode, isFunction, memberName, namePath, type Node, unwrap } from "../analysis/syntax.js";
import { isProbe, type Operation, operationsOf } from "../analysis/operations.js";
import { isAny, typesOf } from "../analysis/types.js";
import { constantValue, variableOf } from "../analysis/variables.js";
import { isFailureName } from "../analysis/vocabulary.js";
import { createRule } from "../create-rule.js";

export interface CauseOptions {
  requireCatchParameter: boolean;
  translations: "allow" | "narrowed" | "report";
}

type Ids = "addCause" | "lost" | "partly" | "unbound" | "wrongCause";

export const preserveCause = createRule<readonly [CauseOptions], Ids>({
  name: "preserve-cause",
  type: "problem",
  docs: {
    description: "Require an error that replaces a caught one to carry it as its cause",
    config: "recommended",
    types: "uses",
  },
  hasSuggestions: true,
  messages: {
    lost: "This error takes the place of `{{name}}` and does not carry it: what really failed, and where, is gone from the trace. Pass it on as `{ cause: {{name}} }`.",
    partly:
      "This error keeps only the text of `{{name}}`: its stack, class and own causes are gone from the trace. Pass it on as `{ cause: {{name}} }`.",
    wrongCause: "The cause given here is not `{{name}}`, the error that was caught: what really failed is gone from the trace.",
    unbound: "This error takes the place of one that the catch does not even bind: what really failed is gone from the trace. Bind it, and pass it on as the cause.",
    addCause: "Add `{ cause: {{name}} }`.",
  },
  schema: [
    {
      type: "object",
      additionalProperties: false,
      properties: {
        requireCatchParameter: {
          type: "boolean",
          description: "Whether a new error needs a catch that binds the old one.",
        },
        translations: {
          type: "string",
          enum: ["allow", "narrowed", "report"],
          description:
            "Whether an error of the project's own may replace one without its cause: one that a condition has told apart (`narrowed`), or has been reported as well (`allow`), or neither (`report`).",
        },
      },
    },
  ],
  defaultOptions: [{ requireCatchParameter: false, translations: "allow" }],
  create(context, [options]) {
    const source = context.sourceCode;
    const vocabulary = readVocabulary(context);
    const types = typesOf(source);
    const trackers = new Map<Node, CauseTracker>();

    function trackerOf(handler: Handler): CauseTracker {
      let tracker = trackers.get(handler.node);
      if (!tracker) trackers.set(handler.node, (tracker = new CauseTracker(handler, source)));
      return tracker;
    }

    function check(replacement: Node, at: Node): void {
      const choice = unwrap(replacement);
      if (choice.type === "ConditionalExpression") {
        check(choice.consequent, choice.consequent);
        check(choice.alternate, choice.alternate);
        return;
      }
      const made = madeError(replacement);
      if (!made) return;
      const handler = handlerAround(at);
      if (!handler) return;
      // A leading underscore says, as no binding does, that the error is left out on purpose.
      if (!handler.param || (handler.param.type === "Identifier" && handler.param.name.startsWith("_"))) {
        if (options.requireCatchParameter && !isVerdict(made, handler)) context.report({ node: replacement, messageId: "unbound" });
        return;
      }
      const tracker = trackerOf(handler);
      const variable = variableOf(unwrap(replacement), source);
      if (variable && tracker.isGivenCause(variable)) return;
      const messageId = judge(made, tracker);
      if (!messageId || tracker.isKnownNoError(at) || (!builtInErrorOf(made, source) && isTranslation(at, handler, tracker))) return;
      if (messageId === "partly" && isTold(handler)) return;
      const name = handler.param.type === "Identifier" ? handler.param.name : "the error";
      context.report({ node: replacement, messageId, data: { name }, suggest: messageId === "wrongCause" ? [] : suggestionsFor(made, handler, name) });
    }

    /** A condition has told the old error apart, or it has been reported before: nothing about it is unknown. */
    function isTranslation(at: Node, handler: Handler, tracker: CauseTracker): boolean {
      if (options.translations === "report") return false;
      for (let node: Node = at; node.parent && node !== handler.node; node = node.parent) {
        const parent = node.parent;
        if (parent.type === "IfStatement" && parent.consequent === node && tracker.keptBy(parent.test) !== "nothing") return true;
        if (parent.type === "SwitchCase" && tracker.keptBy(parent.parent.discriminant) !== "nothing") return true;
        if (parent.type !== "BlockStatement" || options.translations !== "allow") continue;
        const before = parent.body.slice(0, parent.body.indexOf(node as TSESTree.Statement));
        if (before.some((each) => each.type === "ExpressionStatement" && isReport(each.expression, tracker))) return true;
      }
      return false;
    }

    /** `JSON.parse(text)` and the like say all there is to say in their message. */
    function isTold(handler: Handler): boolean {
      if (options.translations !== "allow" || handler.node.type !== "CatchClause") return false;
      const operations = operationsOf(handler.node.parent.block, source);
      return operations.length > 0 && operations.every((each) => /^(?:JSON\.parse|URL|RegExp|decodeURI(?:Component)?)$/.test(each.type === "CallExpression" || each.type === "NewExpression" ? calleePath(each).join(".") : ""));
    }

    /** `catch { throw new InvalidUrl(text) }` after `new URL(text)`: that it threw is all there is to know. */
    function isVerdict(made: Node, handler: Handler): boolean {
      if (builtInErrorOf(made, source) || handler.node.type !== "CatchClause") return false;
      const operations = operationsOf(handler.node.parent.block, source);
      return operations.length > 0 && operations.every(isProbe) && !isReadTwice(operations);
    }

    function isReport(node: Node, tracker: CauseTracker): boolean {
      const call = node.type === "AwaitExpression" ? node.argument : unwrap(node);
      if (call.type !== "CallExpression") return false;
      return (isLogCall(call) || isConsole(calleePath(call), vocabulary) || /^(?:capture|report|record|notify|track)/.test(calleeName(call))) && call.arguments.some((argument) => tracker.keptBy(argument) !== "nothing");
    }

    function judge(made: TSESTree.CallExpression | TSESTree.NewExpression, tracker: CauseTracker): Ids | undefined {
      const builtIn = builtInErrorOf(made, source);
      if (!builtIn) {
        const kept = Math.max(keptAmong(made, tracker), strength(tracker.keptBy(made.callee)));
        return kept === 2 ? undefined : kept === 1 ? "partly" : "lost";
      }
      if (calleeName(builtIn) === "AggregateError" && builtIn.arguments[0] && tracker.keptBy(builtIn.arguments[0]) === "whole") return undefined;
      const cause = causeArgument(builtIn, source);
      if (cause === "open") {
        const second = builtIn.arguments[1];
        const options = second && unwrap(second);
        // `new Error("…", optionsOf(error))`, of a function of this file that leaves the error out.
        if (options?.type === "CallExpression" && functionCalled(options, source) && tracker.keptBy(options) !== "whole") return "lost";
        // `new Error("…", error)`: the second argument is an options object.
        const isDirect = second !== undefined && unwrap(second).type === "Identifier" && tracker.keptBy(second) === "whole" && !constantValue(variableOf(unwrap(second), source));
        return isDirect && calleeName(builtIn) !== "AggregateError" ? "lost" : undefined;
      }
      if (cause) {
        const kept = tracker.keptBy(cause);
        return kept === "whole" ? undefined : kept === "part" ? "partly" : "wrongCause";
      }
      return builtIn.arguments.some((argument) => tracker.keptBy(argument) !== "nothing") ? "partly" : "lost";
    }

    /** What the arguments hold of the error, and of that what the called function or constructor of this file keeps. */
    function keptAmong(call: TSESTree.CallExpression | TSESTree.NewExpression, tracker: CauseTracker): number {
      const kept = call.arguments.map((argument, index) => {
        const given = strength(tracker.keptBy(argument));
        return given === 2 ? strength(keptByCall(call, index, source)) : given;
      });
      return Math.max(...kept, 0);
    }

    function suggestionsFor(made: TSESTree.CallExpression | TSESTree.NewExpression, handler: Handler, name: string): TSESLint.ReportSuggestionArray<Ids> {
      if (!builtInErrorOf(made, source) || handler.param?.type !== "Identifier") return [];
      const place = calleeName(made) === "AggregateError" ? 2 : 1;
      const last = made.arguments.at(-1);
      if (made.arguments.length > place || (made.arguments.length < place && place === 2)) return [];
      const given = last ? `, { cause: ${name} }` : `"", { cause: ${name} }`;
      return [
        {
          messageId: "addCause",
          data: { name },
          fix: (fixer) => {
            if (last) return fixer.insertTextAfter(last, given);
            const open = source.getTokenAfter(made.callee, (token) => token.value === "(");
            return open ? fixer.insertTextAfter(open, given) : fixer.insertTextAfter(made, `(${given})`);
          },
        },
      ];
    }

    /** The expression that makes the error, seen through a constant. */
    function madeError(node: Node): TSESTree.CallExpression | TSESTree.NewExpression | undefined {
      let value = unwrap(node);
      if (value.type === "ConditionalExpression") return madeError(value.consequent) ?? madeError(value.alternate);
      if (value.type === "Identifier") {
        const variable = variableOf(value, source);
        const init = constantValue(variable) ?? (variable && lastWritten(variable, value));
        if (!init) return undefined;
        value = unwrap(init);
        if (value.type === "ConditionalExpression") return madeError(value);
      }
      if (value.type === "CallExpression" && calleePath(value).join(".") === "Object.assign") return assignedError(value);
      if (value.type === "CallExpression" && isLocalFactory(value)) return value;
      if (!makesError(value)) return undefined;
      if (builtInErrorOf(value, source)) return value;
      return isErrorMaker(value) ? value : undefined;
    }

    /** `Object.assign(new Error("…"), { status })`, unless what is assigned holds the caught error. */
    function assignedError(call: TSESTree.CallExpression): ReturnType<typeof madeError> {
      const [target, ...fields] = call.arguments;
      const handler = handlerAround(call);
      if (!target || !handler || fields.some((field) => trackerOf(handler).keptBy(field) === "whole")) return undefined;
      return madeError(target);
    }

    /** A function of this file that returns a new error. */
    function isLocalFactory(call: TSESTree.CallExpression): boolean {
      const target = functionCalled(call, source);
      const body = target?.body.type === "BlockStatement" ? target.body.body.at(-1) : target?.body;
      const value = body?.type === "ReturnStatement" ? body.argument : body;
      return value !== null && value !== undefined && makesError(unwrap(value)) && isErrorMaker(unwrap(value) as TSESTree.NewExpression);
    }

    function isErrorMaker(made: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
      const name = calleeName(made);
      if (/(?:Error|Exception)$/.test(name) || made.type === "CallExpression") return /(?:rror|xception|ailure|oom)/.test(calleePath(made).join("."));
      if (isErrorClass(made.callee)) return true;
      return types !== undefined && !isAny(types.typeOf(made)) && types.typeOf(made).getProperty("stack") !== undefined;
    }

    /** A class of this file that comes from an error, whatever it is called. */
    function isErrorClass(callee: Node, depth = 0): boolean {
      const definition = variableOf(unwrap(callee), source)?.defs[0]?.node;
      if (definition?.type !== "ClassDeclaration" || !definition.superClass || depth > 4) return false;
      return /(?:Error|Exception)$/.test(namePath(definition.superClass).at(-1) ?? "") || isErrorClass(definition.superClass, depth + 1);
    }

    function checkCall(node: TSESTree.CallExpression): void {
      checkMapper(node);
      const first = node.arguments[0];
      if (!first || first.type === "SpreadElement") return;
      const name = calleeName(node);
      const takesError = /^(?:reject|err|errAsync|failure|left|callback|cb|next|done|Err)$/.test(name);
      const sink = errorSinkOf(node, source, undefined);
      if (takesError || isCollected(node, name) || sink?.via === "reject" || endsWith(node, name)) check(first, node);
      else if (sink?.via === "emit" && sink.value) check(sink.value, node);
      else if (sink?.via === "abort" && !isThrownAfterwards(node)) check(first, node);
      else if (node.parent.type === "ExpressionStatement" || node.parent.type === "ReturnStatement") checkThrower(node, name);
    }

    /** `fromPromise(work(), (e) => new LoadError())`: what a Result is given in place of what was thrown. */
    function checkMapper(node: TSESTree.CallExpression): void {
      const mapper = thrownMapper(node);
      if (!mapper) return;
      const value = mapper.body.type === "BlockStatement" ? mapper.body.body.at(-1) : mapper.body;
      const given = value?.type === "ReturnStatement" ? value.argument : value?.type.endsWith("Statement") ? undefined : value;
      if (given) check(given, given);
    }

    /** `stream.destroy(new Error("…"))`, `controller.error(new Error("…"))`: whoever reads from it is told of nothing else. */
    function endsWith(node: TSESTree.CallExpression, name: string): boolean {
      return name === "destroy" || (name === "error" && /controller$/i.test(calleePath(node).at(-2) ?? ""));
    }

    /** The others are stopped by a word of their own, and the error goes on its way. */
    function isThrownAfterwards(node: TSESTree.CallExpression): boolean {
      const body = handlerAround(node)?.body;
      return body?.type === "BlockStatement" && body.body.at(-1)?.type === "ThrowStatement";
    }

    /** `errors.push(new Error(…))`, for an AggregateError or a report. */
    function isCollected(node: TSESTree.CallExpression, name: string): boolean {
      return (name === "push" || name === "add") && isFailureName(calleePath(node).at(-2) ?? "");
    }

    /** `fail("could not load")` in a catch throws an error of its own. */
    function checkThrower(node: TSESTree.CallExpression, name: string): void {
      const handler = handlerAround(node);
      if (handler && !handler.param && options.requireCatchParameter && throwsOwnError(node) && !isVerdict(node, handler)) context.report({ node, messageId: "unbound" });
      if (handler?.param?.type !== "Identifier" || handler.param.name.startsWith("_") || !neverReturns(node, name)) return;
      const tracker = trackerOf(handler);
      const kept = keptAmong(node, tracker);
      if (kept === 2 || isTranslation(node, handler, tracker)) return;
      context.report({ node, messageId: kept === 1 ? "partly" : "lost", data: { name: handler.param.name } });
    }

    /** A function of this file that does nothing but make an error and throw it. */
    function throwsOwnError(node: TSESTree.CallExpression): boolean {
      const body = functionCalled(node, source)?.body;
      const last = body?.type === "BlockStatement" ? body.body.at(-1) : undefined;
      return last?.type === "ThrowStatement" && madeError(last.argument) !== undefined;
    }

    function neverReturns(node: TSESTree.CallExpression, name: string): boolean {
      if (/^(?:exit|abort|redirect|notFound|permanentRedirect|forbidden|unauthorized|assertNever|unreachable|exhaustive)$/i.test(name)) return false;
      const target = functionCalled(node, source);
      if (target) return target.body.type === "BlockStatement" && target.body.body.at(-1)?.type === "ThrowStatement";
      if (types && !/^(?:expect|assert|t)\b/.test(source.getText(node.callee))) {
        const type = types.typeOf(node);
        if (!isAny(type)) return (type.flags & types.checker.getNeverType().flags) !== 0;
      }
      return /^(?:panic|bail|die|raise|throwError)$/.test(name);
    }

    return { ThrowStatement: (node) => check(node.argument, node), CallExpression: checkCall };
  },
});

function strength(kept: "nothing" | "part" | "whole"): number {
  return kept === "whole" ? 2 : kept === "part" ? 1 : 0;
}

const decoding = /^(?:Buffer\..+|atob|decodeURI(?:Component)?|unescape)$/;
const receiving = /(?:^|\.)(?:text|json|toString)$|^(?:escape|encodeURI(?:Component)?|fileURLToPath|pathToFileURL)$/;

/**
 * `schema.parse(JSON.parse(text))`: that it threw does not say which of both, and the one knows more than that. Of what was
 * encoded, as a cursor or a token is, it says enough: nobody wrote it by hand.
 */
function isReadTwice(operations: readonly Operation[]): boolean {
  const paths = new Set(operations.map((each) => (each.type === "CallExpression" || each.type === "NewExpression" ? calleePath(each).join(".") : each.type)));
  if ([...paths].some((path) => decoding.test(path))) return false;
  const readers = [...paths].filter((path) => !receiving.test(path));
  return readers.length > 1 && readers.some((path) => /(?:^|\.)(?:parse|decode|deserialize|compile)(?:[A-Z]\w*)?$/.test(path) && !/^(?:JSON|URL|Date)\./.test(path));
}

/** The function that makes a Result's error of what was thrown: neverthrow's second argument, Effect's `catch`. */
function thrownMapper(call: TSESTree.CallExpression): FunctionNode | undefined {
  const name = calleeName(call);
  let mapper: Node | undefined;
  if (/^from(?:Promise|Throwable|AsyncThrowable)$/.test(name)) mapper = call.arguments[1];
  else if (/^try(?:Promise)?$/.test(name) && call.arguments[0]?.type === "ObjectExpression") {
    const own = call.arguments[0].properties.find((each) => each.type === "Property" && each.key.type === "Identifier" && each.key.name === "catch");
    mapper = own?.type === "Property" ? own.value : undefined;
  }
  const target = mapper ? unwrap(mapper) : undefined;
  return isFunction(target) ? target : undefined;
}

/** The error handler a node stands in, as long as no function lies between that runs at another time. */
function handlerAround(node: Node): Handler | undefined {
  let child = node;
  for (let at = node.parent; at; child = at, at = at.parent) {
    if (at.type === "CatchClause" && at.body === child) return { node: at, param: at.param ?? undefined, body: at.body };
    if (isFunction(at)) {
      const { parent, child: argument } = climb(at);
      const given = parent?.type === "Property" ? parent.parent.parent : parent;
      if (given?.type === "CallExpression" && thrownMapper(given) === at) return { node: at, param: at.params[0], body: at.body };
      if (parent?.type !== "CallExpression") return undefined;
      const first = at.params[0];
      if (first?.type === "Identifier" && isErrorFirst(at) && isWithinErrorBranch(node, at, first.name)) return { node: at, param: first, body: at.body };
      if (first && listenerOf(parent)?.handler === argument) return { node: at, param: first, body: at.body };
      if (parent.callee.type !== "MemberExpression") return undefined;
      const method = memberName(parent.callee);
      const isHandler = (method === "catch" && parent.arguments[0] === argument) || (method === "then" && parent.arguments[1] === argument);
      return isHandler ? { node: at, param: at.params[0], body: at.body } : undefined;
    }
  }
  return undefined;
}

/** `read(path, (err, data) => {…})`: the last argument, told of an error by name. */
function isErrorFirst(target: FunctionNode): boolean {
  const { parent, child } = climb(target);
  const [first] = target.params;
  return parent?.type === "CallExpression" && parent.arguments.at(-1) === child && first?.type === "Identifier" && /^(?:e|err|error|\w+(?:Err|Error))$/.test(first.name);
}

/** Inside `if (err)`, where there is an error. */
function isWithinErrorBranch(node: Node, target: FunctionNode, name: string): boolean {
  for (let at = node; at.parent && at !== target; at = at.parent) {
    const { parent } = at;
    if ((parent.type !== "IfStatement" && parent.type !== "ConditionalExpression") || parent.consequent !== at) continue;
    const test = unwrap(parent.test);
    if (test.type === "Identifier" && test.name === name) return true;
  }
  return false;
}

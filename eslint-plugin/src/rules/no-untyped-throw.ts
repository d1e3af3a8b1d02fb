import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import type ts from "typescript";
import { declaredType } from "../analysis/annotations.js";
import { type ErrorSink, errorSinkOf, isMissing, isRejectFunction } from "../analysis/error-sinks.js";
import { type ErrorGuess, guessError, isCaught, isForeignReason } from "../analysis/error-values.js";
import { calleeName, calleePath, enclosingFunction, functionName, type Node, unwrap } from "../analysis/syntax.js";
import { derivesFrom, isAny, isThenable, isUnknown, isUnresolved, lineage, partsOf, type Types, typesOf } from "../analysis/types.js";
import { matchesOrigin, type NamedOrigin, originsSchema } from "../analysis/origins.js";
import { isFailedOutcome, isStoredError } from "../analysis/stored-errors.js";
import { constantValue, functionOf, isObserved, variableOf } from "../analysis/variables.js";
import { createRule } from "../create-rule.js";

export interface UntypedThrowOptions {
  allow: readonly (NamedOrigin | string)[];
  allowRethrowing: boolean;
  allowThrowingAny: boolean;
  allowThrowingUnknown: boolean;
  allowEmptyReject: boolean;
  bareError: "allow" | "report";
}

type Ids = "any" | "bareError" | "empty" | "notAnError" | "throwIt" | "unknown" | "unthrown" | "wrap";

const verbs: Record<ErrorSink["via"], string> = {
  throw: "throws",
  reject: "rejects with",
  emit: "emits as an error",
  abort: "aborts with",
};

const errorNames = new Set(["Error"]);

/** Thrown on purpose by frameworks to leave a handler: a response, a redirect, a pending promise. */
const frameworkValues = new Set(["Response", "Redirect", "HttpResponse", "ActionFailure"]);

export const noUntypedThrow = createRule<readonly [UntypedThrowOptions], Ids>({
  name: "no-untyped-throw",
  type: "problem",
  docs: {
    description: "Disallow throwing, rejecting or emitting what is not an Error, and errors that are created but not thrown",
    config: "recommended",
    types: "uses",
  },
  hasSuggestions: true,
  messages: {
    notAnError:
      "This {{verb}} {{what}}, which is not an Error: it has no stack and no cause, and handlers that ask for `.message` or `instanceof Error` miss it. Use an Error, with the value in its message or `cause`.",
    any: "This {{verb}} a value of type `any`: nobody knows whether it is an Error. Give it a type, or wrap it in one.",
    unknown:
      "This {{verb}} a value of type `unknown`: nobody knows whether it is an Error. Check it first, or wrap it in one.",
    empty: "This rejects with nothing: whoever waits learns neither what failed nor where. Reject with an Error.",
    unthrown: "This error is created and then dropped: it has no effect at all. Throw it, or remove it.",
    bareError: "This {{verb}} a bare `Error`, which handlers cannot tell from any other. Use one of the project's own error classes.",
    wrap: "Wrap the value in an Error.",
    throwIt: "Throw the error.",
  },
  schema: [
    {
      type: "object",
      additionalProperties: false,
      properties: {
        allow: { ...originsSchema, description: "Types that may be thrown although they are no Errors, by name and origin." },
        allowRethrowing: { type: "boolean", description: "Whether a caught value may be thrown again, whatever its type." },
        allowThrowingAny: { type: "boolean", description: "Whether a value of type `any` may be thrown." },
        allowThrowingUnknown: { type: "boolean", description: "Whether a value of type `unknown` may be thrown." },
        allowEmptyReject: { type: "boolean", description: "Whether a promise may be rejected without a value." },
        bareError: {
          type: "string",
          enum: ["allow", "report"],
          description: "Whether `Error` itself may be thrown, or only classes derived from it.",
        },
      },
    },
  ],
  defaultOptions: [{ allow: [], allowRethrowing: true, allowThrowingAny: true, allowThrowingUnknown: true, allowEmptyReject: false, bareError: "allow" }],
  create(context, [options]) {
    const source = context.sourceCode;
    const types = typesOf(source);

    function check(sink: ErrorSink): void {
      const verb = verbs[sink.via];
      if (sink.via === "reject" && isMissing(sink.value)) {
        if (!options.allowEmptyReject || sink.value) context.report({ node: sink.call, messageId: "empty" });
        return;
      }
      const value = sink.value;
      if (!value || isPassedOn(value)) return;
      const guess = guessError(value, source);
      if (guess === "open" && isAlwaysError(value)) return;
      if (guess === "error" && checkBare(value, verb)) return;
      if (guess === "error" && isTrusted(value)) return;
      const verdict = guess === "other" ? "notAnError" : types ? judgeType(value, guess, types) : judgeDeclared(value);
      if (!verdict || (guess === "other" && isAllowedValue(value))) return;
      context.report({
        node: value,
        messageId: verdict,
        data: { verb, what: describe(value) },
        suggest: verdict === "notAnError" ? wrapping(value) : [],
      });
    }

    /** What was caught, or what a signal was aborted with; also with something added, or with an Error to fall back on. */
    function isPassedOn(value: Node): boolean {
      const node = unwrap(value);
      const isFine = (part: Node): boolean => isPassedOn(part) || guessError(part, source) === "error";
      if (node.type === "LogicalExpression" && node.operator !== "&&") return isPassedOn(node.left) && isFine(node.right);
      if (node.type === "ConditionalExpression") return isFine(node.consequent) && isFine(node.alternate) && (isPassedOn(node.consequent) || isPassedOn(node.alternate));
      const [first] = node.type === "CallExpression" && calleePath(node).join(".") === "Object.assign" ? node.arguments : [];
      return (first !== undefined && isPassedOn(first)) || (options.allowRethrowing && (isCaught(node, source) || isHandedError(node))) || isForeignReason(node, source, types);
    }

    /** `const [error, value] = await settle(work())`: what it gives as the error was caught there. */
    function isHandedError(node: Node): boolean {
      const definition = node.type === "Identifier" ? variableOf(node, source)?.defs[0] : undefined;
      if (definition?.node.type !== "VariableDeclarator" || !/Pattern$/.test(definition.node.id.type)) return false;
      if (!/^(?:e|ex|err|error|reason|exception|cause|\w+(?:Err|Error))$/.test(node.type === "Identifier" ? node.name : "")) return false;
      const type = types?.typeOf(definition.name);
      return !type || isAny(type) || isUnknown(type);
    }

    /** A variable of whatever type that is only ever given errors. */
    function isAlwaysError(value: Node): boolean {
      const variable = variableOf(unwrap(value), source);
      const given = variable?.defs[0]?.type === "Variable" ? variable.references.flatMap(({ writeExpr }) => (writeExpr ? [writeExpr] : [])) : [];
      return given.length > 1 && given.every((each) => guessError(each, source) === "error");
    }

    /** A class that is called an error and comes from elsewhere is one; asking the checker about each would cost. */
    function isTrusted(value: Node): boolean {
      const made = unwrap(value);
      if (made.type !== "NewExpression" && made.type !== "CallExpression") return false;
      const definition = variableOf(unwrap(made.callee), source)?.defs[0];
      return definition === undefined || definition.type === "ImportBinding";
    }

    function checkBare(value: Node, verb: string): boolean {
      const made = unwrap(value);
      if (options.bareError !== "report" || (made.type !== "NewExpression" && made.type !== "CallExpression")) return false;
      if (calleePath(made).join(".") !== "Error") return false;
      context.report({ node: value, messageId: "bareError", data: { verb } });
      return true;
    }

    function isAllowedValue(value: Node): boolean {
      if (isFrameworkAnswer(value, false)) return true;
      return types !== undefined && options.allow.length > 0 && isAllowedType(types.typeOf(value), types, value);
    }

    function isAllowedType(type: ts.Type, known: Types, value: Node): boolean {
      return matchesOrigin(type, options.allow, known) || (lineage(type, known).some((name) => frameworkValues.has(name)) && isFrameworkAnswer(value, true));
    }

    /** `throw new Response(…)`, `throw redirect("/")`, kept in a variable or not; and any response where a framework is at work. */
    function isFrameworkAnswer(value: Node, isResponse: boolean, depth = 0): boolean {
      const made = unwrap(value);
      if (made.type === "Identifier" && depth < 3) {
        const kept = constantValue(variableOf(made, source));
        if (kept && isFrameworkAnswer(kept, isResponse, depth + 1)) return true;
        return depth === 0 && isOfFramework() && (isResponse || /^res(?:p|ponse)?$/i.test(made.name));
      }
      if (made.type === "NewExpression") return frameworkValues.has(calleeName(made));
      if (made.type !== "CallExpression" || calleePath(made)[0] === "this" || functionOf(made.callee, source)) return false;
      return isResponse || /^(?:redirect\w*|json|data|error|notFound|fail)$/.test(calleeName(made));
    }

    /** Its loaders and handlers may be left by throwing a response. */
    function isOfFramework(): boolean {
      return source.ast.body.some((each) => each.type === "ImportDeclaration" && /^(?:@remix-run|react-router|@react-router|@sveltejs|@solidjs|solid-start|astro|@tanstack|hono|next|itty-router|@shopify)\b/.test(each.source.value));
    }

    function judgeType(value: Node, guess: ErrorGuess, known: Types): Ids | undefined {
      const type = known.typeOf(value);
      if (isAny(type) && (guess === "error" || unwrap(value).type === "NewExpression" || isUntold(value, known))) return undefined;
      if (isAny(type)) return options.allowThrowingAny || isKept(value) ? undefined : "any";
      if (isUnknown(type)) return options.allowThrowingUnknown || isKept(value) || isFailedOutcome(value, source, known) ? undefined : "unknown";
      const parts = partsOf(type, known);
      // `if (!outcome.ok) throw outcome.error;`: that it is there then is more than its type can say.
      const isField = unwrap(value).type === "MemberExpression" && parts.length > 1;
      const told = isField ? parts.filter((part) => part !== known.checker.getUndefinedType()) : parts;
      if (told.every((part) => isErrorType(part, value, known))) return undefined;
      // An `unknown` that was asked for is `{}` to the checker.
      const isAsked = told.length === 1 && told[0]?.getProperties().length === 0 && known.checker.typeToString(told[0]) === "{}";
      return isAsked && (isKept(value) || isFailedOutcome(value, source, known)) ? undefined : "notAnError";
    }

    function isKept(value: Node): boolean {
      return options.allowRethrowing && isStoredError(value, source);
    }

    /** Without types: what the file itself declares as `any` or `unknown`. */
    function judgeDeclared(value: Node): Ids | undefined {
      // Where it is asked for elsewhere, what it is may have been told apart.
      if ((variableOf(unwrap(value), source)?.references.length ?? 0) > 1) return undefined;
      switch (declaredType(value, source)?.type) {
        case "TSAnyKeyword":
          return options.allowThrowingAny ? undefined : "any";
        case "TSUnknownKeyword":
          return options.allowThrowingUnknown ? undefined : "unknown";
        default:
          return undefined;
      }
    }

    /** `any` only because some name or module could not be found, or a factory whose name says what it makes. */
    function isUntold(value: Node, known: Types): boolean {
      const node = unwrap(value);
      if (isUnresolved(known.typeOf(node))) return true;
      switch (node.type) {
        case "CallExpression":
          return /error|exception|redirect|notfound/i.test(calleeName(node)) || isUntold(node.callee, known);
        case "MemberExpression":
          return isUntold(node.object, known);
        case "AwaitExpression":
          return isUntold(node.argument, known);
        case "Identifier": {
          const declarator = variableOf(node, source)?.defs[0]?.node;
          return declarator?.type === "VariableDeclarator" && declarator.init != null && isUntold(declarator.init, known);
        }
        default:
          return false;
      }
    }

    function isErrorType(part: ts.Type, value: Node, known: Types): boolean {
      if (isAny(part) || isUnknown(part) || (part.flags & known.checker.getNeverType().flags) !== 0) return true;
      if (isReadonlyError(part, value, known)) return true;
      if (derivesFrom(known.checker.getApparentType(part), errorNames, known) || isAllowedType(part, known, value)) return true;
      // A component that throws a promise asks its framework to wait.
      return (/\.[jt]sx$/.test(context.filename) || isComponentOrHook(value)) && isThenable(part, value, known);
    }

    function isComponentOrHook(value: Node): boolean {
      const owner = enclosingFunction(value);
      return owner !== undefined && /^(?:[A-Z]|use[A-Z])/.test(functionName(owner) ?? "");
    }

    /** `Readonly<Error>`, alone or with more added to it. */
    function isReadonlyError(part: ts.Type, value: Node, known: Types): boolean {
      if (part.isIntersection()) return part.types.some((each) => isErrorType(each, value, known));
      const [inner] = part.aliasSymbol?.getName() === "Readonly" ? (part.aliasTypeArguments ?? []) : [];
      return inner !== undefined && partsOf(inner, known).every((each) => isErrorType(each, value, known));
    }

    function wrapping(value: Node): TSESLint.ReportSuggestionArray<Ids> {
      const plain = unwrap(value);
      const isText = (plain.type === "Literal" && typeof plain.value === "string") || plain.type === "TemplateLiteral";
      return isText ? [{ messageId: "wrap", fix: (fixer) => fixer.replaceText(value, `new Error(${source.getText(value)})`) }] : [];
    }

    /** `setTimeout(reject, 1000)` rejects with nothing. */
    function checkTimer(node: TSESTree.CallExpression): void {
      const callback = node.arguments[0];
      if (callback?.type !== "Identifier" || !/^set(?:Timeout|Immediate)$/.test(calleeName(node)) || !isRejectFunction(callback, source, types)) return;
      const value = node.arguments[calleeName(node) === "setTimeout" ? 2 : 1];
      if (value) {
        if (value.type !== "SpreadElement") check({ via: "reject", call: node, value });
      } else if (!options.allowEmptyReject) context.report({ node: callback, messageId: "empty" });
    }

    function checkUnthrown(expression: Node): void {
      const whole = unwrap(expression);
      // `ok || Error("…")`
      const made = whole.type === "LogicalExpression" ? unwrap(whole.right) : whole;
      if (made.type !== "NewExpression" && made.type !== "CallExpression") return;
      const name = calleeName(made);
      const isNew = made.type === "NewExpression" && (/(?:[a-z]Error|[a-z]Exception|^Error)$/.test(name) || isErrorClass(made.callee));
      const isCall = made.type === "CallExpression" && /^(?:Error|(?:Type|Range|Syntax|Reference|URI|Eval|Aggregate)Error)$/.test(calleePath(made).join("."));
      if (!isNew && !isCall) return;
      if (types && !derivesFrom(types.typeOf(made), errorNames, types) && !isAny(types.typeOf(made))) return;
      context.report({
        node: made,
        messageId: "unthrown",
        suggest: made === whole && expression.parent?.type === "ExpressionStatement" ? [{ messageId: "throwIt", fix: (fixer) => fixer.insertTextBefore(expression, "throw ") }] : [],
      });
    }

    /** `const failure = new RangeError("…"); failure.name = "Limit";`, and nobody ever looks at it. */
    function checkKept(node: TSESTree.VariableDeclarator): void {
      if (!node.init || node.id.type !== "Identifier") return;
      const variable = source.getDeclaredVariables(node)[0];
      if (variable && unwrap(node.init).type === "NewExpression" && !isObserved(variable) && !isInCatch(node)) checkUnthrown(node.init);
    }

    /** There, `no-swallowed-error` asks what becomes of errors. */
    function isInCatch(node: Node): boolean {
      for (let at = node.parent; at; at = at.parent) if (at.type === "CatchClause") return true;
      return false;
    }

    /** A class of this file that extends an error, whatever its name. */
    function isErrorClass(callee: Node): boolean {
      const definition = variableOf(unwrap(callee), source)?.defs[0]?.node;
      return definition?.type === "ClassDeclaration" && definition.superClass?.type === "Identifier" && /(?:Error|Exception)$/.test(definition.superClass.name);
    }

    return {
      ThrowStatement: (node) => check({ via: "throw", call: node, value: node.argument }),
      CallExpression(node) {
        checkTimer(node);
        const sink = errorSinkOf(node, source, types);
        if (sink) check(sink);
      },
      ExpressionStatement: (node) => checkUnthrown(node.expression),
      VariableDeclarator: checkKept,
      SequenceExpression: (node) => node.expressions.slice(0, -1).forEach(checkUnthrown),
    };
  },
});

function describe(value: Node): string {
  const plain = unwrap(value);
  switch (plain.type) {
    case "Literal":
      return plain.value === null ? "`null`" : typeof plain.value === "object" ? "a regular expression" : `a ${typeof plain.value}`;
    case "TemplateLiteral":
      return "a string";
    case "ObjectExpression":
      return "a plain object";
    case "ArrayExpression":
      return "an array";
    case "Identifier":
      return `\`${plain.name}\``;
    default:
      return "a value";
  }
}

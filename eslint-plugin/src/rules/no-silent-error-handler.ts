import type { TSESTree } from "@typescript-eslint/utils";
import { declaredType } from "../analysis/annotations.js";
import { isCollecting, isConsole, isLogCall, isNoop } from "../analysis/calls.js";
import { isDealtWithOnClose } from "../analysis/closing-sockets.js";
import { isDebugCondition } from "../analysis/conditions.js";
import { fateOf } from "../analysis/fate.js";
import { errorPropertyOf, type ErrorListener, listenedObject, listenerOf } from "../analysis/listeners.js";
import { hasReason } from "../analysis/reasons.js";
import { readVocabulary } from "../analysis/settings.js";
import { calleeName, contains, type FunctionNode, isFunction, memberName, namePath, type Node, unwrap, visit } from "../analysis/syntax.js";
import { isCleanUpName } from "../analysis/vocabulary.js";
import { boundVariables, constantValue, functionOf, isObserved, variableOf } from "../analysis/variables.js";
import { handlingSchema, type HandlingOptions, lenient } from "./handling-options.js";
import { createRule } from "../create-rule.js";

type Ids = "keepsRunning" | "partly" | "printed" | "silent" | "withoutError";

export const noSilentErrorHandler = createRule<readonly [HandlingOptions], Ids>({
  name: "no-silent-error-handler",
  type: "problem",
  docs: {
    description: "Disallow error listeners and `on…Error` callbacks that do nothing about the error",
    config: "recommended",
    types: "none",
  },
  messages: {
    silent:
      "This `{{event}}` handler does nothing about the error: it only keeps it from being noticed. Report it, pass it on, or give the reason for the silence in a comment.",
    keepsRunning:
      "This `{{event}}` handler does nothing, so the process goes on in a state nobody knows. Report the error and let the process end.",
    partly:
      "On some path this `{{event}}` handler does nothing about the error: others deal with it, this one leaves without it. Report or pass on what was not expected.",
    printed: "This `{{event}}` handler only prints the error: no trace or metric will ever see it. Record or report it.",
    withoutError: "This `{{event}}` handler says that something failed and leaves the error out, which alone says what and where. Log it as well.",
  },
  schema: handlingSchema,
  defaultOptions: [lenient],
  create(context, [options]) {
    const source = context.sourceCode;
    const vocabulary = readVocabulary(context);

    function check({ event, handler }: ErrorListener, object: string, target?: Node): void {
      const verdict = judge(handler);
      // An element's event holds no error.
      if (!verdict || (verdict === "withoutError" && event.startsWith("on"))) return;
      const isProcess = object === "process" && event.startsWith("un");
      if ([handler, statementOf(handler)].some((place) => hasReason(place, options.comments, source) && (!isProcess || tellsWhoHears(place)))) return;
      // What is being thrown away may fail as it likes.
      if (isBeingClosed(handler)) return;
      if (verdict !== "silent" && target && isDealtWithOnClose(target, source, vocabulary)) return;
      context.report({ node: handler, messageId: verdict === "silent" && isProcess ? "keepsRunning" : verdict, data: { event } });
    }

    /** Of what nobody else caught, a comment has to say who hears of it: `// reported by the agent`. */
    function tellsWhoHears(place: Node): boolean {
      return source.getCommentsInside(place).some(({ value }) => /\b(?:report|captur|log|record|collect|handled|instrument|sentry|monitor|elsewhere|test)/i.test(value));
    }

    function judge(handler: Node): "partly" | "printed" | "silent" | "withoutError" | undefined {
      const plain = unwrap(handler);
      if (plain.type === "ConditionalExpression") return judge(plain.consequent) === "silent" ? judge(plain.alternate) : undefined;
      // `onError ?? (() => {})`: where nobody asked to hear of it, nobody does.
      if (plain.type === "LogicalExpression" && plain.operator !== "&&") return options.answers === "strict" && judge(plain.right) === "silent" ? "silent" : undefined;
      // `{ handleEvent() {} }`
      const method = plain.type === "ObjectExpression" ? plain.properties.find((each) => each.type === "Property" && each.key.type === "Identifier" && each.key.name === "handleEvent") : undefined;
      if (method?.type === "Property") return judge(method.value);
      if (isNoop(plain, source)) return "silent";
      if (plain.type === "MemberExpression" && isConsole(namePath(plain), vocabulary)) return options.console === "report" ? "printed" : undefined;
      const target = functionOf(plain, source) ?? privateMethod(plain);
      if (!target || target.generator) return undefined;
      const fate = fateOf({ node: target, param: target.params[0], body: target.body }, source, vocabulary);
      if (fate.handledSomewhere || fate.throwsSomewhere) return options.answers === "strict" && fate.lost.length > 0 && isChoosy(target) ? "partly" : undefined;
      if (fate.lost.length > 0 && fate.printed.length === 0) return acts(target.body) ? undefined : "silent";
      if (options.signals === "report" && fate.bareLog && fate.bound && !fate.looksAtError && onlyLogs(target)) return "withoutError";
      return fate.printed.length > 0 && options.console === "report" ? "printed" : undefined;
    }

    /** `(reason) => { log.warn("unhandled"); }`: says that something failed, and nothing else is done. */
    function onlyLogs({ body }: FunctionNode): boolean {
      const said = body.type === "BlockStatement" ? body.body.map((each) => (each.type === "ExpressionStatement" ? unwrap(each.expression) : each)) : [unwrap(body)];
      return said.every((each) => each.type === "CallExpression" && isLogCall(each));
    }

    /** `stream.on("error", this.onError)`, where no other class can have another `onError`. */
    function privateMethod(node: Node): FunctionNode | undefined {
      const bound = node.type === "CallExpression" && node.callee.type === "MemberExpression" && memberName(node.callee) === "bind" ? unwrap(node.callee.object) : node;
      if (bound.type !== "MemberExpression") return undefined;
      const found = declaredType(bound, source);
      // `const handlers = { error() {} }`
      if (isFunction(found) && found.parent.type === "Property" && constantValue(variableOf(unwrap(bound.object), source)) === found.parent.parent) return found;
      if (bound.object.type !== "ThisExpression") return undefined;
      const member = isFunction(found) ? found.parent : undefined;
      const isOwn = (member?.type === "MethodDefinition" || member?.type === "PropertyDefinition") && (member.key.type === "PrivateIdentifier" || member.accessibility === "private");
      return isOwn && isFunction(found) ? found : undefined;
    }

    /** `seen.push(error)`, where nobody looks at the list. */
    function isDrain(call: TSESTree.CallExpression): boolean {
      const list = call.callee.type === "MemberExpression" && isCollecting(call) ? variableOf(unwrap(call.callee.object), source) : undefined;
      return list?.defs[0]?.type === "Variable" && !isObserved(list);
    }

    /** The error itself is asked, or how talkative the program is; whether somebody still waits is another matter. */
    function isChoosy(target: FunctionNode): boolean {
      const [first] = target.params;
      if (target.body.type !== "BlockStatement" || first?.type !== "Identifier") return false;
      const [error] = boundVariables(first, source);
      return target.body.body.some((each) => each.type === "IfStatement" && (isDebugCondition(each.test) || error?.references.some(({ identifier }) => contains(each.test, identifier)) === true));
    }

    /** A handler may well deal with a failure without the error: close, reconnect, resolve. */
    function acts(body: Node): boolean {
      let found = false;
      visit(body, source.visitorKeys, (each) => {
        if (each.type === "CallExpression" && !/^(?:preventDefault|stop(?:Immediate)?Propagation|now)$/.test(namePath(each.callee).at(-1) ?? "") && !isDrain(each)) found ||= !isNoop(each.callee, source) && !isConsole(namePath(each.callee), vocabulary);
        if (each.type === "AssignmentExpression" || each.type === "UpdateExpression") {
          const target = unwrap(each.type === "UpdateExpression" ? each.argument : each.left);
          const variable = target.type === "Identifier" ? variableOf(target, source) : undefined;
          found ||= !variable || isObserved(variable);
        }
        return !found;
      });
      return found;
    }

    /** Closed, or drained to its end. */
    function isPuttingAway(name: string): boolean {
      return isCleanUpName(name) || name === "resume" || name === "drain";
    }

    function isBeingClosed(handler: Node): boolean {
      const statement = statementOf(handler);
      const block = statement.parent;
      if (block?.type !== "BlockStatement" && block?.type !== "Program") return false;
      const next = block.body[(block.body as Node[]).indexOf(statement) + 1];
      return next?.type === "ExpressionStatement" && next.expression.type === "CallExpression" && isPuttingAway(namePath(next.expression.callee).at(-1) ?? "") && !isSent(next.expression);
    }

    /** `request.end(body)`: that is where a request begins. */
    function isSent(call: TSESTree.CallExpression): boolean {
      const callee = unwrap(call.callee);
      if (callee.type !== "MemberExpression" || memberName(callee) !== "end") return false;
      const made = constantValue(variableOf(unwrap(callee.object), source));
      return call.arguments.some((argument) => !isFunction(argument)) || (made?.type === "CallExpression" && calleeName(made) === "request");
    }

    function statementOf(node: Node): Node {
      let at = node;
      while (at.parent && !at.type.endsWith("Statement") && at.type !== "VariableDeclaration") at = at.parent;
      return at;
    }

    function checkProperty(node: TSESTree.AssignmentExpression | TSESTree.JSXAttribute | TSESTree.Property): void {
      const listener = errorPropertyOf(node);
      const target = node.type === "AssignmentExpression" ? unwrap(node.left) : undefined;
      if (listener) check(listener, "", target?.type === "MemberExpression" ? target.object : undefined);
    }

    return {
      CallExpression(node) {
        const listener = listenerOf(node, source);
        if (listener) check(listener, listenedObject(node), node.callee.type === "MemberExpression" ? node.callee.object : undefined);
      },
      AssignmentExpression: checkProperty,
      JSXAttribute: checkProperty,
      Property: checkProperty,
    };
  },
});

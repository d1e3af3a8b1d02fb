import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { declaredType, referenceName } from "../analysis/annotations.js";
import { isDebugCondition, isStoppingCondition } from "../analysis/conditions.js";
import { guessError, isCaught } from "../analysis/error-values.js";
import { calleeName, calleePath, climb, contains, type FunctionNode, isFunction, literalString, memberName, namePath, type Node, unwrap, visit } from "../analysis/syntax.js";
import { functionBehind } from "../analysis/own-members.js";
import { boundVariables, constantValue, functionOf, type Variable, variableOf } from "../analysis/variables.js";
import { createRule } from "../create-rule.js";

export interface LeakOptions {
  messages: "allow" | "report";
}

type Ids = "message" | "stack" | "whole";

const responders = /^(?:res|resp|response|reply|rep|ctx|c|context|h|Response|NextResponse|HttpResponse|socket|ws)$/;
const sending = /^(?:setHeader|set|send|json|jsonp|end|write|render|body|text|html|code|status|emit)$/;
/** What writes an error out with all it has. */
const writingOut = /^(?:stringify|inspect|format|formatWithOptions|serializeError|serialize|errorToJSON|errorToObject|dump|prettyFormat|stringifyError|formatError|assign|structuredClone)$/;
const answering = /\b(?:res|resp|response|reply|rep|ctx|c|context|h|Response|NextResponse|HttpResponse|socket|ws|statusCode|sendUnaryData|callback|cb)\b/;
const errorish = /^(?:e|ex|err|error|exception|cause|reason)$/;

export const noErrorLeak = createRule<readonly [LeakOptions], Ids>({
  name: "no-error-leak",
  type: "problem",
  docs: {
    description: "Disallow sending an error's internals to the client of a server",
    config: "recommended",
    types: "none",
  },
  messages: {
    whole:
      "The whole error goes to the client here: with its stack, causes and whatever fields it has. Send a code and a text made for the client, and record the error on the server.",
    stack: "The error's stack goes to the client here and shows how the server is built. Send a code and a text made for the client, and record the error on the server.",
    message:
      "The error's own text goes to the client here: it may name hosts, queries or secrets. Send a text made for the client, and record the error on the server.",
  },
  schema: [
    {
      type: "object",
      additionalProperties: false,
      properties: {
        messages: {
          type: "string",
          enum: ["allow", "report"],
          description: "Whether the text of an error that nothing is known about may be sent.",
        },
      },
    },
  ],
  defaultOptions: [{ messages: "allow" }],
  create(context, [options]) {
    const source = context.sourceCode;
    // Most files answer no client, and their text says so before anything else in them is looked at.
    if (!answering.test(source.text)) return {};

    function check(sent: Node, at: Node): void {
      const found = worstIn(sent);
      if (!found || (found.id === "message" && (options.messages === "allow" || isTold(at, found.node)))) return;
      if (isGuarded(at)) return;
      context.report({ node: found.node, messageId: found.id });
    }

    function worstIn(sent: Node, depth = 0): { id: Ids; node: Node } | undefined {
      let worst: { id: Ids; node: Node } | undefined;
      visit(sent, source.visitorKeys, (node) => {
        if (isFunction(node)) return false;
        if (node.type === "ConditionalExpression" && isDebugCondition(node.test)) return false;
        // `err.expose ? err.message : "…"`: the error itself was asked whether it may be shown.
        if (node.type === "ConditionalExpression" && asksError(node.test)) return false;
        if (node.type === "LogicalExpression" && isDebugCondition(node.left)) return false;
        const id = leakOf(node) ?? keptLeakOf(node, depth);
        if (id && (!worst || rank(id) > rank(worst.id))) worst = { id, node };
        return true;
      });
      return worst;
    }

    /** `const detail = error.message;`, sent a line later. */
    function keptLeakOf(node: Node, depth: number): Ids | undefined {
      if (node.type !== "Identifier" || depth > 1 || isErrorValue(node)) return undefined;
      const { parent } = node;
      if (parent.type === "MemberExpression" && parent.property === node && !parent.computed) return undefined;
      if (parent.type === "Property" && parent.key === node && !parent.computed && !parent.shorthand) return undefined;
      const variable = variableOf(node, source);
      const taken = variable && takenLeakOf(variable);
      if (taken) return taken;
      const kept = constantValue(variable);
      const values = kept ? [kept, ...addedTo(variable)] : givenTo(variable);
      return worst(values.map((value) => (isFunction(value) || isNewError(value) ? undefined : worstIn(value, depth + 1)?.id)));
    }

    /** `const { stack } = error`, `const { ...fields } = error`, `catch ({ stack })` */
    function takenLeakOf(variable: Variable): Ids | undefined {
      const definition = variable.defs[0];
      const pattern = definition?.node.type === "VariableDeclarator" ? definition.node.id : definition?.node.type === "CatchClause" ? definition.node.param : undefined;
      if (pattern?.type !== "ObjectPattern") return undefined;
      if (definition?.node.type === "VariableDeclarator" && !(definition.node.init && isErrorValue(definition.node.init))) return undefined;
      const part = pattern.properties.find((each) => contains(each, definition?.name ?? pattern));
      if (part?.type === "RestElement") return "whole";
      const name = part && !part.computed && part.key.type === "Identifier" ? part.key.name : literalString(part?.key);
      return name === "stack" ? "stack" : name === "message" ? "message" : undefined;
    }

    /** `body.stack = error.stack;` on the way to `json(body)`. */
    function addedTo(variable: Variable | undefined): Node[] {
      return (variable?.references ?? []).flatMap(({ identifier }) => {
        const member = climb(identifier).parent;
        const assignment = member?.type === "MemberExpression" && unwrap(member.object) === identifier ? member.parent : undefined;
        return assignment?.type === "AssignmentExpression" && assignment.left === member && !isGuarded(assignment) ? [assignment.right] : [];
      });
    }

    /** What a variable of the function is given after its declaration: `body = { error: error.stack };`. */
    function givenTo(variable: Variable | undefined): Node[] {
      if (variable?.defs[0]?.type !== "Variable" || variable.scope.type === "module" || variable.scope.type === "global") return [];
      return variable.references.flatMap(({ init, identifier, writeExpr }) => (writeExpr && !init && !isGuarded(identifier) ? [writeExpr] : []));
    }

    /** A function of this file that makes of the error what is sent: `const toBody = (error) => ({ at: error.stack })`. */
    function madeLeakOf(call: TSESTree.CallExpression, given: Node): Ids | undefined {
      const target = functionOf(call.callee, source);
      const parameter = target?.params[(call.arguments as Node[]).indexOf(given)];
      if (!target || parameter?.type !== "Identifier" || contains(target, call)) return undefined;
      const variable = boundVariables(parameter, source).find((each) => each.name === parameter.name);
      const last = target.body.type === "BlockStatement" ? target.body.body.at(-1) : target.body;
      const value = last?.type === "ReturnStatement" ? last.argument : last?.type.endsWith("Statement") ? undefined : last;
      if (!variable || !value) return undefined;
      return worst(
        variable.references.map(({ identifier }) => {
          const { parent, child } = climb(identifier);
          if (!contains(value, identifier) || isChosen(identifier, value)) return undefined;
          if (parent?.type === "SpreadElement") return "whole";
          const name = parent?.type === "MemberExpression" && parent.object === child ? memberName(parent) : undefined;
          return name === "stack" ? "stack" : name === "message" ? "message" : undefined;
        }),
      );
    }

    /** Under a condition within the value: for developers, or by what the error says of itself. */
    function isChosen(node: Node, within: Node): boolean {
      for (let at: Node = node; at !== within && at.parent; at = at.parent) if (/^(?:Conditional|Logical)Expression$/.test(at.parent.type)) return true;
      return false;
    }

    /** A question about a field or the class of the error; whether it is an Error at all says nothing. */
    function asksError(test: Node): boolean {
      const plain = unwrap(test);
      if (plain.type === "LogicalExpression") return asksError(plain.left) || asksError(plain.right);
      const kept = plain.type === "Identifier" ? constantValue(variableOf(plain, source)) : undefined;
      if (kept) return asksError(kept);
      if (plain.type === "MemberExpression") return isErrorValue(plain.object) && !/^(?:message|stack)$/.test(memberName(plain) ?? "");
      if (plain.type === "BinaryExpression" && plain.operator === "instanceof") return isErrorValue(plain.left) && namePath(plain.right).at(-1) !== "Error";
      return false;
    }

    function leakOf(node: Node): Ids | undefined {
      if (node.type === "MemberExpression") {
        if (!isErrorValue(node.object)) return undefined;
        const name = memberName(node);
        return name === "stack" ? "stack" : name === "message" || name === "toString" ? "message" : undefined;
      }
      if (node.type !== "Identifier" || !isErrorValue(node)) return undefined;
      const { parent, child } = climb(node);
      switch (parent?.type) {
        case "Property":
          return parent.value === child ? "whole" : undefined;
        case "SpreadElement":
        case "ArrayExpression":
          return "whole";
        case "CallExpression":
          if (parent.callee === child) return undefined;
          if (calleePath(parent).join(".") === "String") return "message";
          if (parent.type === "CallExpression" && writingOut.test(calleeName(parent))) return "whole";
          return isSending(parent) ? "whole" : parent.type === "CallExpression" ? madeLeakOf(parent, child) : undefined;
        case "AssignmentExpression":
          return parent.right === child ? "whole" : undefined;
        case "TemplateLiteral":
        case "BinaryExpression":
          return parent.type === "BinaryExpression" && parent.operator !== "+" ? undefined : "message";
        default:
          return undefined;
      }
    }

    function isErrorValue(node: Node): boolean {
      const value = unwrap(node);
      if (value.type !== "Identifier") return false;
      if (isCaught(value, source)) return true;
      const variable = variableOf(value, source);
      const definition = variable?.defs[0];
      if (/(?:Error|Exception)$/.test(referenceName(declaredType(value, source)) ?? "")) return true;
      if (definition?.type === "Parameter" && errorish.test(value.name)) return isErrorHandler(definition.node);
      const init = constantValue(variable);
      return init !== undefined && errorish.test(value.name) && guessError(init, source) === "error" && !isNewError(init);
    }

    /** An Express error middleware, `setErrorHandler((error, …) => …)`, `app.onError((error, c) => …)`. */
    function isErrorHandler(node: Node): boolean {
      if (!isFunction(node)) return false;
      if (node.params.length === 4) return true;
      const { parent } = climb(node);
      return parent?.type === "CallExpression" && /^(?:setErrorHandler|onError|use|on|catch)$/.test(calleePath(parent).at(-1) ?? "");
    }

    function isNewError(node: Node): boolean {
      return unwrap(node).type === "NewExpression";
    }

    function isSending(call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
      const callee = unwrap(call.callee);
      if (call.type === "NewExpression" && callee.type === "Identifier" && !callee.name.endsWith("Response")) return false;
      if (call.type === "CallExpression" && (callee.type !== "MemberExpression" || !sending.test(memberName(callee) ?? ""))) return false;
      const path = calleePath(call).filter((name) => name !== "this");
      const first = (path[0] ?? "").split(/[.(]/)[0] ?? "";
      if (!responders.test(first)) return false;
      if (call.type === "NewExpression") return first.endsWith("Response");
      const method = path.at(-1) ?? "";
      // Elsewhere `set` keeps something for the rest of the request.
      if (method === "set" && !/^res/.test(first)) return false;
      if (method === "emit") return path.length === 2 && /^(?:socket|ws)$/.test(first);
      return path.length > 1 && sending.test(method) && path.slice(1, -1).every((name) => /^(?:res|response|raw|type|header|set|status|code)\b/.test(name));
    }

    /** The client is told of an error that a condition has told apart, or with a status that says it is the client's. */
    function isTold(at: Node, leak: Node): boolean {
      for (let node: Node = at; node.parent && !isFunction(node); node = node.parent) {
        const parent = node.parent;
        if ((parent.type === "IfStatement" && parent.consequent === node) || parent.type === "SwitchCase") return true;
        if (parent.type === "CatchClause") break;
      }
      const status = /\b(?:status|code|statusCode|writeHead)\b\D{0,12}(\d{3})|,\s*(?:\{\s*status:\s*)?(\d{3})/.exec(source.getText(at));
      const code = Number(status?.[1] ?? status?.[2] ?? 500);
      return (code >= 400 && code < 500) || !contains(at, leak);
    }

    function isGuarded(at: Node): boolean {
      for (let node: Node = at; node.parent && !isFunction(node); node = node.parent) {
        if (node.parent.type === "IfStatement" && (isDebugCondition(node.parent.test) || isStoppingCondition(node.parent.test))) return true;
      }
      return false;
    }

    function checkCall(call: TSESTree.CallExpression | TSESTree.NewExpression): void {
      if (call.arguments.length === 0) return;
      if (!isSending(call)) {
        checkGrpc(call);
        const target = call.type === "CallExpression" ? functionBehind(call.callee, source) : undefined;
        if (!target || call.type !== "CallExpression" || contains(target, call)) return;
        for (const given of call.arguments) if (given.type !== "SpreadElement" && isSentOn(call, given, target)) check(given, statementOf(call));
        return;
      }
      const name = calleePath(call).at(-1) ?? "";
      if (name === "status" || name === "code") return;
      // Fastify takes an Error for `send` to mean its own error handler.
      if (calleePath(call)[0]?.startsWith("reply") && call.arguments[0] && isErrorValue(call.arguments[0])) return;
      if (name === "emit" && literalString(call.arguments[0]) === undefined) return;
      for (const argument of call.arguments) {
        if (argument.type !== "SpreadElement" && !(argument.type === "Identifier" && name === "emit" && !isErrorValue(argument))) check(argument, statementOf(call));
      }
    }

    /** `send(500, { error: err.stack })`, of a function of this file that puts it into a response. */
    function isSentOn(call: TSESTree.CallExpression, given: Node, target: FunctionNode): boolean {
      const parameter = target.params[(call.arguments as Node[]).indexOf(given)];
      if (parameter?.type !== "Identifier") return false;
      return boundVariables(parameter, source).some((variable) =>
        variable.references.some(({ identifier }) => {
          const { parent, child } = climb(identifier);
          const around = parent?.type === "Property" && parent.value === child ? climb(parent.parent) : { parent, child };
          return around.parent?.type === "CallExpression" && around.parent.callee !== around.child && isSending(around.parent);
        }),
      );
    }

    /** A unary gRPC handler's callback: `callback({ code, message: err.stack })`. */
    function checkGrpc(call: TSESTree.CallExpression | TSESTree.NewExpression): void {
      const first = call.callee.type === "Identifier" && call.arguments[0] ? unwrap(call.arguments[0]) : undefined;
      // What is caught goes out as it is: its text becomes the details of the status.
      if (first?.type === "Identifier" && options.messages === "report" && isCaught(first, source) && referenceName(declaredType(call.callee, source)) === "sendUnaryData") {
        if (!isTold(statementOf(call), first)) context.report({ node: first, messageId: "message" });
        return;
      }
      if (first?.type !== "ObjectExpression" || !/^(?:callback|cb)$/.test(calleePath(call).join("."))) return;
      const isStatus = first.properties.some((property) => property.type === "Property" && property.key.type === "Identifier" && property.key.name === "code");
      if (isStatus) check(first, statementOf(call));
    }

    /** A Lambda's answer: `return { statusCode: 500, body: err.stack }`. */
    function checkReturn(node: TSESTree.ReturnStatement): void {
      const value = node.argument ? unwrap(node.argument) : undefined;
      if (value?.type !== "ObjectExpression") return;
      const field = (name: string): Node | undefined => {
        const property = value.properties.find((each) => each.type === "Property" && each.key.type === "Identifier" && each.key.name === name);
        return property?.type === "Property" ? property.value : undefined;
      };
      const body = field("body");
      if (body && field("statusCode")) check(body, node);
    }

    function checkAssignment(node: TSESTree.AssignmentExpression): void {
      const path = namePath(node.left);
      if (path.length >= 2 && responders.test(path[0] ?? "") && path.at(-1) === "body") check(node.right, statementOf(node));
    }

    function statementOf(node: Node): Node {
      let at = node;
      while (at.parent && !at.type.endsWith("Statement") && at.type !== "VariableDeclaration") at = at.parent;
      return at;
    }

    return { AssignmentExpression: checkAssignment, CallExpression: checkCall, NewExpression: checkCall, ReturnStatement: checkReturn } satisfies TSESLint.RuleListener;
  },
});

function worst(ids: readonly (Ids | undefined)[]): Ids | undefined {
  return ids.reduce((before, id) => (id && (!before || rank(id) > rank(before)) ? id : before), undefined);
}

function rank(id: Ids): number {
  return id === "stack" ? 3 : id === "whole" ? 2 : 1;
}

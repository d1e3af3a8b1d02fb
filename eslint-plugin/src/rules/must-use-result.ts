import type { TSESTree } from "@typescript-eslint/utils";
import type ts from "typescript";
import { declaredType, importOf, promised, referenceName } from "../analysis/annotations.js";
import { leavesErrorOut } from "../analysis/error-pairs.js";
import { isUsed } from "../analysis/idle-uses.js";
import { calleeName, calleePath, climb, functionName, isFunction, memberName, type Node, unwrap, visit } from "../analysis/syntax.js";
import { isAny, isVoid, partsOf, type Types, typesOf } from "../analysis/types.js";
import { calledFunction } from "../analysis/rejections.js";
import { constantValue, isExported, isObserved, variableOf } from "../analysis/variables.js";
import { createRule } from "../create-rule.js";

export interface ResultOptions {
  types: readonly string[];
}

type Ids = "dropped" | "unread";

const makers = /^(?:err|errAsync|ok|okAsync|Err|Ok|failure|success|left|right)$/;

const resultPackages = /^(?:neverthrow|better-result|effect(?:\/\w+)?|ts-results(?:-es)?|oxide\.ts|true-myth(?:\/\w+)?|fp-ts(?:\/.+)?|@errspan\/runtime\/result|@badrap\/result|option-t(?:\/.+)?)$/;
/** What a Result has to tell a failure from a success. */
const outcomeMembers = ["isErr", "isOk", "isFailure", "isLeft", "ok", "err", "error", "success", "_tag", "match"];
const saysOutcome = /\b(?:isErr|isOk|isFailure|isLeft|ok|err|error|success|_tag|Err|Failure)\b/;

const usualTypes = ["Result", "ResultAsync", "AsyncResult", "Either", "TaskEither", "IOEither", "Effect", "Exit"];

export const mustUseResult = createRule<readonly [ResultOptions], Ids>({
  name: "must-use-result",
  type: "problem",
  docs: {
    description: "Require a Result to be looked at: a dropped Result is a dropped error",
    config: "recommended",
    types: "uses",
  },
  messages: {
    dropped:
      "This gives a `{{type}}`, and it is dropped: if the operation failed, nobody will ever know. Look at it, return it, or turn its error into an exception.",
    unread: "The `{{type}}` in `{{name}}` is never looked at: if the operation failed, nobody will ever know. Check it, or return it.",
  },
  schema: [
    {
      type: "object",
      additionalProperties: false,
      properties: {
        types: {
          type: "array",
          items: { type: "string" },
          description: "The names of the types that are Results.",
        },
      },
    },
  ],
  defaultOptions: [{ types: usualTypes }],
  create(context, [options]) {
    const source = context.sourceCode;
    const types = typesOf(source);
    // Without types there has to be a word of it in the file.
    const isWritten = [...options.types, "err(", "errAsync(", "Err(", "Throwable(", "effect", "await-to-js"].some((word) => source.text.includes(word));
    if (!types && !isWritten) return {};

    /** The name of the Result type that the expression has, if it has one. */
    function resultType(node: Node): string | undefined {
      const plain = unwrap(node);
      // What is awaited tells as much, and the checker has it at hand.
      const type = types?.typeOf(plain.type === "AwaitExpression" ? unwrap(plain.argument) : plain);
      if (types && type && !isAny(type)) return nameOf(type, types);
      return isWritten ? writtenResult(node) : undefined;
    }

    /** As far as the file itself tells: by what its functions return, by their annotations, by what is imported. */
    function writtenResult(node: Node): string | undefined {
      const awaited = node.type === "AwaitExpression" ? unwrap(node.argument) : unwrap(node);
      const call = unwrap(constantValue(variableOf(awaited, source)) ?? awaited);
      if (call.type === "AwaitExpression") return writtenResult(call);
      if (call.type === "YieldExpression") return call.delegate && call.argument ? yieldedResult(call.argument) : undefined;
      if (call.type !== "CallExpression") return undefined;
      const mapped = eachOf(call);
      if (mapped) return writtenResult(mapped);
      if (givesResult(call)) return "Result";
      const declared = declaredType(call, source);
      const type = declared ? (promised(declared, source) ?? declared) : undefined;
      const name = referenceName(type);
      if (name && options.types.includes(name)) return isForeignType(type) ? name : undefined;
      const callee = unwrap(call.callee);
      if (isWrapped(callee)) return "Result";
      // `save().map(f)`: what comes out of a Result's own method is one again.
      if (callee.type === "MemberExpression" && unwrap(callee.object).type === "CallExpression") return memberName(callee) === "then" ? undefined : writtenResult(callee.object);
      const root = callee.type === "MemberExpression" ? unwrap(callee.object) : callee;
      const origin = importOf(root, source);
      if (!origin || !resultPackages.test(origin.module)) return undefined;
      if (callee.type === "Identifier") return makers.test(callee.name) || /^from(?:Safe)?Promise$/.test(callee.name) ? "Result" : undefined;
      const method = callee.type === "MemberExpression" ? (memberName(callee) ?? "") : "";
      if (origin.name === "Effect" || origin.module === "effect/Effect") return /^run/.test(method) ? (method.endsWith("Exit") ? "Exit" : undefined) : "Effect";
      return options.types.includes(origin.name) && /^(?:from|try|ok|err|fail|succe)/.test(method) ? origin.name : undefined;
    }

    /** What `Promise.all(items.map((item) => save(item)))` waits for in each turn. */
    function eachOf(call: TSESTree.CallExpression): Node | undefined {
      const list = calleePath(call).join(".") === "Promise.all" && call.arguments[0] ? unwrap(call.arguments[0]) : undefined;
      const mapper = list?.type === "CallExpression" && calleeName(list) === "map" && list.arguments[0] ? unwrap(list.arguments[0]) : undefined;
      return mapper?.type === "ArrowFunctionExpression" && mapper.body.type !== "BlockStatement" ? mapper.body : undefined;
    }

    /** `yield* Effect.either(job)`: the effect has been run, and gives what became of it. */
    function yieldedResult(effect: Node): string | undefined {
      const call = unwrap(effect);
      return call.type === "CallExpression" && /^Effect\.(?:either|exit|result)$/.test(calleePath(call).join(".")) ? (calleeName(call) === "exit" ? "Exit" : "Either") : undefined;
    }

    /** `const parse = fromThrowable(JSON.parse)`: a function that gives a Result. */
    function isWrapped(callee: Node): boolean {
      const made = constantValue(variableOf(callee, source));
      const maker = made ? unwrap(made) : undefined;
      if (maker?.type !== "CallExpression" || !/^from(?:Async)?Throwable$/.test(calleeName(maker))) return false;
      const root = maker.callee.type === "MemberExpression" ? unwrap(maker.callee.object) : maker.callee;
      return resultPackages.test(importOf(root, source)?.module ?? "");
    }

    /** A type of that name that the file declares itself says whether it is a Result by its members. */
    function isForeignType(type: ReturnType<typeof declaredType>): boolean {
      if (type?.type !== "TSTypeReference" || type.typeName.type !== "Identifier") return true;
      const definition = variableOf(type.typeName, source)?.defs[0];
      return definition === undefined || definition.type === "ImportBinding" || saysOutcome.test(source.getText(definition.node));
    }

    function nameOf(type: ts.Type, known: Types): string | undefined {
      if (isVoid(type, known) || isAny(type)) return undefined;
      const names = [type.aliasSymbol?.getName(), ...partsOf(type, known).map((part) => part.aliasSymbol?.getName() ?? part.getSymbol()?.getName())];
      const own = names.find((name) => name !== undefined && options.types.includes(name));
      // Whoever names a type of their own knows what it is.
      if (own) return !usualTypes.includes(own) || isOutcome(type, known) ? own : undefined;
      // A list of them: `await Promise.all(ids.map(save))`.
      if (known.checker.isArrayType(type)) {
        const [item] = known.checker.getTypeArguments(type as ts.TypeReference);
        return item ? nameOf(item, known) : undefined;
      }
      // `Ok<T> | Err<E>`, spelled out.
      const parts = partsOf(type, known).map((part) => part.getSymbol()?.getName());
      if (parts.includes("Err") && (parts.length === 1 || parts.includes("Ok"))) return "Result";
      if (parts.includes("Left") && parts.includes("Right")) return "Either";
      if (type.getSymbol()?.getName() !== "Promise") return undefined;
      const [promised] = known.checker.getTypeArguments(type as ts.TypeReference);
      return promised ? nameOf(promised, known) : undefined;
    }

    /** Has what tells a failure from a success; a query's `Result` with its rows has not. */
    function isOutcome(type: ts.Type, known: Types): boolean {
      return partsOf(type, known).some((part) => outcomeMembers.some((name) => known.checker.getApparentType(part).getProperty(name) !== undefined)) || isEffect(type, known);
    }

    /** Effect's values are iterable and pipeable, and have no member that speaks of errors. */
    function isEffect(type: ts.Type, known: Types): boolean {
      return partsOf(type, known).some((part) => part.getProperties().some((property) => property.getName().includes("EffectTypeId") || property.getName() === "pipe"));
    }

    /** Without types: a function of this file that returns `err(…)` somewhere. */
    function givesResult(call: TSESTree.CallExpression): boolean {
      const target = calledFunction(call, source);
      if (!target || target.generator || makers.test(functionName(target) ?? "")) return false;
      let gives = false;
      visit(target.body, source.visitorKeys, (node) => {
        if (isFunction(node)) return false;
        const value = node.type === "ReturnStatement" ? node.argument : undefined;
        const made = value ? unwrap(value) : undefined;
        if (made?.type === "CallExpression" && made.callee.type === "Identifier" && /^(?:err|errAsync|Err)$/.test(made.callee.name)) gives = true;
        return !gives;
      });
      return gives;
    }

    function isCall(node: Node): boolean {
      const value = unwrap(node);
      if (value.type === "YieldExpression") return value.delegate && value.argument !== null && isCall(value.argument);
      return value.type === "CallExpression" || (value.type === "AwaitExpression" && isCall(value.argument));
    }

    function checkStatement(statement: TSESTree.ExpressionStatement): void {
      checkDropped(statement.expression, statement);
    }

    /** The value of the expression goes nowhere; of a choice, neither side does. */
    function checkDropped(expression: Node, at: Node): void {
      if (expression.type === "SequenceExpression") {
        for (const each of expression.expressions) checkDropped(each, each);
        return;
      }
      const node = unwrap(expression);
      if (node.type === "LogicalExpression") checkDropped(node.right, node.right);
      else if (node.type === "ConditionalExpression") {
        checkDropped(node.consequent, node.consequent);
        checkDropped(node.alternate, node.alternate);
      } else if (node.type === "AssignmentExpression") checkAssigned(node);
      else if (node.type === "UnaryExpression" && node.operator === "void") checkDropped(node.argument, at);
      else if (node.type === "CallExpression" && isForEach(node)) checkEach(node);
      else if (isBlindThen(node)) checkDropped(node.callee.object, node);
      else if (isCall(node) && !isLookingMethod(node)) {
        const type = resultType(node);
        if (type) context.report({ node: at, messageId: "dropped", data: { type } });
        else if (node.type === "CallExpression") checkKept(node);
      }
    }

    /** `(save(), "done")` */
    function checkSequence(node: TSESTree.SequenceExpression): void {
      if (node.parent.type !== "ExpressionStatement") for (const each of node.expressions.slice(0, -1)) checkDropped(each, each);
    }

    /** `save().then(() => next())`: the Result is not even taken. */
    function isBlindThen(node: Node): node is TSESTree.CallExpression & { callee: TSESTree.MemberExpression } {
      if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression" || memberName(node.callee) !== "then") return false;
      const callback = node.arguments[0] ? unwrap(node.arguments[0]) : undefined;
      return isFunction(callback) && callback.params.length === 0;
    }

    function isForEach(call: TSESTree.CallExpression): boolean {
      return call.callee.type === "MemberExpression" && memberName(call.callee) === "forEach";
    }

    /** `ids.forEach((id) => save(id))`: nobody gets what the function gives back. */
    function checkEach(call: TSESTree.CallExpression): void {
      const callback = call.arguments[0] ? unwrap(call.arguments[0]) : undefined;
      if (callback?.type === "ArrowFunctionExpression" && callback.body.type !== "BlockStatement") checkDropped(callback.body, callback.body);
    }

    /** `results.push(save())`, where nobody looks at the list. */
    function checkKept(call: TSESTree.CallExpression): void {
      if (call.callee.type !== "MemberExpression" || !/^(?:push|unshift|add|set)$/.test(memberName(call.callee) ?? "")) return;
      const variable = variableOf(unwrap(call.callee.object), source);
      const given = call.arguments.at(-1);
      if (!given || !isCall(given) || variable?.defs[0]?.type !== "Variable" || isObserved(variable)) return;
      const type = resultType(unwrap(given));
      if (type) context.report({ node: given, messageId: "unread", data: { type, name: variable.name } });
    }

    /** `result = save();`, where nobody ever reads the variable. */
    function checkAssigned(node: TSESTree.AssignmentExpression): void {
      const variable = node.operator === "=" && isCall(node.right) ? variableOf(unwrap(node.left), source) : undefined;
      if (variable?.defs[0]?.type !== "Variable" || variable.scope.type === "global" || isExported(variable) || isUsed(variable, source)) return;
      const type = resultType(unwrap(node.right));
      if (type) context.report({ node, messageId: "unread", data: { type, name: variable.name } });
    }

    /** `result.match(…)`, `result.inspectErr(…)`: somebody looks, whatever comes back. */
    function isLookingMethod(node: Node): boolean {
      const call = node.type === "AwaitExpression" ? unwrap(node.argument) : node;
      if (call.type !== "CallExpression" || call.callee.type !== "MemberExpression" || call.callee.property.type !== "Identifier") return false;
      return /^(?:match|mapErr|orElse|inspectErr|tapErr|tapError|orTee|unwrap|expect|unwrapOr|_unsafeUnwrap|catchAll|catchTag|andTee)$/.test(call.callee.property.name);
    }

    function checkDeclaration(node: TSESTree.VariableDeclarator): void {
      if (node.id.type === "ObjectPattern" && node.init && (isCall(node.init) || isTakenOnce(node.init))) checkTaken(node.id, node.init);
      if (node.id.type === "ArrayPattern" && node.init && leavesErrorOut(node.id, node.init, source, types)) {
        context.report({ node: node.id, messageId: "unread", data: { type: "pair of an error and a result", name: source.getText(node.id) } });
      }
      if (node.id.type !== "Identifier" || !node.init || !isCall(node.init)) return;
      const variable = source.getDeclaredVariables(node)[0];
      if (!variable || variable.scope.type === "global" || climb(node.parent).parent?.type === "ExportNamedDeclaration") return;
      if (isUsed(variable, source)) return;
      const type = resultType(unwrap(node.init));
      if (type) context.report({ node, messageId: "unread", data: { type, name: node.id.name } });
    }

    /** `const saved = save(); const { value } = await saved;`, and nothing else anywhere about it. */
    function isTakenOnce(init: Node): boolean {
      const taken = unwrap(init.type === "AwaitExpression" ? init.argument : init);
      const variable = variableOf(taken, source);
      const made = constantValue(variable);
      return made !== undefined && isCall(made) && variable?.references.filter((reference) => reference.isRead()).length === 1;
    }

    /** `const { value } = save();`: of a failure only the missing value is seen. */
    function checkTaken(pattern: TSESTree.ObjectPattern, init: Node): void {
      const taken = pattern.properties.map((each) => (each.type === "Property" && each.key.type === "Identifier" && !each.computed ? each.key.name : "?"));
      if (taken.length === 0 || taken.some((name) => !/^(?:value|data|right|result|_unsafeUnwrap)$/.test(name))) return;
      const hasDefault = pattern.properties.some((each) => each.type === "Property" && each.value.type === "AssignmentPattern");
      const type = hasDefault ? undefined : resultType(unwrap(init));
      if (type) context.report({ node: pattern, messageId: "unread", data: { type, name: source.getText(pattern) } });
    }

    /** `return save().then(() => "done")`: the step behind does not take the Result. */
    function checkLink(node: TSESTree.CallExpression): void {
      if (!isBlindThen(node)) return;
      let outer = climb(node).parent;
      while (outer?.type === "AwaitExpression" || (outer?.type === "UnaryExpression" && outer.operator === "void")) outer = outer.parent;
      if (outer?.type !== "ExpressionStatement" && isCall(node.callee.object) && !isLookingMethod(unwrap(node.callee.object))) {
        const type = resultType(unwrap(node.callee.object));
        if (type) context.report({ node, messageId: "dropped", data: { type } });
      }
    }

    return { CallExpression: checkLink, ExpressionStatement: checkStatement, SequenceExpression: checkSequence, VariableDeclarator: checkDeclaration };
  },
});

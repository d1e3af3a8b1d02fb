import type { TSESTree } from "@typescript-eslint/utils";
import type ts from "typescript";
import { climb, functionName, isFunction, type Node, unwrap, visit } from "../analysis/syntax.js";
import { isAny, isVoid, partsOf, type Types, typesOf } from "../analysis/types.js";
import { calledFunction } from "../analysis/rejections.js";
import { createRule } from "../create-rule.js";

export interface ResultOptions {
  types: readonly string[];
}

type Ids = "dropped" | "unread";

const makers = /^(?:err|errAsync|ok|okAsync|Err|Ok|failure|success|left|right)$/;

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
  defaultOptions: [{ types: ["Result", "ResultAsync", "AsyncResult", "Either", "TaskEither", "IOEither", "Effect", "Exit"] }],
  create(context, [options]) {
    const source = context.sourceCode;
    const types = typesOf(source);

    /** The name of the Result type that the expression has, if it has one. */
    function resultType(node: Node): string | undefined {
      const call = node.type === "AwaitExpression" ? node.argument : node;
      if (!types) return unwrap(call).type === "CallExpression" && givesResult(unwrap(call) as TSESTree.CallExpression) ? "Result" : undefined;
      return nameOf(types.typeOf(node), types);
    }

    function nameOf(type: ts.Type, known: Types): string | undefined {
      if (isVoid(type, known) || isAny(type)) return undefined;
      const names = [type.aliasSymbol?.getName(), ...partsOf(type, known).map((part) => part.aliasSymbol?.getName() ?? part.getSymbol()?.getName())];
      const own = names.find((name) => name !== undefined && options.types.includes(name));
      if (own) return own;
      // `Ok<T> | Err<E>`, spelled out.
      const parts = partsOf(type, known).map((part) => part.getSymbol()?.getName());
      if (parts.includes("Err") && (parts.length === 1 || parts.includes("Ok"))) return "Result";
      const promised = (type as Partial<ts.TypeReference>).typeArguments?.[0] ?? known.checker.getTypeArguments?.(type as ts.TypeReference)?.[0];
      return type.getSymbol()?.getName() === "Promise" && promised ? nameOf(promised, known) : undefined;
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
      return value.type === "CallExpression" || (value.type === "AwaitExpression" && isCall(value.argument));
    }

    function checkStatement(statement: TSESTree.ExpressionStatement): void {
      const node = unwrap(statement.expression);
      if (!isCall(node)) return;
      if (isLookingMethod(node)) return;
      const type = resultType(node);
      if (type) context.report({ node: statement, messageId: "dropped", data: { type } });
    }

    /** `result.match(…)`, `result.inspectErr(…)`: somebody looks, whatever comes back. */
    function isLookingMethod(node: Node): boolean {
      const call = node.type === "AwaitExpression" ? unwrap(node.argument) : node;
      if (call.type !== "CallExpression" || call.callee.type !== "MemberExpression" || call.callee.property.type !== "Identifier") return false;
      return /^(?:match|mapErr|orElse|inspectErr|tapErr|tapError|orTee|unwrap|expect|unwrapOr|_unsafeUnwrap|catchAll|catchTag|andTee)$/.test(call.callee.property.name);
    }

    function checkDeclaration(node: TSESTree.VariableDeclarator): void {
      if (node.id.type !== "Identifier" || !node.init || !isCall(node.init)) return;
      const variable = source.getDeclaredVariables(node)[0];
      if (!variable || variable.scope.type === "global" || climb(node.parent).parent?.type === "ExportNamedDeclaration") return;
      if (variable.references.some((reference) => reference.isRead())) return;
      const type = resultType(unwrap(node.init));
      if (type) context.report({ node, messageId: "unread", data: { type, name: node.id.name } });
    }

    return { ExpressionStatement: checkStatement, VariableDeclarator: checkDeclaration };
  },
});

import type { TSESTree } from "@typescript-eslint/utils";
import { narrowing } from "../analysis/conditions.js";
import { fateOf } from "../analysis/fate.js";
import { siblingsAfter } from "../analysis/outcomes.js";
import { readVocabulary } from "../analysis/settings.js";
import { errorPathAround, isHandedOff, spanMethod, type StartedSpan, startedSpan, unmarkedChain } from "../analysis/spans.js";
import { marksError as marks } from "../analysis/span-marks.js";
import { contains, enclosingFunction, isFunction, type Node, unwrap, visit } from "../analysis/syntax.js";
import { variableOf } from "../analysis/variables.js";
import { createRule } from "../create-rule.js";

type Ids = "catchWithout" | "handlerWithout" | "noCatch" | "someErrors";

export const spanRecordsError = createRule<readonly [], Ids>({
  name: "span-records-error",
  type: "problem",
  docs: {
    description: "Require the error paths of a span to set its status or record the exception",
    config: "recommended",
    types: "none",
  },
  messages: {
    catchWithout:
      "This catch deals with the error, but `{{name}}` learns nothing of it: the trace shows the span as a success. Call `{{name}}.recordException(error)` and set its status, or use `withSpan`.",
    handlerWithout:
      "Here the error ends `{{name}}`, which learns nothing of it: the trace shows the span as a success. Call `{{name}}.recordException(error)` and set its status first, or use `withSpan`.",
    someErrors:
      "Only where this condition holds `{{name}}` learns of the error: the trace shows any other as a success. Call `{{name}}.recordException(error)` and set its status for all.",
    noCatch:
      "When this block throws, `{{name}}` is ended without a status or an exception: the trace shows the span as a success. Record the error in a `catch`, or use `withSpan`.",
  },
  schema: [],
  defaultOptions: [],
  create(context) {
    const source = context.sourceCode;
    const vocabulary = readVocabulary(context);

    function check(call: TSESTree.CallExpression): void {
      const span = startedSpan(call, source);
      const chain = span && !usesItsContext(span) ? unmarkedChain(span, source) : undefined;
      if (span && chain) {
        context.report({ node: chain, messageId: "noCatch", data: { name: span.variable.name } });
        return;
      }
      if (!span) return;
      const end = errorPathsOf(span).find(({ path }) => !isTold(span, path));
      if (end) {
        context.report({ node: end.call, messageId: "handlerWithout", data: { name: span.variable.name } });
        return;
      }
      if (isHandedOff(span, source)) return;
      for (const statement of triesOf(span)) {
        if (isInsideMarking(statement, span)) continue;
        if (marksError(span, statement.handler ?? statement.block)) {
          const some = statement.handler && branchOfSome(span, statement.handler);
          if (some) context.report({ node: some, messageId: "someErrors", data: { name: span.variable.name } });
          continue;
        }
        if (statement.handler) {
          if (!isToldLater(span, statement, statement.handler)) checkCatch(statement.handler, span);
        } else if (statement.finalizer && endsIn(span, statement.finalizer) && !marksError(span, statement.finalizer)) {
          context.report({ node: statement, loc: headOf(statement), messageId: "noCatch", data: { name: span.variable.name } });
        }
      }
    }

    /** Given to somebody who may well mark it: `run(span).finally(() => span.end())`. */
    function usesItsContext(span: StartedSpan): boolean {
      return span.references.some(({ identifier, init }) => !init && !spanMethod(identifier));
    }

    /** Where a rejection handler, an error listener or the error's branch of a callback ends the span. */
    function errorPathsOf(span: StartedSpan): { call: Node; path: Node }[] {
      return span.references.flatMap(({ identifier }) => {
        const end = spanMethod(identifier);
        const path = end?.name === "end" ? errorPathAround(end.call, span.owner) : undefined;
        return end && path ? [{ call: end.call, path }] : [];
      });
    }

    /** The span is marked there, or given to somebody who may mark it. */
    function isTold(span: StartedSpan, path: Node): boolean {
      if (marksError(span, path)) return true;
      return span.references.some(({ identifier }) => {
        if (!contains(path, identifier)) return false;
        const method = spanMethod(identifier);
        return !method || (/^(?:setAttributes?|addEvent)$/.test(method.name) && /err|exception|fail/i.test(source.getText(method.call)));
      });
    }

    /** `if (error instanceof TimeoutError) span.recordException(error); throw error;`: the span hears of no other. */
    function branchOfSome(span: StartedSpan, handler: TSESTree.CatchClause): Node | undefined {
      const { body } = handler.body;
      const marking = body.filter((each) => marksError(span, each) || (each.type !== "ThrowStatement" && usesSpan(span, each)));
      const [only] = marking;
      if (marking.length !== 1 || only?.type !== "IfStatement" || only.alternate || body.at(-1)?.type !== "ThrowStatement") return undefined;
      const isError = (node: Node): boolean => node.type === "Identifier" && handler.param?.type === "Identifier" && node.name === handler.param.name;
      const test = unwrap(only.test);
      const asks = (test.type === "BinaryExpression" && [test.left, test.right].some((side) => isError(unwrap(side)))) || (test.type === "CallExpression" && test.arguments.some(isError));
      const { whenFalse, whenTrue } = narrowing(test, isError);
      return asks && whenTrue === "known" && whenFalse === "all" ? only.test : undefined;
    }

    function usesSpan(span: StartedSpan, node: Node): boolean {
      return span.references.some(({ identifier }) => contains(node, identifier) && !/^(?:end|addEvent|setAttributes?)$/.test(spanMethod(identifier)?.name ?? ""));
    }

    function checkCatch(handler: TSESTree.CatchClause, span: StartedSpan): void {
      const fate = fateOf({ node: handler, param: handler.param ?? undefined, body: handler.body }, source, vocabulary);
      // A catch that takes the error for an answer, or loses it, is the business of others.
      if (!fate.throwsSomewhere && !(fate.handledSomewhere && fate.looksAtError)) return;
      if (fate.looksAtError && isRetrying(handler)) return;
      context.report({ node: handler, messageId: "catchWithout", data: { name: span.variable.name } });
    }

    function triesOf(span: StartedSpan): TSESTree.TryStatement[] {
      const found: TSESTree.TryStatement[] = [];
      for (const statement of span.scope) {
        visit(statement, source.visitorKeys, (node) => {
          if (node.type === "TryStatement" && enclosingFunction(node) === span.owner && (span.owner !== undefined || node.block.body.length > 0)) found.push(node);
          return node.type !== "FunctionDeclaration" && node.type !== "FunctionExpression" && node.type !== "ArrowFunctionExpression" && node.type !== "CatchClause";
        });
      }
      // Only a try that the span covers: it ends in it, or after it.
      return found.filter((node) => endsAfter(span, node));
    }

    function endsAfter(span: StartedSpan, node: Node): boolean {
      return span.references.some(({ identifier }) => spanMethod(identifier)?.name === "end" && identifier.range[0] > node.range[0]);
    }

    function endsIn(span: StartedSpan, node: Node): boolean {
      return span.references.some(({ identifier }) => contains(node, identifier) && spanMethod(identifier)?.name === "end");
    }

    function marksError(span: StartedSpan, node: Node): boolean {
      return marks(span, node, source);
    }

    /** `failure = error` in the catch; what stands behind it or in the `finally` tells the span. */
    function isToldLater(span: StartedSpan, statement: TSESTree.TryStatement, handler: TSESTree.CatchClause): boolean {
      if (statement.finalizer && marksError(span, statement.finalizer)) return true;
      return keepsOutside(handler) && siblingsAfter(statement).some((each) => marksError(span, each));
    }

    /** Something of the catch is kept in a variable from outside of it. */
    function keepsOutside(handler: TSESTree.CatchClause): boolean {
      let keeps = false;
      visit(handler.body, source.visitorKeys, (each) => {
        const target = each.type === "AssignmentExpression" ? variableOf(unwrap(each.left), source) : undefined;
        if (target?.defs.some((definition) => !contains(handler, definition.name))) keeps = true;
        return !keeps && !isFunction(each);
      });
      return keeps;
    }

    /** An outer try of the same span takes what this one passes on. */
    function isInsideMarking(node: Node, span: StartedSpan): boolean {
      for (let at = node.parent; at; at = at.parent) {
        if (at === span.owner?.body) return false;
        if (at.type === "TryStatement" && at.handler && contains(at.block, node) && marksError(span, at.handler)) return true;
      }
      return false;
    }

    function isRetrying(handler: TSESTree.CatchClause): boolean {
      for (let at: Node | undefined = handler.parent; at && !/Function/.test(at.type); at = at.parent) if (/^(?:For|While|DoWhile|ForOf)Statement$/.test(at.type)) return true;
      return false;
    }

    function headOf(node: TSESTree.TryStatement): TSESTree.SourceLocation {
      const token = source.getFirstToken(node);
      return token ? token.loc : node.loc;
    }

    return { CallExpression: check };
  },
});

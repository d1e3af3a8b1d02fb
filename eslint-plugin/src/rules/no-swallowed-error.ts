import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { type Fate, fateOf, type Leak } from "../analysis/fate.js";
import { isKeptForNothing } from "../analysis/kept-for-nothing.js";
import { isAnswer, isCheckedAfterwards, isOnlyWaiting, isRetried, isWhileHandling } from "../analysis/outcomes.js";
import { hasReason, hasReasonAbove } from "../analysis/reasons.js";
import { readVocabulary } from "../analysis/settings.js";
import { handlingSchema, type HandlingOptions, lenient } from "./handling-options.js";
import { createRule } from "../create-rule.js";

type Ids = "dropped" | "defaulted" | "empty" | "exhausted" | "partly" | "printed" | "rethrow" | "skipped" | "throwInstead" | "unused" | "withoutError";

export const noSwallowedError = createRule<readonly [HandlingOptions], Ids>({
  name: "no-swallowed-error",
  type: "problem",
  docs: {
    description: "Disallow catch clauses that lose the error on some path",
    config: "recommended",
    types: "none",
  },
  hasSuggestions: true,
  messages: {
    empty:
      "This catch is empty: whatever failed leaves no trace and the caller goes on as if it had worked. Rethrow the error, pass it on, or give the reason for the silence in a comment.",
    unused:
      "This catch never looks at the error, so nobody will learn what failed. Rethrow it, pass it on, or give the reason for the silence in a comment.",
    dropped:
      "The error is looked at here and then dropped: nothing that outlives the catch ever sees it. Rethrow it, return it, or hand it to something that reports it.",
    printed:
      "The error is only printed: no trace, metric or caller will ever see it. Rethrow it, return it, or record it on the active span.",
    partly:
      "On this path the error is lost: other paths of the catch deal with it, this one leaves without it. Rethrow what was not expected.",
    defaulted:
      "The catch gives {{value}} in place of the error, which the caller cannot tell from a real result. Rethrow what was not expected, return the failure, or record the error before falling back.",
    exhausted:
      "When the last attempt has failed the error is lost and the code goes on without a result. Keep the last error and throw it after the loop.",
    skipped:
      "What fails here is skipped in silence: nobody will learn that something is missing, nor why. Collect the errors and report them after the loop, or give the reason in a comment.",
    withoutError:
      "The log line leaves `{{name}}` out, which alone says what failed and where. Log it as well.",
    rethrow: "Rethrow the error at the end of the catch.",
    throwInstead: "Throw the error instead of returning.",
  },
  schema: handlingSchema,
  defaultOptions: [lenient],
  create(context, [options]) {
    const source = context.sourceCode;
    const vocabulary = readVocabulary(context);

    function check(node: TSESTree.CatchClause): void {
      const statement = node.parent;
      const fate = fateOf({ param: node.param ?? undefined, body: node.body, node }, source, vocabulary);
      const tried = { code: statement.block, handler: node, mode: options.answers, looksAtError: fate.looksAtError, rethrows: fate.looksAtError && fate.throwsSomewhere, looksInVain: fate.looksInVain, isInverted: fate.isInverted };
      const isKept = isKeptForNothing(node.param, node.body, source);
      const lost = fate.lost.filter((leak) => isKept || !isAnswer(leak, tried, source));
      const leak = lost[0];
      if (leak) {
        if (!isExcused(node, statement, leak)) report(node, messageFor(leak, fate, node), leak, fate);
        return;
      }
      const printed = fate.printed[0];
      if (printed && options.console === "report") {
        if (!isExcused(node, statement, printed)) report(node, "printed", printed, fate);
        return;
      }
      if (fate.bareSignal && options.signals === "report" && fate.bound && !fate.looksAtError && !fate.signalsByCall && !fate.throwsSomewhere) {
        const signal: Leak = { node: fate.bareSignal, how: "return", value: "failure" };
        const isTold = isAnswer({ ...signal, how: "end", value: "nothing" }, tried, source) || isExcused(node, statement, { ...signal, how: "end" });
        if (!isTold) report(node, "unused", signal, fate);
        return;
      }
      if (fate.bareLog && options.signals === "report" && fate.bound && !fate.looksAtError && !hasReason(node, options.comments, source)) {
        context.report({ node: fate.bareLog, messageId: "withoutError", data: { name: nameOf(node) } });
      }
    }

    function isExcused(node: TSESTree.CatchClause, statement: TSESTree.TryStatement, leak: Leak): boolean {
      return (
        (leak.how !== "return" && isSettledAround(node, statement)) ||
        hasReason(node, options.comments, source) ||
        hasReasonAbove(statement, options.comments, source)
      );
    }

    /** The code around the try deals with its failing. */
    function isSettledAround(node: TSESTree.CatchClause, statement: TSESTree.TryStatement): boolean {
      return (isRetried(statement, source) && !isKeptForNothing(node.param, node.body, source)) || isWhileHandling(statement) || isOnlyWaiting(statement) || isCheckedAfterwards(statement, source);
    }

    function messageFor(leak: Leak, fate: Fate, node: TSESTree.CatchClause): Ids {
      if (node.body.body.length === 0) return "empty";
      if (leak.how === "loop" || (leak.how === "end" && isInLoop(node) && fate.throwsSomewhere)) return isInRetryLoop(node) ? "exhausted" : "skipped";
      if (fate.handledSomewhere || fate.throwsSomewhere || fate.printed.length > 0) return "partly";
      if (leak.how === "return" && leak.value !== "nothing") return "defaulted";
      return fate.looksAtError ? "dropped" : "unused";
    }

    function report(node: TSESTree.CatchClause, messageId: Ids, leak: Leak, fate: Fate): void {
      const returned = leak.node.type === "ReturnStatement" ? leak.node : undefined;
      context.report({
        ...(messageId === "partly" || messageId === "defaulted" ? { node: returned ?? node } : { loc: headOf(node, source) }),
        messageId,
        data: { value: returned?.argument ? `\`${shorten(source.getText(returned.argument))}\`` : "nothing" },
        suggest: suggestions(node, leak, fate),
      });
    }

    function suggestions(node: TSESTree.CatchClause, leak: Leak, fate: Fate): TSESLint.ReportSuggestionArray<Ids> {
      if (node.param && node.param.type !== "Identifier") return [];
      const name = node.param?.name ?? "error";
      const bind = (fixer: TSESLint.RuleFixer): TSESLint.RuleFix[] =>
        node.param ? [] : [fixer.insertTextBefore(node.body, `(${name}) `)];
      if (leak.node.type === "ReturnStatement") {
        const returned = leak.node;
        return [{ messageId: "throwInstead", fix: (fixer) => [...bind(fixer), fixer.replaceText(returned, `throw ${name};`)] }];
      }
      if (leak.how !== "end" || fate.throwsSomewhere) return [];
      return [{ messageId: "rethrow", fix: (fixer) => [...bind(fixer), appendTo(node.body, `throw ${name};`, fixer, source)] }];
    }

    return { CatchClause: check };
  },
});

function appendTo(block: TSESTree.BlockStatement, text: string, fixer: TSESLint.RuleFixer, source: Readonly<TSESLint.SourceCode>): TSESLint.RuleFix {
  const last = block.body.at(-1);
  if (!last) return fixer.replaceText(block, source.getCommentsInside(block).length > 0 ? source.getText(block).replace(/\s*\}$/, `\n${text} }`) : `{ ${text} }`);
  const indent = source.lines[last.loc.start.line - 1]?.match(/^\s*/)?.[0] ?? "";
  const isOneLine = block.loc.start.line === block.loc.end.line;
  return fixer.insertTextAfter(last, isOneLine ? ` ${text}` : `\n${indent}${text}`);
}

function headOf(node: TSESTree.CatchClause, source: Readonly<TSESLint.SourceCode>): TSESTree.SourceLocation {
  const before = source.getTokenBefore(node.body);
  return { start: node.loc.start, end: before ? before.loc.end : node.body.loc.start };
}

function isInLoop(node: TSESTree.Node): boolean {
  for (let at = node.parent; at && !/Function/.test(at.type); at = at.parent) {
    if (/^(?:For|While|DoWhile|ForOf|ForIn)Statement$/.test(at.type)) return true;
  }
  return false;
}

function nameOf(node: TSESTree.CatchClause): string {
  return node.param?.type === "Identifier" ? node.param.name : "the error";
}

/** A loop over things passes on to the next thing; any other tries the same again. */
function isInRetryLoop(node: TSESTree.Node): boolean {
  for (let at = node.parent; at && !/Function/.test(at.type); at = at.parent) {
    if (at.type === "ForOfStatement" || at.type === "ForInStatement") return false;
    if (/^(?:For|While|DoWhile)Statement$/.test(at.type)) return true;
  }
  return false;
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

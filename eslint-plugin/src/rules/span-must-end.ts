import type { TSESTree } from "@typescript-eslint/utils";
import { spanLeaks } from "../analysis/span-paths.js";
import { endedOnSuccessOnly, leftOpenOnError } from "../analysis/span-error-paths.js";
import { endsHere, isDroppedSpan, isHandedOff, startedSpan } from "../analysis/spans.js";
import { isKeptForNothing, isNeverBound } from "../analysis/span-keepers.js";
import { createRule } from "../create-rule.js";

type Ids = "dropped" | "neverEnded" | "notAlways" | "notWhenThrown";

export const spanMustEnd = createRule<readonly [], Ids>({
  name: "span-must-end",
  type: "problem",
  docs: {
    description: "Require every span that the code starts to be ended on every path",
    config: "recommended",
    types: "none",
  },
  messages: {
    dropped: "This span is started and dropped, so nobody can end it and it is never exported. Keep it and end it, or use `withSpan`.",
    neverEnded: "`{{name}}` is never ended, so it is never exported and what it covers is missing from the trace. End it in a `finally`.",
    notAlways: "On this path `{{name}}` is not ended and the trace loses it. End it in a `finally`.",
    notWhenThrown:
      "If this throws, `{{name}}` is never ended and the trace loses the very span that failed. End it in a `finally`.",
  },
  schema: [],
  defaultOptions: [],
  create(context) {
    const source = context.sourceCode;

    function check(call: TSESTree.CallExpression): void {
      if (isDroppedSpan(call)) {
        context.report({ node: call, messageId: "dropped" });
        return;
      }
      if (isNeverBound(call, source) || isKeptForNothing(call, source)) {
        context.report({ node: call, messageId: "neverEnded", data: { name: "span" } });
        return;
      }
      const span = startedSpan(call, source);
      const late = span ? endedOnSuccessOnly(span, source) : undefined;
      if (span && late) {
        context.report({ node: late, messageId: "notWhenThrown", data: { name: span.variable.name } });
        return;
      }
      const open = span && leftOpenOnError(span, source);
      if (span && open) {
        context.report({ node: open, messageId: "notAlways", data: { name: span.variable.name } });
        return;
      }
      if (!span || isHandedOff(span, source)) return;
      const name = span.variable.name;
      if (!span.references.some(({ identifier }) => endsHere(identifier))) {
        context.report({ node: call, messageId: "neverEnded", data: { name } });
        return;
      }
      const leak = spanLeaks(span, source)[0];
      if (leak) context.report({ node: leak.node, messageId: leak.how === "exits" ? "notAlways" : "notWhenThrown", data: { name } });
    }

    return { CallExpression: check };
  },
});

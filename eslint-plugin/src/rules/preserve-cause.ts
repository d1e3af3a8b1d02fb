import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { builtInErrorOf, causeArgument, CauseTracker, makesError } from "../analysis/causes.js";
import type { Handler } from "../analysis/fate.js";
import { calleeName, calleePath, climb, isFunction, memberName, type Node, unwrap } from "../analysis/syntax.js";
import { isAny, typesOf } from "../analysis/types.js";
import { constantValue, variableOf } from "../analysis/variables.js";
import { createRule } from "../create-rule.js";

export interface CauseOptions {
  requireCatchParameter: boolean;
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
          description: "Whether a catch that binds no error may throw a new one.",
        },
      },
    },
  ],
  defaultOptions: [{ requireCatchParameter: false }],
  create(context, [options]) {
    const source = context.sourceCode;
    const trackers = new Map<Node, CauseTracker>();

    function trackerOf(handler: Handler): CauseTracker {
      let tracker = trackers.get(handler.node);
      if (!tracker) trackers.set(handler.node, (tracker = new CauseTracker(handler, source)));
      return tracker;
    }

    function check(replacement: Node, at: Node): void {
      const made = madeError(replacement);
      if (!made) return;
      const handler = handlerAround(at);
      if (!handler) return;
      if (!handler.param) {
        if (options.requireCatchParameter) context.report({ node: replacement, messageId: "unbound" });
        return;
      }
      const tracker = trackerOf(handler);
      const variable = variableOf(unwrap(replacement), source);
      if (variable && tracker.isGivenCause(variable)) return;
      const messageId = judge(made, tracker);
      if (!messageId) return;
      const name = handler.param.type === "Identifier" ? handler.param.name : "the error";
      context.report({ node: replacement, messageId, data: { name }, suggest: messageId === "wrongCause" ? [] : suggestionsFor(made, handler, name) });
    }

    function judge(made: TSESTree.CallExpression | TSESTree.NewExpression, tracker: CauseTracker): Ids | undefined {
      const builtIn = builtInErrorOf(made, source);
      if (!builtIn) {
        const kept = Math.max(...made.arguments.map((argument) => strength(tracker.keptBy(argument))), strength(tracker.keptBy(made.callee)), 0);
        return kept === 2 ? undefined : kept === 1 ? "partly" : "lost";
      }
      if (calleeName(builtIn) === "AggregateError" && builtIn.arguments[0] && tracker.keptBy(builtIn.arguments[0]) === "whole") return undefined;
      const cause = causeArgument(builtIn, source);
      if (cause === "open") {
        const second = builtIn.arguments[1];
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
        const init = constantValue(variableOf(value, source));
        if (!init) return undefined;
        value = unwrap(init);
      }
      if (!makesError(value)) return undefined;
      if (builtInErrorOf(value, source)) return value;
      return isErrorMaker(value) ? value : undefined;
    }

    function isErrorMaker(made: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
      const name = calleeName(made);
      if (/(?:Error|Exception)$/.test(name) || made.type === "CallExpression") return /(?:rror|xception|ailure|oom)/.test(calleePath(made).join("."));
      const types = typesOf(source);
      return types !== undefined && !isAny(types.typeOf(made)) && types.typeOf(made).getProperty("stack") !== undefined;
    }

    function checkCall(node: TSESTree.CallExpression): void {
      const first = node.arguments[0];
      if (!first || first.type === "SpreadElement") return;
      const name = calleeName(node);
      const takesError = /^(?:reject|err|errAsync|fail|failure|left|callback|cb|next|done|Err|abort)$/.test(name);
      if (takesError) check(first, node);
    }

    return { ThrowStatement: (node) => check(node.argument, node), CallExpression: checkCall };
  },
});

function strength(kept: "nothing" | "part" | "whole"): number {
  return kept === "whole" ? 2 : kept === "part" ? 1 : 0;
}

/** The error handler a node stands in, as long as no function lies between that runs at another time. */
function handlerAround(node: Node): Handler | undefined {
  let child = node;
  for (let at = node.parent; at; child = at, at = at.parent) {
    if (at.type === "CatchClause" && at.body === child) return { node: at, param: at.param ?? undefined, body: at.body };
    if (isFunction(at)) {
      const { parent, child: argument } = climb(at);
      if (parent?.type !== "CallExpression" || parent.callee.type !== "MemberExpression") return undefined;
      const method = memberName(parent.callee);
      const isHandler = (method === "catch" && parent.arguments[0] === argument) || (method === "then" && parent.arguments[1] === argument);
      return isHandler ? { node: at, param: at.params[0], body: at.body } : undefined;
    }
  }
  return undefined;
}

import { plannerFor } from "../analysis/planner.js";
import { createRule } from "../create-rule.js";

export const validTraced = createRule<readonly [], "problem">({
  name: "valid-traced",
  type: "problem",
  docs: {
    description: "Require `@traced` markers and decorators to be ones that the transformer can carry out",
    config: "recommended",
    types: "none",
  },
  messages: {
    problem: "{{message}} ({{code}})",
  },
  schema: [],
  defaultOptions: [],
  create(context) {
    const source = context.sourceCode;
    // Files without the word cost nothing.
    if (!source.text.includes("traced")) return {};
    const planner = plannerFor(context.cwd);
    if (!planner) return {};
    return {
      Program() {
        const { diagnostics } = planner.transform(source.text, { filename: context.physicalFilename, root: context.cwd });
        for (const { code, severity, message, line, column } of diagnostics) {
          // Syntax is the parser's business; information is no problem.
          if (severity === "info" || code.startsWith("ERRSPAN19")) continue;
          context.report({ loc: { line, column: column - 1 }, messageId: "problem", data: { code, message } });
        }
      },
    };
  },
});

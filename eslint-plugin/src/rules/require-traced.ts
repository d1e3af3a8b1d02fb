import { plannerFor, projectConfig } from "../analysis/planner.js";
import { createRule } from "../create-rule.js";

export interface RequireTracedOptions {
  select: readonly object[];
}

export const requireTraced = createRule<readonly [RequireTracedOptions], "unmarked">({
  name: "require-traced",
  type: "suggestion",
  docs: {
    description: "Require the functions that the project's selectors name to be marked `@traced`",
    config: "none",
    types: "none",
  },
  messages: {
    unmarked:
      "The project's selectors name `{{name}}`, but nothing here says that it is traced. Mark it with `/** @traced */`, so that readers know and builds without the config trace it, too.",
  },
  schema: [
    {
      type: "object",
      additionalProperties: false,
      properties: {
        select: {
          type: "array",
          items: { type: "object" },
          description: "Selectors as in `errspan.config.json`. Without any, those of the project's config file are taken.",
        },
      },
    },
  ],
  defaultOptions: [{ select: [] }],
  create(context, [{ select }]) {
    const planner = plannerFor(context.cwd);
    if (!planner) return {};
    return {
      Program() {
        const project = select.length > 0 ? { config: { select }, root: context.cwd } : projectConfig(context.physicalFilename);
        if (!project) return;
        const { text } = context.sourceCode;
        const filename = context.physicalFilename;
        const demanded = planner.transform(text, { filename, ...project }).traced;
        if (demanded.length === 0) return;
        const marked = planner.transform(text, { filename, root: project.root }).traced;
        const isMarked = new Set(marked.map(({ line, column }) => `${String(line)}:${String(column)}`));
        for (const { name, line, column } of demanded) {
          if (isMarked.has(`${String(line)}:${String(column)}`)) continue;
          context.report({ loc: { line, column: column - 1 }, messageId: "unmarked", data: { name } });
        }
      },
    };
  },
});

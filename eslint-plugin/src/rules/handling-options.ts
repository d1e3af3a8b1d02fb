import type { JSONSchema } from "@typescript-eslint/utils";
import type { CommentMode } from "../analysis/reasons.js";

/** The option of the rules that a comment can excuse. */
export interface CommentOptions {
  comments: CommentMode;
}

/** The options that the rules about lost errors share. */
export interface HandlingOptions extends CommentOptions {
  console: "allow" | "report";
  answers: "lenient" | "strict";
  signals: "allow" | "report";
}

export const lenient: HandlingOptions = { comments: "any", console: "allow", answers: "lenient", signals: "allow" };
export const strict: HandlingOptions = { comments: "reason", console: "report", answers: "strict", signals: "report" };

/** The option that says which comments excuse a silence, for every rule that takes one for an answer. */
export const commentsSchema: JSONSchema.JSONSchema4 = {
  type: "string",
  enum: ["any", "reason", "never"],
  description:
    "Which comments at the place make its silence deliberate: `any` remark, one that gives a `reason` (more than “ignore”), or `never`.",
};

export const handlingSchema: readonly JSONSchema.JSONSchema4[] = [
  {
    type: "object",
    additionalProperties: false,
    properties: {
      comments: commentsSchema,
      console: {
        type: "string",
        enum: ["allow", "report"],
        description: "Whether an error that is only printed with `console.*` counts as dealt with.",
      },
      answers: {
        type: "string",
        enum: ["lenient", "strict"],
        description:
          "What may come back instead of the error when the operation only parses or asks: with `lenient` any default, with `strict` only what a caller can tell from a result (null, undefined, false).",
      },
      signals: {
        type: "string",
        enum: ["allow", "report"],
        description:
          "Whether a handler that binds the error may only say that something failed, by a log line, a status or a flag that leaves the error itself out.",
      },
    },
  },
];

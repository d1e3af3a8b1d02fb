import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import type ts from "typescript";
import { namesIn, type ThrownType, ThrowInference } from "../analysis/thrown-types.js";
import { type FunctionNode, functionName, type Node } from "../analysis/syntax.js";
import { typesOf } from "../analysis/types.js";
import { typescriptOf } from "../analysis/typescript.js";
import { createRule } from "../create-rule.js";

export interface DeclaredThrowsOptions {
  functions: "all" | "documented" | "exported" | "tagged";
}

type Ids = "addTags" | "missing" | "removeTag" | "superfluous";

/** What a doc comment says about the errors of its function. */
interface Declared {
  comment: TSESTree.Comment | undefined;
  tags: readonly { names: readonly string[]; line: number }[];
}

const inferences = new WeakMap<ts.Program, ThrowInference>();

export const declaredThrows = createRule<readonly [DeclaredThrowsOptions], Ids>({
  name: "declared-throws",
  type: "suggestion",
  docs: {
    description: "Require `@throws` tags to name the error types that a function can throw or reject with, and no others",
    config: "strict-type-checked",
    types: "needs",
  },
  hasSuggestions: true,
  messages: {
    missing:
      "`{{name}}` can throw {{types}}, and its doc comment does not say so: callers cannot know what to catch. Add the tags, or deal with the error here.",
    superfluous:
      "`{{name}}` says that it throws `{{types}}`, and nothing in it or in what it calls does: callers catch what never comes. Remove the tag.",
    addTags: "Add `@throws` for {{types}}.",
    removeTag: "Remove the tag.",
  },
  schema: [
    {
      type: "object",
      additionalProperties: false,
      properties: {
        functions: {
          type: "string",
          enum: ["exported", "documented", "tagged", "all"],
          description:
            "Which functions have to name what they throw: `exported` ones with the methods of exported classes, those with a doc comment (`documented`), those that have a `@throws` tag already (`tagged`), or `all`. Tags are held against the code wherever they stand.",
        },
      },
    },
  ],
  defaultOptions: [{ functions: "exported" }],
  create(context, [options]) {
    const source = context.sourceCode;
    const types = typesOf(source);
    const typescript = types ? typescriptOf(types.services.program) : undefined;
    if (!types || !typescript || (options.functions === "tagged" && !/@(?:throws|exception)\b/.test(source.text))) return {};
    const { program, esTreeNodeToTSNodeMap } = types.services;
    let inference = inferences.get(program);
    if (!inference) inferences.set(program, (inference = new ThrowInference(types, typescript)));
    const known = inference;

    function check(node: FunctionNode): void {
      const place = placeOf(node);
      const declared = declaredBy(place);
      if (declared.comment && /@inheritdoc|@override/i.test(declared.comment.value)) return;
      const isTagged = declared.tags.length > 0;
      if (!isTagged && !isAsked(place, declared)) return;
      // A method's body hangs on the method itself in TypeScript's tree.
      const owner = node.parent.type === "MethodDefinition" ? node.parent : node;
      const { types: thrown, isOpen } = known.of(esTreeNodeToTSNodeMap.get(owner));
      // A tag without a type speaks of whatever comes.
      const isGeneral = declared.tags.some(({ names }) => names.length === 0);
      const named = declared.tags.flatMap(({ names }) => names);
      const missing = isGeneral ? [] : [...thrown.values()].filter((each) => !named.some((name) => each.lineage.includes(name) || each.name === name));
      if (missing.length > 0) reportMissing(node, place, declared, missing);
      if (isOpen) return;
      for (const { names, line } of declared.tags) {
        for (const name of names) {
          if (![...thrown.values()].some((each) => each.lineage.includes(name) || each.name === name)) reportSuperfluous(node, declared, name, line);
        }
      }
    }

    function isAsked(place: Node, { comment }: Declared): boolean {
      switch (options.functions) {
        case "all":
          return true;
        case "documented":
          return comment !== undefined;
        case "exported":
          return isExported(place);
        case "tagged":
          return false;
      }
    }

    function reportMissing(node: FunctionNode, place: Node, { comment }: Declared, missing: readonly ThrownType[]): void {
      const names = missing.map(({ name }) => name);
      const listed = names.map((name) => `\`${name}\``).join(", ");
      context.report({
        loc: headOf(node),
        messageId: "missing",
        data: { name: functionName(node) ?? "this function", types: listed },
        suggest: [{ messageId: "addTags", data: { types: listed }, fix: (fixer) => addTags(place, comment, names, fixer) }],
      });
    }

    function reportSuperfluous(node: FunctionNode, { comment }: Declared, name: string, line: number): void {
      const column = source.lines[line - 1]?.indexOf("@") ?? 0;
      context.report({
        loc: { start: { line, column }, end: { line, column: source.lines[line - 1]?.length ?? column + 1 } },
        messageId: "superfluous",
        data: { name: functionName(node) ?? "this function", types: name },
        suggest: comment && isOwnLine(line) ? [{ messageId: "removeTag", fix: (fixer) => fixer.removeRange([source.getIndexFromLoc({ line, column: 0 }), source.getIndexFromLoc({ line: line + 1, column: 0 })]) }] : [],
      });
    }

    /** The line holds one tag that names one type, and nothing else. */
    function isOwnLine(line: number): boolean {
      return /^\s*\*\s*@(?:throws|exception)\s+\{[\w.\s]+\}[^@]*$/.test(source.lines[line - 1] ?? "") && !(source.lines[line - 1] ?? "").includes("*/");
    }

    function addTags(place: Node, comment: TSESTree.Comment | undefined, names: readonly string[], fixer: TSESLint.RuleFixer): TSESLint.RuleFix {
      const indent = (source.lines[place.loc.start.line - 1] ?? "").slice(0, place.loc.start.column).replace(/\S/g, " ");
      const lines = names.map((name) => `${indent} * @throws {${name}}\n`).join("");
      if (!comment) return fixer.insertTextBefore(place, `/**\n${lines}${indent} */\n${indent}`);
      if (comment.loc.start.line === comment.loc.end.line) {
        const text = comment.value.replace(/^\*/, "").trim();
        return fixer.replaceTextRange(comment.range, `/**\n${indent} * ${text}\n${lines}${indent} */`);
      }
      const end = comment.range[1] - 2;
      const from = source.text.lastIndexOf("\n", end) + 1;
      return fixer.insertTextBeforeRange([from, from], lines);
    }

    /** What the doc comment belongs to: the statement, class member or property that the function is the value of. */
    function placeOf(node: FunctionNode): Node {
      let at: Node = node;
      while (at.parent && !/^(?:BlockStatement|Program|ClassBody|ObjectExpression|StaticBlock|SwitchCase|TSModuleBlock|CallExpression|NewExpression)$/.test(at.parent.type)) at = at.parent;
      return at;
    }

    function declaredBy(place: Node): Declared {
      const comment = source.getCommentsBefore(place).findLast((each) => each.type === "Block" && each.value.startsWith("*"));
      const tags = (comment?.value.split("\n") ?? []).flatMap((text, index) => {
        const own = [...text.matchAll(/@(?:throws|exception)\b(?:[^@]|\{@link)*/g)].map(([tag]) => tag);
        return comment ? own.map((tag) => ({ names: namesIn(tag), line: comment.loc.start.line + index })) : [];
      });
      return { comment, tags };
    }

    function isExported(place: Node): boolean {
      if (place.type === "ExportNamedDeclaration" || place.type === "ExportDefaultDeclaration") return true;
      if (place.type === "MethodDefinition" || place.type === "PropertyDefinition") {
        if (place.accessibility === "private" || place.key.type === "PrivateIdentifier") return false;
        return /^Export/.test(place.parent.parent.parent?.type ?? "");
      }
      return false;
    }

    function headOf(node: FunctionNode): TSESTree.SourceLocation {
      const start = (node.parent.type === "MethodDefinition" ? node.parent.key : (node.id ?? node)).loc.start;
      const before = source.getTokenBefore(node.body);
      return { start, end: before && before.range[0] >= node.range[0] ? before.loc.end : node.body.loc.start };
    }

    return { ArrowFunctionExpression: checkNamed, FunctionDeclaration: check, FunctionExpression: checkNamed };

    /** Functions that are only handed to somebody have no callers who could read a comment. */
    function checkNamed(node: TSESTree.ArrowFunctionExpression | TSESTree.FunctionExpression): void {
      if (functionName(node) && !/^(?:CallExpression|NewExpression)$/.test(node.parent.type)) check(node);
    }
  },
});

import type { Comment, Node, ObjectExpression } from "../parse/estree.js";
import { parseSource } from "../parse/parse.js";
import { walk } from "../parse/walk.js";
import type { CommentMarker } from "./comment-markers.js";
import { CODES } from "./diagnostics.js";
import type { Problem } from "./diagnostics.js";
import type { RawOptions } from "./option-types.js";
import { readOptions } from "./read-options.js";

/** Options of a comment marker, read but not yet held against the function. */
export interface CommentOptions {
  readonly options: RawOptions;
  /** Parsed expressions of `fields`, by attribute name; offsets count from `base`. */
  readonly fieldNodes: ReadonlyMap<string, Node>;
  readonly base: number;
  readonly problems: readonly Problem[];
}

const EXAMPLE = '@traced({ name: "process_payment", args: ["orderId"] })';

function unreadable(offset: number, message: string): CommentOptions {
  const problem: Problem = { code: CODES.unreadableOptions, severity: "error", message, offset };
  return { options: {}, fieldNodes: new Map(), base: 0, problems: [problem] };
}

/**
 * The text of an expression on one line and without comments, for what is inserted must not add lines. Null where a
 * template literal holds a line break, which would change with it.
 */
export function onOneLine(node: Node, text: string, comments: readonly Comment[]): string | null {
  let breaksInTemplate = false;
  walk(node, (inner) => {
    if (inner.type === "TemplateElement" && /[\n\r\u2028\u2029]/.test(inner.value.raw)) breaksInTemplate = true;
  });
  if (breaksInTemplate) return null;
  let result = "";
  let from = node.start;
  for (const comment of comments) {
    if (comment.start < from || comment.end > node.end) continue;
    result += `${text.slice(from, comment.start)} `;
    from = comment.end;
  }
  result += text.slice(from, node.end);
  return result.replace(/\s*[\n\r\u2028\u2029]\s*/g, " ");
}

/** The single expression of a text like `({ … })`. */
function onlyObject(body: readonly Node[]): ObjectExpression | null | "empty" {
  const [statement, ...rest] = body;
  if (statement === undefined) return "empty";
  if (rest.length > 0 || statement.type !== "ExpressionStatement") return null;
  return statement.expression.type === "ObjectExpression" ? statement.expression : null;
}

/** Reads the options of a marker in a comment, by the rules of the file's own language. */
export function readCommentOptions(marker: CommentMarker, filename: string): CommentOptions {
  const { options } = marker;
  const none: CommentOptions = { options: {}, fieldNodes: new Map(), base: 0, problems: [] };
  if (options === null) return none;
  if (options === "open") {
    return unreadable(marker.offset, `The options of @${marker.tag} are not closed. Write them as ${EXAMPLE}.`);
  }
  const { start, text } = options;
  if (marker.tag === "untraced") {
    return unreadable(start, "@untraced takes no options. Remove the parentheses.");
  }
  if (/^\(\s*\)$/.test(text)) return none;
  const parsed = parseSource(text, filename);
  if ("reason" in parsed) {
    return unreadable(
      start + parsed.offset,
      `The options of @traced cannot be read: ${parsed.message}. Write them as ${EXAMPLE}.`,
    );
  }
  const object = onlyObject(parsed.program.body);
  if (object === "empty") return none;
  if (object === null) {
    return unreadable(start, `The options of @traced must be one object. Write them as ${EXAMPLE}.`);
  }
  const fieldNodes = new Map<string, Node>();
  const problems: Problem[] = [];
  const read = readOptions(object, start, (key, node) => {
    fieldNodes.set(key, node);
    const expression = onOneLine(node, text, parsed.comments);
    if (expression !== null) return expression;
    problems.push({
      code: CODES.badFieldExpression,
      severity: "error",
      message: `Field "${key}" holds a template literal with a line break. Write the break as \\n.`,
      offset: start + node.start,
    });
    return "undefined";
  });
  if (read.dynamic !== null) {
    problems.push({
      code: CODES.unreadableOptions,
      severity: "error",
      message: "The options of @traced must be written out: spread and computed keys cannot be read at build time.",
      offset: start + read.dynamic.start,
    });
  }
  return { options: read.options, fieldNodes, base: start, problems: [...read.problems, ...problems] };
}

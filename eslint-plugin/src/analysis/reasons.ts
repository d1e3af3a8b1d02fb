import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import type { Node } from "./syntax.js";

/** `reason`: a comment counts when it says why; `any`: any remark counts; `never`: none does. */
export type CommentMode = "any" | "never" | "reason";

const filler = new Set(
  "ignore ignored ignores ignoring noop no op nop nothing do to here error errors err exception exceptions swallow swallowed silent silently silence empty intentionally intentional deliberately purpose on catch block the this it is just all any e pass skip suppress suppressed eslint disable next line istanbul c8 v8 coverage".split(
    " ",
  ),
);

/** Whether a comment at the handler says that the silence is meant. */
export function hasReason(handler: Node, mode: CommentMode, source: Readonly<TSESLint.SourceCode>): boolean {
  if (mode === "never") return false;
  const inside = source.getCommentsInside(handler).filter((comment) => !isInNestedFunction(comment, handler, source));
  return [...inside, ...trailing(handler, source)].some((comment) => saysWhy(comment.value, mode));
}

/** A remark at the end of the handler's last line belongs to it: `.catch(() => {}); // the tab may be gone`. */
function trailing(handler: Node, source: Readonly<TSESLint.SourceCode>): TSESTree.Comment[] {
  const line = handler.loc.end.line;
  const text = source.lines[line - 1] ?? "";
  if (!text.includes("//") && !text.includes("/*")) return [];
  return source.getAllComments().filter((comment) => comment.loc.start.line === line && comment.range[0] >= handler.range[1]);
}

function isInNestedFunction(comment: TSESTree.Comment, handler: Node, source: Readonly<TSESLint.SourceCode>): boolean {
  for (let node = source.getNodeByRangeIndex(comment.range[0]) as Node | null | undefined; node && node !== handler; node = node.parent) {
    if (node.range[0] <= handler.range[0]) return false;
    if (/Function/.test(node.type)) return true;
  }
  return false;
}

function saysWhy(text: string, mode: "any" | "reason"): boolean {
  const remark = text.replace(/^[\s*!/]+/gm, " ").trim();
  if (/^(?:todo|fixme|xxx|hack|bug)\b/i.test(remark) || /\b(?:todo|fixme)\b/i.test(remark)) return false;
  if (/^(?:eslint|oxlint|ts-|@ts-|biome|prettier|istanbul|c8|v8|tslint|sonar|nosonar|#|global|jshint|webpack)/i.test(remark)) {
    // A directive gives its reason after two dashes.
    const reason = remark.split(/\s--+\s|:\s/)[1];
    return /^(?:eslint|oxlint|biome)/i.test(remark) && reason !== undefined && saysWhy(reason, mode);
  }
  if (isCode(remark) || isDenial(remark)) return false;
  const all = remark.toLowerCase().match(/\p{L}[\p{L}\p{N}'-]*/gu) ?? [];
  if (mode === "any") return all.length > 0;
  const telling = all.filter((word) => !filler.has(word));
  // Scripts that do not put spaces between words make one long word.
  return (telling.length >= 1 && all.length >= 2) || telling.some((word) => /[^\p{ASCII}]/u.test(word) && word.length >= 4);
}

/** "should never happen": if so, nothing is lost by throwing. */
function isDenial(remark: string): boolean {
  return /^(?:this |it |that )?(?:should(?:n'?t| not| never)|can(?:'?t|not| not| never)|must (?:not|never)|will never|never) (?:ever |really |actually )?(?:happens?|occur|fail|throw|get here|be reached)[.!]*$|^(?:impossible|unreachable|not reached|never happens)[.!]*$/i.test(remark);
}

/** Code that was commented out is no reason. */
function isCode(remark: string): boolean {
  return remark
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .every((line) => /^(?:(?:await|return|throw|const|let|if)\b.*[;({})]|[\w$.?]+\(.*\);?|[\w$.]+\s*=[^=].*|[{}();]+)$/.test(line));
}

/** Whether the line above a statement gives a reason of whatever kind: for what has been done on purpose already, as `void save()`. */
export function hasRemarkAbove(statement: Node, source: Readonly<TSESLint.SourceCode>): boolean {
  const last = source.getCommentsBefore(statement).at(-1);
  return last !== undefined && last.loc.end.line >= statement.loc.start.line - 1 && saysWhy(last.value, "reason");
}

const speaksOfFailure =
  /\b(?:ignor|skip|best[- ]effort|swallow|fire[- ]and[- ]forget|don'?t care|do not care|(?:may|might|can|could) (?:fail|throw|be missing|not exist)|not critical|non-?critical|optional|fail(?:ure|s|ing)? (?:is|are|silently|to)|fail-(?:open|safe|soft)|silent|unhandled|suppress|tolerat|unreadable|regardless|even if|waiting till|wait for)/i;

/**
 * Whether the remark on the line above a statement speaks of its failing, as `// best effort` above a `try` or above
 * `track().catch(() => {})` does.
 */
export function hasReasonAbove(node: Node, mode: CommentMode, source: Readonly<TSESLint.SourceCode>): boolean {
  if (mode === "never") return false;
  let statement: Node = node;
  while (statement.parent && !statement.type.endsWith("Statement") && statement.type !== "VariableDeclaration") statement = statement.parent;
  // The one statement of a loop or branch: what stands above that.
  while (statement.parent && /^(?:For|ForOf|ForIn|While|If)Statement$/.test(statement.parent.type)) statement = statement.parent;
  const comments = source.getCommentsBefore(statement);
  const last = comments.at(-1);
  if (!last || last.loc.end.line !== statement.loc.start.line - 1) return false;
  return speaksOfFailure.test(comments.map((comment) => comment.value).join(" ").replace(/\s+/g, " "));
}

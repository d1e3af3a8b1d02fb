import type { Comment } from "../parse/estree.js";

/** A `@traced` or `@untraced` tag in a doc comment. */
export interface CommentMarker {
  readonly tag: "traced" | "untraced";
  /** Offset of the `@`. */
  readonly offset: number;
  /** Options, from `(` to `)`; null without parentheses, `"open"` where the closing one is missing. */
  readonly options: { readonly start: number; readonly text: string } | "open" | null;
  /** Offsets of the first token behind the comment, and of what follows it if that is an opening parenthesis. */
  readonly targets: readonly number[];
}

/** Stands in every text that holds a marker. */
export const MARKER_WORD = "traced";

/** Whether a text can hold a marker at all; far cheaper than looking for one. */
export function mentionsMarker(source: string): boolean {
  return source.includes(MARKER_WORD);
}

const TRIVIA = /(?:\s|\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?\*\/)*/y;

function skipTrivia(source: string, from: number): number {
  TRIVIA.lastIndex = from;
  TRIVIA.exec(source);
  return TRIVIA.lastIndex;
}

function targetsAfter(source: string, from: number): number[] {
  const targets = [skipTrivia(source, from)];
  for (let at = targets[0] ?? 0; source[at] === "("; ) {
    at = skipTrivia(source, at + 1);
    targets.push(at);
  }
  return targets;
}

/** The text of a doc comment with everything that is decoration blanked, so that offsets stay what they are. */
function withoutStars(text: string): string {
  return text.replace(/(^|[\n\r\u2028\u2029])([ \t]*)\*/g, (_, newline: string, indent: string) => `${newline}${indent} `);
}

/** The offset behind the parenthesis that closes the one at `open`, or -1. Strings and templates are stepped over. */
function closingParenthesis(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    const character = text[i];
    if (character === '"' || character === "'" || character === "`") {
      const end = stringEnd(text, i);
      if (end < 0) return -1;
      i = end;
    } else if (character === "(" || character === "[" || character === "{") {
      depth++;
    } else if (character === ")" || character === "]" || character === "}") {
      if (--depth === 0) return i + 1;
    }
  }
  return -1;
}

function stringEnd(text: string, open: number): number {
  const quote = text[open];
  for (let i = open + 1; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === quote) return i;
    else if (quote !== "`" && (text[i] === "\n" || text[i] === "\r")) return -1;
  }
  return -1;
}

// A tag begins a line, behind the star or right behind the opening.
const LINE = /^([ \t]*)(\*?)([ \t]*)(.*)$/u;
// Markdown's indented code, seen behind the star and its customary space.
const CODE_INDENT = 5;
const EXAMPLE_INDENT = 2;

/** Offsets (in `text`) of `@traced` and `@untraced` tags. Tags in prose, code fences and indented code are none. */
function tagOffsets(text: string): number[] {
  const offsets: number[] = [];
  let fence: string | null = null;
  let example = false;
  for (const line of text.matchAll(/[^\n\r\u2028\u2029]+/g)) {
    const [, indent = "", star = "", space = "", content = ""] = LINE.exec(line[0]) ?? [];
    const fenceMark = /^(`{3,}|~{3,})/.exec(content)?.[1];
    if (fenceMark !== undefined) {
      if (fence === null) fence = fenceMark;
      else if (fenceMark.startsWith(fence)) fence = null;
      continue;
    }
    if (fence !== null || !content.startsWith("@")) continue;
    if (star !== "" && space.length >= (example ? EXAMPLE_INDENT : CODE_INDENT)) continue;
    const tag = /^@([\w-]+(?:\.[\w-]+)*)/.exec(content)?.[1];
    if (tag === "traced" || tag === "untraced") {
      if (example && star === "") continue;
      offsets.push(line.index + indent.length + star.length + space.length);
    } else {
      example = tag === "example";
    }
  }
  return offsets;
}

/** Finds the markers in the doc comments (`/** … *​/`) of a file. */
export function findCommentMarkers(source: string, comments: readonly Comment[]): CommentMarker[] {
  const markers: CommentMarker[] = [];
  for (const comment of comments) {
    if (comment.type !== "Block" || !comment.value.startsWith("*") || !mentionsMarker(comment.value)) continue;
    const base = comment.start + 3;
    const text = source.slice(base, comment.end - 2);
    const offsets = tagOffsets(text);
    if (offsets.length === 0) continue;
    const plain = withoutStars(text);
    const targets = targetsAfter(source, comment.end);
    for (const offset of offsets) {
      const tag = plain.startsWith("@untraced", offset) ? "untraced" : "traced";
      const behind = /^(?:\(|[ \t]+\((?=\s*\{))/.exec(plain.slice(offset + tag.length + 1));
      let options: CommentMarker["options"] = null;
      if (behind !== null) {
        const open = offset + tag.length + behind[0].length;
        const end = closingParenthesis(plain, open);
        options = end < 0 ? "open" : { start: base + open, text: plain.slice(open, end) };
      }
      markers.push({ tag, offset: base + offset, options, targets });
    }
  }
  return markers;
}

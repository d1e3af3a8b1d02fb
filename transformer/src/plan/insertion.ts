import type { Comment, Node, Program } from "../parse/estree.js";

const PREFIX = "__errspan";

/** Names may be written with escapes: `\u005f_errspan`. */
function unescaped(source: string): string {
  if (!source.includes("\\u")) return source;
  return source.replace(/\\u(?:\{0*([\da-f]{1,6})\}|([\da-f]{4}))/gi, (escape, braced?: string, four?: string) => {
    const point = parseInt(braced ?? four ?? "", 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : escape;
  });
}

/** A prefix that occurs nowhere in the text, so that no name built from it can clash with the user's. */
export function choosePrefix(source: string): string {
  const text = unescaped(source);
  if (!text.includes(PREFIX)) return PREFIX;
  // Ends: a text can only hold so many of them.
  for (let number = 2; ; number++) {
    if (!text.includes(`${PREFIX}${number}`)) return `${PREFIX}${number}`;
  }
}

// Comments about the file, not about the statement that happens to come first.
const FILE_COMMENT = /^!|@(?:license|licence|preserve|copyright|file|fileoverview|module|packageDocumentation|jsx\w*|ts-\w+|\w+-environment|flow|format|prettier)\b/;

function startWithDecorators(statement: Node): number {
  const declaration =
    (statement.type === "ExportNamedDeclaration" || statement.type === "ExportDefaultDeclaration") &&
    statement.declaration !== null
      ? statement.declaration
      : statement;
  const decorator = declaration.type === "ClassDeclaration" ? declaration.decorators[0] : undefined;
  return Math.min(statement.start, decorator?.start ?? statement.start);
}

/** Goes back over the comments that belong to a statement: its doc comment, and what stands before it on its line. */
function beforeOwnComments(start: number, comments: readonly Comment[], source: string): number {
  let at = start;
  for (let i = comments.length - 1; i >= 0; i--) {
    const comment = comments[i];
    if (comment === undefined || comment.end > at) continue;
    const between = source.slice(comment.end, at);
    if (comment.type !== "Block" || between.trim() !== "") break;
    const lines = between.split(/\r\n|[\n\r\u2028\u2029]/).length - 1;
    const isDoc = comment.value.startsWith("*") && !FILE_COMMENT.test(comment.value);
    if (lines > (isDoc ? 1 : 0) || FILE_COMMENT.test(comment.value)) break;
    at = comment.start;
  }
  return at;
}

/**
 * Where the import of the helpers goes: behind a byte order mark, a shebang, the comments that open the file (license,
 * pragmas) and its directives; before the first statement with its doc comment. Always on a line that is there.
 * Behind a directive that no semicolon ends, whoever inserts must begin with one.
 */
export function importPosition(program: Program, comments: readonly Comment[], source: string): number {
  let afterDirectives: number | null = null;
  for (const statement of program.body) {
    if (statement.type !== "ExpressionStatement" || typeof statement.directive !== "string") {
      return afterDirectives ?? beforeOwnComments(startWithDecorators(statement), comments, source);
    }
    afterDirectives = statement.end;
  }
  return afterDirectives ?? source.length;
}

import { parseSync, rawTransferSupported } from "oxc-parser";
import type { OxcError, ParseResult, ParserOptions } from "oxc-parser";
import type { ModuleFormat } from "../plan/plan.js";
import type { Comment, Program } from "./estree.js";
import { cleanFilename, languageOf } from "./language.js";
import { findDeepNesting } from "./nesting.js";

/** What can be said of a file that could not be read. */
export interface ParseFailure {
  readonly reason: "syntax" | "nesting" | "parser";
  readonly message: string;
  /** UTF-16 offset of the place. */
  readonly offset: number;
}

export interface ParsedFile {
  readonly program: Program;
  readonly comments: readonly Comment[];
  /** `import` and `export` declarations, `import.meta` or a top-level `await` are there. */
  readonly hasModuleSyntax: boolean;
}

// Experimental in name, and left out of the parser's type declarations: a tree built straight from the parser's
// memory, several times cheaper than the default, which prints JSON and reads it back.
interface RawTransferOptions extends ParserOptions {
  readonly experimentalRawTransfer?: boolean;
}

let rawTransfer: boolean | undefined;

function run(filename: string, source: string, options: ParserOptions): ParseResult {
  rawTransfer ??= rawTransferSupported();
  if (rawTransfer) {
    const rawOptions: RawTransferOptions = { ...options, experimentalRawTransfer: true };
    try {
      return parseSync(filename, source, rawOptions);
    } catch {
      // A machine that will not reserve the address space, or a text that does not fit: the JSON way does for both.
    }
  }
  return parseSync(filename, source, options);
}

const SOURCE_TYPES = { module: "module", commonjs: "commonjs", script: "script" } as const;

function firstError(errors: readonly OxcError[]): OxcError | undefined {
  return errors.find((error) => error.severity === "Error");
}

/**
 * Parses JavaScript or TypeScript, by the extension of its name, into an ESTree without parenthesis nodes. Never throws.
 *
 * @param format decides whether the text is read as a module or a script; without it the text itself does
 */
export function parseSource(source: string, filename: string, format?: ModuleFormat): ParsedFile | ParseFailure {
  const deep = findDeepNesting(source);
  if (deep !== null) {
    return { reason: "nesting", message: "its code is nested too deep for the parser", offset: deep.offset };
  }
  const lang = languageOf(filename);
  const name = cleanFilename(filename);
  const base = { lang, preserveParens: false } as const;
  try {
    let result = run(name, source, { ...base, sourceType: format ? SOURCE_TYPES[format] : "unambiguous" });
    let error = firstError(result.errors);
    if (error && format === undefined && !result.module.hasModuleSyntax) {
      // CommonJS may return at its top level, and modules may use names and `await` where scripts may not.
      for (const sourceType of ["commonjs", "module"] as const) {
        const again = run(name, source, { ...base, sourceType });
        if (firstError(again.errors)) continue;
        result = again;
        error = undefined;
        break;
      }
    }
    if (error) return { reason: "syntax", message: error.message, offset: error.labels[0]?.start ?? 0 };
    return {
      program: result.program,
      comments: result.comments,
      hasModuleSyntax: result.module.hasModuleSyntax,
    };
  } catch (error) {
    return { reason: "parser", message: error instanceof Error ? error.message : String(error), offset: 0 };
  }
}

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

/**
 * Takes a tree out of the result it came in. That has accessors, which the engine files under a hidden class of its own
 * for each result, in old memory: what they reach outlives every quick collection, and is copied about in each.
 */
function takeOut({ program, comments, module }: ParseResult): ParsedFile {
  const { hasModuleSyntax } = module;
  const taken = { program: { ...program }, comments: comments.splice(0), hasModuleSyntax };
  program.body = [];
  module.staticImports = [];
  module.staticExports = [];
  return taken;
}

function firstError(errors: readonly OxcError[]): OxcError | undefined {
  return errors.find((error) => error.severity === "Error");
}

type SourceType = NonNullable<ParserOptions["sourceType"]>;

/** What to read a file as, best first. */
function sourceTypes(stated: ModuleFormat | undefined): readonly SourceType[] {
  if (stated === "module") return ["module"];
  // Whatever was said, `import` and `export` make a module, which "unambiguous" goes by.
  if (stated !== undefined) return [stated, "unambiguous"];
  // CommonJS may return at its top level, and modules may use names and `await` where scripts may not.
  return ["unambiguous", "commonjs", "module"];
}

/**
 * Parses JavaScript or TypeScript, by the extension of its name, into an ESTree without parenthesis nodes. Never throws.
 *
 * @param stated the module system as far as the caller knows; without it the text decides
 */
export function parseSource(source: string, filename: string, stated?: ModuleFormat): ParsedFile | ParseFailure {
  const deep = findDeepNesting(source);
  if (deep !== null) {
    return { reason: "nesting", message: "its code is nested too deep for the parser", offset: deep.offset };
  }
  // Node and TypeScript take a `#!` behind a byte order mark, which the parser does not: as a comment it is as long.
  const text = source.startsWith("\ufeff#!") ? `\ufeff//${source.slice(3)}` : source;
  const options = { lang: languageOf(filename), preserveParens: false } as const;
  const name = cleanFilename(filename);
  let failure: ParseFailure | undefined;
  try {
    for (const sourceType of sourceTypes(stated)) {
      const result = run(name, text, { ...options, sourceType });
      const parsed = takeOut(result);
      const error = firstError(result.errors);
      if (error === undefined) return parsed;
      failure ??= { reason: "syntax", message: error.message, offset: error.labels[0]?.start ?? 0 };
    }
  } catch (error) {
    return { reason: "parser", message: error instanceof Error ? error.message : String(error), offset: 0 };
  }
  return failure ?? { reason: "parser", message: "it gave no result", offset: 0 };
}

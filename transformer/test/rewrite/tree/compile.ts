import { createRequire } from "node:module";
import ts from "typescript";
import type { ErrspanConfig } from "../../../src/config/config.js";
import { createRewriting } from "../../../src/host/compiler.js";
import { plan } from "../../../src/plan/create-plan.js";
import type { Diagnostic, PlannedFunction } from "../../../src/plan/plan.js";
import { rewriteText } from "../../../src/rewrite/text/rewrite-text.js";

/** How a program of one file is compiled. */
export interface Compilation {
  /** The compiler; without one TypeScript 6. */
  readonly compiler?: typeof ts;
  readonly fileName?: string;
  readonly options?: ts.CompilerOptions;
  readonly config?: ErrspanConfig;
  /** Transformers that run before ours. */
  readonly before?: readonly ts.TransformerFactory<ts.SourceFile>[];
  /** Transformers that run behind ours. */
  readonly behind?: readonly ts.TransformerFactory<ts.SourceFile>[];
}

export interface Compiled {
  readonly code: string;
  readonly map: string;
  readonly declarations: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly traced: readonly string[];
}

export const EVERYTHING: ErrspanConfig = { select: [{ functions: "all" }] };

const require = createRequire(new URL("../../../../fixtures/", import.meta.url));

/** Compilers that are supported beside the newest. */
export const olderCompilers = ["5.4", "5.9"].map((version) => {
  const compiler = require(`./typescript-${version}/node_modules/typescript`) as typeof ts;
  return { version: compiler.version, compiler };
});

const DEFAULTS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  ignoreDeprecations: "6.0",
  sourceMap: true,
  strict: true,
  declaration: true,
  skipLibCheck: true,
  noLib: true,
};

/** Compiles one file as tsc does, with a type checker behind it. */
export function compilePlainly(source: string, compilation: Compilation = {}): Compiled {
  return emit(source, compilation, []);
}

/** Compiles one file with the tree rewriter among the compiler's transformers. */
export function compileTraced(source: string, compilation: Compilation = {}): Compiled {
  const diagnostics: Diagnostic[] = [];
  const traced: string[] = [];
  const host = (program: ts.Program): ts.TransformerFactory<ts.SourceFile> =>
    createRewriting({
      ts: compilation.compiler ?? ts,
      program,
      config: compilation.config ?? EVERYTHING,
      root: "/project",
      report: (diagnostic) => void diagnostics.push(diagnostic),
      done: (_file, rewritten) => void traced.push(...rewritten.map(nameOf)),
    }).transformer;
  return { ...emit(source, compilation, diagnostics, host), traced };
}

/** Rewrites the text first and then compiles that: what the tree rewriter is measured against. */
export function compileRewrittenText(source: string, compilation: Compilation = {}): Compiled {
  const planned = plan(source, {
    filename: `/project/${compilation.fileName ?? "program.ts"}`,
    config: compilation.config ?? EVERYTHING,
    root: "/project",
  });
  const rewritten = rewriteText(source, planned);
  const compiled = compilePlainly(rewritten?.code ?? source, compilation);
  return { ...compiled, diagnostics: planned.diagnostics, traced: planned.functions.map(nameOf) };
}

const nameOf = ({ site, kind }: PlannedFunction): string => `${kind} ${site.functionName}`;

function emit(
  source: string,
  { fileName = "program.ts", options = {}, before = [], behind = [], compiler = ts }: Compilation,
  diagnostics: readonly Diagnostic[],
  ours?: (program: ts.Program) => ts.TransformerFactory<ts.SourceFile>,
): Compiled {
  const settings = { ...DEFAULTS, ...options };
  // Compilers before 6 know no other value.
  if (compiler !== ts) settings.ignoreDeprecations = "5.0";
  const path = `/project/${fileName}`;
  const outputs = new Map<string, string>();
  const host: ts.CompilerHost = {
    getSourceFile: (name, languageOptions) =>
      name === path ? compiler.createSourceFile(name, source, languageOptions, true) : undefined,
    getDefaultLibFileName: () => "lib.d.ts",
    writeFile: (name, text) => void outputs.set(name, text),
    getCurrentDirectory: () => "/project",
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: (name) => name === path,
    readFile: (name) => (name === path ? source : undefined),
  };
  const program = compiler.createProgram([path], settings, host);
  program.emit(undefined, undefined, undefined, false, {
    before: [...before, ...(ours ? [ours(program)] : []), ...behind],
  });
  const output = (extension: RegExp): string =>
    [...outputs].find(([name]) => extension.test(name))?.[1] ?? "";
  return {
    code: output(/\.[cm]?jsx?$/),
    map: output(/\.map$/),
    declarations: output(/\.d\.[cm]?ts$/),
    diagnostics,
    traced: [],
  };
}

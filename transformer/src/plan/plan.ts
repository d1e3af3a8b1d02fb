/** What kind of function a planned function is; decides its lowering. */
export type FunctionKind =
  | "function"
  | "async"
  | "generator"
  | "async-generator"
  | "constructor";

/** Half-open range of UTF-16 offsets into the source text, as ESTree's `start` and `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A place in the user's source, as people read it: 1-based line, 1-based column. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** `fields` of a marker: `expression` is an expression over the parameters, copied from the marker, parsed and checked. */
export interface PlannedField {
  readonly key: string;
  readonly expression: string;
}

/** The options of one traced function after the marker, decorator or selector was read and checked. */
export interface SpanOptions {
  readonly name?: string;
  readonly kind?: "internal" | "server" | "client" | "producer" | "consumer";
  readonly attributes?: Readonly<Record<string, string | number | boolean | readonly string[] | readonly number[] | readonly boolean[]>>;
  /** Object form: one expression per attribute. Function form (decorator): source text of the arrow function over the arguments. */
  readonly fields?: readonly PlannedField[] | { readonly arrow: string };
  /** Names of the parameters whose values are captured, already expanded from `"all"` and reduced by `skip`. */
  readonly args?: readonly string[];
  readonly ret?: boolean;
  readonly root?: boolean;
  /** `false`: annotate the span that is active, start none. */
  readonly span?: false;
}

/** The constant record of one rewritten function, as it is written into the output. */
export interface SiteDescription {
  /** Span name. */
  readonly spanName: string;
  /** Qualified name: `Class.method`, `outer.inner`; becomes `code.function.name`. */
  readonly functionName: string;
  readonly location: Location;
  readonly options: SpanOptions;
}

/** What a `return` calls; `done` where what it returns can be no promise and no Result. */
export type ReturnHelper = "returned" | "resolved" | "suspend" | "done";

/**
 * One edit that both rewriters carry out, each in its own medium. Ranges are those of the ESTree node
 * (parentheses around an expression are not part of it).
 */
export type Operation =
  /**
   * An expression of the parameter list, a default value or a computed key, that may throw: it is evaluated in a `try`,
   * the only thing of a parameter list that is touched. `a = X` → `a = (0, { "f": () => { try { return X } catch (e) {
   * failParameters(site, e); throw e } } }["f"])()`. The arrow function goes by the function's name, as stacks show it.
   */
  | { readonly type: "parameter"; readonly node: Range }
  /**
   * `await X` → `resumed(await suspend(s, X), s)`. As little as can be is held for the time of the wait: where nothing
   * begins with it, the call is a `bare` one, `(0, resumed)(…)`; a `statement` of its own is `await suspend(s, X), resume(s)`.
   * The `last` of a call, behind which nothing but the end of its span comes, is `await suspend(s, X)`: to take the
   * context once more would be a tenth of what the call costs.
   */
  | { readonly type: "await"; readonly node: Range; readonly argument: Range; form: AwaitForm }
  /** `yield X` → `resumed(yield suspend(s, X), s)`; `argument` is null for a bare `yield`. */
  | { readonly type: "yield"; readonly node: Range; readonly argument: Range | null }
  /** `yield* X` → `resumed(yield* delegate(s, X), s)` */
  | { readonly type: "yield-delegate"; readonly node: Range; readonly argument: Range }
  /**
   * `return X` → `return <helper>((X), s)`, in async generators `return suspend(s, (X))`. For an expression body `node` and
   * `argument` are the body itself. `return;` → `{ exit(s); return; }`
   */
  | {
      readonly type: "return";
      readonly node: Range;
      readonly argument: Range | null;
      readonly helper: ReturnHelper;
    }
  /**
   * `for await (… of X) body` → `try { for await (… of delegate(s, X)) { resume(s); body } } finally { resume(s) }`;
   * with `suspendEachTurn` the body stands in `try { … } finally { suspend(s) }`. `node` begins at the outermost label.
   * `iterable` is null for `for (await using x of X)`, whose iterator is not waited for, only what it disposes.
   */
  | { readonly type: "for-await"; readonly node: Range; readonly iterable: Range | null; readonly body: Range; readonly suspendEachTurn: boolean }
  /** The block of a `catch` or `finally` opens with `resume(s);`. `block` includes its braces. */
  | { readonly type: "resume-block"; readonly block: Range }
  /**
   * The statements of a block that disposes asynchronously stand in `try { … } finally { resume(s) }`, all of them
   * inside its braces, behind any `resume(s);` of `resume-block`. Not for the body of the function, where nothing runs afterwards.
   */
  | { readonly type: "resume-after"; readonly block: Range }
  /** `await using x = E;` is followed by `using d = suspendAtDispose(s);`. `node` is the declaration statement. */
  | { readonly type: "await-using"; readonly node: Range };

/** How an `await` is written: see {@link Operation}. */
export type AwaitForm = "call" | "bare" | "statement" | "last";

/**
 * How the span of a call ends: in a `finally` round the body; or by its `return`s, which are operations all, and, if the
 * `end` of the body can be reached, behind it. Engines save more of a frame at each `await` where there is a `finally`.
 */
export type Exit = "finally" | "return" | "end";

/** A function that is going to be rewritten. */
export interface PlannedFunction {
  readonly kind: FunctionKind;
  /** The function node itself (for a method: the whole method definition is `member`). */
  readonly node: Range;
  /** The body: a block with its braces, or the expression of an arrow function. */
  readonly body: Range;
  readonly expressionBody: boolean;
  /**
   * Offset at which the rewritten part begins: after the directives of the body, or after a root-level `super(…)`
   * where initialisers need that. For expression bodies the offset right behind `=>`.
   */
  readonly begin: number;
  readonly site: SiteDescription;
  /**
   * Index of the site record, its own within the file and, in scripts, among all files; functions that are turned into
   * the same text share one.
   */
  readonly index: number;
  readonly operations: readonly Operation[];
  readonly exit: Exit;
  /** Decorator to remove, if the marker was a decorator that is compiled away. One on a class comes with its first method. */
  readonly removeDecorator?: Range;
  /** What asks for it to be traced, as people are told: `@traced`, `@traced on class Orders`, `select[0]`. */
  readonly because: string;
}

export type DiagnosticSeverity = "error" | "warning" | "info";

/** Something the user must know: a refused function, a bad marker, a bad config. */
export interface Diagnostic {
  /** Stable code, `ERRSPAN1001`…, documented in docs/diagnostics.md. */
  readonly code: string;
  readonly severity: DiagnosticSeverity;
  /** What is wrong, what was expected, how to mend it: one or two sentences. */
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Name of the function concerned, where there is one. */
  readonly name?: string;
}

/** The module system of the output file, which decides how the helpers are brought in. */
export type ModuleFormat = "module" | "commonjs" | "script";

/** What one file's analysis yields. */
export interface Plan {
  readonly format: ModuleFormat;
  readonly functions: readonly PlannedFunction[];
  readonly diagnostics: readonly Diagnostic[];
  /** Prefix for every name that is brought in; occurs nowhere in the source text. `__errspan`, or with a number behind it. */
  readonly prefix: string;
  /**
   * Offset at which the import of the helpers goes: after shebang, license comment and directives, on an existing line.
   * Behind a directive that no semicolon ends, what is inserted must begin with one.
   */
  readonly importAt: number;
  /** The text holds types, so what is brought in has to have some, for hosts that check the types of what they get. */
  readonly typed: boolean;
}

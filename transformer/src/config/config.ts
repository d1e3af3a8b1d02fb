import type { AttributeValue, SpanKindName } from "../plan/option-types.js";

/** Options that a selector gives to the spans of the functions that it picks. */
export interface SelectorOptions {
  readonly name?: string;
  readonly kind?: SpanKindName;
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
  /** Attribute name → expression over the parameters. Left out for functions that lack a parameter it names. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Parameters to capture; those that a function does not have are left out. */
  readonly args?: readonly string[] | "all";
  readonly skip?: readonly string[];
  readonly ret?: boolean;
  readonly root?: boolean;
  readonly span?: boolean;
}

/** Picks functions without a change to the code. What several selectors pick gets the options of all, the last one's first. */
export interface Selector {
  /** Globs relative to the root; without them every file. `!glob` takes files out again. */
  readonly files?: readonly string[];
  /** Globs of files to leave out. */
  readonly exclude?: readonly string[];
  /**
   * - `all` (default): every function, callbacks too
   * - `exported`: what other modules can reach by name: exported functions, and the public methods of exported classes
   *   and objects
   * - `methods`: members of classes, and methods of objects
   */
  readonly functions?: "all" | "exported" | "methods";
  /** Patterns for function names (`handle*`) or qualified names (`Order*.save`); `!pattern` takes some out again. */
  readonly names?: readonly string[];
  /** Patterns for the names of classes; functions outside of classes are then not picked. */
  readonly classes?: readonly string[];
  readonly options?: SelectorOptions;
}

/** The contents of `errspan.config.json`. */
export interface ErrspanConfig {
  readonly $schema?: string;
  readonly select?: readonly Selector[];
  /** Globs of the files that errspan looks at, relative to the root; without them all. */
  readonly include?: readonly string[];
  /** Globs of files that are left alone, markers or not. */
  readonly exclude?: readonly string[];
}

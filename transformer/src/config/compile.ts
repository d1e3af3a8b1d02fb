import picomatch from "picomatch";
import type { ErrspanConfig, Selector } from "./config.js";
import { FILES, NAMES, withoutDot } from "./patterns.js";
import { validateConfig } from "./validate.js";
import type { ConfigProblem } from "./validate.js";

/** Asks about a path relative to the root. */
export type Matcher = (path: string) => boolean;

/** Asks about something that goes by several names, such as `save` and `OrderStore.save`. */
export type NameMatcher = (names: readonly string[]) => boolean;

/** A selector whose patterns are compiled. */
export interface CompiledSelector {
  readonly selector: Selector;
  /** Position in the config's `select`. */
  readonly index: number;
  readonly matchesFile: Matcher;
  readonly matchesName: NameMatcher | null;
  readonly matchesClass: NameMatcher | null;
}

export interface CompiledConfig {
  readonly accepts: Matcher;
  readonly selectors: readonly CompiledSelector[];
  /** What is wrong with the config; nothing is selected then. */
  readonly problems: readonly ConfigProblem[];
}

/** At least one pattern matches one of the names, or only negated ones are given; and no `!pattern` matches any. */
function matcher(patterns: readonly string[], options: picomatch.PicomatchOptions): NameMatcher {
  const positive = patterns.filter((pattern) => !pattern.startsWith("!")).map(withoutDot);
  const negative = patterns.filter((pattern) => pattern.startsWith("!")).map((pattern) => withoutDot(pattern.slice(1)));
  const wanted = positive.length > 0 || negative.length === 0 ? picomatch(positive, options) : () => true;
  const unwanted = negative.length > 0 ? picomatch(negative, options) : () => false;
  return (names) => names.some((name) => wanted(name)) && !names.some((name) => unwanted(name));
}

// Where pnpm, and npm and Bun when asked to, keep packages that others see through links.
const STORE = /(^|\/)node_modules\/\.[^/]+\/[^/]+\/node_modules\//;

/**
 * Compiles globs of files, of which those with `!` take some out. A file in the store of a package manager goes by the
 * place of its link as well, which is the one that people know.
 */
export function fileMatcher(patterns: readonly string[]): Matcher {
  const match = matcher(patterns, FILES);
  return (path) => match(STORE.test(path) ? [path, path.replace(STORE, "$1node_modules/")] : [path]);
}

function cached(match: Matcher): Matcher {
  const answers = new Map<string, boolean>();
  return (text) => {
    let answer = answers.get(text);
    if (answer === undefined) {
      answer = match(text);
      answers.set(text, answer);
    }
    return answer;
  };
}

function compileSelector(selector: Selector, index: number): CompiledSelector {
  const wanted = selector.files ? fileMatcher(selector.files) : () => true;
  const unwanted = selector.exclude?.length ? fileMatcher(selector.exclude) : () => false;
  return {
    selector,
    index,
    matchesFile: cached((file) => wanted(file) && !unwanted(file)),
    matchesName: selector.names ? matcher(selector.names, NAMES) : null,
    matchesClass: selector.classes ? matcher(selector.classes, NAMES) : null,
  };
}

// Tracing these from the inside would never end: every span that is started calls them.
const NEVER_SELECTED = /(?:^|\/)node_modules\/(?:@errspan|@opentelemetry)\//;

const compiled = new WeakMap<ErrspanConfig, CompiledConfig>();

function compile(config: ErrspanConfig): CompiledConfig {
  const problems = validateConfig(config);
  if (problems.length > 0) return { accepts: () => true, selectors: [], problems };
  const included = config.include ? fileMatcher(config.include) : () => true;
  const excluded = config.exclude?.length ? fileMatcher(config.exclude) : () => false;
  return {
    accepts: cached((file) => !NEVER_SELECTED.test(file) && included(file) && !excluded(file)),
    selectors: (config.select ?? []).map(compileSelector),
    problems,
  };
}

/** Checks and compiles a config, once per object. */
export function compileConfig(config: ErrspanConfig): CompiledConfig {
  const known = compiled.get(config);
  if (known !== undefined) return known;
  const result = compile(config);
  // Callers without types may pass what no WeakMap takes as a key.
  if (typeof config === "object" && config !== null) compiled.set(config, result);
  return result;
}

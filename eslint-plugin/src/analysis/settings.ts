import type { TSESLint } from "@typescript-eslint/utils";
import { type PresetName, presets } from "./presets.js";

/**
 * What a project says about its own error handling, once for all rules, in `settings.errspan`.
 *
 * @example
 * settings: { errspan: { handlers: ["Sentry.captureException", "*.report"], ignores: ["debug"] } }
 */
export interface ErrspanSettings {
  /** Calls that deal with an error even if it is not among their arguments: `"name"`, `"object.method"`, `"*.method"`. */
  handlers?: string[];
  /** Calls that never deal with an error although they are given it, such as a debug print. */
  ignores?: string[];
  /** Calls that print and no more, treated as `console` is. */
  printers?: string[];
  /** Libraries whose calls are known: their reporters, and what of them keeps no error. */
  presets?: PresetName[];
}

export type NameTest = (path: readonly string[]) => boolean;

export interface Vocabulary {
  isHandler: NameTest;
  isIgnored: NameTest;
  isPrinter: NameTest;
}

const cache = new WeakMap<object, Vocabulary>();
const none: Vocabulary = { isHandler: () => false, isIgnored: () => false, isPrinter: () => false };

export function readSettings(context: { settings: TSESLint.SharedConfigurationSettings }): ErrspanSettings {
  const own = context.settings["errspan"];
  return typeof own === "object" && own !== null ? (own) : {};
}

/** The calls that a project names in its settings, as tests on the names along a callee. */
export function readVocabulary(context: { settings: TSESLint.SharedConfigurationSettings }): Vocabulary {
  const settings = readSettings(context);
  if (!settings.handlers && !settings.ignores && !settings.printers && !settings.presets) return none;
  let vocabulary = cache.get(settings);
  if (!vocabulary) {
    const named = (settings.presets ?? []).map((name) => presetNamed(name));
    vocabulary = {
      isHandler: nameTest([...(settings.handlers ?? []), ...named.flatMap(({ handlers = [] }) => handlers)]),
      isIgnored: nameTest([...(settings.ignores ?? []), ...named.flatMap(({ ignores = [] }) => ignores)]),
      isPrinter: nameTest(settings.printers),
    };
    cache.set(settings, vocabulary);
  }
  return vocabulary;
}

function presetNamed(name: PresetName): ErrspanSettings {
  if (!Object.hasOwn(presets, name)) throw new Error(`settings.errspan.presets has no "${name}"; there are: ${Object.keys(presets).join(", ")}.`);
  return presets[name];
}

/** A test for names such as `"report"`, `"Sentry.captureException"`, `"*.error"`, `"logger.*"`. */
export function nameTest(patterns: readonly string[] | undefined): NameTest {
  const list = (patterns ?? []).map((pattern) => pattern.split("."));
  if (list.length === 0) return () => false;
  return (path) => {
    const own = path[0] === "this" ? path.slice(1) : path;
    return list.some(
      (pattern) =>
        pattern.length <= own.length &&
        (pattern[0] === "*" || pattern.length === own.length) &&
        pattern.every((part, index) => part === "*" || part === own[own.length - pattern.length + index]),
    );
  };
}

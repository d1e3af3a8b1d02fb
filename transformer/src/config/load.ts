import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { createLineTable } from "../parse/lines.js";
import { CODES } from "../plan/diagnostics.js";
import type { Diagnostic } from "../plan/plan.js";
import type { ErrspanConfig } from "./config.js";
import { CONFIG_FILE } from "./find.js";
import { JsonSyntaxError, locate, parseJson, toValue } from "./json.js";
import type { JsonNode } from "./json.js";
import { whyUnreadable } from "./unreadable.js";
import { validateConfig } from "./validate.js";

/** A place in the config file, counted from 1. */
export interface ConfigPosition {
  readonly line: number;
  readonly column: number;
}

/** A config with where it came from. */
export interface LoadedConfig {
  /** Empty where nothing was found, or what was found is wrong. */
  readonly config: ErrspanConfig;
  /** Absolute path of the file, or null where there is none. */
  readonly file: string | null;
  /** Directory that globs and reported paths are relative to: of the config file, or where the search began. */
  readonly root: string;
  /** What is wrong with the file. Not empty: the config must not be used as if it were. */
  readonly diagnostics: readonly Diagnostic[];
  /** Where each selector stands in the file; none where there is no file. */
  readonly selectors: readonly ConfigPosition[];
}

function problemAt(code: string, message: string, file: string, place: ConfigPosition = { line: 1, column: 1 }): Diagnostic {
  return { code, severity: "error", message, file, ...place };
}

/**
 * Reads the text of a config file.
 *
 * @param file how diagnostics name it
 */
export function parseConfig(text: string, file: string): Pick<LoadedConfig, "config" | "diagnostics" | "selectors"> {
  const lines = createLineTable(text);
  // Editors on Windows put a byte order mark in front.
  const json = text.startsWith("\ufeff") ? ` ${text.slice(1)}` : text;
  let node: JsonNode;
  try {
    node = parseJson(json);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const message = `Not valid JSON: ${error.message}`;
    return { config: {}, diagnostics: [problemAt(CODES.configSyntax, message, file, lines.at(error.offset))], selectors: [] };
  }
  const value = toValue(node);
  const problems = validateConfig(value);
  if (problems.length === 0) {
    const config = value as ErrspanConfig;
    const selectors = (config.select ?? []).map((_, index) => lines.at(locate(node, ["select", index], false)));
    return { config, diagnostics: [], selectors };
  }
  const diagnostics = problems.map(({ path, ofKey, message }) =>
    problemAt(
      ofKey ? CODES.configUnknownKey : CODES.configWrongValue,
      message,
      file,
      lines.at(locate(node, path, ofKey)),
    ),
  );
  return { config: {}, diagnostics, selectors: [] };
}

function read(file: string): string | null | Error {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) return null;
    return error instanceof Error ? error : new Error(String(error));
  }
}

function load(file: string, text: string | Error): LoadedConfig {
  const root = dirname(file);
  if (typeof text !== "string") {
    const diagnostics = [problemAt(CODES.configUnreadable, `The config cannot be read: ${whyUnreadable(text)}.`, file)];
    return { config: {}, file, root, diagnostics, selectors: [] };
  }
  return { ...parseConfig(text, file), file, root };
}

/**
 * Reads a config file that is named.
 *
 * @throws nothing: a file that is not there, or is wrong, gives a diagnostic
 */
export function loadConfigFile(path: string): LoadedConfig {
  const file = resolve(path);
  return load(file, read(file) ?? new Error("there is no such file"));
}

/**
 * Looks for `errspan.config.json` in a directory and those above it, and reads the first that is found.
 *
 * @example
 * const { config, root, diagnostics } = loadConfig(process.cwd());
 */
export function loadConfig(directory: string): LoadedConfig {
  const start = resolve(directory);
  for (let at = start; ; at = dirname(at)) {
    const file = join(at, CONFIG_FILE);
    const text = read(file);
    if (text !== null) return load(file, text);
    if (dirname(at) === at) return { config: {}, file: null, root: start, diagnostics: [], selectors: [] };
  }
}
